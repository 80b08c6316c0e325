import { sql } from 'kysely';
import type { ContactPage, FullIdentifier } from '../../../../shared/contracts/record.ts';
import { type CustomerScope, type RecordOwner, type SubjectKind, shownFields } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { readCards } from '../contact/cards.ts';
import { readRecordOf } from '../contact/record.ts';
import { withCompaniesIn } from '../contact/summary.ts';
import { caseFilesWhere } from './case-reads.ts';
import { offersOf, promisesWhere, tasksWhere } from './commitment-reads.ts';
import { type Group, isOfGroup, provenanceOf, type RowsOwner, readGroup } from './group.ts';
import { streamOf } from './stream-reads.ts';
import { readConsumptionOf, readScoreOf } from './value-of-customer.ts';

const firstOfStream = { before: null, limit: 30, kinds: [], text: '' } as const;

export const recordPageReads = {
  /** Everything of one person: of all their cards, and what is their companies' as theirs too. */
  async readContactPage(db: ReadHandle, contactId: string, scope: CustomerScope, at: number): Promise<ContactPage | null> {
    const group = await readGroup(db, contactId, scope);
    if (!group) return null;
    const record = await readRecordOf(db, withCompaniesIn(await readCards(db, group.headId), scope), at);
    const [head] = group.cards;
    return {
      // The pop's stream is the person's alone; the page's is also their companies', with what each entry opens.
      record: { ...record, timeline: await streamOf(db, group, firstOfStream) },
      fields: shownFields(group.cards),
      revision: group.revision,
      provenance: head ? provenanceOf({ source: head.source, source_at: head.sourceAt }) : null,
      cards: group.cards.map((card) => ({ contactId: card.contactId, name: card.fields.name })),
      accounts: await accountsOf(db, group),
      identifiers: await identifiersOf(db, group),
      addresses: await addressesOf(db, group),
      cases: await caseFilesWhere(db, (where) => where('contact_id', 'in', group.contactIds), { limit: 200 }),
      promises: await promisesWhere(db, (where) => where('promise.contact_id', 'in', group.contactIds)),
      tasks: await tasksWhere(db, (where) => where('task.contact_id', 'in', group.contactIds)),
      products: await productsOf(db, group),
      contracts: await contractsOf(db, group),
      bills: await billsOf(db, group),
      consumption: await readConsumptionOf(db, group, at),
      offers: await offersOf(db, group.contactIds),
      attachments: await attachmentsOf(db, group),
      score: await readScoreOf(db, group),
      notes: record.notes,
    };
  },

  async seesPerson(db: ReadHandle, contactId: string, scope: CustomerScope): Promise<boolean> {
    return (await readGroup(db, contactId, scope)) !== null;
  },

  async isSamePerson(db: ReadHandle, oneId: string, otherId: string): Promise<boolean> {
    const heads = await db.selectFrom('person').select(['contact_id', 'head_id']).where('contact_id', 'in', [oneId, otherId]).execute();
    const headOf = (contactId: string) => heads.find((row) => row.contact_id === contactId)?.head_id;
    return headOf(oneId) !== undefined && headOf(oneId) === headOf(otherId);
  },

  /** Whose something is; null when there is no such thing. */
  async ownerOfSubject(db: ReadHandle, kind: SubjectKind, id: string): Promise<RecordOwner | null> {
    const table = { case: 'customer_case', promise: 'promise', task: 'task', offer: 'offer_made', attachment: 'attachment' }[kind];
    const key = { case: 'case_id', promise: 'promise_id', task: 'task_id', offer: 'offer_id', attachment: 'attachment_id' }[kind];
    const hasAccount = kind === 'task' || kind === 'attachment';
    const { rows } = await sql<{ contact_id: string | null; account_id: string | null }>`
      select contact_id, ${hasAccount ? sql.ref('account_id') : sql`null`} as account_id from ${sql.table(table)} where ${sql.ref(key)} = ${id}
    `.execute(db as never);
    const [row] = rows;
    return row ? { contactId: row.contact_id, accountId: row.account_id } : null;
  },
};

async function accountsOf(db: ReadHandle, group: Group): Promise<ContactPage['accounts']> {
  if (group.accountIds.length === 0) return [];
  const rows = await db
    .selectFrom('person_account')
    .innerJoin('account', 'account.account_id', 'person_account.account_id')
    .select([
      'account.account_id',
      'account.name',
      'account.kind',
      'person_account.role',
      'person_account.is_primary',
      'person_account.contact_id',
    ])
    .where('person_account.contact_id', 'in', group.contactIds)
    .where('account.account_id', 'in', group.accountIds)
    .execute();
  return group.accountIds.flatMap((accountId, index) => {
    const links = rows.filter((row) => row.account_id === accountId);
    const link = links.find((row) => row.contact_id === group.headId) ?? links[0];
    return link ? [{ accountId, name: link.name, kind: link.kind, role: link.role, isPrimary: index === 0 && link.is_primary === 1 }] : [];
  });
}

