import { type SelectQueryBuilder, sql } from 'kysely';
import type { TmfType } from '../../../../shared/contracts/tmf/index.ts';
import type { CustomerScope, FieldValue, ResourceFilter, RowIdentifier, StoredResource } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import { fieldsOf } from '../record/person-columns.ts';
import { findParty, partyWithId } from './parties.ts';
import { columnNamed, fieldsOfRow, isOwned, type OwnedType, ownedTables } from './resource-tables.ts';

type Listed = { readonly rows: readonly StoredResource[]; readonly total: number };

export const exchangeReads = {
  async readResource(db: ReadHandle, type: TmfType, id: string, source: string, scope: CustomerScope): Promise<StoredResource | null> {
    if (isOwned(type)) return (await owned(db, type, source, scope, { ...everything, id })).rows[0] ?? null;
    const party = await partyWithId(db, id, scope);
    const fits = party && (type === 'Customer' || (type === 'Individual') === (party.owner.contact_id !== null));
    return fits ? ((await parties(db, type, [id], source))[0] ?? null) : null;
  },

  async listResources(db: ReadHandle, type: TmfType, source: string, scope: CustomerScope, filter: ResourceFilter): Promise<Listed> {
    const subjectId = filter.externalId === null ? null : await subjectOf(db, type, filter.externalId, source);
    if (filter.externalId !== null && subjectId === null) return nothing;
    const named = filter.owner === null ? null : await findParty(db, filter.owner, source, scope);
    if (filter.owner !== null && !named) return nothing;
    const ownerId = named ? (named.owner.contact_id ?? named.owner.account_id) : null;
    if (isOwned(type)) return owned(db, type, source, scope, { ...filter, id: subjectId, ownerId });
    return listParties(db, type, source, scope, { ...filter, id: subjectId ?? ownerId });
  },
};

const nothing: Listed = { rows: [], total: 0 };
const everything = { offset: 0, limit: 1, ownerId: null };

async function subjectOf(db: ReadHandle, type: TmfType, externalId: string, source: string): Promise<string | null> {
  const row = await db
    .selectFrom('exchange_id')
    .select('subject_id')
    .where('source', '=', source)
    .where('resource', '=', type)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return row?.subject_id ?? null;
}

interface Wanted {
  readonly offset: number;
  readonly limit: number;
  readonly id: string | null;
  readonly ownerId: string | null;
}

async function owned(db: ReadHandle, type: OwnedType, source: string, { units }: CustomerScope, wanted: Wanted): Promise<Listed> {
  const { table, id, orderedBy } = ownedTables[type];
  // All of these tables are owned alike; one of them stands for all before the compiler.
  const of = (column: string) => sql.ref<string>(`${table}.${column}`);
  let query = (db.selectFrom(table as 'bill') as unknown as SelectQueryBuilder<Schema, 'bill' | 'person' | 'account', object>)
    .leftJoin('person', 'person.contact_id', of('contact_id') as never)
    .leftJoin('person as head', 'head.contact_id', 'person.head_id')
    .leftJoin('account', (join) => join.on('account.account_id', '=', of('account_id')).on(of('contact_id'), 'is', null));
  if (units !== null) {
    const unit = sql<string | null>`coalesce(head.org_unit_id, account.org_unit_id)`;
    query = query.where((where) => where.or([where(unit, 'is', null), ...(units.length === 0 ? [] : [where(unit, 'in', [...units])])]));
  }
  if (wanted.id !== null) query = query.where(of(id), '=', wanted.id);
  const { ownerId } = wanted;
  if (ownerId !== null)
    query = query.where((where) => where.or([where(of('contact_id'), '=', ownerId), where(of('account_id'), '=', ownerId)]));
  if (type === 'PartyInteraction') query = query.where(of('kind'), 'in', ['call', 'email', 'sms', 'chat', 'visit', 'note']);
  const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = (await query
    .selectAll(table as 'bill')
    .select(['person.name as person_name', 'account.name as account_name'])
    .orderBy(of(orderedBy), 'desc')
    .orderBy(of(id))
    .offset(wanted.offset)
    .limit(wanted.limit)
    .execute()) as readonly Readonly<Record<string, unknown>>[];
  const ids = rows.map((row) => String(row[id]));
  const known = await externalIds(db, type, source, ids);
  const steps = type === 'TroubleTicket' && ids.length > 0 ? await stepsOf(db, ids) : [];
  return {
    total: Number(total),
    rows: rows.map((row) => ({
      type,
      id: String(row[id]),
      externalId: known.get(String(row[id]))?.externalId ?? null,
      at: Number(known.get(String(row[id]))?.at ?? row.source_at ?? row[columnNamed('openedAt')] ?? row.issued_at ?? row.at ?? 0),
      owner: String(row.contact_id ?? row.account_id),
      ownerName: (row.person_name ?? row.account_name ?? null) as string | null,
      ownerKind: row.contact_id === null ? 'Organization' : 'Individual',
      fields: fieldsOfRow(type, row),
      ...{ identifiers: [], addresses: [], companies: [] },
      steps: steps
        .filter((step) => step.case_id === row[id])
        .map((step) => ({ id: step.step_id, at: step.at, author: step.author, text: step.text })),
    })),
  };
}

function stepsOf(db: ReadHandle, caseIds: readonly string[]) {
  return db
    .selectFrom('case_step')
    .selectAll()
    .where('case_id', 'in', [...caseIds])
    .where('kind', '=', 'note')
    .where('text', '!=', '')
    .orderBy('at')
    .execute();
}

