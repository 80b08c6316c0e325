import { sql } from 'kysely';
import type { ContactRecord, ContactSummary, Identifier, TimelineItem, TimelinePage } from '../../../shared/contracts/contact.ts';
import { days } from '../../../shared/duration.ts';
import { type AgentId, asId, type ContactId } from '../../../shared/ids.ts';
import { type NumberMatch, type PreferredAgents, type TimelineFilter, thingsToKnow } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';
import { daysUntil } from './days-until.ts';
import { readArrears, readChurn, readMonthlyUse } from './money-reads.ts';

const firstPage = 20;
const mostDuplicates = 5;

export const contactReads = {
  async findByNumber(db: ReadHandle, normalised: string, limit: number): Promise<readonly NumberMatch[]> {
    const rows = await summaries(db)
      .innerJoin('identifier', 'identifier.contact_id', 'person.contact_id')
      .select(['identifier.last_used_at', 'identifier.is_shared'])
      .where('identifier.value', '=', normalised)
      .orderBy('identifier.last_used_at', 'desc')
      .orderBy('person.name')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...toSummary(row), lastUsedAt: row.last_used_at, isShared: row.is_shared === 1 }));
  },

  async preferredAgents(db: ReadHandle, contactId: ContactId): Promise<PreferredAgents> {
    const last = await db
      .selectFrom('interaction')
      .select(['agent_id', 'completed_at'])
      .where('contact_id', '=', contactId)
      .where('agent_id', 'is not', null)
      .where('completed_at', 'is not', null)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const account = await db
      .selectFrom('person_account')
      .innerJoin('account', 'account.account_id', 'person_account.account_id')
      .select('account.manager_agent_id')
      .where('person_account.contact_id', '=', contactId)
      .where('person_account.is_primary', '=', 1)
      .executeTakeFirst();
    return {
      lastAgent: last?.agent_id == null ? null : { agentId: asId<AgentId>(last.agent_id), at: last.completed_at ?? 0 },
      accountManager: account?.manager_agent_id == null ? null : asId<AgentId>(account.manager_agent_id),
    };
  },

  async readRecord(db: ReadHandle, contactId: ContactId, at: number): Promise<ContactRecord | null> {
    const person = await summaries(db)
      .select([
        'person.name_key',
        'person.prefers_channel',
        'person.allows_recording',
        'person.allows_sms_offers',
        'person.allows_email_offers',
        'account.manager_name',
      ])
      .where('person.contact_id', '=', contactId)
      .executeTakeFirst();
    if (!person) return null;

    const owner = { contactId, accountId: person.account_id };
    const identifiers = await readIdentifiers(db, contactId);
    const cases = await readOpenCases(db, contactId);
    const products = await owned(db.selectFrom('product'), owner)
      .select(['product_id', 'name', 'detail', 'quantity', 'unused'])
      .orderBy('quantity', 'desc')
      .execute();
    const contract = await owned(db.selectFrom('contract'), owner)
      .select('ends_at')
      .where('ends_at', '>=', at)
      .orderBy('ends_at')
      .limit(1)
      .executeTakeFirst();
    const debtor = { contactIds: [contactId], accountId: person.account_id };
    const churn = await readChurn(db, contactId, person.account_id);
    const anniversaries =
      person.is_key_account === 1 && person.account_id !== null ? await readAnniversaries(db, person.account_id, at) : [];

    const record = {
      products: products.map((row) => ({
        productId: row.product_id,
        name: row.name,
        detail: row.detail,
        quantity: row.quantity,
        unused: row.unused,
      })),
      cases,
      contractEndsAt: contract?.ends_at ?? null,
      churnRisk: churn?.risk ?? null,
      prefersChannel: person.prefers_channel as ContactRecord['prefersChannel'],
    };
    return {
      ...toSummary(person),
      ...record,
      identifiers,
      thingsToKnow: thingsToKnow(
        {
          ...record,
          anniversaries,
          promises: await readOpenPromises(db, contactId),
          arrears: await readArrears(db, debtor, at),
          recentCalls: await readRecentCalls(db, contactId, at),
        },
        at,
      ),
      timeline: await contactReads.readTimeline(db, contactId, null, firstPage, 'all'),
      notes: await readNotes(db, contactId),
      keyAccount: person.is_key_account === 1 ? { managerName: person.manager_name ?? '', anniversaries } : null,
      consent: {
        recording: person.allows_recording === 1,
        smsOffers: person.allows_sms_offers === 1,
        emailOffers: person.allows_email_offers === 1,
      },
      monthlySpend: await readMonthlyUse(db, debtor, at),
      possibleDuplicates: await readDuplicates(db, contactId, person.name_key, person.account_id),
    };
  },

  /** Latest first. `nextBefore` goes into the next request; entries of one and the same moment stay on one page. */
  async readTimeline(
    db: ReadHandle,
    contactId: ContactId,
    before: number | null,
    limit: number,
    filter: TimelineFilter,
  ): Promise<TimelinePage> {
    const entries = db
      .selectFrom('timeline_entry')
      .where('contact_id', '=', contactId)
      .$if(filter !== 'all', (query) => query.where('kind', 'in', kindsOf[filter as Exclude<TimelineFilter, 'all'>]));
    const { total } = await entries.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rows = await entries
      .select(['entry_id', 'at', 'kind', 'title', 'detail', 'outcome', 'interaction_id'])
      .$if(before !== null, (query) => query.where('at', '<', before))
      .orderBy('at', 'desc')
      .orderBy('entry_id', 'desc')
      .limit(limit + 1)
      .execute();

    const next = rows[limit];
    const page = rows.slice(0, limit);
    const whole = next ? page.filter((row) => row.at !== next.at) : page;
    const shown = whole.length > 0 ? whole : page;
    return { items: shown.map(toTimelineItem), total, nextBefore: next ? (shown.at(-1)?.at ?? null) : null };
  },

  async callsSince(db: ReadHandle, normalised: string | null, since: number): Promise<number> {
    const { count } = await db
      .selectFrom('interaction')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('number', 'is', normalised)
      .where('received_at', '>=', since)
      .executeTakeFirstOrThrow();
    return count;
  },
};

