import { nameKey } from '../../../../cti-bridge/crm/index.ts';
import type { WriteHandle } from '../../../../cti-bridge/store/schema.ts';

export const everybody = { units: null };
export const noon = Date.UTC(2026, 10, 23, 12, 0, 0);
export const lena = { userId: 'u-lena', name: 'Lena Hartmann', source: 'screen' };

let made = 0;
/** What every change is told by, an hour after the one before. */
export const change = (scope: { readonly units: readonly string[] | null } = everybody) => {
  made++;
  return { changeId: `change-${made}`, author: lena, at: noon + made * 3_600_000, scope };
};

export async function insertPerson(
  db: WriteHandle,
  contactId: string,
  name: string,
  more: { readonly title?: string; readonly orgUnitId?: string; readonly headId?: string; readonly updatedAt?: number } = {},
): Promise<void> {
  await db
    .insertInto('person')
    .values({
      ...{ contact_id: contactId, head_id: more.headId ?? contactId, name, name_key: nameKey(name), title: more.title ?? null },
      ...{
        locale: 'en',
        tier: 'gold',
        allows_recording: 1,
        allows_sms_offers: 0,
        allows_email_offers: 0,
        org_unit_id: more.orgUnitId ?? null,
      },
      ...{ created_at: 0, updated_at: more.updatedAt ?? 0 },
    })
    .execute();
}

export async function insertCompany(db: WriteHandle, accountId: string, name: string, contactIds: readonly string[]): Promise<void> {
  await db
    .insertInto('account')
    .values({ account_id: accountId, name, name_key: nameKey(name), kind: 'company', is_key_account: 0 })
    .execute();
  for (const contact_id of contactIds)
    await db.insertInto('person_account').values({ contact_id, account_id: accountId, role: null, is_primary: 1 }).execute();
}

/** As a merge leaves it: the card shows as one person with `headId`. */
export async function joinTo(db: WriteHandle, contactId: string, headId: string): Promise<void> {
  await db.updateTable('person').set({ head_id: headId }).where('contact_id', '=', contactId).execute();
}
