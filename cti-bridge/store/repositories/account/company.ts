import { type ExpressionBuilder, sql } from 'kysely';
import type { CustomerScope } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import { isVisiblePerson } from '../record/visible-person.ts';

/** A condition on `account`: of one of these offices, or of none. */
export function isVisibleAccount({ units }: CustomerScope) {
  return (where: ExpressionBuilder<Schema, 'account'>) => {
    if (units === null) return sql<boolean>`1 = 1`;
    const ofNobody = where('account.org_unit_id', 'is', null);
    return units.length === 0 ? ofNobody : where.or([ofNobody, where('account.org_unit_id', 'in', units)]);
  };
}

/** Deeper than any group; a circle, which no write lets in, ends here too. */
const mostTiers = 50;

/** Those below it in the group, of any tier; without itself. */
export async function readIdsBelow(db: ReadHandle, accountId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ account_id: string }>`
    with recursive below (account_id, tier) as (
      select account_id, 1 from account where parent_id = ${accountId}
      union
      select account.account_id, below.tier + 1 from account inner join below on account.parent_id = below.account_id where below.tier < ${mostTiers}
    )
    select distinct account_id from below where account_id <> ${accountId} order by account_id`.execute(db as never);
  return rows.map((row) => row.account_id);
}

/** Cards of the people who are of it today and may be seen. */
export async function readPeopleOf(db: ReadHandle, accountId: string, scope: CustomerScope): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('person_account')
    .select('contact_id')
    .where('account_id', '=', accountId)
    .where('until', 'is', null)
    .where(isVisiblePerson(scope, sql.ref('person_account.contact_id')))
    .orderBy('contact_id')
    .limit(30_000)
    .execute();
  return rows.map((row) => row.contact_id);
}
