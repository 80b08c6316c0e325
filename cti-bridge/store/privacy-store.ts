import type { PrivacyRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

export function createPrivacyStore({ browse, write, purge }: StoreAccess): PrivacyRepository {
  return {
    cardsOf: (contactId) => browse('cardsOf', contactId),
    erase: (erasure) => write('erase', erasure),
    purge,
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
