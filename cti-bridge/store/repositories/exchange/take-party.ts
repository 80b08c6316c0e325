import type { PersonEdit } from '../../../../shared/contracts/record.ts';
import type { FieldValue, ResourceRow, RowIdentifier, TakenRow } from '../../../crm/index.ts';
import { nameKey } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { looking, readGroup } from '../record/group.ts';
import { imageOf } from '../record/identifier-writes.ts';
import { columnOf, type PlainField, plainFields } from '../record/person-columns.ts';
import { changeCard } from '../record/person-writes.ts';
import { type FieldChange, keepChanges, ofAccount, ofContact, type RowOwner, recordChanged } from '../record/seam.ts';
import type { Incoming } from './exchange-writes.ts';
import { findParty, type Party } from './parties.ts';
import { columnNamed, stored } from './resource-tables.ts';

/** A person, a company, or what one of them is to us as a customer. `named`: the parent of a company, the party of a customer. */
export async function takeParty(db: WriteHandle, incoming: Incoming, named: Party | null): Promise<TakenRow> {
  const { row, knownId, scope } = incoming;
  if (row.type === 'Customer') {
    const party = named ?? (knownId === null ? null : await findParty(looking(db), knownId, incoming.source, scope));
    if (!party) return nobody;
    const id = party.owner.contact_id ?? party.owner.account_id ?? '';
    const refused = party.owner.contact_id ? await changePerson(db, incoming, id) : await changeAccount(db, incoming, id, null);
    return refused ?? { outcome: knownId === null ? 'created' : 'updated', id };
  }
  const id = knownId ?? incoming.changeId;
  const isThere = await exists(db, row.type === 'Individual' ? 'person' : 'account', id);
  if (!isThere && row.id !== null) return nobody;
  if (!isThere) {
    const unit = row.fields.orgUnitId ?? incoming.orgUnitId;
    if (!mayPut(incoming, unit)) return elsewhere;
    if (row.type === 'Individual') await createPerson(db, incoming, id, unit as string | null);
    else await createAccount(db, incoming, id, unit as string | null, named);
    return { outcome: 'created', id };
  }
  const refused = row.type === 'Individual' ? await changePerson(db, incoming, id) : await changeAccount(db, incoming, id, named);
  return refused ?? { outcome: 'updated', id };
}

const nobody = { outcome: 'refused', why: 'notFound', message: 'There is nobody of this id whom you may see.' } as const;
const elsewhere = { outcome: 'refused', why: 'conflict', message: 'The orgUnit is not among those whose customers you may see.' } as const;

function mayPut({ scope }: Incoming, unit: FieldValue): boolean {
  return scope.units === null || unit === null || scope.units.includes(String(unit));
}

