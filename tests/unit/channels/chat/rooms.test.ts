import { describe, expect, it } from 'vitest';
import { placeOf, RatePerKey } from '../../../../cti-bridge/channels/chat/limits.ts';
import { FilePasses } from '../../../../cti-bridge/channels/chat/passes.ts';
import { ChatRooms } from '../../../../cti-bridge/channels/chat/rooms.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { asId, type ConversationId } from '../../../../shared/ids.ts';

const id = asId<ConversationId>('conversation-1');

describe('rooms', () => {
  function room() {
    const clock = new VirtualClock();
    const rooms = new ChatRooms(clock, { goneAfterMs: 5_000 });
    const presence: boolean[] = [];
    rooms.onPresence((_id, isThere) => presence.push(isThere));
    return { clock, rooms, presence, tab: () => ({ told: () => undefined }) };
  }

  it('say that somebody has gone only when no tab of theirs has come back for a while', () => {
    const { clock, rooms, presence, tab } = room();
    const [one, other] = [tab(), tab()];
    rooms.comeIn(id, one);
    rooms.comeIn(id, other);
    rooms.goOut(id, one);
    clock.advance(10_000);
    expect(presence).toEqual([true]);
    rooms.goOut(id, other);
    expect(rooms.isThere(id)).toBe(false);
    clock.advance(4_000);
    rooms.comeIn(id, one);
    clock.advance(10_000);
    expect([presence, rooms.isThere(id)]).toEqual([[true], true]);
    rooms.goOut(id, one);
    rooms.goOut(id, one);
    clock.advance(5_000);
    expect(presence).toEqual([true, false]);
  });

  it('remember for a minute what was told, for a tab that is just coming in', () => {
    const { clock, rooms } = room();
    clock.advance(1_000);
    const line = { seq: 7, messageId: 'm', by: 'agent', name: null, text: 'x', at: 0, file: null } as const;
    rooms.tell(id, { kind: 'line', line });
    expect(rooms.toldSince(id, 500)?.seq).toBe(7);
    expect(rooms.toldSince(id, 1_500)).toBeNull();
    clock.advance(120_000);
    rooms.tell(asId<ConversationId>('conversation-2'), { kind: 'line', line });
    expect(rooms.toldSince(id, 0)).toBeNull();
  });

  it('leave no timer behind at the stop', () => {
    const { clock, rooms, tab } = room();
    const one = tab();
    rooms.comeIn(id, one);
    rooms.goOut(id, one);
    rooms.stop();
    expect(clock.pending).toBe(0);
  });
});

describe('a pass to files', () => {
  const clock = new VirtualClock();
  const passes = new FilePasses(clock, Buffer.alloc(32, 1), 60_000);

  it('names its conversation until it ends', () => {
    const pass = passes.make(id);
    expect(passes.read(pass)).toBe(id);
    clock.advance(60_000);
    expect(passes.read(pass)).toBeNull();
  });

  it('is nothing once a letter of it was changed, and nothing under another key', () => {
    const pass = passes.make(id);
    for (let at = 0; at < pass.length; at++) {
      const changed = `${pass.slice(0, at)}${pass[at] === 'A' ? 'B' : 'A'}${pass.slice(at + 1)}`;
      // The last letter of the MAC carries two bits that mean nothing.
      if (at < pass.length - 1) expect(passes.read(changed)).toBeNull();
    }
    expect(new FilePasses(clock, Buffer.alloc(32, 2), 60_000).read(pass)).toBeNull();
    for (const none of ['', '.', '..', pass.repeat(2), 'x'.repeat(10_000)]) expect(passes.read(none)).toBeNull();
  });
});

describe('rates of each address', () => {
  it('hold one back and not the other, and forget whoever has been quiet', () => {
    const clock = new VirtualClock();
    const rates = new RatePerKey(clock, { perSecond: 1, burst: 2 });
    expect([rates.take('a'), rates.take('a'), rates.take('a'), rates.take('b')]).toEqual([true, true, false, true]);
    clock.advance(5_000);
    expect([rates.take('c'), rates.size]).toEqual([true, 1]);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('count %s as %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });
});
