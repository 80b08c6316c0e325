import type { CustomerScope, SubjectKind } from '../../crm/index.ts';
import type { Asker } from '../ports.ts';
import type { CustomerParts } from './parts.ts';

const everything: CustomerScope = { units: null };

/** As far as somebody sees for this person: whom they have in hand now, a call or an offer, is theirs wherever they belong. */
export function reachOf({ hasInHand, scopeOf }: CustomerParts, asker: Asker, contactId: string): CustomerScope {
  return hasInHand(asker, contactId) ? everything : scopeOf(asker);
}

/** The same for a case, a promise, an attachment: by whose it is. */
export async function reachOfSubject(parts: CustomerParts, asker: Asker, kind: SubjectKind, id: string): Promise<CustomerScope> {
  const scope = parts.scopeOf(asker);
  if (scope.units === null) return scope;
  const owner = await parts.store.records.ownerOf(kind, id);
  return owner?.contactId == null ? scope : reachOf(parts, asker, owner.contactId);
}
