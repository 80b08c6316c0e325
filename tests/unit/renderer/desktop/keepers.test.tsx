import { describe, expect, it } from 'vitest';
import { draftJournal, openKeptTexts, pageReport } from '../../../../renderer/desktop/index.ts';

describe('the journal of drafts', () => {
  it('shows each writer only their own words on a computer with several users', async () => {
    let writer = 'u-1';
    const texts = await openKeptTexts({
      ...{ storage: localStorage, key: null, clearPrefixes: [], elsewhere: window },
      report: () => undefined,
    });
    const journal = draftJournal(texts, () => writer);
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

describe('the reports of a page', () => {
  it('are bounded, and what was left out is counted', () => {
    let now = 0;
    const written: unknown[] = [];
    const report = pageReport(
      (event, facts) => written.push([event, facts]),
      () => now,
    );
    for (let n = 0; n < 1_000; n += 1) report('push:refused', { n });
    expect(written).toHaveLength(30);
    now = 60_000;
    report('push:refused', { n: 1_000 });
    expect(written.slice(30)).toEqual([
      ['reports:left-out', { lines: 970 }],
      ['push:refused', { n: 1_000 }],
    ]);
  });
});
