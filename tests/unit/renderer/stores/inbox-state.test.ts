import { describe, expect, it } from 'vitest';
import {
  emptyInbox,
  foldInbox,
  inboxGroups,
  leavesGap,
  nextThatWaits,
  receiveMessage,
  receiveMessages,
  type Thread,
  waitingInOrder,
} from '../../../../renderer/stores/index.ts';
import { messageOf, waitingOf, workOf } from '../../../support/ui-stage/conversations.ts';

const now = 1_700_000_000_000;
const minute = 60_000;
const work = (interactionId: string, change: Parameters<typeof workOf>[2] = {}) => workOf('chat', now, { interactionId, ...change });

describe('the list of written work', () => {
  it('puts whoever is to be answered first on top, then who waits longest, then what is answered, then what is put off', () => {
    const { answer, others } = inboxGroups([
      work('answered', { waitsSince: null }),
      work('waits-longer', { waitsSince: now - 9 * minute }),
      work('waits', { waitsSince: now - minute }),
      work('later', { waitsSince: now - minute, answerBy: now + 9 * minute }),
      work('soon', { waitsSince: now, answerBy: now + minute }),
      work('over', { waitsSince: now, answerBy: now - minute }),
      work('customer', { state: 'waiting' }),
      work('snoozed', { state: 'snoozed', snoozedUntil: now + minute }),
    ]);
    expect(answer.map(({ interactionId }) => interactionId)).toEqual(['over', 'soon', 'later', 'waits-longer', 'waits', 'answered']);
    expect(others.map(({ interactionId }) => interactionId)).toEqual(['snoozed', 'customer']);
  });

  it('goes on to the next that waits, and from the last to the first', () => {
    const mine = [
      work('a', { waitsSince: now - 2 }),
      work('b', { waitsSince: now - 1 }),
      work('answered'),
      work('off', { state: 'waiting' }),
    ];
    expect(nextThatWaits(mine, null)).toBe('a');
    expect(nextThatWaits(mine, 'a')).toBe('b');
    expect(nextThatWaits(mine, 'b')).toBe('a');
    expect(nextThatWaits(mine, 'answered')).toBe('a');
    expect(nextThatWaits([work('answered')], null)).toBeNull();
  });

  it('shows what waits by priority, then by deadline, then as it came', () => {
    const waiting = [
      waitingOf('old', 'email', 'A', '', now, { queuedAt: now - 9 }),
      waitingOf('due', 'email', 'B', '', now, { answerBy: now + 1 }),
      waitingOf('first', 'sms', 'C', '', now, { priority: 90 }),
      waitingOf('new', 'email', 'D', '', now, { queuedAt: now }),
    ];
    expect(waitingInOrder(waiting).map(({ workItemId }) => workItemId)).toEqual(['first', 'due', 'old', 'new']);
  });

  it('is what the bridge says: new, changed, gone, taken by somebody', () => {
    const told = (name: string, payload: unknown) => ({ seq: 1, name, payload }) as Parameters<typeof foldInbox>[1];
    let inbox = foldInbox(emptyInbox, told('inbox:changed', work('a')));
    inbox = foldInbox(inbox, told('inbox:changed', work('b')));
    inbox = foldInbox(inbox, told('inbox:changed', work('a', { unread: 3 })));
    expect(inbox.mine.map(({ interactionId, unread }) => [interactionId, unread])).toEqual([
      ['a', 3],
      ['b', 0],
    ]);
    inbox = foldInbox(inbox, told('inbox:gone', { interactionId: 'a', why: 'closed' }));
    inbox = foldInbox(inbox, told('inbox:waiting', waitingOf('w', 'chat', 'A', '', now)));
    expect([inbox.mine.length, inbox.waiting.length]).toEqual([1, 1]);
    expect(foldInbox(inbox, told('inbox:waiting-gone', { workItemId: 'w' })).waiting).toEqual([]);
  });
});

describe('the messages of a conversation', () => {
  const { conversation } = work('a');
  const lines = (...seqs: number[]) => seqs.map((seq) => messageOf('c', seq, 'in', `line ${seq}`, now + seq));
  const page = (hasMore: boolean, ...seqs: number[]) => ({ conversation, messages: lines(...seqs), hasMore });
  const seqs = (thread: Thread) => thread.messages.map(({ seq }) => seq);

  it('grow upwards by older pages and downwards by new ones, each once and in order', () => {
    let thread = receiveMessages(undefined, page(true, 7, 6, 5));
    thread = receiveMessages(thread, page(false, 3, 4));
    expect([seqs(thread), thread.hasMore]).toEqual([[3, 4, 5, 6, 7], false]);
    thread = receiveMessages(thread, page(true, 6, 7, 8));
    expect([seqs(thread), thread.hasMore]).toEqual([[3, 4, 5, 6, 7, 8], false]);
  });

  it('are begun anew where more was missed than a page holds: nothing is shown with a gap', () => {
    const thread = receiveMessages(receiveMessages(undefined, page(false, 1, 2)), page(true, 50, 51));
    expect([seqs(thread), thread.hasMore]).toEqual([[50, 51], true]);
  });

  it('take a new one only where it follows, and another state of one that is there', () => {
    const thread = receiveMessages(undefined, page(false, 1, 2));
    const [third, fifth] = lines(3, 5);
    if (!third || !fifth) throw new Error('no lines');
    expect(seqs(receiveMessage(thread, third))).toEqual([1, 2, 3]);
    expect([seqs(receiveMessage(thread, fifth)), leavesGap(thread, fifth), leavesGap(thread, third)]).toEqual([[1, 2], true, false]);
    const changed = receiveMessage(thread, { ...lines(2)[0], text: 'other' } as typeof third);
    expect(changed.messages.map(({ text }) => text)).toEqual(['line 1', 'other']);
  });
});
