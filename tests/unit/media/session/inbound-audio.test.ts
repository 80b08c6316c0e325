import { describe, expect, it } from 'vitest';
import { writeTelephoneEvent } from '../../../../cti-bridge/media/dtmf/telephone-event.ts';
import { InboundAudio } from '../../../../cti-bridge/media/session/inbound-audio.ts';
import { terms, tonePacket } from './far-side.ts';

/** Receives packets 20 ms apart, and pulls a frame after each. */
function run(inbound: InboundAudio, packets: readonly ReturnType<typeof tonePacket>[], startMs = 0): string {
  return packets
    .map((packet, i) => {
      inbound.receive(packet, terms, startMs + i * 20);
      return inbound.pull(startMs + i * 20).kind[0];
    })
    .join('');
}

const packets = (count: number, first = 0, change = {}) => Array.from({ length: count }, (_, i) => tonePacket(first + i, change));

describe('the receiving half of a leg', () => {
  it('drops packets that are repeated, also long after', () => {
    const inbound = new InboundAudio();
    run(inbound, packets(30));
    for (const packet of packets(30)) inbound.receive(packet, terms, 700);
    expect(inbound.dropped).toBe(30);
    expect(inbound.statistics.lost).toBe(0);
  });

  it('follows a far side that changes its source', () => {
    const inbound = new InboundAudio();
    run(inbound, packets(20));
    const story = run(inbound, packets(20, 5000, { ssrc: 2 }), 400);
    expect(story).toMatch(/a{10}$/);
    expect(inbound.ssrc).toBe(2);
  });

  it('is not disturbed by single packets of another source', () => {
    const inbound = new InboundAudio();
    const mixed = packets(40).flatMap((packet, i) => (i % 10 === 5 ? [packet, tonePacket(i, { ssrc: 9 })] : [packet]));
    for (const packet of mixed) inbound.receive(packet, terms, packet.sequence * 20);
    expect(inbound.ssrc).toBe(1);
    expect(inbound.dropped).toBe(4);
  });

  it('takes at most a handful of packets per frame, and goes on after a flood', () => {
    const inbound = new InboundAudio();
    for (const packet of packets(1000)) inbound.receive(packet, terms, 0);
    expect(inbound.dropped).toBe(940);
    inbound.pull(0);
    expect(run(inbound, packets(20, 1000), 20)).toMatch(/a{10}$/);
  });

  it('tells keys under the number agreed on, and plays nothing of unknown numbers', () => {
    const inbound = new InboundAudio();
    const payload = writeTelephoneEvent({ event: 5, isEnd: true, volume: 10, durationSamples: 800 });
    expect(inbound.receive(tonePacket(1, { payloadType: 101, payload }), terms, 0)).toEqual([{ digit: '5', durationMs: 100 }]);
    expect(inbound.receive(tonePacket(2, { payloadType: 102, payload }), terms, 20)).toEqual([]);
    expect(inbound.pull(100).kind).toBe('silence');
    expect(inbound.statistics.lost).toBe(0);
  });

  it('is deaf, but counts, while the far side may not be heard', () => {
    const inbound = new InboundAudio();
    for (const packet of packets(10)) inbound.receive(packet, { ...terms, mayReceive: false }, packet.sequence * 20);
    expect(inbound.pull(220).kind).toBe('silence');
    expect(inbound.statistics.expected).toBe(10);
  });
});
