import type { Insertable, Selectable } from 'kysely';
import {
  type Change,
  type CustomerScope,
  type IdentifierSetting,
  type IdentifierSharing,
  inOrder,
  type OfContact,
} from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { ReadHandle, Schema, WriteHandle } from '../../schema.ts';
import { type Group, looking, readGroup } from './group.ts';
import { isKept, keepChanges, noSuchPerson, ofAccount, ofContact, type RowOwner, recordChanged, refused } from './seam.ts';

type IdentifierRow = Selectable<Schema['identifier']>;

export const identifierWrites = {
  /** A new one goes to the head. One that is shared goes to the company or household where there is one, and back when it no longer is. */
  async setIdentifier(db: WriteHandle, setting: OfContact & IdentifierSetting): Change<null> {
    if (await isKept(db, setting.changeId)) return ok(null);
    const group = await readGroup(looking(db), setting.contactId, setting.scope);
    if (!group) return noSuchPerson;
    const stored = setting.identifierId === null ? null : await ownIdentifier(db, group, setting.identifierId);
    if (stored === undefined) return noSuchIdentifier;
    const refusal = await refusalOf(db, group, setting);
    if (refusal) return refusal;

    const owner = ownerOf(group, stored, setting.shared);
    const values = {
      ...{ kind: setting.kind, value: setting.value, extension: setting.extension, label: setting.label?.trim() || null },
      ...{ is_verified: Number(setting.verified), is_shared: Number(setting.shared), ...owner },
    };
    if (stored && isSame(stored, values)) return ok(null);
    await put(db, setting, group, stored, values);
    return ok(null);
  },

  /** All of them or none: what one of them cannot be asked about leaves the others as they are. Who has it as shared already is left so. */
  async shareIdentifier(db: WriteHandle, sharing: IdentifierSharing): Change<null> {
    if (await isKept(db, sharing.changeId)) return ok(null);
    const groups = new Map<string, Group>();
    for (const { contactId, scope } of sharing.people) {
      const group = await readGroup(looking(db), contactId, scope);
      if (!group) return noSuchPerson;
      groups.set(group.headId, group);
    }
    let changes = 0;
    for (const group of groups.values()) {
      const own = await db
        .selectFrom('identifier')
        .selectAll()
        .where('value', '=', sharing.value)
        .where('contact_id', 'in', group.contactIds)
        .where('is_shared', '=', 0)
        .orderBy('identifier_id')
        .execute();
      for (const stored of own) {
        const changeId = changes++ === 0 ? sharing.changeId : `${sharing.changeId}.${changes}`;
        const values = { ...valuesOf(stored), is_shared: 1, ...ownerOf(group, stored, true) };
        await put(db, { ...sharing, changeId }, group, stored, values);
      }
    }
    return ok(null);
  },

  async removeIdentifier(db: WriteHandle, removal: OfContact & { readonly identifierId: string }): Change<null> {
    if (await isKept(db, removal.changeId)) return ok(null);
    const group = await readGroup(looking(db), removal.contactId, removal.scope);
    if (!group) return noSuchPerson;
    const stored = await ownIdentifier(db, group, removal.identifierId);
    if (!stored) return noSuchIdentifier;
    await db.deleteFrom('identifier').where('identifier_id', '=', stored.identifier_id).execute();
    await kept(db, removal, group, stored, null, stored.identifier_id);
    return ok(null);
  },
};

type IdentifierValues = Omit<Parameters<typeof imageOf>[0], 'identifier_id'> & RowOwner;

const valuesOf = ({ kind, value, extension, label, is_verified, is_shared }: IdentifierRow) =>
  ({ kind, value, extension, label, is_verified, is_shared }) as const;

/** As it is from now on, with what stood there before in the history. */
async function put(
  db: WriteHandle,
  change: Omit<OfContact, 'contactId' | 'scope'>,
  group: Group,
  stored: IdentifierRow | null,
  values: IdentifierValues,
): Promise<void> {
  const twin = await ownedTwin(db, values, values.value, stored?.identifier_id ?? null);
  if (twin) {
    // The company has the number already: the person's own is one too many.
    if (stored) await db.deleteFrom('identifier').where('identifier_id', '=', stored.identifier_id).execute();
  } else if (stored) await db.updateTable('identifier').set(values).where('identifier_id', '=', stored.identifier_id).execute();
  else {
    const none = { last_used_at: null, import_id: null, source: null, source_at: null };
    await insertIdentifier(db, { identifier_id: change.changeId, ...values, ...none, created_at: change.at });
  }
  const identifierId = stored?.identifier_id ?? change.changeId;
  const after = twin ? null : imageOf({ ...values, identifier_id: identifierId });
  await kept(db, change, group, stored, after, identifierId);
}

const noSuchIdentifier = refused('not_found', 'This record has no such number or address any more.');

