import { describe, expect, it } from 'vitest';
import {
  afterMessage,
  afterScroll,
  isAtFoot,
  isOtherSize,
  type ListMeasures,
  placeOf,
} from '../../../../renderer/features/inbox/reading-place.ts';

/** A room of 400 px over 1,000 px. */
const chat: ListMeasures = { scrollTop: 600, scrollHeight: 1_000, clientHeight: 400, newestMailTop: null };
const mailFrom = (newestMailTop: number, change: Partial<ListMeasures> = {}): ListMeasures => ({ ...chat, newestMailTop, ...change });

describe('where a conversation is read', () => {
  it('is its foot, and the beginning of a mail that is higher than its room', () => {
    expect(placeOf('newest', chat)).toBe(600);
    expect(placeOf('newest', mailFrom(300))).toBe(292);
    expect(placeOf('newest', mailFrom(700))).toBe(600);
    expect(placeOf('newest', mailFrom(4))).toBe(0);
    expect(placeOf('newest', { ...chat, scrollTop: 0, scrollHeight: 200 })).toBe(0);
  });

  it('is where the reader went: to the foot, or anywhere else', () => {
    expect(placeOf('foot', mailFrom(300))).toBe(600);
    expect(placeOf('reader', mailFrom(300, { scrollTop: 120 }))).toBe(120);
    expect(afterScroll('newest', mailFrom(300, { scrollTop: 288 }), mailFrom(300, { scrollTop: 287.5 }))).toBe('newest');
    expect(afterScroll('newest', mailFrom(300, { scrollTop: 350 }), mailFrom(300, { scrollTop: 288 }))).toBe('reader');
    expect(afterScroll('reader', mailFrom(300, { scrollTop: 540 }), mailFrom(300, { scrollTop: 350 }))).toBe('foot');
  });

  it('is not what the browser moves because the list or its room has become smaller', () => {
    const left = mailFrom(300, { scrollTop: 288 });
    expect(isOtherSize(mailFrom(300, { scrollTop: 20, scrollHeight: 420 }), left)).toBe(true);
    expect(isOtherSize(mailFrom(300, { scrollTop: 600, clientHeight: 200 }), left)).toBe(true);
    expect(isOtherSize(mailFrom(300, { scrollTop: 600 }), left)).toBe(false);
  });

  it('stays where one reads when a message comes, follows it from the foot, and shows what one has written', () => {
    expect([isAtFoot(chat), isAtFoot(mailFrom(300, { scrollTop: 288 }))]).toEqual([true, false]);
    expect(afterMessage('newest', true, false)).toBe('newest');
    expect(afterMessage('foot', true, false)).toBe('newest');
    expect(afterMessage('newest', false, false)).toBe('reader');
    expect(afterMessage('newest', false, true)).toBe('newest');
    expect(afterMessage('reader', false, true)).toBe('reader');
  });
});
