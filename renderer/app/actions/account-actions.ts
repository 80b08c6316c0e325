import type { TextKey } from '../../i18n/index.ts';
import { type AccountForm, currentWork, popOf } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isOnline, mayDo, place } from './action.ts';

/** The company on the screen, or that of the person in the conversation. */
const companyAtHand = (state: ActionState): string | null => {
  if (state.view.place === 'account') return state.account.accountId;
  const work = currentWork(state.desk, state.view.selectedId);
  const match = work ? popOf(work).match : null;
  return (match?.kind === 'certain' ? match.contact.accountId : null) ?? state.account.accountId;
};

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

/** The customers one looks after, and the file of a company. */
export const accountActions = {
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
} as const satisfies Readonly<Record<string, ActionDefinition>>;