export async function identifiersOf(db: ReadHandle, group: RowsOwner): Promise<FullIdentifier[]> {
  const rows = await db
    .selectFrom('identifier')
    .selectAll()
    .where(isOfGroup(group))
    .orderBy(sql`last_used_at is null`)
    .orderBy('last_used_at', 'desc')
    .orderBy('value')
    .orderBy('identifier_id')
    .limit(500)
    .execute();
  return rows.map(toFullIdentifier);
}

export function toFullIdentifier(row: {
  readonly identifier_id: string;
  readonly contact_id: string | null;
  readonly account_id: string | null;
  readonly kind: string;
  readonly value: string;
  readonly label: string | null;
  readonly extension: string | null;
  readonly is_verified: number;
  readonly is_shared: number;
  readonly last_used_at: number | null;
  readonly source: string | null;
  readonly source_at: number | null;
}): FullIdentifier {
  return {
    identifierId: row.identifier_id,
    contactId: row.contact_id,
    accountId: row.account_id,
    kind: row.kind as FullIdentifier['kind'],
    value: row.value,
    label: row.label,
    extension: row.extension,
    verified: row.is_verified === 1,
    shared: row.is_shared === 1,
    lastUsedAt: row.last_used_at,
    provenance: provenanceOf(row),
  };
}

async function addressesOf(db: ReadHandle, group: Group): Promise<ContactPage['addresses']> {
  const rows = await db
    .selectFrom('address')
    .selectAll()
    .where('contact_id', 'in', group.contactIds)
    .orderBy('kind')
    .orderBy('address_id')
    .execute();
  return rows.map((row) => ({
    addressId: row.address_id,
    kind: row.kind as ContactPage['addresses'][number]['kind'],
    lines: row.lines,
    city: row.city,
    region: row.region,
    postalCode: row.postal_code,
    country: row.country,
  }));
}

export async function productsOf(db: ReadHandle, group: RowsOwner): Promise<ContactPage['products']> {
  const rows = await db
    .selectFrom('product')
    .selectAll()
    .where(isOfGroup(group))
    .orderBy('quantity', 'desc')
    .orderBy('product_id')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    productId: row.product_id,
    name: row.name,
    detail: row.detail,
    quantity: row.quantity,
    unused: row.unused,
    serial: row.serial,
    lineNumber: row.line_number,
    startsAt: row.starts_at,
    warrantyEndsAt: row.warranty_ends_at,
    status: row.status as ContactPage['products'][number]['status'],
    provenance: provenanceOf(row),
  }));
}

export async function contractsOf(db: ReadHandle, group: RowsOwner): Promise<ContactPage['contracts']> {
  const rows = await db
    .selectFrom('contract')
    .selectAll()
    .where(isOfGroup(group))
    .orderBy('ends_at', 'desc')
    .orderBy('contract_id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    contractId: row.contract_id,
    name: row.name,
    number: row.number,
    level: row.level,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    responseHours: row.response_hours,
    resolutionHours: row.resolution_hours,
    provenance: provenanceOf(row),
  }));
}

export async function billsOf(db: ReadHandle, group: RowsOwner): Promise<ContactPage['bills']> {
  const rows = await db
    .selectFrom('bill')
    .selectAll()
    .where(isOfGroup(group))
    .orderBy('issued_at', 'desc')
    .orderBy('bill_id')
    .limit(60)
    .execute();
  return rows.map((row) => ({
    billId: row.bill_id,
    number: row.number,
    month: row.month,
    issuedAt: row.issued_at,
    dueAt: row.due_at,
    amount: row.amount,
    paid: row.paid,
    currency: row.currency,
    provenance: provenanceOf(row),
  }));
}

async function attachmentsOf(db: ReadHandle, group: Group): Promise<ContactPage['attachments']> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('contact_id', 'in', group.contactIds)
    .orderBy('added_at', 'desc')
    .orderBy('attachment_id')
    .execute();
  return rows.map(toAttachment);
}

export function toAttachment(row: {
  readonly attachment_id: string;
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly added_at: number;
  readonly added_by: string;
}): ContactPage['attachments'][number] {
  return {
    attachmentId: row.attachment_id,
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    addedAt: row.added_at,
    addedBy: row.added_by,
  };
}
