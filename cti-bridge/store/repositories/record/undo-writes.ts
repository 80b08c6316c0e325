import type { Selectable } from 'kysely';
import type { Change, OfContact, RecordRepository } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { Schema, WriteHandle } from '../../schema.ts';
import { type AddressImage, addressImage, keepAddressChange, putAddress } from './address-writes.ts';
import { looking, readGroup, type StoredCard } from './group.ts';
import { type IdentifierImage, imageOf, rowOf } from './identifier-writes.ts';
import { type PlainField, plainFields } from './person-columns.ts';
import { changeCard, customFieldOf } from './person-writes.ts';
import { changedMeanwhile, isKept, jsonOf, keepChanges, noSuchPerson, ofContact, recordChanged, refused } from './seam.ts';

type ChangeRow = Selectable<Schema['record_change']>;
type Undo = Parameters<RecordRepository['undoChange']>[0];

export const undoWrites = {
  /** Puts back what stood before one change, as a change of its own; refused when somebody changed it again since. */
  async undoChange(db: WriteHandle, undo: Undo): Change<null> {
    if (await isKept(db, undo.changeId)) return ok(null);
    const group = await readGroup(looking(db), undo.contactId, undo.scope);
    if (!group) return noSuchPerson;
    const change = await db.selectFrom('record_change').selectAll().where('change_id', '=', undo.undoes).executeTakeFirst();
    if (!change || !group.contactIds.includes(change.contact_id ?? ''))
      return refused('not_found', 'There is no such change of this record.');
    if (change.subject_kind === 'identifier') return undoIdentifier(db, undo, change);
    if (change.subject_kind === 'address') return undoAddress(db, undo, change);
    const card = group.cards.find((each) => each.contactId === change.subject_id);
    if (change.subject_kind !== 'person' || !card || !isEditable(change.field))
      return refused('bad_request', 'This cannot be taken back here.');
    return undoField(db, undo, change, card);
  },
};

function isEditable(field: string): boolean {
  return customFieldOf(field) !== null || plainFields.some((each) => each === field);
}

async function undoField(db: WriteHandle, undo: OfContact, change: ChangeRow, card: StoredCard): Change<null> {
  const id = customFieldOf(change.field);
  const now = id === null ? card.fields[change.field as PlainField] : card.fields.custom[id];
  if (jsonOf(now) !== change.after) return changedMeanwhile;
  const before: unknown = change.before === null ? null : JSON.parse(change.before);
  await changeCard(db, card, [{ field: change.field, before: now, after: before }], { ...undo, undoes: change.change_id });
  return ok(null);
}

async function undoIdentifier(db: WriteHandle, undo: OfContact, change: ChangeRow): Change<null> {
  const row = await db.selectFrom('identifier').selectAll().where('identifier_id', '=', change.subject_id).executeTakeFirst();
  const now = row ? imageOf(row) : null;
  if (jsonOf(now) !== change.after) return changedMeanwhile;
  const before = change.before === null ? null : (JSON.parse(change.before) as IdentifierImage);
  if (before === null) await db.deleteFrom('identifier').where('identifier_id', '=', change.subject_id).execute();
  else {
    const values = rowOf(before);
    const taken = await db
      .selectFrom('identifier')
      .select('identifier_id')
      .where('value', '=', before.value)
      .where((where) => where.or([where('contact_id', '=', before.contactId), where('account_id', '=', before.accountId)]))
      .where('identifier_id', '<>', before.identifierId)
      .executeTakeFirst();
    if (taken) return changedMeanwhile;
    await db
      .insertInto('identifier')
      .values({ ...values, last_used_at: null, import_id: null, source: null, source_at: null, created_at: undo.at })
      .onConflict((conflict) => conflict.column('identifier_id').doUpdateSet(values))
      .execute();
  }
  const contactId = change.contact_id ?? '';
  const made = { ...undo, owner: ofContact(contactId), subjectKind: 'identifier', subjectId: change.subject_id, undoes: change.change_id };
  await keepChanges(db, made, [{ field: 'identifier', before: now, after: before }]);
  const accounts = [now?.accountId, before?.accountId].filter((each) => each != null);
  await recordChanged(db, { contactIds: [contactId], accountIds: accounts }, undo.at);
  return ok(null);
}

async function undoAddress(db: WriteHandle, undo: OfContact, change: ChangeRow): Change<null> {
  const row = await db.selectFrom('address').selectAll().where('address_id', '=', change.subject_id).executeTakeFirst();
  const now = row ? addressImage(row) : null;
  if (jsonOf(now) !== change.after) return changedMeanwhile;
  const before = change.before === null ? null : (JSON.parse(change.before) as AddressImage);
  await putAddress(db, before, now);
  await keepAddressChange(db, { ...undo, undoes: change.change_id }, now, before);
  return ok(null);
}
