import { describe, expect, it } from 'vitest';
import { OutboundStream } from '../../../../cti-bridge/media/rtp/outbound-stream.ts';
import type { RtpPacket } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';
import type { Leg } from '../../../../cti-bridge/media/session/leg.ts';
import { LegTable } from '../../../../cti-bridge/media/session/leg-table.ts';
import { KeptTransport, listen, terms, tonePacket } from './far-side.ts';

const withOpus: NegotiatedAudio = { ...terms, opus: { payloadType: 111, eventPayloadType: 110 } };
/** The same under other numbers. */
const withOpusElsewhere: NegotiatedAudio = { ...terms, opus: { payloadType: 96, eventPayloadType: 97 } };

/** Bytes that would be a noise if somebody took them for G.711. */
const opusPacket = (n: number, change: Partial<RtpPacket> = {}): RtpPacket => ({
  payloadType: 111,
  marker: false,
  sequence: n & 0xffff,
  timestamp: (n * 960) >>> 0,
  ssrc: 1,
  payload: Buffer.from(Array.from({ length: 60 }, (_, i) => (n * 31 + i * 7) & 0xff)),
  ...change,
});

function pair(termsOfB: NegotiatedAudio = withOpusElsewhere) {
  const { told, tell } = listen();
  const table = new LegTable('s', 60_000, tell, (error) => {
    throw error;
  });
  const make = (name: string, agreed: NegotiatedAudio): { leg: Leg; transport: KeptTransport } => {
    const transport = new KeptTransport();
    const leg = table.add(name);
    leg.attach(transport);
    leg.agree(agreed);
    return { leg, transport };
  };
  const [a, b] = [make('a', withOpus), make('b', termsOfB)];
  table.join(a.leg, b.leg);
  let now = performance.now();
  return {
    table,
    told,
    a,
    b,
    make,
    /** In each frame of 20 ms `a` says this packet. */
    frames(count: number, from: number, packetOf: (n: number) => RtpPacket | null = opusPacket): void {
      for (let n = from; n < from + count; n++) {
        now += 20;
        const packet = packetOf(n);
        if (packet) a.leg.packet(packet, now - 10);
        table.tick(now);
      }
    },
  };
}

const steps = (packets: readonly RtpPacket[], value: (packet: RtpPacket) => number, mask: number): number[] =>
  packets.slice(1).map((packet, i) => (value(packet) - value(packets[i] as RtpPacket)) & mask);
/** A frame of ours of silence in A-law. */
const isSilence = ({ payloadType, payload }: RtpPacket): boolean => payloadType === 8 && payload.every((byte) => byte === 0xd5);

