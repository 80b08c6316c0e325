import { sql } from 'kysely';
import type { CaseFile } from '../../../../shared/contracts/record.ts';
import type { FieldValue, TakenRow } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { caseWrites } from '../record/case-writes.ts';
import { looking } from '../record/group.ts';
import { addToTimeline, keepChanges, type RowOwner, recordChanged } from '../record/seam.ts';
import { markScoreDue } from '../score-due.ts';
import type { Incoming } from './exchange-writes.ts';
import { type Party, partyWithId } from './parties.ts';
import { columnNamed, fieldsOfRow, type OwnedType, ownedTables, stored } from './resource-tables.ts';

type StoredRow = Readonly<Record<string, unknown>>;

/** Something somebody has: created, or changed where this source has told of it before. */
export async function takeOwned(db: WriteHandle, incoming: Incoming, named: Party | null): Promise<TakenRow> {
  const { row, changeId, scope, at } = incoming;
  const type = row.type as OwnedType;
  const id = incoming.knownId ?? changeId;
  const before = await rowOf(db, type, id);
  if (!before && row.id !== null) return gone;
  if (before) {
    const had = await ownerOf(db, before, scope);
    if (!had) return gone;
    const isOurs = named !== null && JSON.stringify(named.owner) !== JSON.stringify(had);
    if (isOurs && type === 'TroubleTicket')
      return { outcome: 'refused', why: 'conflict', message: 'A case cannot become another customer’s.' };
    const refused = await change(db, incoming, id, before, isOurs ? (named?.owner ?? had) : had);
    return refused ?? { outcome: 'updated', id };
  }
  if (!named) return { outcome: 'refused', why: 'notFound', message: 'It does not say whose it is.' };
  const refused = type === 'TroubleTicket' ? await openCase(db, incoming, id, named) : await create(db, incoming, id, named.owner);
  if (refused) return refused;
  await markScoreDue(db, { contactId: named.owner.contact_id, accountId: named.owner.account_id }, at);
  return { outcome: 'created', id };
}

const gone = { outcome: 'refused', why: 'notFound', message: 'There is nothing of this id that you may see.' } as const;

async function rowOf(db: WriteHandle, type: OwnedType, id: string): Promise<StoredRow | undefined> {
  const { table, id: key } = ownedTables[type];
  return db
    .selectFrom(table as 'bill')
    .selectAll()
    .where(key as 'bill_id', '=', id)
    .executeTakeFirst();
}

async function ownerOf(db: WriteHandle, row: StoredRow, scope: Incoming['scope']): Promise<RowOwner | null> {
  const party = await partyWithId(looking(db), String(row.contact_id ?? row.account_id), scope);
  return party?.owner ?? null;
}

async function create(db: WriteHandle, incoming: Incoming, id: string, owner: RowOwner): Promise<null> {
  const { row, author } = incoming;
  const type = row.type as OwnedType;
  const { table, id: key, unsaid } = ownedTables[type];
  const provenance = table === 'timeline_entry' ? {} : { source: author.name, source_at: row.at };
  const external = keepsExternalId.has(table) ? { external_id: row.externalId } : {};
  await db
    .insertInto(table as 'bill')
    .values({ [key]: id, ...owner, ...columnsOf({ ...unsaid, ...row.fields }), ...provenance, ...external } as never)
    .execute();
  await afterwards(db, incoming, id, owner, null);
  return null;
}

/** Tables that keep the id of the other system in the row as well, for people to read. */
const keepsExternalId: ReadonlySet<string> = new Set(['product', 'contract', 'customer_case', 'bill']);

async function change(db: WriteHandle, incoming: Incoming, id: string, before: StoredRow, owner: RowOwner): Promise<TakenRow | null> {
  const { row, author, at, changeId } = incoming;
  const type = row.type as OwnedType;
  const { table, id: key, unsaid, subject } = ownedTables[type];
  const had = fieldsOfRow(type, before);
  const changes = Object.entries(row.fields)
    .map(([field, value]) => ({ field, before: had[field] ?? null, after: value ?? unsaid[field] ?? null }))
    .filter((each) => each.before !== each.after);
  const columns = columnsOf(Object.fromEntries(changes.map(({ field, after }) => [field, after])));
  const provenance = table === 'timeline_entry' ? {} : { source: author.name, source_at: row.at };
  const revision = table === 'customer_case' && changes.length > 0 ? { revision: Number(before.revision) + 1 } : {};
  await db
    .updateTable(table as 'bill')
    .set({ ...columns, ...owner, ...provenance, ...revision } as never)
    .where(key as 'bill_id', '=', id)
    .execute();
  if (subject !== null) await keepChanges(db, { changeId, author, at, owner, subjectKind: subject, subjectId: id }, changes);
  await afterwards(db, incoming, id, owner, before);
  await markScoreDue(db, { contactId: owner.contact_id, accountId: owner.account_id }, at);
  return null;
}

function columnsOf(fields: Readonly<Record<string, FieldValue>>): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [columnNamed(field), stored(value)]));
}