const kindsOf: Readonly<Record<Exclude<TimelineFilter, 'all'>, TimelineItem['kind'][]>> = {
  calls: ['call'],
  written: ['email', 'sms', 'chat'],
  work: ['case', 'visit', 'bill', 'note', 'promise'],
};

function summaries(db: ReadHandle) {
  return db
    .selectFrom('person')
    .leftJoin('person_account', (join) =>
      join.onRef('person_account.contact_id', '=', 'person.contact_id').on('person_account.is_primary', '=', 1),
    )
    .leftJoin('account', 'account.account_id', 'person_account.account_id')
    .select([
      'person.contact_id',
      'person.name',
      'person.title',
      'person.tier',
      'person.locale',
      'account.account_id',
      'account.name as account_name',
      'account.is_key_account',
    ]);
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number];

function toSummary(row: SummaryRow): ContactSummary {
  return {
    contactId: row.contact_id,
    name: row.name,
    title: row.title,
    accountId: row.account_id,
    accountName: row.account_name,
    isKeyAccount: row.is_key_account === 1,
    tier: row.tier as ContactSummary['tier'],
    locale: row.locale as ContactSummary['locale'],
  };
}

interface Owner {
  readonly contactId: string;
  readonly accountId: string | null;
}

/** Rows that belong to the person or to their company. */
function owned<Query extends { where(lhs: ReturnType<typeof isOwnedBy>): Query }>(query: Query, owner: Owner): Query {
  return query.where(isOwnedBy(owner));
}

function isOwnedBy({ contactId, accountId }: Owner) {
  return accountId === null
    ? sql<boolean>`contact_id = ${contactId}`
    : sql<boolean>`(account_id = ${accountId} or contact_id = ${contactId})`;
}

async function readIdentifiers(db: ReadHandle, contactId: ContactId): Promise<Identifier[]> {
  const rows = await db
    .selectFrom('identifier')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('last_used_at', 'desc')
    .orderBy('value')
    .execute();
  return rows.map((row) => ({
    kind: row.kind as Identifier['kind'],
    value: row.value,
    label: row.label,
    verified: row.is_verified === 1,
    shared: row.is_shared === 1,
    lastUsedAt: row.last_used_at,
  }));
}

