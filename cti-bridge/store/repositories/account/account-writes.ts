import { type AccountRepository, type Change, nameKey, type OfAccount } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { looking } from '../record/group.ts';
import { customOf } from '../record/person-columns.ts';
import {
  changedMeanwhile,
  type FieldChange,
  isKept,
  keepChanges,
  noSuchAccount,
  ofAccount,
  ofContact,
  recordChanged,
  refused,
} from '../record/seam.ts';
import { isVisibleAccount, readIdsBelow } from './company.ts';

type Edit = Parameters<AccountRepository['edit']>[0];
type PersonSetting = Parameters<AccountRepository['setPerson']>[0];
type AccountRow = NonNullable<Awaited<ReturnType<typeof readAccount>>>;

export const notTheirs = refused('forbidden', 'Somebody else looks after this customer. Ask their account manager, or a supervisor.');

export const accountWrites = {
  async editAccount(db: WriteHandle, edit: Edit): Change<null> {
    const { accountId, fields, at } = edit;
    if (await isKept(db, edit.changeId)) return ok(null);
    const found = await changeable(db, edit);
    if (!found.ok) return found;
    const account = found.value;
    if (account.revision !== edit.basedOn) return changedMeanwhile;
    if (fields.parentId != null) {
      const parent = await readAccount(db, fields.parentId, edit.scope);
      if (!parent) return noSuchAccount;
      if (parent.account_id === accountId || (await readIdsBelow(looking(db), accountId)).includes(parent.account_id))
        return refused('bad_request', `${parent.name} is below ${account.name} in the group: it cannot be above it too.`);
    }
    const columns = columnsOf(fields);
    const changes: FieldChange[] = Object.entries(columns).flatMap(([field, { column, value }]) => {
      const before = account[column as keyof AccountRow] ?? null;
      return before === value ? [] : [{ field, before: shown(field, before), after: shown(field, value) }];
    });
    const custom = customOf(account.custom);
    for (const [id, value] of Object.entries(fields.custom ?? {})) {
      const before = custom[id] ?? null;
      if (before === value) continue;
      changes.push({ field: `custom.${id}`, before, after: value });
      if (value === null) delete custom[id];
      else custom[id] = value;
    }
    if (fields.deputies !== undefined) changes.push(...(await setDeputies(db, accountId, fields.deputies)));
    if (changes.length === 0) return ok(null);
    await db
      .updateTable('account')
      .set({
        ...Object.fromEntries(Object.values(columns).map(({ column, value }) => [column, value])),
        ...(fields.name === undefined ? {} : { name_key: nameKey(fields.name) }),
        custom: JSON.stringify(custom),
        updated_at: at,
        revision: account.revision + 1,
      })
      .where('account_id', '=', accountId)
      .execute();
    await keepChanges(db, { ...edit, owner: ofAccount(accountId), subjectKind: 'account', subjectId: accountId }, changes);
    await recordChanged(db, { accountIds: [accountId] }, at);
    return ok(null);
  },

  /** On each of their cards that is of the company, so that it stays when cards are parted again. */
  async setAccountPerson(db: WriteHandle, setting: PersonSetting): Change<null> {
    const { accountId, contactId, role, influence, stance, at } = setting;
    if (await isKept(db, setting.changeId)) return ok(null);
    const found = await changeable(db, setting);
    if (!found.ok) return found;
    const links = await linksOf(db, accountId, contactId);
    const [link] = links;
    if (!link) return refused('not_found', 'They are not among the people of this company.');
    const changes = (
      [
        ['role', role],
        ['influence', influence],
        ['stance', stance],
      ] as const
    ).flatMap(([field, after]) => (link[field] === after ? [] : [{ field, before: link[field], after }]));
    if (changes.length === 0) return ok(null);
    await db
      .updateTable('person_account')
      .set({ role, influence, stance })
      .where('account_id', '=', accountId)
      .where(
        'contact_id',
        'in',
        links.map((each) => each.contact_id),
      )
      .execute();
    await raiseRevision(db, accountId, at);
    await keepChanges(db, { ...setting, owner: ofContact(link.contact_id), subjectKind: 'accountPerson', subjectId: accountId }, changes);
    return ok(null);
  },
};

