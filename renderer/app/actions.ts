import type { Right } from '../../shared/contracts/rights.ts';
import type { TextKey } from '../i18n/index.ts';
import {
  type AccountForm,
  type AccountState,
  type CallState,
  type ConnectionState,
  currentCall,
  currentWork,
  type DeskState,
  type ImportState,
  interactionIdOf,
  type MyCustomersState,
  type Place,
  popOf,
  type RecordForm,
  type RecordState,
  undecidedIn,
  type ViewState,
  workOf,
} from '../stores/index.ts';
import { callActions, isIdle, isOnline } from './call-actions.ts';
import type { Desk } from './desk.ts';
import { superviseActions } from './supervise-actions.ts';

/** What an action may look at to know whether it applies. Plain data, so that a table can test it. */
export interface ActionState {
  readonly desk: DeskState;
  readonly call: CallState;
  readonly connection: ConnectionState;
  readonly view: ViewState;
  /** Whether the configuration has changes that are not saved. */
  readonly hasUnsaved: boolean;
  readonly record: RecordState;
  readonly account: AccountState;
  readonly customers: MyCustomersState;
  readonly imports: ImportState;
}

/** What an action may do: the agent's deeds, and moving about the screen. */
export interface ActionMeans {
  readonly desk: Desk;
  focus(place: 'work' | 'centre' | 'customer' | 'notes' | 'supervised'): void;
  /** Opens the computer's choice of a file for the import. */
  chooseImportFile(): void;
  setTheme(theme: 'light' | 'dark'): void;
  setLanguage(language: 'en' | 'zh'): void;
}

export interface ActionDefinition {
  readonly nameKey: TextKey | ((state: ActionState) => TextKey);
  readonly shortcut: string | null;
  isEnabled(state: ActionState): boolean;
  perform(state: ActionState, means: ActionMeans): void;
  /** Listed in the palette. Actions that only make sense where they stand are not. */
  readonly isListed?: boolean;
}

const always = () => true;
const wrapping = ({ desk, view }: ActionState) => {
  const work = currentWork(desk, view.selectedId);
  return work?.kind === 'wrapping' ? work.item : null;
};
const canFinish = (state: ActionState) => {
  const item = wrapping(state);
  if (item === null || item.wrapUp?.stored != null || !isIdle(state, 'finish')) return false;
  return state.view.outcomes[item.interactionId] !== undefined || item.wrapUp?.canLeave === true;
};
const step = ({ desk, view }: ActionState, by: 1 | -1): string | null => {
  const ids = workOf(desk).map(interactionIdOf);
  const current = currentWork(desk, view.selectedId);
  return ids[(current ? ids.indexOf(interactionIdOf(current)) : 0) + by] ?? null;
};

function finish(then: 'available' | 'notReady', shortcut: string | null, nameKey: TextKey): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: canFinish,
    perform(state, { desk }) {
      const item = wrapping(state);
      if (item) desk.complete(item.interactionId, then);
    },
  };
}

/** One of these for every reason that is configured; the others stand in the table below. */
export function notReady(reason: string): Pick<ActionDefinition, 'isEnabled' | 'perform'> {
  return {
    isEnabled: (state) =>
      state.desk.agent !== null &&
      isIdle(state, 'presence') &&
      !(state.desk.agent.presence === 'notReady' && state.desk.agent.notReadyReason === reason),
    perform: (_state, { desk }) => desk.setPresence({ presence: 'notReady', reason }),
  };
}

function place(to: Place, needs: Right, nameKey: TextKey, shortcut: string | null): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => mayDo(state, needs),
    perform: (_state, { desk }) => desk.goTo(to),
  };
}

/** The company on the screen, or that of the person in the conversation. */
const companyAtHand = (state: ActionState): string | null => {
  if (state.view.place === 'account') return state.account.accountId;
  const work = currentWork(state.desk, state.view.selectedId);
  const match = work ? popOf(work).match : null;
  return (match?.kind === 'certain' ? match.contact.accountId : null) ?? state.account.accountId;
};
const mayDo = ({ desk }: ActionState, right: Right) => desk.user?.rights.includes(right) === true;

function onCompany(nameKey: TextKey, shortcut: string, form: AccountForm): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'account' && state.account.page?.mayWrite === true && mayDo(state, 'account:write') && isOnline(state),
    perform: (_state, { desk }) => desk.account.showForm(form),
  };
}