async function externalIds(db: ReadHandle, type: TmfType, source: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { externalId: string; at: number }>();
  const rows = await db
    .selectFrom('exchange_id')
    .select(['subject_id', 'external_id', 'at'])
    .where('subject_id', 'in', [...ids])
    .where('source', '=', source)
    .where('resource', '=', type)
    .execute();
  return new Map(rows.map((row) => [row.subject_id, { externalId: row.external_id, at: row.at }]));
}

async function listParties(
  db: ReadHandle,
  type: TmfType,
  source: string,
  { units }: CustomerScope,
  wanted: { readonly offset: number; readonly limit: number; readonly id: string | null },
): Promise<Listed> {
  if (type === 'Organization') {
    let query = db.selectFrom('account');
    if (units !== null)
      query = query.where((where) =>
        where.or([where('org_unit_id', 'is', null), ...(units.length === 0 ? [] : [where('org_unit_id', 'in', [...units])])]),
      );
    if (wanted.id !== null) query = query.where('account_id', '=', wanted.id);
    const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rows = await query.select('account_id').orderBy('account_id').offset(wanted.offset).limit(wanted.limit).execute();
    return {
      total: Number(total),
      rows: await parties(
        db,
        type,
        rows.map((row) => row.account_id),
        source,
      ),
    };
  }
  if (type === 'Customer' && wanted.id !== null) {
    const rows = await parties(db, type, [wanted.id], source);
    return { total: rows.length, rows };
  }
  let query = db.selectFrom('person').innerJoin('person as head', 'head.contact_id', 'person.head_id');
  if (units !== null)
    query = query.where((where) =>
      where.or([where('head.org_unit_id', 'is', null), ...(units.length === 0 ? [] : [where('head.org_unit_id', 'in', [...units])])]),
    );
  if (wanted.id !== null) query = query.where('person.contact_id', '=', wanted.id);
  const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await query.select('person.contact_id').orderBy('person.contact_id').offset(wanted.offset).limit(wanted.limit).execute();
  return {
    total: Number(total),
    rows: await parties(
      db,
      type,
      rows.map((row) => row.contact_id),
      source,
    ),
  };
}

/** People and companies of these ids, in that order. */
async function parties(db: ReadHandle, type: TmfType, ids: readonly string[], source: string): Promise<readonly StoredResource[]> {
  if (ids.length === 0) return [];
  const some = [...ids];
  const people = await db.selectFrom('person').selectAll().where('contact_id', 'in', some).execute();
  const accounts = await db.selectFrom('account').selectAll().where('account_id', 'in', some).execute();
  const belongs = (table: 'identifier' | 'address') =>
    db
      .selectFrom(table as 'identifier')
      .selectAll()
      .where((where) => where.or([where('contact_id', 'in', some), where('account_id', 'in', some)]))
      .orderBy((table === 'identifier' ? 'identifier_id' : 'address_id') as 'identifier_id')
      .execute();
  const identifiers = await belongs('identifier');
  const addresses = (await belongs('address')) as unknown as readonly Schema['address'][];
  const companies = await db.selectFrom('person_account').selectAll().where('contact_id', 'in', some).where('until', 'is', null).execute();
  const known = await externalIds(db, type, source, ids);
  const parents = await db
    .selectFrom('account')
    .select(['account_id', 'name'])
    .where('account_id', 'in', [...accounts.flatMap((row) => row.parent_id ?? []), ''])
    .execute();

  const whole = (
    id: string,
    name: string,
    kind: 'Individual' | 'Organization',
    at: number,
    fields: Record<string, FieldValue>,
  ): StoredResource => {
    const parentId = accounts.find((row) => row.account_id === id)?.parent_id ?? null;
    const isCustomer = type === 'Customer';
    return {
      type,
      id,
      externalId: known.get(id)?.externalId ?? null,
      at: known.get(id)?.at ?? at,
      owner: isCustomer ? id : parentId,
      ownerName: isCustomer ? name : (parents.find((row) => row.account_id === parentId)?.name ?? null),
      ownerKind: kind,
      fields,
      identifiers: identifiers
        .filter((row) => row.contact_id === id || row.account_id === id)
        .map((row): RowIdentifier => ({ kind: row.kind as RowIdentifier['kind'], value: row.value, extension: row.extension })),
      addresses: addresses
        .filter((row) => row.contact_id === id || row.account_id === id)
        .map((row) => ({
          kind: row.kind as StoredResource['addresses'][number]['kind'],
          lines: row.lines,
          city: row.city,
          region: row.region,
          postalCode: row.postal_code,
          country: row.country,
        })),
      companies: companies.filter((row) => row.contact_id === id).map((row) => ({ ref: row.account_id, role: row.role })),
      steps: [],
    };
  };
  const found = new Map<string, StoredResource>();
  for (const row of people) {
    const { custom: _custom, prefersFrom: _from, prefersUntil: _until, ...fields } = fieldsOf(row);
    const shown = type === 'Customer' ? pick(fields, standing) : fields;
    found.set(row.contact_id, whole(row.contact_id, row.name, 'Individual', row.source_at ?? row.updated_at, said(shown)));
  }
  for (const row of accounts) {
    const { name, kind, industry, tier, segment, stage, org_unit_id: orgUnitId } = row;
    const fields = { name, kind, industry, tier, segment, stage, orgUnitId };
    const shown = type === 'Customer' ? pick(fields, standing) : fields;
    found.set(row.account_id, whole(row.account_id, name, 'Organization', row.source_at ?? row.updated_at, said(shown)));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

const standing = ['tier', 'segment', 'stage', 'orgUnitId'];
function pick(fields: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
const said = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as Record<string, FieldValue>;
