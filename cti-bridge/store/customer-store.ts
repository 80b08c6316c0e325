import type { CustomerStore } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

/** The ports of the customer record, each made of operations of the worker threads. */
export function createCustomerStore({ browse }: StoreAccess): CustomerStore {
  return {
    search: { find: (text, scope, limit, homeCountry) => browse('searchCustomers', text, scope, limit, homeCountry) },
  };
}