describe('Opus between two who both agreed on it', () => {
  it('goes on byte for byte, under the number of the other side and on its own clock', () => {
    const { b, frames } = pair();
    frames(20, 65_530);
    const { sent } = b.transport;
    expect(sent).toHaveLength(20);
    sent.forEach((packet, i) => {
      expect(packet.payload).toEqual(opusPacket(65_530 + i).payload);
    });
    expect(new Set(sent.map(({ payloadType }) => payloadType))).toEqual(new Set([96]));
    expect(new Set(steps(sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
    expect(new Set(steps(sent, ({ timestamp }) => timestamp, 0xffffffff))).toEqual(new Set([960]));
  });

  it('follows G.711 and goes before it in one stream, whose time never runs backwards on either clock', () => {
    const { b, frames } = pair();
    frames(10, 0, (n) => tonePacket(n));
    frames(10, 10);
    frames(10, 20, (n) => tonePacket(n));
    const { sent } = b.transport;
    expect(sent).toHaveLength(30);
    expect(sent.map(({ payloadType }) => payloadType)).toEqual([...Array(10).fill(8), ...Array(10).fill(96), ...Array(10).fill(8)]);
    expect(new Set(steps(sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
    const narrow = sent.filter(({ payloadType }) => payloadType === 8);
    const [gap = 0] = steps([narrow[9], narrow[10]] as RtpPacket[], ({ timestamp }) => timestamp, 0xffffffff);
    expect(gap).toBeGreaterThanOrEqual(160 * 10);
    expect(gap).toBeLessThanOrEqual(160 * 12);
  });

  it('pauses for 400 ms without frames of another codec between', () => {
    const { b, frames } = pair();
    frames(10, 0);
    frames(20, 10, () => null);
    frames(5, 30);
    expect(b.transport.sent.map(({ payloadType }) => payloadType)).toEqual(Array(15).fill(96));
  });

  it('is not judged as silent, and its jitter is counted on its clock', () => {
    const { told, frames } = pair();
    frames(2_000, 0);
    const qualities = told.flatMap((notice) => (notice.name === 'quality' && notice.event.legId === 'a' ? [notice.event] : []));
    expect(qualities.length).toBeGreaterThan(10);
    expect(told.some(({ name }) => name === 'opusUnheard')).toBe(false);
    expect(qualities.every(({ silence, jitterMs, lossPercent }) => silence === null && jitterMs < 1 && lossPercent === 0)).toBe(true);
  });
});

describe('Opus for somebody who cannot have it', () => {
  it('is silence where the other side did not agree on it, and is told once', () => {
    const { b, told, frames } = pair(terms);
    frames(100, 0);
    expect(b.transport.sent.length).toBeGreaterThan(90);
    expect(b.transport.sent.every(isSilence)).toBe(true);
    expect(told.filter(({ name }) => name === 'opusUnheard')).toEqual([{ name: 'opusUnheard', event: { legId: 'a' } }]);
  });

  it('is silence for a third one who listens, in a recording, and for both when a third one speaks', () => {
    const { table, a, b, make, frames } = pair();
    frames(10, 0, (n) => tonePacket(n));
    const third = make('c', withOpus);
    table.hear(third.leg, a.leg, true);
    table.hear(third.leg, b.leg, true);
    table.hear(b.leg, third.leg, true);
    frames(5, 10, () => null);
    const before = { b: b.transport.sent.length, third: third.transport.sent.length };
    for (let n = 15; n < 25; n++) {
      frames(1, n);
      expect(a.leg.recorded.every((sample) => sample === 0)).toBe(true);
    }
    for (const packet of [...b.transport.sent.slice(before.b), ...third.transport.sent.slice(before.third)])
      expect(isSilence(packet)).toBe(true);
    expect(third.transport.sent.length - before.third).toBe(10);
  });

  it('reaches nobody while keys are masked', () => {
    const { a, b, frames } = pair();
    a.leg.maskDigits(true);
    frames(10, 0);
    expect(b.transport.sent.every(isSilence)).toBe(true);
  });

  it('is told again after the next agreement, since that one was to end it', () => {
    const { a, told, frames } = pair(terms);
    frames(30, 0);
    a.leg.agree(withOpus);
    frames(30, 30);
    expect(told.filter(({ name }) => name === 'opusUnheard')).toHaveLength(2);
  });
});

describe('keys among Opus', () => {
  const press = (n: number, type: number, ticks: number): RtpPacket => {
    const duration = 160 * ticks * (n - 4);
    return opusPacket(n, {
      payloadType: type,
      timestamp: 5 * 160 * ticks,
      payload: Buffer.from([5, n >= 12 ? 0x8a : 10, duration >> 8, duration & 0xff]),
    });
  };

  it.each([
    ['their own clock', 110, 6],
    ['the clock of G.711', 101, 1],
  ])('are told once, with their length, on %s', (_, type, ticks) => {
    const { b, told, frames } = pair();
    frames(5, 0);
    frames(10, 5, (n) => press(n, type, ticks));
    frames(5, 15);
    const digits = told.flatMap((notice) => (notice.name === 'digit' ? [notice.event] : []));
    expect(digits).toEqual([{ legId: 'a', digit: '5', durationMs: 160 }]);
    expect(new Set(b.transport.sent.map(({ payloadType }) => payloadType))).toEqual(new Set([96]));
    expect(new Set(steps(b.transport.sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
  });

  it('that we send are on the clock of Opus while that is handed through', () => {
    const { b, frames } = pair();
    frames(10, 0);
    b.leg.sendDigit('7', 100);
    const before = b.transport.sent.length;
    frames(12, 10);
    const keys = b.transport.sent.slice(before).filter(({ payloadType }) => payloadType === 97);
    expect(keys.length).toBeGreaterThanOrEqual(8);
    expect(new Set(keys.map(({ timestamp }) => timestamp)).size).toBe(1);
    const durations = keys.map(({ payload }) => ((payload[2] ?? 0) << 8) | (payload[3] ?? 0));
    expect(Math.max(...durations)).toBe(100 * 48);
    expect(durations[0]).toBe(960);
    expect(b.transport.sent.some(({ payloadType }) => payloadType === 101)).toBe(false);
  });

  it('that we send are on the clock of G.711 while that is handed through', () => {
    const { b, frames } = pair();
    frames(10, 0, (n) => tonePacket(n));
    b.leg.sendDigit('7', 100);
    frames(12, 10, (n) => tonePacket(n));
    expect(b.transport.sent.filter(({ payloadType }) => payloadType === 101).length).toBeGreaterThanOrEqual(8);
    expect(b.transport.sent.some(({ payloadType }) => payloadType === 97)).toBe(false);
  });
});

describe('a stream with two clocks', () => {
  it('keeps the time of both for an hour, across the wrap of its counters', () => {
    const stream = new OutboundStream((size) => Buffer.alloc(size, 0xff));
    let last: number | null = null;
    for (let n = 0; n < 180_000; n++) {
      const relayed = stream.relayed(opusPacket(n), 111, Buffer.alloc(1), 6);
      if (!relayed) throw new Error('not relayed');
      if (last !== null && ((relayed.timestamp - last) | 0) !== 960) throw new Error(`a step at packet ${n}`);
      last = relayed.timestamp;
      stream.advance();
    }
    expect(Math.abs((stream.timestampAt(6) - (last ?? 0)) | 0)).toBeLessThanOrEqual(960);
  });
});
