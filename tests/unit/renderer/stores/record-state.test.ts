import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askMoreOfStream,
  askStream,
  beforeEdit,
  byDeadline,
  failRecord,
  hasOtherStream,
  nextDeadline,
  noCaseList,
  noRecord,
  openRecord,
  put,
  receiveCase,
  receivePage,
  receiveStream,
  visited,
} from '../../../../renderer/stores/index.ts';
import { stageCases, stagePage, stageStream } from '../../../support/ui-stage/record-people.ts';

const now = 1_780_000_000_000;
const page = stagePage(now, 'en');
const opened = receivePage(openRecord(noRecord, 'c-okafor', 'customers'), 'c-okafor', page);

describe('opening a customer', () => {
  it('shows the page with the timeline that came along, and remembers who was opened', () => {
    expect(opened).toMatchObject({ phase: 'ready', contactId: 'c-okafor', cameFrom: 'customers' });
    expect(opened.stream.items).toEqual(page.record.timeline.items);
    expect(opened.recent.map(({ title }) => title)).toEqual(['Margaret Okafor']);
  });

  it('drops the answer about somebody who is no longer open', () => {
    const other = openRecord(opened, 'c-other', 'customers');
    expect(receivePage(other, 'c-okafor', page)).toBe(other);
    expect(failRecord(other, 'c-okafor', 'not_found')).toBe(other);
  });

  it('takes any card of a merged person for the person', () => {
    const merged = { ...page, cards: [...page.cards, { contactId: 'c-okafor2', name: 'M. Okafor' }] };
    const state = receivePage(openRecord(noRecord, 'c-okafor2', 'work'), 'c-okafor2', merged);
    expect(state.contactId).toBe('c-okafor');
    expect(openRecord(state, 'c-okafor2', 'cases').page).toBe(state.page);
  });

  it('asks for the stream again only when something happened or cards were merged or parted', () => {
    const timeline = { ...page.record.timeline, total: page.record.timeline.total + 1 };
    expect(hasOtherStream(page, { ...page, revision: page.revision + 1 })).toBe(false);
    expect(hasOtherStream(page, { ...page, record: { ...page.record, timeline } })).toBe(true);
    expect(hasOtherStream({ ...page, cards: [...page.cards, { contactId: 'c-okafor2', name: 'M. Okafor' }] }, page)).toBe(true);
  });

  it('keeps the page that stands when it cannot be read again', () => {
    expect(failRecord(opened, 'c-okafor', 'offline')).toBe(opened);
  });

  it('goes straight to a case that was asked for', () => {
    expect(openRecord(noRecord, 'c-okafor', 'cases', 'k1')).toMatchObject({ tab: 'cases', openCaseId: 'k1' });
  });

  it('lists each of those opened last once, at most twenty', () => {
    const customers = Array.from({ length: 30 }, (_, index) => ({
      kind: 'person' as const,
      id: `c-${index % 25}`,
      contactId: null,
      title: '',
      subtitle: null,
      tier: null,
      isKeyAccount: false,
    }));
    const recent = customers.reduce<ReturnType<typeof visited>>((list, each) => visited(list, each), []);
    expect(recent).toHaveLength(20);
    expect(new Set(recent.map(({ id }) => id)).size).toBe(20);
    expect(recent[0]?.id).toBe('c-4');
  });
});

describe('the stream', () => {
  const items = stageStream(now, 'en', 60);
  const first = { items: items.slice(0, 50), total: 60, nextBefore: items[49]?.at ?? null };
  const asked = askStream(opened, { text: 'bill' });

  it('keeps what it shows until the answer to the last question is there', () => {
    expect(asked.stream.items).toEqual(opened.stream.items);
    const again = askStream(asked, { filter: 'calls' });
    expect(receiveStream(again, asked.stream.asked, null, first)).toBe(again);
    expect(receiveStream(again, again.stream.asked, null, first).stream.items).toEqual(first.items);
  });

  it('goes on without showing an entry twice', () => {
    const state = receiveStream(asked, asked.stream.asked, null, first);
    const more = askMoreOfStream(state);
    const rest = { items: items.slice(49), total: 60, nextBefore: null };
    const whole = receiveStream(more, more.stream.asked, first.nextBefore, rest).stream;
    expect(whole.items).toEqual(items);
    expect(askMoreOfStream({ ...state, stream: whole }).stream.phase).toBe('ready');
  });

  it('says when it could not be read, and can be asked from the same place again', () => {
    const state = receiveStream(asked, asked.stream.asked, null, first);
    const more = askMoreOfStream(state);
    const failed = receiveStream(more, more.stream.asked, first.nextBefore, null);
    expect(failed.stream).toMatchObject({ phase: 'failed', nextBefore: first.nextBefore });
    expect(askMoreOfStream(failed).stream.phase).toBe('loading');
  });
});

describe('turning an edit back', () => {
  it('puts each field to what it was, and takes away a custom one that was not there', () => {
    expect(beforeEdit(page.fields, { title: 'Director', custom: { fleet: 70, since: '2020-01-01' } })).toEqual({
      title: 'Operations director',
      custom: { fleet: 62, since: null },
    });
  });
});

describe('a list of cases', () => {
  const files = stageCases(now, 'en');
  const [complaint] = files;

  it('counts an answer that is owed before the solution, until it was given', () => {
    const owed = { responseDueAt: 10, respondedAt: null, dueAt: 20 };
    expect(nextDeadline(owed)).toBe(10);
    expect(nextDeadline({ ...owed, respondedAt: 5 })).toBe(20);
  });

  it('has one order whatever order it came in, the first deadline first', () => {
    const due = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
    const file = fc.record({
      caseId: fc.uuid(),
      priority: fc.integer({ min: 0, max: 2 }),
      openedAt: fc.integer({ min: 0, max: 9 }),
      dueAt: due,
    });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ caseId }) => caseId, maxLength: 12 }), (parts) => {
        if (!complaint) return;
        const list = parts.map((part) => ({ ...complaint, ...part }));
        const sorted = [...list].sort(byDeadline);
        expect([...list].reverse().sort(byDeadline)).toEqual(sorted);
        const deadlines = sorted.map(nextDeadline);
        expect(deadlines).toEqual([...deadlines].sort((a, b) => a - b));
      }),
    );
  });

  it('shows a changed case in its place, and none that is not of it', () => {
    const state = { ...noCaseList, cases: files };
    const later = { ...files[0], dueAt: now + 90 * 86_400_000 } as (typeof files)[number];
    expect(receiveCase(state, later).cases.at(-1)?.caseId).not.toBe('k2');
    expect(receiveCase(state, { ...later, caseId: 'k9' })).toBe(state);
  });

  it('puts what is new in front and what is known in its place', () => {
    expect(
      put(
        [
          { id: 'a', n: 1 },
          { id: 'b', n: 1 },
        ],
        { id: 'b', n: 2 },
        ({ id }) => id,
      ),
    ).toEqual([
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ]);
    expect(put([{ id: 'a' }], { id: 'c' }, ({ id }) => id)).toEqual([{ id: 'c' }, { id: 'a' }]);
  });
});
