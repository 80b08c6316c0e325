import type { CustomerStore } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

/** Companies with their key-account file, and the upkeep of scores. */
export function createAccountStore({ read, browse, write }: StoreAccess): Pick<CustomerStore, 'accounts' | 'scores'> {
  return {
    accounts: {
      page: (accountId, scope, at) => browse('readAccountFile', accountId, scope, at),
      stream: (accountId, scope, wanted) => browse('readAccountStream', accountId, scope, wanted),
      lookedAfterBy: (agentId, scope, at) => browse('readLookedAfter', agentId, scope, at),
      customersByManager: (scope) => browse('countCustomersByManager', scope),
      care: (agentId, scope, days, at) => browse('readCare', agentId, scope, days, at),
      edit: (edit) => write('editAccount', edit),
      setPerson: (setting) => write('setAccountPerson', setting),
      setVisit: (visit) => write('setVisit', visit),
      setAnniversary: (anniversary) => write('setAnniversary', anniversary),
      addGift: (gift) => write('addGift', gift),
      addFile: (file) => write('addAccountAttachment', file),
      handOver: (handOver) => write('handOverAccounts', handOver),
    },
    scores: {
      areDue: (at) => read('areScoresDue', at),
      recompute: (settings, at, limit) => write('recomputeScores', settings, at, limit),
      align: (settings, at, limit) => write('alignScores', settings, at, limit),
    },
  };
}
