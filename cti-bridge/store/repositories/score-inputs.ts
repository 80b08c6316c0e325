import { sql } from 'kysely';
import type { CustomerScores } from '../../../shared/contracts/customer-scores.ts';
import { days } from '../../../shared/duration.ts';
import { monthsBefore, type ScoreInputs } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';

/** Whose score it is in the end: a company, or a person with all their cards who is of none. */
export type Scored =
  | { readonly ownerId: string; readonly accountId: string; readonly contactIds: null; readonly kind: 'company' | 'household' }
  | { readonly ownerId: string; readonly accountId: null; readonly contactIds: readonly string[] };

/** Follows a card to the head of its group, and a person to their company. Null: there is nobody of this id any more. */
export async function scoredOf(
  db: ReadHandle,
  { contactId, accountId }: { readonly contactId: string | null; readonly accountId: string | null },
): Promise<Scored | null> {
  if (accountId !== null) return scoredCompany(db, accountId);
  const cards = await db
    .selectFrom('person')
    .leftJoin('person_account', (join) =>
      join.onRef('person_account.contact_id', '=', 'person.contact_id').on('person_account.is_primary', '=', 1),
    )
    .select(['person.contact_id', 'person.head_id', 'person_account.account_id'])
    .where('person.head_id', '=', (select) =>
      select.selectFrom('person as any').select('any.head_id').where('any.contact_id', '=', contactId),
    )
    .orderBy(sql`case when person.contact_id = person.head_id then 0 else 1 end`)
    .orderBy('person.updated_at', 'desc')
    .orderBy('person.contact_id')
    .execute();
  const [head] = cards;
  if (!head) return null;
  const company = cards.find((card) => card.account_id !== null)?.account_id;
  return company == null
    ? { ownerId: head.head_id, accountId: null, contactIds: cards.map((card) => card.contact_id) }
    : scoredCompany(db, company);
}

async function scoredCompany(db: ReadHandle, accountId: string): Promise<Scored | null> {
  const account = await db.selectFrom('account').select('kind').where('account_id', '=', accountId).executeTakeFirst();
  return account ? { ownerId: accountId, accountId, contactIds: null, kind: account.kind } : null;
}

/** Contacts of the customer; a bill is none. */
const contactKinds = ['call', 'email', 'sms', 'chat', 'visit'];

