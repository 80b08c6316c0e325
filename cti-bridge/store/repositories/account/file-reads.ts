import { sql } from 'kysely';
import type { AccountPage, AccountPerson, Anniversary, Gift, Visit } from '../../../../shared/contracts/account.ts';
import type { ContactSummary, TimelinePage } from '../../../../shared/contracts/contact.ts';
import { type AccountFile, type CustomerScope, daysUntil, yearOfNext } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { readArrears } from '../money-reads.ts';
import { tasksWhere } from '../record/commitment-reads.ts';
import { provenanceOf } from '../record/group.ts';
import { billsOf, contractsOf, identifiersOf, productsOf, toAttachment } from '../record/page-reads.ts';
import { customOf } from '../record/person-columns.ts';
import { streamOf } from '../record/stream-reads.ts';
import { readScore } from '../score-reads.ts';
import { isVisibleAccount, readIdsBelow, readPeopleOf } from './company.ts';
import { readConsumption } from './consumption-reads.ts';

const [firstPage, mostPeople, mostVisits, mostPeers, mostMembers] = [20, 200, 60, 60, 200];

export const accountFileReads = {
  /** Everything of one company; null when there is none of this id in the scope. */
  async readAccountFile(db: ReadHandle, accountId: string, scope: CustomerScope, at: number): Promise<AccountFile | null> {
    const account = await visibleAccount(db, accountId, scope);
    if (!account) return null;
    const own = { contactIds: [], accountIds: [accountId] };
    const cards = await readPeopleOf(db, accountId, scope);
    const members = await readNamed(db, (await readIdsBelow(db, accountId)).slice(0, mostMembers), scope);
    const group = [accountId, ...members.map((member) => member.accountId)];
    const products = await productsOf(db, own);
    const held = products.filter((product) => product.status !== 'ended');
    const bills = await billsOf(db, own);
    const arrears = await readArrears(db, { contactIds: [], accountId }, at);
    const [bill] = bills;
    return {
      ...summaryOf(account),
      revision: account.revision,
      segment: account.segment,
      industry: account.industry,
      customerSince: account.customer_since,
      parent: await readNamed(db, account.parent_id === null ? [] : [account.parent_id], scope).then(([parent]) => parent ?? null),
      members,
      deputyIds: await readDeputies(db, accountId),
      people: await readAccountPeople(db, account, cards.slice(0, mostPeople)),
      identifiers: await identifiersOf(db, own),
      products,
      linesInUse: {
        of: held.reduce((sum, product) => sum + product.quantity, 0),
        used: held.reduce((sum, product) => sum + usedOf(product), 0),
      },
      contracts: await contractsOf(db, own),
      bills,
      arrears: arrears ?? (bill ? { amount: 0, currency: bill.currency, since: null } : null),
      consumption: await readConsumption(db, [accountId], at),
      groupConsumption: members.length === 0 ? null : await readConsumption(db, group, at),
      score: await readScore(db, accountId),
      peers: await readPeers(db, account.manager_agent_id, accountId, scope),
      anniversaries: await readAnniversaries(db, accountId, at),
      visits: await readVisits(db, accountId),
      gifts: await readGifts(db, accountId),
      tasks: await tasksWhere(db, (where) => where('task.account_id', '=', accountId)),
      attachments: await readAttachments(db, accountId),
      openCases: await readOpenCases(db, accountId, cards),
      timeline: await streamOf(db, { contactIds: cards, accountIds: [accountId] }, { before: null, limit: firstPage, kinds: [], text: '' }),
      custom: customOf(account.custom),
      provenance: provenanceOf(account),
    };
  },

  async readAccountStream(
    db: ReadHandle,
    accountId: string,
    scope: CustomerScope,
    wanted: { readonly before: number | null; readonly limit: number; readonly text: string },
  ): Promise<TimelinePage | null> {
    if (!(await visibleAccount(db, accountId, scope))) return null;
    const contactIds = await readPeopleOf(db, accountId, scope);
    return streamOf(db, { contactIds, accountIds: [accountId] }, { ...wanted, kinds: [] });
  },
};

type AccountRow = NonNullable<Awaited<ReturnType<typeof visibleAccount>>>;

