import type { Push } from '../../shared/contracts/bridge-events.ts';
import type { ConversationView, MessageFile, MessageView } from '../../shared/contracts/messages/conversation.ts';
import type { InboxView, OwnSource, Quarantined, WaitingWork, WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { MessageTemplate } from '../../shared/contracts/messages/settings.ts';

/** The messages of one conversation, as far as they were fetched; in order, without a gap. */
export interface Thread {
  readonly conversation: ConversationView | null;
  readonly messages: readonly MessageView[];
  readonly hasMore: boolean;
  readonly phase: 'loading' | 'ready' | 'failed';
}

/** A file on its way to the bridge, for a message that is being written. */
export interface FileOnItsWay {
  readonly uploadId: string;
  readonly name: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly failed: string | null;
}

export interface NamedPerson {
  readonly contactId: string;
  readonly name: string;
}

/** What is open over the work with one conversation; one at a time. */
export type InboxPanel =
  | { readonly kind: 'finish' | 'snooze' | 'invite' | 'transfer' | 'quickReplies'; readonly interactionId: string }
  | { readonly kind: 'conversation'; readonly conversationId: string }
  | { readonly kind: 'new'; readonly channel: 'email' | 'sms'; readonly to: string; readonly contactId: string | null }
  | { readonly kind: 'bringIn' /** Whose it is, to begin with. */; readonly person?: NamedPerson }
  | { readonly kind: 'quarantine' };

/** What the screen of written work has fetched and opened. What is in hand, and what waits, is in the desk. */
export interface InboxState {
  readonly threads: Readonly<Record<string, Thread>>;
  /** Until when somebody is shown as typing, by interaction; the bridge's time. */
  readonly typing: Readonly<Record<string, number>>;
  /** The colleague who is in it too and writes, and until when they are shown so, by interaction. */
  readonly colleagues: Readonly<Record<string, { readonly name: string; readonly until: number }>>;
  readonly templates: readonly MessageTemplate[] | null;
  /** Our mailboxes and lines; null until somebody needs them. */
  readonly sources: readonly OwnSource[] | null;
  readonly files: Readonly<Record<string, readonly FileOnItsWay[]>>;
  /** Those that a message being written has, by their ids. */
  readonly attached: Readonly<Record<string, MessageFile>>;
  readonly panel: InboxPanel | null;
  /** Whether one writes to the customer or, seen by colleagues alone, a note. */
  readonly writes: Readonly<Record<string, 'message' | 'note'>>;
  /** What is typed for colleagues and not added yet, by interaction. */
  readonly noteTexts: Readonly<Record<string, string>>;
  /** Mails whose pictures from elsewhere are shown. */
  readonly pictured: readonly string[];
  readonly quarantine: { readonly phase: 'loading' | 'ready' | 'failed'; readonly arrivals: readonly Quarantined[] };
}

export const noInbox: InboxState = {
  threads: {},
  typing: {},
  colleagues: {},
  templates: null,
  sources: null,
  files: {},
  attached: {},
  panel: null,
  writes: {},
  noteTexts: {},
  pictured: [],
  quarantine: { phase: 'loading', arrivals: [] },
};

export const emptyInbox: InboxView = { mine: [], waiting: [] };

/** What is in hand and what waits, after the bridge said more. */
export function foldInbox(inbox: InboxView, push: Push): InboxView {
  switch (push.name) {
    case 'inbox:changed':
      return { ...inbox, mine: put(inbox.mine, push.payload, (each) => each.interactionId) };
    case 'inbox:gone':
      return { ...inbox, mine: inbox.mine.filter((each) => each.interactionId !== push.payload.interactionId) };
    case 'inbox:waiting':
      return { ...inbox, waiting: put(inbox.waiting, push.payload, (each) => each.workItemId) };
    case 'inbox:waiting-gone':
      return { ...inbox, waiting: inbox.waiting.filter((each) => each.workItemId !== push.payload.workItemId) };
    case 'pop:updated': {
      const { interactionId, pop } = push.payload;
      return { ...inbox, mine: inbox.mine.map((each) => (each.interactionId === interactionId ? { ...each, pop } : each)) };
    }
    default:
      return inbox;
  }
}

function put<Item>(items: readonly Item[], item: Item, idOf: (item: Item) => string): Item[] {
  const at = items.findIndex((each) => idOf(each) === idOf(item));
  return at < 0 ? [...items, item] : items.with(at, item);
}

export interface InboxGroups {
  /** In hand: those who wait for an answer first. */
  readonly answer: readonly WrittenWork[];
  /** The customer's turn, or put off. */
  readonly others: readonly WrittenWork[];
}

const whenever = Number.MAX_SAFE_INTEGER;
const isWaitedFor = (work: WrittenWork) => work.state === 'open' && work.waitsSince !== null;

/** Put in order once for each list: many ask, and a list of hundreds takes milliseconds. */
const grouped = new WeakMap<readonly WrittenWork[], InboxGroups>();

/** By deadline, then whoever waits longest; what is answered already after that. The same object for the same list. */
export function inboxGroups(mine: readonly WrittenWork[]): InboxGroups {
  const known = grouped.get(mine) ?? groupsOf(mine);
  grouped.set(mine, known);
  return known;
}

function groupsOf(mine: readonly WrittenWork[]): InboxGroups {
  const urgency = (work: WrittenWork): readonly number[] => [
    isWaitedFor(work) ? 0 : 1,
    isWaitedFor(work) ? (work.answerBy ?? whenever) : 0,
    work.waitsSince ?? work.takenAt,
  ];
  const open = mine
    .filter(({ state }) => state === 'open')
    .map((work) => ({ work, urgency: urgency(work) }))
    .sort((a, b) => compare(a.urgency, b.urgency))
    .map(({ work }) => work);
  const others = mine
    .filter(({ state }) => state !== 'open')
    .toSorted((a, b) => (a.snoozedUntil ?? whenever) - (b.snoozedUntil ?? whenever) || a.takenAt - b.takenAt);
  return { answer: open, others };
}

/** In the order in which it would be offered: by priority, then by deadline, then who came first. */
export function waitingInOrder(waiting: readonly WaitingWork[]): readonly WaitingWork[] {
  return waiting.toSorted(
    (a, b) => b.priority - a.priority || (a.answerBy ?? whenever) - (b.answerBy ?? whenever) || a.queuedAt - b.queuedAt,
  );
}

/** Who waits for an answer after the one on the screen; from the beginning again after the last. */
export function nextThatWaits(mine: readonly WrittenWork[], selectedId: string | null): string | null {
  const waiting = inboxGroups(mine).answer.filter(isWaitedFor);
  const at = waiting.findIndex(({ interactionId }) => interactionId === selectedId);
  return waiting[(at + 1) % Math.max(1, waiting.length)]?.interactionId ?? null;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest page, or one further back. What lies apart from it, because more was missed than a page holds, is dropped and can be fetched again. */
export function receivePage(
  before: Thread | undefined,
  page: { readonly conversation: ConversationView; readonly messages: readonly MessageView[]; readonly hasMore: boolean },
): Thread {
  const fetched = page.messages.toSorted((a, b) => a.seq - b.seq);
  const known = before?.messages ?? [];
  const [first, last] = [fetched[0]?.seq ?? 0, fetched.at(-1)?.seq ?? 0];
  const isBeside = known.length > 0 && fetched.length > 0 && first <= (known.at(-1)?.seq ?? 0) + 1 && last >= (known[0]?.seq ?? 0) - 1;
  if (!isBeside) {
    const messages = fetched.length > 0 ? fetched : known;
    return { conversation: page.conversation, messages, hasMore: page.hasMore, phase: 'ready' };
  }
  const isFurtherBack = first < (known[0]?.seq ?? 0);
  return {
    conversation: page.conversation,
    messages: merge(known, fetched),
    hasMore: isFurtherBack ? page.hasMore : (before?.hasMore ?? page.hasMore),
    phase: 'ready',
  };
}

/** New, or another state of one that is there. One that does not follow what is known is left to the next page: nothing is shown with a gap. */
export function receiveMessage(thread: Thread, message: MessageView): Thread {
  const last = thread.messages.at(-1)?.seq ?? message.seq - 1;
  const isKnown = thread.messages.some(({ messageId }) => messageId === message.messageId);
  if (!isKnown && message.seq !== last + 1) return thread;
  return { ...thread, messages: merge(thread.messages, [message]) };
}

/** Whether a message is missing between what is shown and this one. */
export function leavesGap(thread: Thread, message: MessageView): boolean {
  const last = thread.messages.at(-1)?.seq;
  return last !== undefined && message.seq > last + 1;
}

function merge(known: readonly MessageView[], more: readonly MessageView[]): readonly MessageView[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of more) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Where whoever writes can be called: the number they write from or left for it, else theirs on record; of several one that is nobody else's. */
export function numberToCall({ conversation, pop }: WrittenWork): string | null {
  const { address } = conversation.correspondent;
  const isNumber = conversation.channel === 'sms' || (conversation.channel === 'chat' && /^\+?[\d ()-]{5,}$/.test(address ?? ''));
  if (isNumber && address) return address;
  if (pop.match.kind !== 'certain') return null;
  const numbers = pop.match.contact.identifiers.filter(({ kind }) => kind === 'mobile' || kind === 'phone');
  return (numbers.find(({ shared }) => !shared) ?? numbers[0])?.value ?? null;
}
