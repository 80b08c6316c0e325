import type { PrivacyRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';
import { pagesAtOnce } from './search/full-text.ts';

export function createPrivacyStore({ browse, write, purge }: StoreAccess): PrivacyRepository {
  return {
    cardsOf: (contactId) => browse('cardsOf', contactId),
    erase: (erasure) => write('erase', erasure),
    // Words of theirs that earlier mass work crossed out are in the file until they are merged away.
    purge: async () => {
      // A pass may have begun before the erasure; the one after it has not.
      for (let pass = 0; pass < 2; pass += 1) while (await write('mergeIndex', pagesAtOnce));
      return purge();
    },
    hold: (hold) => write('setHold', hold),
    holds: (scope) => browse('holds', scope),
    countLapsed: (rule, scope, at) => browse('countLapsed', rule, scope, at),
    lapsed: (rule, scope, at, page) => browse('lapsed', rule, scope, at, page),
    eraseLapsed: (lapsed) => write('eraseLapsed', lapsed),
    exportPage: (scope, page) => browse('exportPage', scope, page),
    dossier: (contactId, scope) => browse('dossier', contactId, scope),
    audit: (entry) => write('addAudit', entry),
  };
}