/** What follows from a row that was written: sums, the line in the stream, what is found. */
async function afterwards(db: WriteHandle, incoming: Incoming, id: string, owner: RowOwner, before: StoredRow | null): Promise<void> {
  const { row, author, at } = incoming;
  const after = (await rowOf(db, row.type as OwnedType, id)) ?? {};
  switch (row.type) {
    case 'CustomerBill': {
      const money = (amount: number) => moneyText(amount, String(after.currency));
      const subject = { kind: 'bill', id };
      const outcome = author.name;
      if (!before)
        await addToTimeline(db, {
          ...{ entryId: `${id}.bill`, owner, at: Number(after.issued_at), kind: 'bill', title: String(after.number) },
          ...{ detail: money(Number(after.amount)), outcome, subject },
        });
      const paid = Number(after.paid) - Number(before?.paid ?? 0);
      if (paid <= 0) return;
      const paymentId = `${incoming.changeId}.paid`;
      await db
        .insertInto('payment')
        .values({
          ...{ payment_id: paymentId, ...owner, bill_id: id, at: row.at, amount: paid, currency: String(after.currency), method: null },
          ...{ source: author.name, source_at: row.at },
        })
        .onConflict((conflict) => conflict.column('payment_id').doNothing())
        .execute();
      await addToTimeline(db, {
        ...{ entryId: paymentId, owner, at: row.at, kind: 'payment', title: String(after.number), detail: money(paid), outcome, subject },
      });
      return;
    }
    case 'Usage': {
      await sumUp(db, incoming, owner, String(after.month), String(after.kind));
      if (before && (before.month !== after.month || before.kind !== after.kind))
        await sumUp(db, incoming, owner, String(before.month), String(before.kind));
      return;
    }
    case 'TroubleTicket': {
      for (const step of row.steps)
        await db
          .insertInto('case_step')
          .values({
            ...{ step_id: `${id}.${step.id}`, case_id: id, at: step.at, author_id: null, author: step.author || author.name },
            ...{ kind: 'note', text: step.text },
          })
          .onConflict((conflict) => conflict.column('step_id').doNothing())
          .execute();
      if (after.closed_at !== null && !before?.closed_at)
        await addToTimeline(db, {
          ...{ entryId: `${id}.closed.${row.at}`, owner, at: Number(after.closed_at), kind: 'case' },
          ...{
            title: `${String(after.number)} ${String(after.subject)}`,
            detail: String(after.outcome ?? '') || null,
            outcome: author.name,
          },
          subject: { kind: 'case', id },
        });
      await recordChanged(db, { contactIds: owner.contact_id === null ? [] : [owner.contact_id], caseIds: [id] }, at);
      return;
    }
    default:
      return;
  }
}

/** Opened as any case is, with its number, its deadlines by contract and its line in the stream; then what the other system says of it. */
async function openCase(db: WriteHandle, incoming: Incoming, id: string, { owner }: Party): Promise<TakenRow | null> {
  const { row, author, scope } = incoming;
  const contactId = owner.contact_id;
  if (contactId === null)
    return { outcome: 'refused', why: 'conflict', message: 'A trouble ticket needs a person as its customer: the one it is about.' };
  const { kind, subject, description, priority = 0, openedAt, status = 'open', closedAt, outcome, dueAt } = row.fields;
  const opened = await caseWrites.openCase(db, {
    ...{ changeId: id, author, at: Number(openedAt), scope, contactId, kind: kind as CaseFile['kind'], subject: String(subject) },
    ...{ description: String(description ?? ''), priority: Number(priority), productId: null, ownerAgentId: null, interactionId: null },
  });
  if (!opened.ok)
    return { outcome: 'refused', why: opened.error.code === 'not_found' ? 'notFound' : 'conflict', message: opened.error.message };
  await db
    .updateTable('customer_case')
    .set({
      ...columnsOf({ status, closedAt: closedAt ?? null, outcome: outcome ?? null, ...(dueAt === undefined ? {} : { dueAt }) }),
      ...{ external_id: row.externalId, source: author.name, source_at: row.at },
    })
    .where('case_id', '=', id)
    .execute();
  await afterwards(db, incoming, id, owner, null);
  return null;
}

/** A month of one kind is the sum of all that was told of it in one currency. */
async function sumUp(db: WriteHandle, { changeId, author, row }: Incoming, owner: RowOwner, month: string, kind: string): Promise<void> {
  const key = owner.contact_id === null ? 'account_id' : 'contact_id';
  const told = () =>
    db
      .selectFrom('usage_told')
      .where(key, '=', owner.contact_id ?? owner.account_id)
      .where('month', '=', month)
      .where('kind', '=', kind);
  const last = await told().select(['unit', 'currency']).orderBy('source_at', 'desc').orderBy('usage_id').executeTakeFirst();
  const stale = db
    .deleteFrom('consumption')
    .where(key, '=', owner.contact_id ?? owner.account_id)
    .where('month', '=', month)
    .where('kind', '=', kind);
  if (!last) return void (await stale.execute());
  const { quantity, amount } = await told()
    .select(() => [sql<number>`sum(quantity)`.as('quantity'), sql<number>`sum(amount)`.as('amount')])
    .where('currency', '=', last.currency)
    .executeTakeFirstOrThrow();
  const sum = {
    quantity: Number(quantity),
    amount: Number(amount),
    unit: last.unit,
    currency: last.currency,
    source: author.name,
    source_at: row.at,
  };
  await db
    .insertInto('consumption')
    .values({ consumption_id: `${changeId}.${month}`, ...owner, month, kind, ...sum })
    .onConflict((conflict) => conflict.columns([key, 'month', 'kind']).doUpdateSet(sum))
    .execute();
}

function moneyText(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
