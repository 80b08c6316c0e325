import type { TextKey } from '../../i18n/index.ts';
import { currentWork, interactionIdOf, popOf, type RecordForm, undecidedIn } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isIdle, isOnline, mayDo } from './action.ts';

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
  const kind = caller.kind === 'mobile' || caller.kind === 'email' ? caller.kind : 'phone';
  const isOwn = caller.number !== null && caller.kind !== 'extension' && caller.kind !== 'shortCode' && caller.kind !== 'visitor';
  return {
    kind: 'create',
    interactionId: interactionIdOf(work),
    // A number that others have already is taught by the choice, not claimed.
    identifier: isOwn && match.kind !== 'candidates' && caller.number !== null ? { kind, value: caller.number } : null,
    name: caller.presentedName ?? '',
  };
};

/** The page of a person: opening it, and what can be filled in, looked up and compared there. */
export const recordActions = {
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
  'record.openCase': onPerson('action.record.openCase', 'Alt+E', { kind: 'case' }),
  'record.addTask': onPerson('action.record.addTask', 'Alt+X', { kind: 'task' }),
  'record.offer': onPerson('action.record.offer', 'Alt+Q', { kind: 'offer' }),
  'record.addIdentifier': onPerson('action.record.addIdentifier', 'Alt+P', { kind: 'identifier', identifierId: null }),
  'record.bringIn': {
    nameKey: 'action.record.bringIn',
    shortcut: 'Ctrl+U',
    isListed: true,
    isEnabled: (state) => state.view.place === 'customer' && state.record.page !== null && mayDo(state, 'work:handle') && isOnline(state),
    perform({ record }, { desk }) {
      const person = record.page?.record;
      if (person) desk.inbox.open({ kind: 'bringIn', person: { contactId: person.contactId, name: person.name } });
    },
  },
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
} as const satisfies Readonly<Record<string, ActionDefinition>>;
