import type { Selectable } from 'kysely';
import type { Change, OfContact, RecordRepository } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { Schema, WriteHandle } from '../../schema.ts';
import { looking, readGroup } from './group.ts';
import { isKept, keepChanges, noSuchPerson, ofContact, recordChanged, refused } from './seam.ts';

type Setting = Parameters<RecordRepository['setAddress']>[0];

export const addressWrites = {
  /** Nothing in any of its lines takes it away. A new one goes to the head. */
  async setAddress(db: WriteHandle, setting: Setting): Change<null> {
    if (await isKept(db, setting.changeId)) return ok(null);
    const group = await readGroup(looking(db), setting.contactId, setting.scope);
    if (!group) return noSuchPerson;
    const { addressId, ...wanted } = setting.address;
    const stored =
      addressId === null ? null : await db.selectFrom('address').selectAll().where('address_id', '=', addressId).executeTakeFirst();
    if (stored === undefined || (stored && !group.contactIds.includes(stored.contact_id ?? '')))
      return refused('not_found', 'This record has no such address any more.');
    const contactId = stored?.contact_id ?? group.headId;
    const before = stored ? addressImage(stored) : null;
    const isEmpty = [wanted.lines, wanted.city, wanted.region, wanted.postalCode].every((each) => (each ?? '').trim() === '');
    const after = isEmpty ? null : { ...wanted, addressId: stored?.address_id ?? setting.changeId, contactId };
    if (JSON.stringify(before) === JSON.stringify(after)) return ok(null);
    await putAddress(db, after, before);
    await keepAddressChange(db, setting, before, after);
    return ok(null);
  },
};

export type AddressImage = ReturnType<typeof addressImage>;

export function addressImage(row: Selectable<Schema['address']>) {
  return {
    kind: row.kind,
    lines: row.lines,
    city: row.city,
    region: row.region,
    postalCode: row.postal_code,
    country: row.country,
    addressId: row.address_id,
    contactId: row.contact_id ?? '',
  };
}

/** The row as `image` says; null takes away what stood there. */
export async function putAddress(db: WriteHandle, image: AddressImage | null, before: AddressImage | null): Promise<void> {
  if (image === null) {
    if (before) await db.deleteFrom('address').where('address_id', '=', before.addressId).execute();
    return;
  }
  const values = {
    contact_id: image.contactId,
    account_id: null,
    kind: image.kind,
    lines: image.lines,
    city: image.city,
    region: image.region,
    postal_code: image.postalCode,
    country: image.country,
    // Typed here from now on.
    source: null,
    source_at: null,
  };
  await db
    .insertInto('address')
    .values({ address_id: image.addressId, ...values })
    .onConflict((conflict) => conflict.column('address_id').doUpdateSet(values))
    .execute();
}

export async function keepAddressChange(
  db: WriteHandle,
  change: Pick<OfContact, 'changeId' | 'author' | 'at'> & { readonly undoes?: string },
  before: AddressImage | null,
  after: AddressImage | null,
): Promise<void> {
  const image = after ?? before;
  if (!image) return;
  const made = { ...change, owner: ofContact(image.contactId), subjectKind: 'address', subjectId: image.addressId };
  await keepChanges(db, made, [{ field: 'address', before, after }]);
  await recordChanged(db, { contactIds: [image.contactId] }, change.at);
}
