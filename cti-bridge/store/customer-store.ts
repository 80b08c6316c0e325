import type { CustomerStore } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';
import { createAccountStore } from './account-store.ts';
import { createExchangeStore } from './exchange-store.ts';
import { createIdentityStore } from './identity-store.ts';
import { createImportStore } from './import-store.ts';
import { createPrivacyStore } from './privacy-store.ts';
import { createRecordStore } from './record-store.ts';

/** The ports of the customer record, each made of operations of the worker threads. */
export function createCustomerStore(access: StoreAccess): CustomerStore {
  const { browse } = access;
  return {
    identity: createIdentityStore(access),
    imports: createImportStore(access),
    exchange: createExchangeStore(access),
    privacy: createPrivacyStore(access),
    ...createAccountStore(access),
    ...createRecordStore(access),
    search: {
      find: (text, scope, limit, numbering) => browse('searchCustomers', text, scope, limit, numbering),
      numbersOf: (contactIds, accountIds) => browse('numbersOf', contactIds, accountIds),
    },
  };
}