function visibleAccount(db: ReadHandle, accountId: string, scope: CustomerScope) {
  return db.selectFrom('account').selectAll().where('account_id', '=', accountId).where(isVisibleAccount(scope)).executeTakeFirst();
}

export function summaryOf(
  row: Pick<
    AccountRow,
    'account_id' | 'name' | 'kind' | 'is_key_account' | 'tier' | 'stage' | 'manager_agent_id' | 'manager_name' | 'org_unit_id'
  >,
): Omit<
  AccountPage,
  keyof Omit<AccountPage, 'accountId' | 'name' | 'kind' | 'isKeyAccount' | 'tier' | 'stage' | 'managerAgentId' | 'managerName'>
> & {
  readonly orgUnitId: string | null;
} {
  return {
    accountId: row.account_id,
    name: row.name,
    kind: row.kind,
    isKeyAccount: row.is_key_account === 1,
    tier: row.tier as AccountPage['tier'],
    stage: row.stage as AccountPage['stage'],
    managerAgentId: row.manager_agent_id,
    managerName: row.manager_name,
    orgUnitId: row.org_unit_id,
  };
}

function usedOf({ status, quantity, unused }: AccountPage['products'][number]): number {
  return status === 'installedUnused' ? 0 : quantity - Math.min(quantity, unused);
}

async function readNamed(db: ReadHandle, ids: readonly string[], scope: CustomerScope): Promise<AccountPage['members']> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'name'])
    .where('account_id', 'in', ids)
    .where(isVisibleAccount(scope))
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ accountId: row.account_id, name: row.name }));
}

async function readDeputies(db: ReadHandle, accountId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('account_deputy').select('agent_id').where('account_id', '=', accountId).orderBy('agent_id').execute();
  return rows.map((row) => row.agent_id);
}

const influences = ['decides', 'advises', 'uses'];

