import type { TimelineItem } from '../../shared/contracts/contact.ts';
import type { Duplicate, Merge, MergePreview } from '../../shared/contracts/identity.ts';
import type { ContactPage, IdentifierKind, PersonEdit, PersonFields, RecordChange, StreamKind } from '../../shared/contracts/record.ts';
import type { SearchHit } from '../../shared/contracts/search.ts';
import type { LoginFailure, Place } from './stores.ts';

/**
 * The customer's page: what the bridge told of one person, and what is opened on it. Everything belongs to `contactId`; an answer that
 * arrives for another one is dropped by the functions here.
 */
export interface RecordState {
  readonly contactId: string | null;
  /** Where one goes back to. */
  readonly cameFrom: Place;
  readonly phase: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure: LoginFailure | null;
  readonly page: ContactPage | null;
  readonly tab: RecordTab;
  /** The case unfolded on the page, wherever it stands. */
  readonly openCaseId: string | null;
  readonly stream: StreamState;
  readonly drawer: 'none' | 'history' | 'merges';
  readonly history: { readonly changes: readonly RecordChange[]; readonly hasMore: boolean; readonly phase: Loading };
  readonly merges: readonly Merge[] | null;
  /** Null until asked. */
  readonly duplicates: readonly Duplicate[] | null;
  readonly form: RecordForm | null;
  readonly merge: MergeDraft | null;
  /** Opened while this desktop runs, newest first; kept nowhere else. */
  readonly recent: readonly RecentCustomer[];
  /** What is being looked for at the place of the customers. */
  readonly searched: string;
}

export const recordTabs = ['timeline', 'cases', 'products', 'bills', 'value', 'files'] as const;
export type RecordTab = (typeof recordTabs)[number];
type Loading = 'ready' | 'loading' | 'failed';

/** What of the stream is shown; `written` is all that is read, `work` what was done for the customer, `money` bills and payments. */
export const streamFilters = ['all', 'calls', 'written', 'work', 'money'] as const;
export type StreamFilter = (typeof streamFilters)[number];

export interface StreamState {
  readonly filter: StreamFilter;
  readonly text: string;
  readonly items: readonly TimelineItem[];
  readonly total: number;
  readonly nextBefore: number | null;
  readonly phase: Loading;
  /** Counts up with every question, so that only the last one's answer is taken. */
  readonly asked: number;
}

/** Something to be filled in, in a dialog. */
export type RecordForm =
  | { readonly kind: 'case' }
  | { readonly kind: 'task' }
  | { readonly kind: 'offer' }
  | { readonly kind: 'identifier'; readonly identifierId: string | null }
  | { readonly kind: 'address'; readonly addressId: string | null }
  /** A new customer; with a contact in hand, of that contact, its number filled in. */
  | { readonly kind: 'create'; readonly interactionId: string | null; readonly identifier: NewIdentifier | null; readonly name: string };

export interface NewIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

export interface MergeDraft {
  readonly keptId: string;
  readonly absorbedId: string;
  readonly phase: 'loading' | 'ready' | 'merging' | 'failed';
  readonly failure: LoginFailure | null;
  readonly preview: MergePreview | null;
}

export type RecentCustomer = Pick<SearchHit, 'kind' | 'id' | 'contactId' | 'title' | 'subtitle' | 'tier' | 'isKeyAccount'>;

const noStream: StreamState = { filter: 'all', text: '', items: [], total: 0, nextBefore: null, phase: 'loading', asked: 0 };

export const noRecord: RecordState = {
  contactId: null,
  cameFrom: 'work',
  phase: 'none',
  failure: null,
  page: null,
  tab: 'timeline',
  openCaseId: null,
  stream: noStream,
  drawer: 'none',
  history: { changes: [], hasMore: false, phase: 'ready' },
  merges: null,
  duplicates: null,
  form: null,
  merge: null,
  recent: [],
  searched: '',
};

const mostRecent = 20;

/** Begins with a person. One who is open already stays as they are, and is read again. */
export function openRecord(state: RecordState, contactId: string, cameFrom: Place, openCaseId: string | null = null): RecordState {
  const tab: RecordTab = openCaseId === null ? 'timeline' : 'cases';
  if (state.page && holds(state.page, contactId))
    return { ...state, cameFrom, form: null, ...(openCaseId === null ? {} : { openCaseId, tab }) };
  return { ...noRecord, recent: state.recent, searched: state.searched, contactId, cameFrom, phase: 'loading', openCaseId, tab };
}

/** Whether an id, of whichever card, is this person. */
export function holds(page: ContactPage, contactId: string): boolean {
  return page.record.contactId === contactId || page.cards.some((card) => card.contactId === contactId);
}