/** The person on the screen, or in the conversation; otherwise the one whose page was open last. */
const personAtHand = (state: ActionState): string | null => {
  if (state.view.place === 'customer') return state.record.contactId;
  const work = state.view.place === 'work' ? currentWork(state.desk, state.view.selectedId) : null;
  const match = work ? popOf(work).match : null;
  return (match?.kind === 'certain' ? match.contact.contactId : null) ?? state.record.contactId;
};

/** Something to be filled in about the person whose page is open. */
function onPerson(nameKey: TextKey, shortcut: string | null, form: RecordForm): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => state.view.place === 'customer' && state.record.page !== null && mayDo(state, 'contact:write') && isOnline(state),
    perform: (_state, { desk }) => desk.record.showForm(form),
  };
}

function drawer(nameKey: TextKey, shortcut: string, which: 'history' | 'merges'): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => state.view.place === 'customer' && state.record.page !== null,
    perform: ({ record }, { desk }) => desk.record.showDrawer(record.drawer === which ? 'none' : which),
  };
}

/** A contact whose customer is on no record yet: somebody new, with what they called from filled in. */
const newcomer = (state: ActionState): Extract<RecordForm, { kind: 'create' }> => {
  const work = state.view.place === 'work' ? currentWork(state.desk, state.view.selectedId) : null;
  const nobody = { kind: 'create', interactionId: null, identifier: null, name: '' } as const;
  if (!work) return nobody;
  const { match, caller } = popOf(work);
  if (match.kind === 'certain') return nobody;
  const kind = caller.kind === 'mobile' ? 'mobile' : 'phone';
  const isOwn = caller.number !== null && caller.kind !== 'extension' && caller.kind !== 'shortCode';
  return {
    kind: 'create',
    interactionId: interactionIdOf(work),
    // A number that others have already is taught by the choice, not claimed.
    identifier: isOwn && match.kind !== 'candidates' && caller.number !== null ? { kind, value: caller.number } : null,
    name: caller.presentedName ?? '',
  };
};

/** Without a key: nobody erases somebody by accident. */
function onWholeRecord(
  nameKey: TextKey,
  right: Right,
  perform: (desk: Desk, person: { readonly contactId: string; readonly name: string }) => unknown,
): ActionDefinition {
  return {
    nameKey,
    shortcut: null,
    isListed: true,
    isEnabled: (state) => state.view.place === 'customer' && state.record.page !== null && mayDo(state, right) && isOnline(state),
    perform({ record }, { desk }) {
      const person = record.page?.record;
      if (person) void perform(desk, { contactId: person.contactId, name: person.name });
    },
  };
}

const canMapImport = ({ imports: { open } }: ActionState) => open?.view.state === 'uploaded' && open.mapping !== null && open.busy === null;

/**
 * Everything the agent can do: name, key, whether it applies now, and the deed. Controls, keys and the palette all come from this table,
 * so that they cannot disagree.
 */