/** All that a score is made of, as it is stored. What is too old to count under these settings may be left out. */
export async function readScoreInputs(db: ReadHandle, scored: Scored, settings: CustomerScores, at: number): Promise<ScoreInputs> {
  const { growth, churn } = settings;
  const since = (...dayCounts: number[]) => at - days(Math.max(...dayCounts));
  const mine = isOwnedBy(scored);
  const byThem = isByPeopleOf(scored);

  const use = await db
    .selectFrom('consumption')
    .select(['month', 'currency'])
    .select(({ fn }) => fn.sum<number>('amount').as('amount'))
    .where(mine)
    .where('month', '>=', monthsBefore(at, 6)[0] ?? '')
    .groupBy(['month', 'currency'])
    .execute();
  const unpaid = await db.selectFrom('bill').select('due_at').where(mine).whereRef('paid', '<', 'amount').execute();
  const bill = await db.selectFrom('bill').select('bill_id').where(mine).limit(1).executeTakeFirst();
  const complaints = await db
    .selectFrom('customer_case')
    .select('opened_at')
    .where('kind', '=', 'complaint')
    .where('opened_at', '>', since(growth.complaintDays, churn.complaintRecentDays, churn.complaintEarlierDays))
    .where(byThem)
    .execute();
  const leaving =
    churn.leavingOutcomes.length === 0
      ? []
      : await db
          .selectFrom('interaction')
          .select('received_at')
          .where(byThem)
          .where('received_at', '>', since(churn.leavingDays))
          .where('disposition_code', 'in', churn.leavingOutcomes)
          .execute();
  const last = await db
    .selectFrom('timeline_entry')
    .select(({ fn }) => fn.max('at').as('at'))
    .where(scored.accountId === null ? byThem : sql<boolean>`(${byThem} or account_id = ${scored.accountId})`)
    .where('kind', 'in', contactKinds)
    .where('at', '<=', at)
    .executeTakeFirst();
  const contract = await db
    .selectFrom('contract')
    .select(({ fn }) => [fn.max('ends_at').as('ends_at'), fn.min('starts_at').as('starts_at')])
    .where(mine)
    .executeTakeFirst();
  const products = await db
    .selectFrom('product')
    .select(['quantity', 'unused', 'status', 'starts_at'])
    .where(mine)
    .where('status', '<>', 'ended')
    .execute();
  const offers = await db
    .selectFrom('offer_made')
    .select('answered_at')
    .where(byThem)
    .where('answer', '=', 'accepted')
    .where('answered_at', '>', since(growth.offerDays))
    .execute();
  const { stage, customerSince, visits } = await readOwnFacts(db, scored, since(growth.visitDays, churn.visitDays));

  return {
    of: scored.accountId !== null && scored.kind === 'company' ? 'company' : 'person',
    use: use.map((row) => ({ ...row, amount: Number(row.amount) })),
    unpaidDueAt: unpaid.map((row) => row.due_at),
    hasBills: bill !== undefined,
    complaintsAt: complaints.map((row) => row.opened_at),
    leavingSignsAt: leaving.map((row) => row.received_at),
    lastContactAt: last?.at == null ? null : Number(last.at),
    contractEndsAt: contract?.ends_at == null ? null : Number(contract.ends_at),
    products: products.map(({ quantity, unused, status }) => ({ quantity, unused: status === 'installedUnused' ? quantity : unused })),
    customerSince: customerSince ?? earliest([contract?.starts_at ?? null, ...products.map((row) => row.starts_at)]),
    visits,
    offersAcceptedAt: offers.flatMap((row) => row.answered_at ?? []),
    stage,
  };
}

async function readOwnFacts(
  db: ReadHandle,
  scored: Scored,
  visitsSince: number,
): Promise<Pick<ScoreInputs, 'stage' | 'customerSince' | 'visits'>> {
  if (scored.accountId === null) {
    const cards = await db.selectFrom('person').select(['contact_id', 'stage']).where('contact_id', 'in', scored.contactIds).execute();
    const stageOf = new Map(cards.map((card) => [card.contact_id, card.stage]));
    const stage = scored.contactIds.map((each) => stageOf.get(each)).find((each) => each != null);
    return { stage: (stage ?? null) as ScoreInputs['stage'], customerSince: null, visits: [] };
  }
  const account = await db
    .selectFrom('account')
    .select(['stage', 'customer_since'])
    .where('account_id', '=', scored.accountId)
    .executeTakeFirst();
  const visits = await db
    .selectFrom('visit')
    .select(['at', 'mood'])
    .where('account_id', '=', scored.accountId)
    .where('state', '=', 'done')
    .where('at', '>', visitsSince)
    .execute();
  return {
    stage: (account?.stage ?? null) as ScoreInputs['stage'],
    customerSince: account?.customer_since ?? null,
    visits: visits.map((row) => ({ at: row.at, mood: row.mood as ScoreInputs['visits'][number]['mood'] })),
  };
}

function isOwnedBy({ accountId, contactIds }: Scored) {
  return accountId === null ? sql<boolean>`contact_id in (${sql.join([...(contactIds ?? [])])})` : sql<boolean>`account_id = ${accountId}`;
}

/** What a person of the company did, of whatever card. */
function isByPeopleOf({ accountId, contactIds }: Scored) {
  return accountId === null
    ? sql<boolean>`contact_id in (${sql.join([...(contactIds ?? [])])})`
    : sql<boolean>`contact_id in (select contact_id from person_account where account_id = ${accountId} and is_primary = 1)`;
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.flatMap((each) => (each === null ? [] : Number(each)));
  return known.length === 0 ? null : Math.min(...known);
}
