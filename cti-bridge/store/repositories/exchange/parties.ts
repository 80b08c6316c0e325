import type { CustomerScope } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import type { RowOwner } from '../record/seam.ts';
import { ofAccount, ofContact } from '../record/seam.ts';

/** Somebody as they are named: a person's card, or a company or household. */
export interface Party {
  readonly owner: RowOwner;
  readonly name: string;
}

const partyTypes = ['Individual', 'Organization', 'Customer'];

/**
 * Whom a name means: who has this id with the source, or else with us. Null: nobody, or nobody they may see, which is told alike.
 */
export async function findParty(db: ReadHandle, named: string, source: string, scope: CustomerScope): Promise<Party | null> {
  const known = await db
    .selectFrom('exchange_id')
    .select('subject_id')
    .where('source', '=', source)
    .where('resource', 'in', partyTypes)
    .where('external_id', '=', named)
    .execute();
  for (const id of [...new Set(known.map((row) => row.subject_id)), named]) {
    const party = await partyWithId(db, id, scope);
    if (party) return party;
  }
  return null;
}

export async function partyWithId(db: ReadHandle, id: string, { units }: CustomerScope): Promise<Party | null> {
  const isSeen = (unit: string | null) => units === null || unit === null || units.includes(unit);
  const person = await db
    .selectFrom('person')
    .innerJoin('person as head', 'head.contact_id', 'person.head_id')
    .select(['person.contact_id', 'person.name', 'head.org_unit_id'])
    .where('person.contact_id', '=', id)
    .executeTakeFirst();
  if (person) return isSeen(person.org_unit_id) ? { owner: ofContact(person.contact_id), name: person.name } : null;
  const account = await db
    .selectFrom('account')
    .select(['account_id', 'name', 'org_unit_id'])
    .where('account_id', '=', id)
    .executeTakeFirst();
  return account && isSeen(account.org_unit_id) ? { owner: ofAccount(account.account_id), name: account.name } : null;
}
