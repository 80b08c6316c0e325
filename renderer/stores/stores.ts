import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Unreached } from '../../shared/contracts/call.ts';
import type { DialRefusal } from '../../shared/contracts/calling.ts';
import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { CallRefusal, ErrorCode } from '../../shared/contracts/errors.ts';
import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { PersonEdit } from '../../shared/contracts/record.ts';
import { type AccountState, type MyCustomersState, noAccount, noCustomers } from './account-state.ts';
import { type ArticlesState, noArticles } from './articles-state.ts';
import { type BoardState, emptyBoard } from './board-state.ts';
import { type CaseListState, noCaseList } from './case-list-state.ts';
import { type CheckState, noCheck } from './check-state.ts';
import { type ComputerState, plainComputer } from './computer-state.ts';
import { type ConfigurationState, noConfiguration } from './configuration-state.ts';
import { type DeskState, emptyDesk } from './desk-state.ts';
import { type DevicesState, noDevices } from './devices-state.ts';
import { type FlowsState, noFlows } from './flow-state.ts';
import { type FollowUpState, noFollowUps } from './follow-up-state.ts';
import { type GuideEditorState, noGuideEditor } from './guide-editor-state.ts';
import { type GuidesState, noGuides } from './guide-state.ts';
import { type ImportState, noImports } from './import-state.ts';
import { type InboxState, noInbox } from './inbox-state.ts';
import { type KnowledgeState, noKnowledge } from './knowledge-state.ts';
import type { LineFigures } from './line-culprit.ts';
import { noOutside, type OutsideDeskState } from './outside-state.ts';
import { noPrivacy, type PrivacyState } from './privacy-state.ts';
import { noPrompts, type PromptsState } from './prompt-state.ts';
import { noRecord, type RecordState } from './record-state.ts';

/** Where this desktop stands with the bridge as a user. */
export type SessionState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'signedOut'; readonly failure: LoginFailure | null; readonly isBusy: boolean }
  | { readonly phase: 'signedIn' }
  /** The same agent signed in on another desktop; this one has stopped. */
  | { readonly phase: 'replaced'; readonly at: number };

export type LoginFailure = ErrorCode | 'offline' | 'no_answer' | 'session_ended';

export interface ConnectionState {
  readonly bridge: 'connecting' | 'connected' | 'lost';
  /** Of the last probe; null until measured and while the connection is lost. */
  readonly roundTripMs: number | null;
  readonly lostSince: number | null;
  /** Add to this computer's clock to get the bridge's: every deadline is the bridge's. */
  readonly clockOffsetMs: number;
  /** `desk`: this desktop was given no phone; who takes calls takes them on a telephone on the desk. */
  readonly phone: 'none' | 'connecting' | 'registered' | 'lost' | 'desk';
  readonly microphone: 'unknown' | 'ready' | 'blocked' | 'missing';
  /** When each of them became what it is, epoch ms of this computer. */
  readonly changedAt: Readonly<Record<'bridge' | 'phone' | 'microphone', number | null>>;
}

/** The sound of the agent's calls, as far as this desktop's own phone carries it. */
export interface CallState {
  /** The offer whose Answer was pressed, until the call is up or over. */
  readonly answering: string | null;
  /** The reservations whose calls this phone carries; the one answered last at the end. */
  readonly carried: readonly string[];
  /** In the call the agent speaks in. */
  readonly isMuted: boolean;
  /** Keys pressed on the keypad during this call. */
  readonly digits: string;
  /** What the last call's line was like, for the place of the quality while none is live. */
  readonly lastBars: number | null;
  /** How the own legs sound, by the reservations of their calls. */
  readonly lines: Readonly<Record<string, LineFigures>>;
}

/** Where in the desktop somebody is: at their contacts, at a customer, at the floor, at how the house is set up. */
export type Place =
  | 'work'
  | 'customers'
  | 'customer'
  | 'cases'
  | 'board'
  | 'wallboard'
  | 'admin'
  | 'account'
  | 'my-customers'
  | 'prompts'
  | 'articles'
  | 'import'
  | 'guides'
  | 'flows';

