import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigitReceiver } from '../../../../cti-bridge/media/dtmf/digit-receiver.ts';
import { DigitSender } from '../../../../cti-bridge/media/dtmf/digit-sender.ts';
import { digitOfEvent, eventOfDigit, readTelephoneEvent, writeTelephoneEvent } from '../../../../cti-bridge/media/dtmf/telephone-event.ts';

/** All packets a sender makes for these keys, with the timestamp of each press and the time of each packet. */
function packetsOf(keys: string, durationMs = 100): { timestamp: number; payload: Buffer; at: number }[] {
  const sender = new DigitSender();
  for (const key of keys) sender.enqueue(key, durationMs);
  const packets: { timestamp: number; payload: Buffer; at: number }[] = [];
  let start = 0;
  for (let frame = 0; sender.isBusy; frame++) {
    const packet = sender.next();
    if (packet?.isFirst) start = frame * 160;
    if (packet) packets.push({ timestamp: start, payload: packet.payload, at: frame * 20 });
  }
  return packets;
}

function receiveAll(packets: readonly { timestamp: number; payload: Buffer; at: number }[]): { digit: string; durationMs: number }[] {
  const receiver = new DigitReceiver();
  const digits = packets.flatMap((packet) => receiver.receive(packet.timestamp, packet.payload, packet.at));
  return [...digits, ...receiver.expire(1e9)];
}

describe('telephone events', () => {
  it('know all sixteen keys and nothing else', () => {
    for (const key of '0123456789*#ABCD') expect(digitOfEvent(eventOfDigit(key) ?? -1)).toBe(key);
    expect(eventOfDigit('a')).toBe(12);
    expect(['x', '', '12'].map(eventOfDigit)).toEqual([null, null, null]);
    expect(digitOfEvent(16)).toBeNull();
  });

  it('are read as they were written', () => {
    const event = { event: 11, isEnd: true, volume: 10, durationSamples: 0x1234 };
    const bytes = writeTelephoneEvent(event);
    expect([...bytes]).toEqual([11, 0x8a, 0x12, 0x34]);
    expect(readTelephoneEvent(bytes)).toEqual(event);
    expect(readTelephoneEvent(bytes.subarray(0, 3))).toBeNull();
  });
});

describe('sending a key', () => {
  it('takes one packet a frame and three end packets of the same length', () => {
    const events = packetsOf('5', 160).map(({ payload }) => readTelephoneEvent(payload));
    expect(events.map((event) => event?.durationSamples)).toEqual([160, 320, 480, 640, 800, 960, 1120, 1280, 1280, 1280, 1280]);
    expect(events.map((event) => event?.isEnd)).toEqual([...Array(8).fill(false), true, true, true]);
  });

  it('leaves a gap between two keys', () => {
    const times = packetsOf('55', 40).map(({ at }) => at);
    expect(times).toEqual([0, 20, 40, 60, 80, 160, 180, 200, 220, 240]);
  });

  it('refuses what is no key', () => {
    expect(new DigitSender().enqueue('x', 100)).toBe(false);
  });
});

describe('receiving keys', () => {
  it('tells each press once, also the same key twice', () => {
    expect(receiveAll(packetsOf('1155#'))).toEqual([...'1155#'].map((digit) => ({ digit, durationMs: 100 })));
  });

  it('tells each press once whatever is lost, repeated or late, as long as one packet of it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'0123456789*#'), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
        (keys, fate) => {
          const packets = packetsOf(keys.join(''));
          const starts = new Set<number>();
          const arrived = packets.flatMap((packet) => {
            const roll = fate.next().value;
            const isFirstOfPress = !starts.has(packet.timestamp);
            starts.add(packet.timestamp);
            if (roll === 0 && !isFirstOfPress) return [];
            return roll === 1 ? [packet, packet] : [packet];
          });
          for (let i = 1; i < arrived.length; i++) {
            const [a, b] = [arrived[i - 1], arrived[i]];
            if (a && b && fate.next().value === 2 && a.timestamp === b.timestamp) [arrived[i - 1], arrived[i]] = [b, a];
          }
          expect(receiveAll(arrived).map(({ digit }) => digit)).toEqual(keys);
        },
      ),
    );
  });

  it('ends a press of which the end packets were lost, by silence or by the next press', () => {
    const packets = packetsOf('12').filter(({ payload }) => !readTelephoneEvent(payload)?.isEnd);
    const receiver = new DigitReceiver();
    const [first, second] = [packets.filter(({ timestamp }) => timestamp === 0), packets.filter(({ timestamp }) => timestamp !== 0)];
    for (const packet of first) expect(receiver.receive(packet.timestamp, packet.payload, packet.at)).toEqual([]);
    expect(second.flatMap((packet) => receiver.receive(packet.timestamp, packet.payload, packet.at))).toEqual([
      { digit: '1', durationMs: 100 },
    ]);
    const last = second.at(-1)?.at ?? 0;
    expect(receiver.expire(last + 100)).toEqual([]);
    expect(receiver.expire(last + 121)).toEqual([{ digit: '2', durationMs: 100 }]);
    expect(receiver.expire(last + 500)).toEqual([]);
  });

  it('ignores flash and other events that are no keys', () => {
    const receiver = new DigitReceiver();
    expect(receiver.receive(0, writeTelephoneEvent({ event: 16, isEnd: true, volume: 0, durationSamples: 800 }), 0)).toEqual([]);
  });
});
