import type { CustomValue, PersonEdit } from '../../../../shared/contracts/record.ts';
import { type Change, type NewPerson, nameKey, type OfContact, ownersOf, type RecordRepository, shownFields } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { type Group, isAccountVisible, looking, readGroup, type StoredCard } from './group.ts';
import { heldBy, insertIdentifier, otherHolder } from './identifier-writes.ts';
import { columnOf, type PlainField, plainFields } from './person-columns.ts';
import { changedMeanwhile, type FieldChange, isKept, keepChanges, noSuchAccount, noSuchPerson, ofContact, recordChanged } from './seam.ts';

type Edit = Parameters<RecordRepository['edit']>[0];

export const personWrites = {
  async editPerson(db: WriteHandle, edit: Edit): Change<null> {
    if (await isKept(db, edit.changeId)) return ok(null);
    const group = await readGroup(looking(db), edit.contactId, edit.scope);
    if (!group) return noSuchPerson;
    if (group.revision !== edit.basedOn) return changedMeanwhile;
    let changed = 0;
    for (const [contactId, changes] of changesOf(group, edit.fields)) {
      const card = group.cards.find((each) => each.contactId === contactId);
      if (!card) continue;
      await changeCard(db, card, changes, { ...edit, changeId: changed === 0 ? edit.changeId : `${edit.changeId}-${changed}` });
      changed++;
    }
    return ok(null);
  },

  async createPerson(db: WriteHandle, person: NewPerson): Change<null> {
    const { contactId, accountId, at, author, scope } = person;
    if (await isKept(db, person.changeId)) return ok(null);
    if (accountId !== null && !(await isAccountVisible(looking(db), accountId, scope))) return noSuchAccount;
    for (const { value } of person.isKnownToBeAnother ? [] : person.identifiers) {
      const holder = await otherHolder(looking(db), value, [], scope);
      if (holder) return heldBy(holder);
    }
    const row = {
      contact_id: contactId,
      head_id: contactId,
      name: person.name,
      name_key: nameKey(person.name),
      title: person.title,
      locale: person.locale,
      tier: 'standard',
      org_unit_id: person.orgUnitId,
      allows_recording: 1,
      allows_sms_offers: 0,
      allows_email_offers: 0,
      allows_call_offers: 0,
      created_at: at,
      updated_at: at,
    };
    await db.insertInto('person').values(row).execute();
    if (accountId !== null)
      await db.insertInto('person_account').values({ contact_id: contactId, account_id: accountId, role: null, is_primary: 1 }).execute();
    for (const [index, identifier] of person.identifiers.entries())
      await insertIdentifier(db, {
        ...{ identifier_id: `${person.changeId}.${index}`, ...ofContact(contactId), ...identifier },
        ...{
          label: null,
          is_verified: 0,
          is_shared: 0,
          last_used_at: null,
          import_id: null,
          created_at: at,
          source: null,
          source_at: null,
        },
      });
    const made = { changeId: person.changeId, author, at, owner: ofContact(contactId), subjectKind: 'person', subjectId: contactId };
    await keepChanges(db, made, [{ field: 'created', before: null, after: { name: person.name, identifiers: person.identifiers } }]);
    await recordChanged(db, { contactIds: [contactId] }, at);
    return ok(null);
  },
};

/** Field by field, on the card whose value is the one shown: what the edit really changes. */
function changesOf(group: Group, fields: PersonEdit): ReadonlyMap<string, readonly FieldChange[]> {
  const shown = shownFields(group.cards);
  const changes = new Map<string, FieldChange[]>();
  const change = (contactIds: readonly string[], made: (card: StoredCard) => FieldChange) => {
    for (const card of group.cards.filter((each) => contactIds.includes(each.contactId)))
      changes.set(card.contactId, [...(changes.get(card.contactId) ?? []), made(card)]);
  };
  for (const field of plainFields) {
    const wanted = fields[field];
    const value = typeof wanted === 'string' ? wanted.trim() || null : wanted;
    if (value === undefined || value === shown[field] || (field === 'name' && value === null)) continue;
    change(ownersOf(group.cards, field), (card) => ({ field, before: card.fields[field], after: value }));
  }
  for (const [id, value] of Object.entries(fields.custom ?? {})) {
    if (value === (shown.custom[id] ?? null)) continue;
    change(ownersOf(group.cards, { custom: id }), (card) => ({
      field: `custom.${id}`,
      before: card.fields.custom[id] ?? null,
      after: value,
    }));
  }
  return changes;
}

/** Sets the fields of one card, keeps what stood there, and counts its revision up. */
export async function changeCard(
  db: WriteHandle,
  card: StoredCard,
  changes: readonly FieldChange[],
  { changeId, author, at, undoes }: Pick<OfContact, 'changeId' | 'author' | 'at'> & { readonly undoes?: string },
): Promise<void> {
  const custom: Record<string, CustomValue> = { ...card.fields.custom };
  let columns: Readonly<Record<string, string | number | null>> = {};
  for (const { field, after } of changes) {
    const id = customFieldOf(field);
    if (id === null) columns = { ...columns, ...columnOf(field as PlainField, after as PersonEdit[PlainField]) };
    else if (after === null || after === undefined) delete custom[id];
    else custom[id] = after as CustomValue;
  }
  await db
    .updateTable('person')
    .set({ ...columns, custom: JSON.stringify(custom), updated_at: at, revision: card.revision + 1 })
    .where('contact_id', '=', card.contactId)
    .execute();
  const made = { changeId, author, at, owner: ofContact(card.contactId), subjectKind: 'person', subjectId: card.contactId };
  await keepChanges(db, undoes === undefined ? made : { ...made, undoes }, changes);
  await recordChanged(db, { contactIds: [card.contactId] }, at);
}

/** The id of the administrator's field in `custom.ID`; null for one of our own. */
export function customFieldOf(field: string): string | null {
  return field.startsWith('custom.') ? field.slice('custom.'.length) : null;
}
