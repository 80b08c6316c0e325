import { sql } from 'kysely';
import type { ContactRecord, Identifier } from '../../../../shared/contracts/contact.ts';
import { days } from '../../../../shared/duration.ts';
import { allowedByAll, daysUntil, firstFilled, thingsToKnow } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { readArrears, readChurn, readMonthlyUse } from '../money-reads.ts';
import type { CardRow } from './cards.ts';
import { readLikelyDuplicates } from './duplicates.ts';
import { companyOf, summaryOf } from './summary.ts';
import { readRecentCalls, readTimelineOf } from './timeline.ts';

const firstPage = 20;

/** The whole record as the screen shows it, of cards in order. A dozen lookups by index: what it costs does not grow with the company. */
export async function readRecordOf(db: ReadHandle, cards: readonly CardRow[], at: number): Promise<ContactRecord> {
  const summary = summaryOf(cards);
  const company = companyOf(cards);
  const cardIds = cards.map((card) => card.contact_id);
  const owner = { contactIds: cardIds, accountId: summary.accountId };

  const identifiers = await readIdentifiers(db, cardIds);
  const cases = await readOpenCases(db, cardIds);
  const products = await db
    .selectFrom('product')
    .select(['product_id', 'name', 'detail', 'quantity', 'unused'])
    .where(isOwnedBy(owner))
    .orderBy('quantity', 'desc')
    .orderBy('product_id')
    .execute();
  const contracts = await db
    .selectFrom('contract')
    .select(['ends_at', 'level'])
    .where(isOwnedBy(owner))
    .where('ends_at', '>=', at)
    .orderBy('ends_at')
    .limit(9)
    .execute();
  const anniversaries = summary.isKeyAccount && summary.accountId !== null ? await readAnniversaries(db, summary.accountId, at) : [];
  const churn = await readChurn(db, summary.contactId, summary.accountId);
  const spend = await readMonthlyUse(db, owner, at);
  const recent = await readTimelineOf(db, cardIds, null, firstPage, 'all');

  const record = {
    products: products.map((row) => ({
      productId: row.product_id,
      name: row.name,
      detail: row.detail,
      quantity: row.quantity,
      unused: row.unused,
    })),
    cases,
    contractEndsAt: contracts[0]?.ends_at ?? null,
    contractLevel: contracts.find((row) => row.level !== null)?.level ?? null,
    churnRisk: churn?.risk ?? null,
    churnReasons: [...(churn?.reasons ?? [])],
    prefersChannel: firstFilled(cards, (card) => card.prefers_channel) as ContactRecord['prefersChannel'],
  };
  return {
    ...summary,
    ...record,
    identifiers,
    thingsToKnow: thingsToKnow(
      {
        ...record,
        anniversaries,
        promises: await readOpenPromises(db, cardIds),
        arrears: await readArrears(db, owner, at),
        recentCalls: await readRecentCalls(db, cardIds, at - days(7), recent),
      },
      at,
    ),
    timeline: recent,
    notes: await readNotes(db, cardIds),
    keyAccount: summary.isKeyAccount ? { managerName: company?.manager_name ?? '', anniversaries } : null,
    manager: company?.manager_name ? { agentId: company.manager_agent_id, name: company.manager_name } : null,
    consent: {
      recording: allowedByAll(cards, (card) => card.allows_recording === 1),
      smsOffers: allowedByAll(cards, (card) => card.allows_sms_offers === 1),
      emailOffers: allowedByAll(cards, (card) => card.allows_email_offers === 1),
    },
    monthlySpend: spend,
    possibleDuplicates: [...(await readLikelyDuplicates(db, cards, identifiers))],
  };
}

/** Rows of the person or of their company. */
function isOwnedBy({ contactIds, accountId }: { readonly contactIds: readonly string[]; readonly accountId: string | null }) {
  const cards = sql.join(contactIds);
  return accountId === null
    ? sql<boolean>`contact_id in (${cards})`
    : sql<boolean>`(account_id = ${accountId} or contact_id in (${cards}))`;
}

/** One line a value, though several cards have it: verified by any, shared if any says so, used when it was last used. */
async function readIdentifiers(db: ReadHandle, cardIds: readonly string[]): Promise<Identifier[]> {
  const rows = await db
    .selectFrom('identifier')
    .select(['kind', 'value', 'label', 'is_verified', 'is_shared', 'last_used_at'])
    .where('contact_id', 'in', cardIds)
    .orderBy('last_used_at', (by) => by.desc().nullsLast())
    .orderBy('value')
    .execute();
  const lines = new Map<string, Identifier>();
  for (const row of rows) {
    const kept = lines.get(row.value);
    lines.set(row.value, {
      kind: kept?.kind ?? (row.kind as Identifier['kind']),
      value: row.value,
      label: kept?.label ?? row.label,
      verified: kept?.verified === true || row.is_verified === 1,
      shared: kept?.shared === true || row.is_shared === 1,
      lastUsedAt: kept?.lastUsedAt ?? row.last_used_at,
    });
  }
  return [...lines.values()];
}

async function readOpenCases(db: ReadHandle, cardIds: readonly string[]): Promise<ContactRecord['cases']> {
  const rows = await db
    .selectFrom('customer_case')
    .select(['case_id', 'number', 'kind', 'subject', 'opened_at', 'due_at'])
    .where('contact_id', 'in', cardIds)
    .where('closed_at', 'is', null)
    .orderBy('due_at', (by) => by.asc().nullsLast())
    .orderBy('case_id')
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

async function readOpenPromises(db: ReadHandle, cardIds: readonly string[]) {
  const rows = await db
    .selectFrom('promise')
    .leftJoin('customer_case', 'customer_case.case_id', 'promise.case_id')
    .select(['promise.text', 'promise.due_at', 'customer_case.number'])
    .where('promise.contact_id', 'in', cardIds)
    .where('promise.kept_at', 'is', null)
    .orderBy('promise.due_at')
    .limit(20)
    .execute();
  return rows.map((row) => ({ text: row.text, dueAt: row.due_at, caseNumber: row.number }));
}

async function readAnniversaries(db: ReadHandle, accountId: string, at: number) {
  const rows = await db.selectFrom('anniversary').select(['label', 'day']).where('account_id', '=', accountId).execute();
  return rows
    .map((row) => ({ label: row.label, day: row.day, inDays: daysUntil(row.day, at) }))
    .sort((one, other) => one.inDays - other.inDays);
}

async function readNotes(db: ReadHandle, cardIds: readonly string[]) {
  const rows = await db
    .selectFrom('note')
    .select(['note_id', 'at', 'author', 'text'])
    .where('contact_id', 'in', cardIds)
    .orderBy('at', 'desc')
    .orderBy('note_id')
    .limit(50)
    .execute();
  return rows.map((row) => ({ noteId: row.note_id, at: row.at, author: row.author, text: row.text }));
}