/** What the agent has opened and chosen; nothing here is a fact of the bridge. */
export interface ViewState {
  readonly place: Place;
  readonly selectedId: string | null;
  readonly isCustomerOpen: boolean;
  readonly open:
    | 'none'
    | 'palette'
    | 'keys'
    | 'keypad'
    | 'why'
    | 'transfer'
    | 'help'
    | 'figures'
    | 'devices'
    | 'check'
    | 'connection'
    | 'computer';
  /** The outcome chosen for each interaction in wrap-up. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** Commands on their way, so that a control is not pressed twice. */
  readonly pending: readonly string[];
}

export type Notice = { readonly id: number } & (
  | {
      readonly kind: 'offerEnded';
      readonly cause: Exclude<ReservationCause, 'answered' | 'rejected'>;
      readonly name: string;
      readonly isWritten: boolean;
    }
  | { readonly kind: 'notReached'; readonly name: string }
  | { readonly kind: 'completedAutomatically'; readonly name: string; readonly dispositionCode: string }
  | { readonly kind: 'configurationSaved'; readonly revision: number }
  | { readonly kind: 'flowPublished'; readonly version: number; readonly name: string }
  | { readonly kind: 'commandFailed'; readonly code: LoginFailure; readonly why?: CallRefusal | undefined }
  /** Anybody may pick the customer up there. */
  | { readonly kind: 'parked'; readonly name: string; readonly slot: string }
  /** The own phone is not in the call of somebody else, or not in the way that was asked for. */
  | { readonly kind: 'notSupervising'; readonly code: LoginFailure }
  /** Nobody answered a call out, and why. */
  | { readonly kind: 'unreached'; readonly name: string; readonly why: Unreached | 'ownPhone' }
  /** A number was not called. */
  | { readonly kind: 'notDialled'; readonly number: string; readonly why: DialRefusal }
  /** Facts of a customer were changed; `before` turns them back. */
  | { readonly kind: 'recordEdited'; readonly contactId: string; readonly name: string; readonly before: PersonEdit }
  /** Somebody else changed the customer in between: `fields` were not taken. */
  | { readonly kind: 'editConflict'; readonly name: string; readonly fields: PersonEdit }
  | { readonly kind: 'markedShared'; readonly number: string }
  | { readonly kind: 'merged'; readonly kept: string; readonly absorbed: string }
  | { readonly kind: 'draftLeft'; readonly interactionId: string; readonly text: string }
  /** Written work that is somebody else's from now on, without the agent's doing. */
  | { readonly kind: 'workGone'; readonly name: string; readonly why: 'released' | 'given' }
  | { readonly kind: 'microphone'; readonly state: 'blocked' | 'missing' }
  /** Keys for other programs that another program has. */
  | { readonly kind: 'hotKeysTaken'; readonly keys: readonly string[] }
  /** The screen was locked, and nobody would have answered. */
  | { readonly kind: 'lockedAway' }
  /** A device that was chosen is gone, or back. */
  | { readonly kind: 'soundDevice'; readonly name: string; readonly isBack: boolean }
);
export type NewNotice = Notice extends infer Each ? (Each extends Notice ? Omit<Each, 'id'> : never) : never;