async function readOpenCases(db: ReadHandle, contactId: ContactId): Promise<ContactRecord['cases']> {
  const rows = await db
    .selectFrom('customer_case')
    .selectAll()
    .where('contact_id', '=', contactId)
    .where('closed_at', 'is', null)
    .orderBy(sql`due_at is null`)
    .orderBy('due_at')
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    number: row.number,
    kind: row.kind as ContactRecord['cases'][number]['kind'],
    subject: row.subject,
    openedAt: row.opened_at,
    dueAt: row.due_at,
  }));
}

async function readOpenPromises(db: ReadHandle, contactId: ContactId) {
  const rows = await db
    .selectFrom('promise')
    .leftJoin('customer_case', 'customer_case.case_id', 'promise.case_id')
    .select(['promise.text', 'promise.due_at', 'customer_case.number'])
    .where('promise.contact_id', '=', contactId)
    .where('promise.kept_at', 'is', null)
    .orderBy('promise.due_at')
    .execute();
  return rows.map((row) => ({ text: row.text, dueAt: row.due_at, caseNumber: row.number }));
}

async function readAnniversaries(db: ReadHandle, accountId: string, at: number) {
  const rows = await db.selectFrom('anniversary').select(['label', 'day']).where('account_id', '=', accountId).execute();
  return rows
    .map((row) => ({ label: row.label, day: row.day, inDays: daysUntil(row.day, at) }))
    .sort((one, other) => one.inDays - other.inDays);
}

async function readRecentCalls(db: ReadHandle, contactId: ContactId, at: number): Promise<number[]> {
  const rows = await db
    .selectFrom('timeline_entry')
    .select('at')
    .where('contact_id', '=', contactId)
    .where('at', '>', at - days(7))
    .where('kind', '=', 'call')
    .orderBy('at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => row.at);
}

async function readNotes(db: ReadHandle, contactId: ContactId) {
  const rows = await db.selectFrom('note').selectAll().where('contact_id', '=', contactId).orderBy('at', 'desc').limit(50).execute();
  return rows.map((row) => ({ noteId: row.note_id, at: row.at, author: row.author, text: row.text }));
}

function toTimelineItem(row: {
  entry_id: string;
  at: number;
  kind: string;
  title: string;
  detail: string | null;
  outcome: string | null;
  interaction_id: string | null;
}): TimelineItem {
  return {
    id: row.entry_id,
    at: row.at,
    kind: row.kind as TimelineItem['kind'],
    title: row.title,
    detail: row.detail,
    outcome: row.outcome,
    interactionId: row.interaction_id,
  };
}

/** Others who may be the same person: an identifier in common that is not known to be shared, or the same name in the same company. */
async function readDuplicates(
  db: ReadHandle,
  contactId: ContactId,
  nameKey: string,
  accountId: string | null,
): Promise<ContactRecord['possibleDuplicates']> {
  const byIdentifier = await summaries(db)
    .innerJoin('identifier as theirs', 'theirs.contact_id', 'person.contact_id')
    .innerJoin('identifier as ours', (join) =>
      join.onRef('ours.value', '=', 'theirs.value').on('ours.contact_id', '=', contactId).on('ours.is_shared', '=', 0),
    )
    .select('theirs.kind')
    .where('theirs.contact_id', '<>', contactId)
    .where('theirs.is_shared', '=', 0)
    .limit(mostDuplicates)
    .execute();
  const byName =
    accountId === null
      ? []
      : await summaries(db)
          .where('person.name_key', '=', nameKey)
          .where('person.contact_id', '<>', contactId)
          .where('person_account.account_id', '=', accountId)
          .limit(mostDuplicates)
          .execute();

  const found = new Map<string, ContactRecord['possibleDuplicates'][number]>();
  for (const row of byName) found.set(row.contact_id, { ...toSummary(row), why: 'sameName' });
  for (const row of byIdentifier) found.set(row.contact_id, { ...toSummary(row), why: row.kind === 'email' ? 'sameEmail' : 'sameNumber' });
  return [...found.values()].slice(0, mostDuplicates);
}