async function exists(db: WriteHandle, table: 'person' | 'account', id: string): Promise<boolean> {
  const row =
    table === 'person'
      ? await db.selectFrom('person').select('contact_id').where('contact_id', '=', id).executeTakeFirst()
      : await db.selectFrom('account').select('account_id').where('account_id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function createPerson(db: WriteHandle, incoming: Incoming, contactId: string, unit: string | null): Promise<void> {
  const { row, at, author } = incoming;
  const name = String(row.fields.name);
  const columns = plainFields.map((field) => {
    const value = row.fields[field];
    return value === undefined || value === null ? {} : columnOf(field as PlainField, value as PersonEdit[PlainField]);
  });
  await db
    .insertInto('person')
    .values({
      ...{ contact_id: contactId, head_id: contactId, name, name_key: nameKey(name), tier: 'standard' },
      locale: /\p{Script=Han}/u.test(name) ? 'zh' : 'en',
      ...{ allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0, allows_call_offers: 0 },
      ...Object.assign({}, ...columns),
      ...{ org_unit_id: unit, source: author.name, source_at: row.at, created_at: at, updated_at: at },
    })
    .execute();
  await keepChanges(
    db,
    { changeId: incoming.changeId, author, at, owner: ofContact(contactId), subjectKind: 'person', subjectId: contactId },
    [{ field: 'created', before: null, after: { name } }],
  );
  await takeReach(db, incoming, ofContact(contactId));
  await recordChanged(db, { contactIds: [contactId] }, at);
}

async function changePerson(db: WriteHandle, incoming: Incoming, contactId: string): Promise<TakenRow | null> {
  const { row, scope, author, at, changeId } = incoming;
  const group = await readGroup(looking(db), contactId, scope);
  const card = group?.cards.find((each) => each.contactId === contactId);
  if (!card) return nobody;
  const changes: FieldChange[] = [];
  for (const field of plainFields) {
    const wanted = row.fields[field];
    if (wanted === undefined || wanted === card.fields[field]) continue;
    const after = wanted ?? unsaidOfPerson[field] ?? null;
    if (after === null && neverEmpty.has(field)) continue;
    if (field === 'orgUnitId' && !mayPut(incoming, after)) return elsewhere;
    changes.push({ field, before: card.fields[field], after });
  }
  if (changes.length > 0) await changeCard(db, card, changes, { changeId, author, at });
  await db.updateTable('person').set({ source: author.name, source_at: row.at }).where('contact_id', '=', contactId).execute();
  await takeReach(db, incoming, ofContact(contactId));
  await recordChanged(db, { contactIds: [contactId] }, at);
  return null;
}

const unsaidOfPerson: Readonly<Record<string, FieldValue>> = {
  tier: 'standard',
  allowsRecording: false,
  allowsCallOffers: false,
  allowsSmsOffers: false,
  allowsEmailOffers: false,
};
const neverEmpty: ReadonlySet<string> = new Set(['name', 'locale']);

const accountFields = ['name', 'kind', 'industry', 'tier', 'segment', 'stage', 'orgUnitId'] as const;

async function createAccount(
  db: WriteHandle,
  incoming: Incoming,
  accountId: string,
  unit: string | null,
  parent: Party | null,
): Promise<void> {
  const { row, at, author } = incoming;
  const name = String(row.fields.name);
  await db
    .insertInto('account')
    .values({
      ...{ account_id: accountId, name, name_key: nameKey(name), kind: row.fields.kind === 'household' ? 'household' : 'company' },
      ...{ is_key_account: 0, tier: text(row.fields.tier), segment: text(row.fields.segment), stage: text(row.fields.stage) },
      ...{ industry: text(row.fields.industry), org_unit_id: unit, parent_id: parent?.owner.account_id ?? null },
      ...{ source: author.name, source_at: row.at, created_at: at, updated_at: at },
    })
    .execute();
  await keepChanges(
    db,
    { changeId: incoming.changeId, author, at, owner: ofAccount(accountId), subjectKind: 'account', subjectId: accountId },
    [{ field: 'created', before: null, after: { name } }],
  );
  await takeReach(db, incoming, ofAccount(accountId));
  await recordChanged(db, { accountIds: [accountId] }, at);
}

async function changeAccount(db: WriteHandle, incoming: Incoming, accountId: string, parent: Party | null): Promise<TakenRow | null> {
  const { row, author, at, changeId, scope } = incoming;
  const account = await db.selectFrom('account').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  const isSeen = account && (scope.units === null || account.org_unit_id === null || scope.units.includes(account.org_unit_id));
  if (!isSeen) return nobody;
  const changes: FieldChange[] = [];
  const set: Record<string, string | number | null> = {};
  for (const field of accountFields) {
    const wanted = row.fields[field];
    const before = account[columnNamed(field) as keyof typeof account];
    if (wanted === undefined || wanted === before || ((field === 'name' || field === 'kind') && wanted === null)) continue;
    if (field === 'orgUnitId' && !mayPut(incoming, wanted)) return elsewhere;
    changes.push({ field, before, after: wanted });
    set[columnNamed(field)] = stored(wanted);
  }
  const parentId = parent?.owner.account_id ?? null;
  if (row.type === 'Organization' && parentId !== null && parentId !== account.parent_id) {
    if (await isBelow(db, parentId, accountId))
      return { outcome: 'refused', why: 'conflict', message: 'A company cannot be below itself.' };
    changes.push({ field: 'parentId', before: account.parent_id, after: parentId });
    set.parent_id = parentId;
  }
  if (typeof set.name === 'string') set.name_key = nameKey(set.name);
  await db
    .updateTable('account')
    .set({ ...set, source: author.name, source_at: row.at, revision: account.revision + (changes.length > 0 ? 1 : 0) })
    .where('account_id', '=', accountId)
    .execute();
  await keepChanges(db, { changeId, author, at, owner: ofAccount(accountId), subjectKind: 'account', subjectId: accountId }, changes);
  await takeReach(db, incoming, ofAccount(accountId));
  await recordChanged(db, { accountIds: [accountId] }, at);
  return null;
}

async function isBelow(db: WriteHandle, start: string, above: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let id: string | null = start; id !== null && !seen.has(id); ) {
    if (id === above) return true;
    seen.add(id);
    const row: { parent_id: string | null } | undefined = await db
      .selectFrom('account')
      .select('parent_id')
      .where('account_id', '=', id)
      .executeTakeFirst();
    id = row?.parent_id ?? null;
  }
  return false;
}