/** One line a person, of whichever card; those who decide first. */
async function readAccountPeople(db: ReadHandle, account: AccountRow, cards: readonly string[]): Promise<AccountPerson[]> {
  if (cards.length === 0) return [];
  const rows = await db
    .selectFrom('person_account')
    .innerJoin('person as card', 'card.contact_id', 'person_account.contact_id')
    .innerJoin('person as head', 'head.contact_id', 'card.head_id')
    .select(['head.contact_id', 'head.name', 'head.title', 'head.tier', 'head.locale', 'card.title as card_title'])
    .select(['person_account.role', 'person_account.influence', 'person_account.stance'])
    .where('person_account.account_id', '=', account.account_id)
    .where('person_account.contact_id', 'in', cards)
    .orderBy(sql`case when card.contact_id = head.contact_id then 0 else 1 end`)
    .orderBy('card.contact_id')
    .execute();
  const people = new Map<string, AccountPerson>();
  for (const row of rows) {
    const known = people.get(row.contact_id);
    people.set(row.contact_id, {
      contactId: row.contact_id,
      name: row.name,
      title: row.title ?? known?.title ?? row.card_title,
      accountId: account.account_id,
      accountName: account.name,
      isKeyAccount: account.is_key_account === 1,
      tier: row.tier as ContactSummary['tier'],
      locale: row.locale as ContactSummary['locale'],
      role: known?.role ?? row.role,
      influence: known?.influence ?? (row.influence as AccountPerson['influence']),
      stance: known?.stance ?? (row.stance as AccountPerson['stance']),
    });
  }
  const rank = ({ influence }: AccountPerson) => (influence === null ? influences.length : influences.indexOf(influence));
  return [...people.values()].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

async function readPeers(db: ReadHandle, managerId: string | null, accountId: string, scope: CustomerScope): Promise<AccountPage['peers']> {
  if (managerId === null) return [];
  const rows = await db
    .selectFrom('account')
    .innerJoin('score', 'score.owner_id', 'account.account_id')
    .select(['account.account_id', 'account.name', 'score.value', 'score.growth'])
    .where('account.manager_agent_id', '=', managerId)
    .where('account.account_id', '<>', accountId)
    .where(isVisibleAccount(scope) as never)
    .orderBy('score.value', 'desc')
    .orderBy('account.account_id')
    .limit(mostPeers)
    .execute();
  return rows.map((row) => ({ accountId: row.account_id, name: row.name, value: row.value, growth: row.growth }));
}

async function readAnniversaries(db: ReadHandle, accountId: string, at: number): Promise<Anniversary[]> {
  const rows = await db
    .selectFrom('anniversary')
    .innerJoin('account', 'account.account_id', 'anniversary.account_id')
    .selectAll('anniversary')
    .select('account.name as account_name')
    .where('anniversary.account_id', '=', accountId)
    .execute();
  return nearestFirst(rows.map((row) => toAnniversary(row, at)));
}

export function toAnniversary(
  row: {
    readonly anniversary_id: string;
    readonly account_id: string;
    readonly account_name: string;
    readonly contact_id: string | null;
    readonly kind: string;
    readonly label: string;
    readonly day: string;
    readonly year: number | null;
    readonly plan: string | null;
    readonly done_for: number | null;
  },
  at: number,
): Anniversary {
  return {
    anniversaryId: row.anniversary_id,
    accountId: row.account_id,
    accountName: row.account_name,
    contactId: row.contact_id,
    kind: row.kind as Anniversary['kind'],
    label: row.label,
    day: row.day,
    year: row.year,
    inDays: daysUntil(row.day, at),
    plan: row.plan as Anniversary['plan'],
    done: row.done_for === yearOfNext(row.day, at),
  };
}

export function nearestFirst(list: readonly Anniversary[]): Anniversary[] {
  return [...list].sort(
    (one, other) =>
      one.inDays - other.inDays || one.accountName.localeCompare(other.accountName) || (one.anniversaryId < other.anniversaryId ? -1 : 1),
  );
}

/** The next ones first, then the last ones. */
async function readVisits(db: ReadHandle, accountId: string): Promise<Visit[]> {
  const rows = await db
    .selectFrom('visit')
    .leftJoin('person as card', 'card.contact_id', 'visit.contact_id')
    .leftJoin('person as head', 'head.contact_id', 'card.head_id')
    .selectAll('visit')
    .select('head.name as contact_name')
    .where('visit.account_id', '=', accountId)
    .orderBy('visit.at', 'desc')
    .orderBy('visit.visit_id')
    .limit(mostVisits)
    .execute();
  return rows.map((row) => ({
    visitId: row.visit_id,
    accountId: row.account_id,
    contactId: row.contact_id,
    contactName: row.contact_name,
    at: row.at,
    visitor: row.visitor,
    purpose: row.purpose,
    state: row.state as Visit['state'],
    opinion: row.opinion,
    mood: row.mood as Visit['mood'],
  }));
}

async function readGifts(db: ReadHandle, accountId: string): Promise<Gift[]> {
  const rows = await db
    .selectFrom('gift')
    .leftJoin('person as card', 'card.contact_id', 'gift.contact_id')
    .leftJoin('person as head', 'head.contact_id', 'card.head_id')
    .selectAll('gift')
    .select('head.name as contact_name')
    .where('gift.account_id', '=', accountId)
    .orderBy('gift.at', 'desc')
    .orderBy('gift.gift_id')
    .limit(mostVisits)
    .execute();
  return rows.map((row) => ({
    giftId: row.gift_id,
    contactId: row.contact_id,
    contactName: row.contact_name,
    at: row.at,
    what: row.what,
    occasion: row.occasion,
    amount: row.amount,
    currency: row.currency,
    givenBy: row.given_by,
  }));
}

async function readAttachments(db: ReadHandle, accountId: string): Promise<AccountPage['attachments']> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('added_at', 'desc')
    .orderBy('attachment_id')
    .execute();
  return rows.map(toAttachment);
}

async function readOpenCases(db: ReadHandle, accountId: string, cards: readonly string[]): Promise<AccountPage['openCases']> {
  const rows = await db
    .selectFrom('customer_case')
    .select(['case_id', 'contact_id', 'number', 'subject', 'kind', 'due_at'])
    .where((where) => where.or([where('account_id', '=', accountId), ...(cards.length > 0 ? [where('contact_id', 'in', cards)] : [])]))
    .where('closed_at', 'is', null)
    .orderBy(sql`due_at is null`)
    .orderBy('due_at')
    .orderBy('case_id')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    contactId: row.contact_id,
    number: row.number,
    subject: row.subject,
    kind: row.kind,
    dueAt: row.due_at,
  }));
}
