import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, translateG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import { Playback } from '../../../../cti-bridge/media/prompt/playback.ts';
import { OutboundStream } from '../../../../cti-bridge/media/rtp/outbound-stream.ts';
import type { RtpPacket } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';
import type { Leg } from '../../../../cti-bridge/media/session/leg.ts';
import { LegTable } from '../../../../cti-bridge/media/session/leg-table.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';
import { KeptTransport, listen, terms, tonePacket as tonePacketAt } from './far-side.ts';

/** Of a frequency of which no two frames are alike. */
const tonePacket = (n: number, change: Partial<RtpPacket> = {}): RtpPacket => tonePacketAt(n, change, 413);

function twoTalking() {
  const { told, tell } = listen();
  const table = new LegTable('s', 60_000, tell, (error) => {
    throw error;
  });
  const make = (name: string): { leg: Leg; transport: KeptTransport } => {
    const transport = new KeptTransport();
    const leg = table.add(name);
    leg.attach(transport);
    leg.agree(terms);
    return { leg, transport };
  };
  const [a, b] = [make('a'), make('b')];
  table.join(a.leg, b.leg);
  let now = performance.now();
  return {
    table,
    told,
    a,
    b,
    make,
    now: () => now,
    /** Frames of 20 ms; in each, before it, `a` says packet `n` unless it returns null. */
    frames(count: number, from: number, packetOf: (n: number) => RtpPacket | null = (n) => tonePacket(n)): void {
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

describe('two who hear only each other', () => {
  it('get the bytes of the other side as they come, numbered on', () => {
    const { b, frames } = twoTalking();
    frames(20, 65_530);
    const { sent } = b.transport;
    expect(sent).toHaveLength(20);
    sent.forEach((packet, i) => {
      expect(packet.payload).toEqual(tonePacket(65_530 + i).payload);
    });
    expect(new Set(steps(sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
    expect(new Set(steps(sent, ({ timestamp }) => timestamp, 0xffff))).toEqual(new Set([160]));
    expect(new Set(sent.map(({ ssrc }) => ssrc)).size).toBe(1);
  });

  it('see a lost packet as a gap, and a late one in its place', () => {
    const { a, b, frames } = twoTalking();
    frames(5, 0);
    frames(1, 5, () => null);
    frames(1, 6);
    a.leg.packet(tonePacket(5), performance.now());
    frames(2, 7);
    const first = b.transport.sent[0]?.sequence ?? 0;
    expect(b.transport.sent.map(({ sequence }) => (sequence - first) & 0xffff)).toEqual([0, 1, 2, 3, 4, 6, 5, 7, 8]);
  });

  it('see no gap where a key was pressed, and hear nothing of it', () => {
    const { b, told, frames } = twoTalking();
    frames(5, 0);
    frames(3, 5, (n) =>
      tonePacket(n, { payloadType: 101, timestamp: 800, payload: Buffer.from([5, n === 7 ? 0x8a : 10, 0, 160 * (n - 4)]) }),
    );
    frames(5, 8);
    expect(told.filter(({ name }) => name === 'digit')).toHaveLength(1);
    const relayed = b.transport.sent.filter(({ payloadType }) => payloadType === 8);
    expect(relayed.every(({ payload }) => payload.length === 160)).toBe(true);
    expect(new Set(steps(b.transport.sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
  });

  it('hear frames of ours again when the other falls silent, later in time and not earlier', () => {
    const { b, frames } = twoTalking();
    frames(10, 0);
    frames(10, 10, () => null);
    frames(10, 20);
    const { sent } = b.transport;
    expect(sent.length).toBeGreaterThan(25);
    expect(sent.length).toBeLessThanOrEqual(30);
    expect(new Set(steps(sent, ({ sequence }) => sequence, 0xffff))).toEqual(new Set([1]));
    for (const step of steps(sent, ({ timestamp }) => timestamp, 0xffffffff)) {
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThanOrEqual(5 * 160);
    }
  });

  it('hear a sound that plays, and nothing else meanwhile', () => {
    const { b, frames } = twoTalking();
    frames(10, 0);
    b.leg.play(new Playback('p', tone(1000, 100), false));
    const before = b.transport.sent.length;
    frames(5, 10);
    const during = b.transport.sent.slice(before);
    expect(during).toHaveLength(5);
    expect(during.every(({ payload }) => !payload.every((byte, i) => byte === tonePacket(10).payload[i]))).toBe(true);
  });

  it('are mixed as soon as a third one is heard, and handed through again when it is gone', () => {
    const { table, a, b, make, frames } = twoTalking();
    frames(10, 0);
    const third = make('c');
    table.hear(b.leg, third.leg, true);
    const before = b.transport.sent.length;
    frames(10, 10);
    expect(b.transport.sent.length - before).toBe(10);
    expect(b.transport.sent.at(-1)?.payload).not.toEqual(tonePacket(19).payload);
    table.hear(b.leg, third.leg, false);
    frames(2, 20);
    expect(b.transport.sent.at(-1)?.payload).toEqual(tonePacket(21).payload);
    expect(a.leg.followers).toEqual([b.leg]);
  });

  it('get no more than a call can need of a side that floods', () => {
    const { a, b, frames, now } = twoTalking();
    frames(10, 0);
    let n = 10;
    frames(50, 10, () => {
      for (let i = 0; i < 9; i++) a.leg.packet(tonePacket(n++), now());
      return tonePacket(n++);
    });
    // What a stall may hold back, and two and a half packets a frame.
    expect(b.transport.sent.length).toBeLessThan(10 + 50 + 50 * 2.5 + 1);
  });
});

describe('a stream that hands packets through', () => {
  it('never gives one number to two packets, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.constantFrom('relay', 'own', 'key')), { maxLength: 200 }),
        fc.nat(0xffff),
        (moves, start) => {
          const stream = new OutboundStream();
          const seen = new Set<number>();
          const taken = new Set<number>();
          let at = start;
          for (const [move, kind] of moves) {
            if (kind === 'own') {
              const { sequence } = stream.audio(8, new Uint8Array(160));
              expect(taken.has(sequence)).toBe(false);
              taken.add(sequence);
              stream.advance();
              continue;
            }
            const next = at + move;
            if (seen.has(next)) continue;
            seen.add(next);
            const packet = tonePacketOf(next);
            if (kind === 'key') {
              stream.swallowed(packet);
              continue;
            }
            const relayed = stream.relayed(packet, 8, packet.payload);
            if (!relayed) continue;
            expect(taken.has(relayed.sequence)).toBe(false);
            taken.add(relayed.sequence);
            at = Math.max(at, next);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('follows a far clock that is fast or slow for an hour', () => {
    for (const partsPerMillion of [200, -200]) {
      const stream = new OutboundStream();
      let last: RtpPacket | null = null;
      let own = 0;
      for (let n = 0; n < 180_000; n++) {
        const ours = Math.floor((n * 20 * (1 + partsPerMillion / 1e6)) / 20);
        for (; own < ours; own++) stream.advance();
        const packet = stream.relayed(tonePacketOf(n), 8, payload);
        if (!packet || (last && ((packet.timestamp - last.timestamp) | 0) !== 160)) throw new Error(`a step at packet ${n}`);
        last = packet;
      }
    }
  });
});

const payload = encodeG711('PCMA', new Int16Array(160));
const tonePacketOf = (n: number): RtpPacket => ({
  payloadType: 8,
  marker: false,
  sequence: n & 0xffff,
  timestamp: (n * 160) >>> 0,
  ssrc: 1,
  payload,
});

describe('translation between the laws', () => {
  it('is what decoding and encoding give', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(Buffer.from(translateG711('PCMU', 'PCMA', all))).toEqual(encodeG711('PCMA', decodeG711('PCMU', all)));
    expect(Buffer.from(translateG711('PCMA', 'PCMU', all))).toEqual(encodeG711('PCMU', decodeG711('PCMA', all)));
    expect(translateG711('PCMA', 'PCMA', all)).toBe(all);
  });
});