/** The page as the bridge told it, if it is still the one that is open. The timeline begins with what came along. */
export function receivePage(state: RecordState, contactId: string, page: ContactPage): RecordState {
  if (state.contactId !== contactId && !holds(page, state.contactId ?? '')) return state;
  const isFirst = state.page === null;
  const { record } = page;
  return {
    ...state,
    contactId: record.contactId,
    page,
    phase: 'ready',
    failure: null,
    stream: isFirst ? { ...noStream, ...record.timeline, phase: 'ready', asked: state.stream.asked } : state.stream,
    recent: visited(state.recent, {
      kind: 'person',
      id: record.contactId,
      contactId: record.contactId,
      title: record.name,
      subtitle: record.accountName,
      tier: record.tier,
      isKeyAccount: record.isKeyAccount,
    }),
  };
}

/** Whether the stream may have other entries than those that came with the page which stood there before: something happened, or was merged. */
export function hasOtherStream(before: ContactPage, after: ContactPage): boolean {
  const newest = (page: ContactPage) => page.record.timeline.items[0]?.id;
  const cards = (page: ContactPage) => page.cards.map(({ contactId }) => contactId).sort();
  return (
    before.record.timeline.total !== after.record.timeline.total ||
    newest(before) !== newest(after) ||
    cards(before).join() !== cards(after).join()
  );
}

export function failRecord(state: RecordState, contactId: string, failure: LoginFailure): RecordState {
  if (state.contactId !== contactId || state.page !== null) return state;
  return { ...state, phase: 'failed', failure };
}

export function visited(recent: readonly RecentCustomer[], customer: RecentCustomer): readonly RecentCustomer[] {
  return [customer, ...recent.filter((each) => each.kind !== customer.kind || each.id !== customer.id)].slice(0, mostRecent);
}

/** A part of the page that one command changed. */
export function changePage(state: RecordState, contactId: string, change: (page: ContactPage) => ContactPage): RecordState {
  return state.page && holds(state.page, contactId) ? { ...state, page: change(state.page) } : state;
}

/** The list with `entry` in the place of the one it replaces, or in front. */
export function put<Entry>(list: readonly Entry[], entry: Entry, idOf: (entry: Entry) => string): Entry[] {
  const isThere = list.some((each) => idOf(each) === idOf(entry));
  return isThere ? list.map((each) => (idOf(each) === idOf(entry) ? entry : each)) : [entry, ...list];
}

// ---- The stream ---------------------------------------------------------------------------------------------------------------

/** The kinds that a filter asks for; none is all. */
export const kindsOf: Readonly<Record<StreamFilter, readonly StreamKind[]>> = {
  all: [],
  calls: ['call'],
  written: ['email', 'sms', 'chat', 'document'],
  work: ['case', 'visit', 'promise', 'task', 'note', 'offer', 'gift'],
  money: ['bill', 'payment'],
};

/** Another question of the stream: what was shown stays until the answer is there. */
export function askStream(state: RecordState, change: { readonly filter?: StreamFilter; readonly text?: string }): RecordState {
  return { ...state, stream: { ...state.stream, ...change, nextBefore: null, phase: 'loading', asked: state.stream.asked + 1 } };
}

export function askMoreOfStream(state: RecordState): RecordState {
  if (state.stream.phase === 'loading' || state.stream.nextBefore === null) return state;
  return { ...state, stream: { ...state.stream, phase: 'loading', asked: state.stream.asked + 1 } };
}

export interface StreamPage {
  readonly items: readonly TimelineItem[];
  readonly total: number;
  readonly nextBefore: number | null;
}

/** An answer, if nothing else was asked since. `before` null begins the list anew. Null: it could not be read. */
export function receiveStream(state: RecordState, asked: number, before: number | null, page: StreamPage | null): RecordState {
  if (state.stream.asked !== asked) return state;
  if (page === null) return { ...state, stream: { ...state.stream, nextBefore: before, phase: 'failed' } };
  const known = new Set(before === null ? [] : state.stream.items.map(({ id }) => id));
  const items = before === null ? page.items : [...state.stream.items, ...page.items.filter(({ id }) => !known.has(id))];
  return { ...state, stream: { ...state.stream, items, total: page.total, nextBefore: page.nextBefore, phase: 'ready' } };
}

// ---- Facts --------------------------------------------------------------------------------------------------------------------

/** What a change of facts must be turned back into to undo it. */
export function beforeEdit(fields: PersonFields, change: PersonEdit): PersonEdit {
  const { custom, ...plain } = change;
  const before = Object.fromEntries((Object.keys(plain) as (keyof typeof plain)[]).map((name) => [name, fields[name]]));
  if (!custom) return before;
  return { ...before, custom: Object.fromEntries(Object.keys(custom).map((id) => [id, fields.custom[id] ?? null])) };
}