export async function insertIdentifier(db: WriteHandle, row: Insertable<Schema['identifier']>): Promise<void> {
  await db
    .insertInto('identifier')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function kept(
  db: WriteHandle,
  change: Omit<OfContact, 'contactId' | 'scope'>,
  group: Group,
  before: IdentifierRow | null,
  after: IdentifierImage | null,
  identifierId: string,
): Promise<void> {
  const was = before ? imageOf(before) : null;
  const contactId = was?.contactId ?? after?.contactId ?? group.headId;
  await keepChanges(db, { ...change, owner: ofContact(contactId), subjectKind: 'identifier', subjectId: identifierId }, [
    { field: 'identifier', before: was, after },
  ]);
  const accounts = [was?.accountId, after?.accountId].filter((each) => each != null);
  await recordChanged(db, { contactIds: [contactId], accountIds: accounts }, change.at);
}

/** As the history keeps it; when it was last used is no part of it. */
export type IdentifierImage = ReturnType<typeof imageOf>;
export function imageOf(row: Pick<IdentifierRow, keyof IdentifierRow & ImageColumn>) {
  return {
    identifierId: row.identifier_id,
    contactId: row.contact_id,
    accountId: row.account_id,
    kind: row.kind,
    value: row.value,
    label: row.label,
    extension: row.extension,
    verified: row.is_verified === 1,
    shared: row.is_shared === 1,
  };
}
type ImageColumn = 'identifier_id' | 'contact_id' | 'account_id' | 'kind' | 'value' | 'label' | 'extension' | 'is_verified' | 'is_shared';

export function rowOf(image: IdentifierImage) {
  return {
    identifier_id: image.identifierId,
    contact_id: image.contactId,
    account_id: image.accountId,
    kind: image.kind,
    value: image.value,
    label: image.label,
    extension: image.extension,
    is_verified: Number(image.verified),
    is_shared: Number(image.shared),
  };
}

function isSame(stored: IdentifierRow, values: Partial<IdentifierRow>): boolean {
  return Object.entries(values).every(([column, value]) => stored[column as keyof IdentifierRow] === value);
}

/** Undefined when it is none of this person's or their companies'. */
async function ownIdentifier(db: WriteHandle, group: Group, identifierId: string): Promise<IdentifierRow | undefined> {
  const row = await db.selectFrom('identifier').selectAll().where('identifier_id', '=', identifierId).executeTakeFirst();
  const isOwn = row && (group.contactIds.includes(row.contact_id ?? '') || group.accountIds.includes(row.account_id ?? ''));
  return isOwn ? row : undefined;
}

function ownerOf(group: Group, stored: IdentifierRow | null, isShared: boolean): RowOwner {
  const [account] = group.accountIds;
  if (isShared && stored?.account_id != null) return ofAccount(stored.account_id);
  if (isShared && account !== undefined) return ofAccount(account);
  return ofContact(stored?.contact_id ?? group.headId);
}

async function ownedTwin(db: WriteHandle, owner: RowOwner, value: string, except: string | null): Promise<boolean> {
  let query = db.selectFrom('identifier').select('identifier_id').where('value', '=', value);
  query = owner.contact_id === null ? query.where('account_id', '=', owner.account_id) : query.where('contact_id', '=', owner.contact_id);
  if (except !== null) query = query.where('identifier_id', '<>', except);
  return (await query.executeTakeFirst()) !== undefined;
}

async function refusalOf(db: WriteHandle, group: Group, setting: OfContact & IdentifierSetting) {
  const twins = await db
    .selectFrom('identifier')
    .select('identifier_id')
    .where('value', '=', setting.value)
    .where('contact_id', 'in', group.contactIds)
    .execute();
  if (twins.some((twin) => twin.identifier_id !== setting.identifierId))
    return refused('conflict', 'This record has this number or address already.');
  if (setting.shared) return null;
  const holder = await otherHolder(looking(db), setting.value, group.contactIds, setting.scope);
  return holder ? heldBy(holder) : null;
}

export function heldBy(name: string) {
  return refused(
    'conflict',
    `This belongs to ${name} already. If they share it, mark it as shared; if they are one person, merge the two records.`,
  );
}

/** Who else has it for themselves, by name; null when nobody has who may be seen. */
export async function otherHolder(
  db: ReadHandle,
  value: string,
  except: readonly string[],
  { units }: CustomerScope,
): Promise<string | null> {
  let query = db
    .selectFrom('identifier')
    .innerJoin('person', 'person.contact_id', 'identifier.contact_id')
    .innerJoin('person as card', 'card.head_id', 'person.head_id')
    .select(['card.contact_id', 'card.head_id', 'card.updated_at', 'card.name', 'card.org_unit_id'])
    .where('identifier.value', '=', value)
    .where('identifier.is_shared', '=', 0);
  if (except.length > 0) query = query.where('identifier.contact_id', 'not in', except);
  const rows = await query.limit(200).execute();
  for (const cards of Map.groupBy(rows, (row) => row.head_id).values()) {
    const own = cards.flatMap((card) => card.org_unit_id ?? []);
    if (units !== null && own.length > 0 && !own.some((unit) => units.includes(unit))) continue;
    const [head] = inOrder(
      cards.map((card) => ({ ...card, contactId: card.contact_id, headId: card.head_id, updatedAt: card.updated_at })),
    );
    if (head) return head.name;
  }
  return null;
}
