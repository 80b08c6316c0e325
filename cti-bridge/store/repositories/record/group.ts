import { sql } from 'kysely';
import type { Provenance } from '../../../../shared/contracts/record.ts';
import { type Card, type CustomerScope, inOrder } from '../../../crm/index.ts';
import type { ReadHandle, WriteHandle } from '../../schema.ts';
import { fieldsOf } from './person-columns.ts';

/** One card with what an edit must know of it. */
export interface StoredCard extends Card {
  readonly revision: number;
  readonly source: string | null;
  readonly sourceAt: number | null;
}

/** One person: their cards, the head first, then in the order in which they fill what the head leaves empty; and their companies. */
export interface Group {
  readonly headId: string;
  readonly cards: readonly StoredCard[];
  readonly contactIds: readonly string[];
  /** Of today; the primary one first. Only those that may be seen. */
  readonly accountIds: readonly string[];
  readonly revision: number;
}

/** Looking is all that is done with it, inside a unit of work too. */
export const looking = (db: ReadHandle | WriteHandle): ReadHandle => db as unknown as ReadHandle;

/** The person who has this card; null when there is none or they are out of sight. */
export async function readGroup(db: ReadHandle, contactId: string, scope: CustomerScope): Promise<Group | null> {
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('head_id', '=', (select) => select.selectFrom('person as any').select('any.head_id').where('any.contact_id', '=', contactId))
    .execute();
  const cards = inOrder(
    rows.map((row) => ({
      contactId: row.contact_id,
      headId: row.head_id,
      updatedAt: row.updated_at,
      fields: fieldsOf(row),
      revision: row.revision,
      source: row.source,
      sourceAt: row.source_at,
    })),
  );
  const [head] = cards;
  if (!head || !isVisible(cards, scope)) return null;
  const contactIds = cards.map((card) => card.contactId);
  return {
    headId: head.headId,
    cards,
    contactIds,
    accountIds: await readAccountIds(db, contactIds, scope),
    revision: cards.reduce((sum, card) => sum + card.revision, 0),
  };
}

/** A customer of every office that one of their cards belongs to; who belongs to none is everybody's. */
function isVisible(cards: readonly Card[], { units }: CustomerScope): boolean {
  if (units === null) return true;
  const own = cards.flatMap((card) => card.fields.orgUnitId ?? []);
  return own.length === 0 || own.some((unit) => units.includes(unit));
}

async function readAccountIds(db: ReadHandle, contactIds: readonly string[], { units }: CustomerScope): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('person_account')
    .innerJoin('account', 'account.account_id', 'person_account.account_id')
    .select(['account.account_id', 'account.org_unit_id', 'person_account.is_primary'])
    .where('person_account.contact_id', 'in', contactIds)
    .where('person_account.until', 'is', null)
    .orderBy('person_account.is_primary', 'desc')
    .orderBy('account.account_id')
    .execute();
  const seen = rows.filter((row) => units === null || row.org_unit_id === null || units.includes(row.org_unit_id));
  return [...new Set(seen.map((row) => row.account_id))];
}

export async function isAccountVisible(db: ReadHandle, accountId: string, { units }: CustomerScope): Promise<boolean> {
  const account = await db.selectFrom('account').select('org_unit_id').where('account_id', '=', accountId).executeTakeFirst();
  return account !== undefined && (units === null || account.org_unit_id === null || units.includes(account.org_unit_id));
}

export function provenanceOf({ source, source_at: at }: { readonly source: string | null; readonly source_at: number | null }): Provenance {
  return source === null ? null : { source, at };
}

/** Rows of these cards and of these companies. */
export function isOfGroup({ contactIds, accountIds }: Pick<Group, 'contactIds' | 'accountIds'>) {
  const among = (column: 'contact_id' | 'account_id', ids: readonly string[]) =>
    ids.length === 0 ? [] : [sql`${sql.ref(column)} in (${sql.join(ids)})`];
  const either = [...among('contact_id', contactIds), ...among('account_id', accountIds)];
  return either.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(either, sql` or `)})`;
}
/** Whose rows: of these cards and of these companies. */
export type RowsOwner = Pick<Group, 'contactIds' | 'accountIds'>;
