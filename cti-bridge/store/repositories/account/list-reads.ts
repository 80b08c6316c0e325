import { sql } from 'kysely';
import type { Anniversary } from '../../../../shared/contracts/account.ts';
import { type CustomerScope, daysAhead, type LookedAfter, monthlyUse, monthsBefore } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { isVisibleAccount } from './company.ts';
import { nearestFirst, summaryOf, toAnniversary } from './file-reads.ts';

/** More than one person can look after. */
const mostLookedAfter = 1_000;
const mostDays = 500;

export const accountListReads = {
  /** The customers of an agent, as manager or deputy, with what presses. */
  async readLookedAfter(db: ReadHandle, agentId: string, scope: CustomerScope, at: number): Promise<readonly LookedAfter[]> {
    const accounts = await db
      .selectFrom('account')
      .leftJoin('score', 'score.owner_id', 'account.account_id')
      .selectAll('account')
      .select(['score.value', 'score.growth', 'score.churn'])
      .where((where) =>
        where.or([
          where('account.manager_agent_id', '=', agentId),
          where(
            'account.account_id',
            'in',
            where.selectFrom('account_deputy').select('account_deputy.account_id').where('account_deputy.agent_id', '=', agentId),
          ),
        ]),
      )
      .where(isVisibleAccount(scope) as never)
      .orderBy('account.name')
      .orderBy('account.account_id')
      .limit(mostLookedAfter)
      .execute();
    const ids = accounts.map((account) => account.account_id);
    if (ids.length === 0) return [];
    const use = await readUse(db, ids, at);
    const arrears = await readArrearsOf(db, ids, at);
    const cases = await readCaseCounts(db, ids, at);
    const contracts = await readMoments(
      db,
      sql`select account_id, min(ends_at) as at from contract
      where account_id in (${sql.join(ids)}) and ends_at >= ${at} group by account_id`,
    );
    const visits = await readMoments(
      db,
      sql`select account_id, min(at) as at from visit
      where account_id in (${sql.join(ids)}) and at >= ${at} and state = 'planned' group by account_id`,
    );
    const contacts = await readMoments(
      db,
      sql`select person_account.account_id, max(timeline_entry.at) as at from person_account
      inner join timeline_entry on timeline_entry.contact_id = person_account.contact_id
      where person_account.account_id in (${sql.join(ids)}) and timeline_entry.at <= ${at}
        and timeline_entry.kind in ('call', 'email', 'sms', 'chat', 'visit')
      group by person_account.account_id`,
    );
    return accounts.map((account) => {
      const id = account.account_id;
      return {
        ...summaryOf(account),
        isDeputy: account.manager_agent_id !== agentId,
        monthly: monthlyUse(use.get(id) ?? [], at),
        arrears: arrears.get(id) ?? null,
        churn: account.churn,
        value: account.value,
        growth: account.growth,
        openCases: cases.get(id)?.open ?? 0,
        overdueCases: cases.get(id)?.overdue ?? 0,
        contractEndsAt: contracts.get(id) ?? null,
        lastContactAt: contacts.get(id) ?? null,
        nextVisitAt: visits.get(id) ?? null,
      };
    });
  },

  async countCustomersByManager(
    db: ReadHandle,
    scope: CustomerScope,
  ): Promise<readonly { readonly agentId: string; readonly customers: number }[]> {
    const rows = await db
      .selectFrom('account')
      .select('manager_agent_id')
      .select(({ fn }) => fn.countAll<number>().as('customers'))
      .where('manager_agent_id', 'is not', null)
      .where(isVisibleAccount(scope))
      .groupBy('manager_agent_id')
      .execute();
    return rows.map((row) => ({ agentId: row.manager_agent_id ?? '', customers: Number(row.customers) }));
  },

  async readCare(db: ReadHandle, agentId: string | null, scope: CustomerScope, days: number, at: number): Promise<readonly Anniversary[]> {
    const rows = await db
      .selectFrom('anniversary')
      .innerJoin('account', 'account.account_id', 'anniversary.account_id')
      .selectAll('anniversary')
      .select('account.name as account_name')
      .$if(days < 365, (query) => query.where('anniversary.day', 'in', [...daysAhead(at, days)]))
      .$if(agentId !== null, (query) =>
        query.where((where) =>
          where.or([
            where('account.manager_agent_id', '=', agentId),
            where(
              'account.account_id',
              'in',
              where
                .selectFrom('account_deputy')
                .select('account_deputy.account_id')
                .where('account_deputy.agent_id', '=', agentId ?? ''),
            ),
          ]),
        ),
      )
      .where(isVisibleAccount(scope) as never)
      .execute();
    return nearestFirst(rows.map((row) => toAnniversary(row, at)).filter((each) => each.inDays <= days)).slice(0, mostDays);
  },
};

type ByAccount<Value> = ReadonlyMap<string, Value>;

async function readUse(db: ReadHandle, ids: readonly string[], at: number) {
  const rows = await db
    .selectFrom('consumption')
    .select(['account_id', 'month', 'currency'])
    .select(({ fn }) => fn.sum<number>('amount').as('amount'))
    .where('account_id', 'in', ids)
    .where('month', '>=', monthsBefore(at, 6)[0] ?? '')
    .groupBy(['account_id', 'month', 'currency'])
    .execute();
  return Map.groupBy(
    rows.map((row) => ({ ...row, amount: Number(row.amount) })),
    (row) => row.account_id ?? '',
  );
}

async function readArrearsOf(
  db: ReadHandle,
  ids: readonly string[],
  at: number,
): Promise<ByAccount<{ readonly amount: number; readonly currency: string }>> {
  const rows = await db
    .selectFrom('bill')
    .select(['account_id', 'currency', sql<number>`sum(amount - paid)`.as('amount')])
    .where('account_id', 'in', ids)
    .where('due_at', '<', at)
    .whereRef('paid', '<', 'amount')
    .groupBy(['account_id', 'currency'])
    .orderBy(sql`sum(amount - paid)`)
    .orderBy('currency', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.account_id ?? '', { amount: Number(row.amount), currency: row.currency }]));
}

async function readCaseCounts(
  db: ReadHandle,
  ids: readonly string[],
  at: number,
): Promise<ByAccount<{ readonly open: number; readonly overdue: number }>> {
  const { rows } = await sql<{ account_id: string; open: number; overdue: number }>`
    select account_id, count(*) as open, sum(case when due_at < ${at} then 1 else 0 end) as overdue
    from (
      select person_account.account_id, customer_case.case_id, customer_case.due_at from person_account
        inner join customer_case on customer_case.contact_id = person_account.contact_id
        where person_account.account_id in (${sql.join(ids)}) and customer_case.closed_at is null
      union
      select account_id, case_id, due_at from customer_case where account_id in (${sql.join(ids)}) and closed_at is null
    ) as open_case
    group by account_id`.execute(db as never);
  return new Map(rows.map((row) => [row.account_id, { open: Number(row.open), overdue: Number(row.overdue) }]));
}

async function readMoments(db: ReadHandle, query: ReturnType<typeof sql>): Promise<ByAccount<number>> {
  const { rows } = await sql<{ account_id: string; at: number }>`${query}`.execute(db as never);
  return new Map(rows.map((row) => [row.account_id, Number(row.at)]));
}