export const actions = {
  ...callActions,
  ...superviseActions,

  'agent.available': {
    nameKey: 'action.agent.available',
    shortcut: null,
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && state.desk.agent.presence !== 'available' && isIdle(state, 'presence'),
    perform: (_state, { desk }) => desk.setPresence({ presence: 'available' }),
  },

  'agent.why': {
    nameKey: 'action.agent.why',
    shortcut: 'Alt+Y',
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && isOnline(state),
    perform: (_state, { desk }) => desk.stores.view.setState({ open: 'why' }),
  },

  'wrapUp.extend': {
    nameKey: 'action.wrapUp.extend',
    shortcut: 'Alt++',
    isListed: true,
    isEnabled: (state) => wrapping(state)?.wrapUp?.canExtend === true && isIdle(state, 'extend'),
    perform(state, { desk }) {
      const item = wrapping(state);
      if (item) desk.extendWrapUp(item.interactionId);
    },
  },
  'wrapUp.finish': finish('available', 'Ctrl+Enter', 'action.wrapUp.finish'),
  'wrapUp.finishNotReady': finish('notReady', null, 'action.wrapUp.finishNotReady'),

  'work.previous': {
    nameKey: 'action.work.previous',
    shortcut: 'Alt+ArrowUp',
    isEnabled: (state) => step(state, -1) !== null,
    perform: (state, { desk }) => desk.stores.view.setState({ selectedId: step(state, -1) }),
  },
  'work.next': {
    nameKey: 'action.work.next',
    shortcut: 'Alt+ArrowDown',
    isEnabled: (state) => step(state, 1) !== null,
    perform: (state, { desk }) => desk.stores.view.setState({ selectedId: step(state, 1) }),
  },
  'place.work': place('work', 'session:own', 'action.place.work', 'Alt+W'),
  'place.board': place('board', 'queue:watch', 'action.place.board', 'Alt+B'),
  'place.wallboard': place('wallboard', 'queue:watch', 'action.place.wallboard', null),
  'place.admin': place('admin', 'configuration:read', 'action.place.admin', 'Alt+A'),
  'place.customers': place('customers', 'contact:read', 'action.place.customers', 'Alt+C'),
  'place.cases': place('cases', 'contact:read', 'action.place.cases', 'Alt+L'),
  'place.customer': {
    nameKey: 'action.place.customer',
    shortcut: 'Alt+R',
    isListed: true,
    isEnabled: (state) => personAtHand(state) !== null && mayDo(state, 'contact:read'),
    perform(state, { desk }) {
      const contactId = personAtHand(state);
      if (contactId !== null) desk.record.open(contactId);
    },
  },
  'record.back': {
    nameKey: 'action.record.back',
    shortcut: 'Alt+ArrowLeft',
    isEnabled: ({ view }) => view.place === 'customer',
    perform: (_state, { desk }) => desk.record.back(),
  },
  'record.create': {
    nameKey: 'action.record.create',
    shortcut: 'Alt+U',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'contact:write') && isOnline(state),
    perform: (state, { desk }) => desk.record.showForm(newcomer(state)),
  },
  'record.isCaller': {
    nameKey: 'action.record.isCaller',
    shortcut: 'Alt+Enter',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'customer' &&
      state.record.page !== null &&
      undecidedIn(state.desk, state.view.selectedId) !== null &&
      mayDo(state, 'contact:write') &&
      isIdle(state, 'candidate'),
    perform: (_state, { desk }) => desk.record.chooseAsCaller(),
  },
  'record.followUp': onPerson('action.record.followUp', 'Alt+F', { kind: 'followUp' }),
  'record.openCase': onPerson('action.record.openCase', 'Alt+E', { kind: 'case' }),
  'record.addTask': onPerson('action.record.addTask', 'Alt+X', { kind: 'task' }),
  'record.offer': onPerson('action.record.offer', 'Alt+Q', { kind: 'offer' }),
  'record.addIdentifier': onPerson('action.record.addIdentifier', 'Alt+P', { kind: 'identifier', identifierId: null }),
  'record.history': drawer('action.record.history', 'Alt+H', 'history'),
  'record.merges': drawer('action.record.merges', 'Alt+Z', 'merges'),
  'record.compare': {
    nameKey: 'action.record.compare',
    shortcut: 'Alt+D',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'customer' && (state.record.duplicates?.length ?? 0) > 0 && mayDo(state, 'contact:merge') && isOnline(state),
    perform({ record }, { desk }) {
      const likely = record.duplicates?.[0];
      if (record.contactId !== null && likely) desk.merge.compare(record.contactId, likely.contactId);
    },
  },
  'place.my-customers': place('my-customers', 'contact:read', 'action.place.my-customers', 'Alt+M'),
  'place.account': {
    nameKey: 'action.place.account',
    shortcut: 'Alt+K',
    isListed: true,
    isEnabled: (state) => companyAtHand(state) !== null && mayDo(state, 'contact:read'),
    perform(state, { desk }) {
      const accountId = companyAtHand(state);
      if (accountId !== null) desk.account.show(accountId);
    },
  },
  'account.planVisit': onCompany('action.account.planVisit', 'Alt+V', { kind: 'visit', visitId: null }),
  'account.addAnniversary': onCompany('action.account.addAnniversary', 'Alt+J', { kind: 'anniversary', anniversaryId: null }),
  'account.addGift': onCompany('action.account.addGift', 'Alt+G', { kind: 'gift' }),
  'customers.handOver': {
    nameKey: 'action.customers.handOver',
    shortcut: 'Alt+O',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'my-customers' && state.customers.chosen.length > 0 && mayDo(state, 'account:write') && isOnline(state),
    perform: (_state, { desk }) => void desk.customers.beginHandover(),
  },
  'privacy.dossier': onWholeRecord('action.privacy.dossier', 'record:export', (desk, { contactId }) => desk.privacy.saveDossier(contactId)),
  'privacy.hold': onWholeRecord('action.privacy.hold', 'record:erase', (desk, person) => desk.privacy.ask({ kind: 'hold', ...person })),
  'privacy.erase': onWholeRecord('action.privacy.erase', 'record:erase', (desk, person) => desk.privacy.ask({ kind: 'erase', ...person })),
  'customers.export': {
    nameKey: 'action.customers.export',
    shortcut: null,
    isListed: true,
    isEnabled: (state) => mayDo(state, 'record:export') && isOnline(state),
    perform: ({ record }, { desk }) => void desk.privacy.exportCustomers(record.searched),
  },
  'place.import': place('import', 'record:import', 'action.place.import', 'Alt+I'),
  'import.chooseFile': {
    nameKey: 'action.import.chooseFile',
    shortcut: 'Ctrl+O',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'import' && state.imports.upload === null && mayDo(state, 'record:import') && isOnline(state),
    perform: (_state, { chooseImportFile }) => chooseImportFile(),
  },
  'import.check': {
    nameKey: 'action.import.check',
    shortcut: 'Alt+T',
    isListed: true,
    isEnabled: (state) => state.view.place === 'import' && canMapImport(state) && isOnline(state),
    perform: (_state, { desk }) => void desk.imports.check(),
  },
  'import.start': {
    nameKey: 'action.import.start',
    shortcut: 'Alt+S',
    isListed: true,
    isEnabled: (state) => state.view.place === 'import' && canMapImport(state) && state.imports.open?.checked != null && isOnline(state),
    perform: (_state, { desk }) => void desk.imports.start(),
  },
  'admin.review': {
    nameKey: 'admin.review',
    shortcut: 'Ctrl+S',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'admin' &&
      state.hasUnsaved &&
      isOnline(state) &&
      state.desk.user?.rights.includes('configuration:write') === true,
    perform: (_state, { desk }) => void desk.configuration.review(),
  },
  'focus.work': { nameKey: 'action.focus.work', shortcut: 'Ctrl+1', isEnabled: always, perform: (_state, { focus }) => focus('work') },
  'focus.centre': {
    nameKey: 'action.focus.centre',
    shortcut: 'Ctrl+2',
    isEnabled: always,
    perform: (_state, { focus }) => focus('centre'),
  },
  'focus.customer': {
    nameKey: 'action.focus.customer',
    shortcut: 'Ctrl+3',
    isEnabled: always,
    perform(_state, { desk, focus }) {
      desk.stores.view.setState({ isCustomerOpen: true });
      focus('customer');
    },
  },
  'focus.notes': {
    nameKey: 'action.focus.notes',
    shortcut: 'Alt+N',
    isListed: true,
    isEnabled: ({ desk, view }) => {
      if (view.place === 'customer') return true;
      const kind = currentWork(desk, view.selectedId)?.kind;
      return view.place === 'work' && (kind === 'talking' || kind === 'joining' || kind === 'wrapping');
    },
    perform: (_state, { focus }) => focus('notes'),
  },

  'app.palette': {
    nameKey: 'action.app.palette',
    shortcut: 'Ctrl+K',
    isEnabled: always,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'palette' ? 'none' : 'palette' }),
  },
  'app.keys': {
    nameKey: 'action.app.keys',
    shortcut: 'Ctrl+/',
    isListed: true,
    isEnabled: always,
    perform: (_state, { desk }) => desk.stores.view.setState({ open: 'keys' }),
  },
  'app.theme.light': {
    nameKey: 'action.app.theme.light',
    shortcut: null,
    isListed: true,
    isEnabled: always,
    perform: (_state, { setTheme }) => setTheme('light'),
  },
  'app.theme.dark': {
    nameKey: 'action.app.theme.dark',
    shortcut: null,
    isListed: true,
    isEnabled: always,
    perform: (_state, { setTheme }) => setTheme('dark'),
  },
  'app.language.en': {
    nameKey: 'action.app.language.en',
    shortcut: null,
    isListed: true,
    isEnabled: always,
    perform: (_state, { setLanguage }) => setLanguage('en'),
  },
  'app.language.zh': {
    nameKey: 'action.app.language.zh',
    shortcut: null,
    isListed: true,
    isEnabled: always,
    perform: (_state, { setLanguage }) => setLanguage('zh'),
  },
  'app.signOut': {
    nameKey: 'action.app.signOut',
    shortcut: null,
    isListed: true,
    // Never by accident in the middle of a conversation.
    isEnabled: ({ desk }) => currentCall(desk) === null,
    perform: (_state, { desk }) => void desk.signOut(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;

export type ActionId = keyof typeof actions;

/** Choosing among several people is bound to Alt 1 to 9 while there is something to choose. */
export function candidateAt(state: ActionState, position: number): { interactionId: string; contactId: string } | null {
  const work = currentWork(state.desk, state.view.selectedId);
  if (!work || state.view.place !== 'work' || state.view.open === 'transfer') return null;
  const { match } = popOf(work);
  const candidate = match.kind === 'candidates' ? match.candidates[position - 1] : undefined;
  return candidate ? { interactionId: interactionIdOf(work), contactId: candidate.contactId } : null;
}