/** The company as it stands, where whoever asks may see it and look after it. */
export async function changeable(db: WriteHandle, { accountId, scope, keeper }: OfAccount) {
  const account = await readAccount(db, accountId, scope);
  if (!account) return noSuchAccount;
  if (keeper === null || account.manager_agent_id === keeper) return ok(account);
  const deputy = await db
    .selectFrom('account_deputy')
    .select('agent_id')
    .where('account_id', '=', accountId)
    .where('agent_id', '=', keeper)
    .executeTakeFirst();
  return deputy ? ok(account) : notTheirs;
}

function readAccount(db: WriteHandle, accountId: string, scope: OfAccount['scope']) {
  return db.selectFrom('account').selectAll().where('account_id', '=', accountId).where(isVisibleAccount(scope)).executeTakeFirst();
}

/** What is in the key-account file counts as a change of the company, so that nobody overwrites it unseen. */
export async function raiseRevision(db: WriteHandle, accountId: string, at: number): Promise<void> {
  await db
    .updateTable('account')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1), updated_at: at }))
    .where('account_id', '=', accountId)
    .execute();
}

/** The cards of this person that are of the company today, the head first. */
export async function linksOf(db: WriteHandle, accountId: string, contactId: string) {
  return db
    .selectFrom('person_account')
    .innerJoin('person', 'person.contact_id', 'person_account.contact_id')
    .select(['person_account.contact_id', 'person_account.role', 'person_account.influence', 'person_account.stance'])
    .where('person_account.account_id', '=', accountId)
    .where('person_account.until', 'is', null)
    .where('person.head_id', '=', (select) =>
      select.selectFrom('person as any').select('any.head_id').where('any.contact_id', '=', contactId),
    )
    .orderBy('person_account.contact_id')
    .execute();
}

interface Column {
  readonly column: string;
  readonly value: string | number | null;
}

function columnsOf(fields: Edit['fields']): Readonly<Record<string, Column>> {
  const { name, tier, segment, stage, industry, isKeyAccount, parentId, orgUnitId } = fields;
  const text = (value: string | null) => value?.trim() || null;
  const columns: Record<string, Column> = {};
  if (name !== undefined) columns.name = { column: 'name', value: name.trim() };
  if (tier !== undefined) columns.tier = { column: 'tier', value: tier };
  if (segment !== undefined) columns.segment = { column: 'segment', value: text(segment) };
  if (stage !== undefined) columns.stage = { column: 'stage', value: stage };
  if (industry !== undefined) columns.industry = { column: 'industry', value: text(industry) };
  if (isKeyAccount !== undefined) columns.isKeyAccount = { column: 'is_key_account', value: isKeyAccount ? 1 : 0 };
  if (parentId !== undefined) columns.parentId = { column: 'parent_id', value: parentId };
  if (orgUnitId !== undefined) columns.orgUnitId = { column: 'org_unit_id', value: orgUnitId };
  return columns;
}

/** A flag is kept as one, not as the number that stands for it. */
const shown = (field: string, value: unknown) => (field === 'isKeyAccount' ? value === 1 : value);

async function setDeputies(db: WriteHandle, accountId: string, wanted: readonly string[]): Promise<FieldChange[]> {
  const rows = await db.selectFrom('account_deputy').select('agent_id').where('account_id', '=', accountId).orderBy('agent_id').execute();
  const before = rows.map((row) => row.agent_id);
  const after = [...new Set(wanted)].sort();
  if (before.join() === after.join()) return [];
  await db.deleteFrom('account_deputy').where('account_id', '=', accountId).execute();
  if (after.length > 0)
    await db
      .insertInto('account_deputy')
      .values(after.map((agent_id) => ({ account_id: accountId, agent_id })))
      .execute();
  return [{ field: 'deputies', before, after }];
}