/** Everything the screens read. Made once by `app/compose.ts` and handed to the features. */
export interface Stores {
  readonly session: StoreApi<SessionState>;
  readonly desk: StoreApi<DeskState>;
  readonly connection: StoreApi<ConnectionState>;
  readonly call: StoreApi<CallState>;
  readonly view: StoreApi<ViewState>;
  readonly notices: StoreApi<readonly Notice[]>;
  readonly settings: StoreApi<DesktopSettings>;
  readonly devices: StoreApi<DevicesState>;
  readonly check: StoreApi<CheckState>;
  readonly computer: StoreApi<ComputerState>;
  readonly record: StoreApi<RecordState>;
  readonly cases: StoreApi<CaseListState>;
  readonly board: StoreApi<BoardState>;
  readonly configuration: StoreApi<ConfigurationState>;
  readonly account: StoreApi<AccountState>;
  readonly customers: StoreApi<MyCustomersState>;
  readonly guides: StoreApi<GuidesState>;
  readonly guideEditor: StoreApi<GuideEditorState>;
  readonly imports: StoreApi<ImportState>;
  readonly inbox: StoreApi<InboxState>;
  readonly outside: StoreApi<OutsideDeskState>;
  readonly privacy: StoreApi<PrivacyState>;
  readonly prompts: StoreApi<PromptsState>;
  readonly knowledge: StoreApi<KnowledgeState>;
  readonly articles: StoreApi<ArticlesState>;
  readonly flows: StoreApi<FlowsState>;
  readonly followUps: StoreApi<FollowUpState>;
}

export const quietCall: CallState = { answering: null, carried: [], isMuted: false, digits: '', lastBars: null, lines: {} };
export const emptyView: ViewState = { place: 'work', selectedId: null, isCustomerOpen: false, open: 'none', outcomes: {}, pending: [] };
export const noConnection: ConnectionState = {
  bridge: 'connecting',
  roundTripMs: null,
  lostSince: null,
  clockOffsetMs: 0,
  phone: 'none',
  microphone: 'unknown',
  changedAt: { bridge: null, phone: null, microphone: null },
};

/** Notes by itself since when a line is as it is, so that nobody who changes one can forget to. */
function connectionStore(): StoreApi<ConnectionState> {
  const store = createStore<ConnectionState>(() => noConnection);
  store.subscribe((now, before) => {
    const changed = (['bridge', 'phone', 'microphone'] as const).filter((part) => now[part] !== before[part]);
    if (changed.length === 0) return;
    const at = Date.now();
    store.setState(({ changedAt }) => ({ changedAt: { ...changedAt, ...Object.fromEntries(changed.map((part) => [part, at])) } }));
  });
  return store;
}

export function createStores(settings: DesktopSettings): Stores {
  return {
    session: createStore<SessionState>(() => ({ phase: 'starting' })),
    desk: createStore<DeskState>(() => emptyDesk),
    connection: connectionStore(),
    call: createStore<CallState>(() => quietCall),
    view: createStore<ViewState>(() => emptyView),
    notices: createStore<readonly Notice[]>(() => []),
    settings: createStore<DesktopSettings>(() => settings),
    computer: createStore<ComputerState>(() => plainComputer),
    devices: createStore<DevicesState>(() => noDevices),
    check: createStore<CheckState>(() => noCheck),
    record: createStore<RecordState>(() => noRecord),
    cases: createStore<CaseListState>(() => noCaseList),
    board: createStore<BoardState>(() => emptyBoard),
    configuration: createStore<ConfigurationState>(() => noConfiguration),
    account: createStore<AccountState>(() => noAccount),
    customers: createStore<MyCustomersState>(() => noCustomers),
    guides: createStore<GuidesState>(() => noGuides),
    guideEditor: createStore<GuideEditorState>(() => noGuideEditor),
    imports: createStore<ImportState>(() => noImports),
    inbox: createStore<InboxState>(() => noInbox),
    outside: createStore<OutsideDeskState>(() => noOutside),
    privacy: createStore<PrivacyState>(() => noPrivacy),
    prompts: createStore<PromptsState>(() => noPrompts),
    knowledge: createStore<KnowledgeState>(() => noKnowledge),
    articles: createStore<ArticlesState>(() => noArticles),
    flows: createStore<FlowsState>(() => noFlows),
    followUps: createStore<FollowUpState>(() => noFollowUps),
  };
}

let lastNoticeId = 0;

/** Adds a notice; at most three are kept, the newest last. */
export function notify(stores: Stores, notice: NewNotice): void {
  lastNoticeId += 1;
  const entry = { ...notice, id: lastNoticeId } as Notice;
  stores.notices.setState((notices) => [...notices, entry].slice(-3), true);
}
