import type { Right } from '../../../shared/contracts/rights.ts';
import type { TextKey } from '../../i18n/index.ts';
import type { Desk } from '../desk.ts';
import { type ActionDefinition, isOnline, mayDo } from './action.ts';

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

/** What a person may ask of their record, and all records in a file. */
export const privacyActions = {
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
} as const satisfies Readonly<Record<string, ActionDefinition>>;
