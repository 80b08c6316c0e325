import { afterEach, describe, expect, it } from 'vitest';
import { draftJournal } from '../../../../renderer/desktop/index.ts';

describe('the journal of drafts', () => {
  afterEach(() => localStorage.clear());

  it('shows each writer only their own words on a computer with several users', () => {
    let writer = 'u-1';
    const journal = draftJournal(localStorage, () => writer);
    localStorage.setItem('something.else', 'x');
    journal.write('i-1', 'mine');
    writer = 'u-2';
    expect(journal.all()).toEqual([]);
    expect(journal.read('i-1')).toBeNull();
    journal.write('i-1', 'theirs');
    writer = 'u-1';
    expect(journal.all()).toEqual([{ interactionId: 'i-1', text: 'mine' }]);
    journal.forget('i-1');
    expect(journal.all()).toEqual([]);
  });
});