/** How somebody is reached, and where they belong. */
async function takeReach(db: WriteHandle, incoming: Incoming, owner: RowOwner): Promise<void> {
  const { row, source, scope } = incoming;
  for (const [index, identifier] of row.identifiers.entries()) await takeIdentifier(db, incoming, owner, identifier, index);
  for (const identifier of row.removed?.identifiers ?? []) await dropIdentifier(db, incoming, owner, identifier);
  await takeAddresses(db, incoming, owner);
  if (owner.contact_id === null) return;
  for (const { ref, role } of row.companies) {
    const party = await findParty(looking(db), ref, source, scope);
    const accountId = party?.owner.account_id;
    if (!accountId) continue;
    const primary = await db
      .selectFrom('person_account')
      .select('account_id')
      .where('contact_id', '=', owner.contact_id)
      .where('is_primary', '=', 1)
      .executeTakeFirst();
    await db
      .insertInto('person_account')
      .values({ contact_id: owner.contact_id, account_id: accountId, role, is_primary: primary ? 0 : 1 })
      .onConflict((conflict) => conflict.columns(['contact_id', 'account_id']).doUpdateSet({ role, until: null }))
      .execute();
  }
}

async function takeIdentifier(
  db: WriteHandle,
  incoming: Incoming,
  owner: RowOwner,
  identifier: RowIdentifier,
  index: number,
): Promise<void> {
  const { changeId, author, at, row } = incoming;
  const values = {
    ...{ identifier_id: `${changeId}.${index}`, ...owner, kind: identifier.kind, value: identifier.value, label: null },
    ...{ extension: identifier.extension, is_verified: 0, is_shared: owner.account_id === null ? 0 : 1 },
  };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identifier')
    .values({ ...values, last_used_at: null, source: author.name, source_at: row.at, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(numInsertedOrUpdatedRows ?? 0) === 0) return;
  const made = { changeId: `${changeId}.i${index}`, author, at, owner, subjectKind: 'identifier', subjectId: values.identifier_id };
  await keepChanges(db, made, [{ field: 'identifier', before: null, after: imageOf(values) }]);
}

async function dropIdentifier(db: WriteHandle, incoming: Incoming, owner: RowOwner, { value }: RowIdentifier): Promise<void> {
  const { changeId, author, at } = incoming;
  const found = await db
    .selectFrom('identifier')
    .selectAll()
    .where('value', '=', value)
    .where(owner.contact_id === null ? 'account_id' : 'contact_id', '=', owner.contact_id ?? owner.account_id)
    .executeTakeFirst();
  if (!found) return;
  await db.deleteFrom('identifier').where('identifier_id', '=', found.identifier_id).execute();
  const made = {
    changeId: `${changeId}.d.${found.identifier_id}`,
    author,
    at,
    owner,
    subjectKind: 'identifier',
    subjectId: found.identifier_id,
  };
  await keepChanges(db, made, [{ field: 'identifier', before: imageOf(found), after: null }]);
}

/** One of a kind from one source: another one of it takes its place. What a person typed stays. */
async function takeAddresses(db: WriteHandle, { row, author, changeId }: Incoming, owner: RowOwner): Promise<void> {
  const mine = () =>
    db
      .deleteFrom('address')
      .where('source', '=', author.name)
      .where(owner.contact_id === null ? 'account_id' : 'contact_id', '=', owner.contact_id ?? owner.account_id);
  for (const { kind } of row.removed?.addresses ?? []) await mine().where('kind', '=', kind).execute();
  for (const kind of new Set(row.addresses.map((address) => address.kind))) await mine().where('kind', '=', kind).execute();
  const rows = row.addresses.map(({ postalCode, ...address }, index) => ({
    ...{ address_id: `${changeId}.${index}`, ...owner, ...address, postal_code: postalCode, source: author.name, source_at: row.at },
  }));
  if (rows.length > 0) await db.insertInto('address').values(rows).execute();
}

const text = (value: ResourceRow['fields'][string] | undefined): string | null =>
  value === undefined || value === null ? null : String(value);
