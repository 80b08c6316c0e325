import { describe, expect, it } from 'vitest';
import { stamped, stampOf, Tally } from '../../load/digital/stamps.ts';

describe('messages of the bench', () => {
  it('carry their number and the moment they were sent, also among other words', () => {
    const text = `> Re: ${stamped('Is the mast repaired?', 17, 1_764_000_000_123.456)} [#8Q2K-71ZN]`;
    expect(stampOf(text)).toEqual({ number: 17, atMs: 1_764_000_000_123.46 });
    expect(stampOf('Is the mast repaired? [#8Q2K-71ZN]')).toBeNull();
  });

  it('are counted as lost and as doubled by their numbers, those that nobody asks about not at all', () => {
    const tally = new Tally();
    for (const number of [1, 2, 2, 4, 9, 9]) tally.add(number);
    expect(tally.judge([1, 2, 3, 4, 5])).toEqual({ lost: 2, doubled: 1 });
    expect(tally.size).toBe(4);
  });
});
