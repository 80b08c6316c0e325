import { inOrder } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';

/** One card as it is stored, with the company its person belongs to first of all. */
export type CardRow = Awaited<ReturnType<ReturnType<typeof cardRows>['execute']>>[number];

/** All cards of one person, the head first, then in the order in which they fill what the head leaves empty. Any card's id leads there. */
export async function readCards(db: ReadHandle, contactId: string): Promise<readonly CardRow[]> {
  const rows = await cardRows(db)
    .where('person.head_id', '=', (select) =>
      select.selectFrom('person as any').select('any.head_id').where('any.contact_id', '=', contactId),
    )
    .execute();
  return ordered(rows);
}

/** The cards of several people at once, by the id of the head. */
export async function readCardsOfHeads(db: ReadHandle, headIds: readonly string[]): Promise<ReadonlyMap<string, readonly CardRow[]>> {
  if (headIds.length === 0) return new Map();
  const rows = await cardRows(db).where('person.head_id', 'in', headIds).execute();
  const byHead = Map.groupBy(rows, (row) => row.head_id);
  return new Map([...byHead].map(([headId, cards]) => [headId, ordered(cards)]));
}

function cardRows(db: ReadHandle) {
  return db
    .selectFrom('person')
    .leftJoin('person_account', (join) =>
      join.onRef('person_account.contact_id', '=', 'person.contact_id').on('person_account.is_primary', '=', 1),
    )
    .leftJoin('account', 'account.account_id', 'person_account.account_id')
    .select([
      'person.contact_id',
      'person.head_id',
      'person.name',
      'person.name_key',
      'person.title',
      'person.tier',
      'person.locale',
      'person.birthday',
      'person.org_unit_id',
      'person.prefers_channel',
      'person.allows_recording',
      'person.allows_sms_offers',
      'person.allows_email_offers',
      'person.updated_at',
      'account.account_id',
      'account.name as account_name',
      'account.org_unit_id as account_org_unit_id',
      'account.is_key_account',
      'account.manager_agent_id',
      'account.manager_name',
    ]);
}

function ordered(rows: readonly CardRow[]): readonly CardRow[] {
  if (rows.length < 2) return rows;
  return inOrder(rows.map((row) => ({ row, contactId: row.contact_id, headId: row.head_id, updatedAt: row.updated_at }))).map(
    ({ row }) => row,
  );
}
