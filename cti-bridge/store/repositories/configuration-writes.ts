import type { ConfigurationSaving, PasswordSetting, StoredRevision } from '../../organisation/index.ts';
import type { WriteHandle } from '../schema.ts';
import type { EntryRow, LoginRow } from './configuration-rows.ts';

/** A configuration as rows, so that this thread need not know the contract they are made from. */
export type SavingRows = Omit<ConfigurationSaving, 'configuration'> & {
  readonly entries: readonly EntryRow[];
  readonly logins: readonly LoginRow[];
  /** What the built-in roles may do by default in this version, as `builtInRightsFact` keeps it. */
  readonly builtInRights: string;
};

export type SavedConfiguration = { readonly saved: true; readonly revision: number } | { readonly saved: false };

/** Under which `store_fact` keeps what the built-in roles had by default when the configuration was last saved. */
export const builtInRightsFact = 'builtInRights';

/** What an entry of the history holds that changed nothing of the configuration. */
export const noChanges = '[]';

/** SQLite takes so many values in one statement and no more; half of it is plenty. */
const rowsAtOnce = 1_000;

export const configurationWrites = {
  /** Entries, log-ins and the entry in the history, all in the unit of work of its batch; nothing when it was made from an older revision. */
  async saveConfiguration(db: WriteHandle, saving: SavingRows): Promise<SavedConfiguration> {
    const last = await lastRevisions(db);
    if (last.changing !== saving.basedOn) return { saved: false };

    await writeEntries(db, saving.entries);
    await followUsers(db, saving.logins);
    const revision = last.any + 1;
    const { at, by, note: text, changes, orderBefore, builtInRights: value } = saving;
    await note(db, { revision, at, by, note: text, changes: [...changes], orderBefore });
    await db
      .insertInto('store_fact')
      .values({ key: builtInRightsFact, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    return { saved: true, revision };
  },

  /** Somebody's own password: theirs is no demo account any more, and no log-in with the one before outlives the bridge. */
  async setPassword(db: WriteHandle, { userId, passwordHash, at, by, note: text }: PasswordSetting): Promise<boolean> {
    const done = await db
      .updateTable('login')
      .set({ password_hash: passwordHash, is_demo: 0 })
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await db.deleteFrom('user_session').where('user_id', '=', userId).execute();
    await noteInHistory(db, { at, by, note: text });
    return true;
  },
};

/** What an administrator did that is no change of the configuration: it makes nobody's draft of one outdated. */
export async function noteInHistory(db: WriteHandle, entry: Pick<StoredRevision, 'at' | 'by' | 'note'>): Promise<void> {
  const { any } = await lastRevisions(db);
  await note(db, { ...entry, revision: any + 1, changes: [], orderBefore: {} });
}

/** The last entry of the history, and the last one that changed the configuration: a new password changes nothing that others work on. */
async function lastRevisions(db: WriteHandle): Promise<{ readonly any: number; readonly changing: number }> {
  const { max } = db.fn;
  const any = await db.selectFrom('configuration_revision').select(max('revision').as('revision')).executeTakeFirst();
  const changing = await db
    .selectFrom('configuration_revision')
    .select(max('revision').as('revision'))
    .where('changes', '!=', noChanges)
    .executeTakeFirst();
  return { any: any?.revision ?? 0, changing: changing?.revision ?? 0 };
}

async function note(db: WriteHandle, entry: StoredRevision): Promise<void> {
  await db
    .insertInto('configuration_revision')
    .values({
      revision: entry.revision,
      at: entry.at,
      by_user_id: entry.by.userId,
      by_name: entry.by.name,
      note: entry.note,
      changes: JSON.stringify(entry.changes),
      order_before: JSON.stringify(entry.orderBefore),
    })
    .execute();
}

/** Only rows that differ are written. */
async function writeEntries(db: WriteHandle, wanted: readonly EntryRow[]): Promise<void> {
  const keyOf = (row: EntryRow) => `${row.section}/${row.entry_id}`;
  const stored = new Map((await db.selectFrom('configuration_entry').selectAll().execute()).map((row) => [keyOf(row), row]));
  const wantedKeys = new Set(wanted.map(keyOf));
  for (const [key, { section, entry_id }] of stored) {
    if (!wantedKeys.has(key))
      await db.deleteFrom('configuration_entry').where('section', '=', section).where('entry_id', '=', entry_id).execute();
  }
  const different = wanted.filter((row) => {
    const was = stored.get(keyOf(row));
    return was?.body !== row.body || was.position !== row.position;
  });
  for (let from = 0; from < different.length; from += rowsAtOnce) {
    await db
      .insertInto('configuration_entry')
      .values(different.slice(from, from + rowsAtOnce))
      .onConflict((conflict) =>
        conflict
          .columns(['section', 'entry_id'])
          .doUpdateSet(({ ref }) => ({ position: ref('excluded.position'), body: ref('excluded.body') })),
      )
      .execute();
  }
}

/** Log-ins are taken out before they are put in again, so that two users may exchange a name or a number. Passwords stay. */
async function followUsers(db: WriteHandle, logins: readonly LoginRow[]): Promise<void> {
  const stored = new Map((await db.selectFrom('login').selectAll().execute()).map((row) => [row.user_id, row]));
  const wanted = logins.map((login) => {
    const was = stored.get(login.user_id);
    return { ...login, password_hash: was?.password_hash ?? null, is_demo: was?.is_demo ?? 0 };
  });
  const different = wanted.filter((row) => {
    const was = stored.get(row.user_id);
    return !was || (Object.keys(row) as (keyof typeof row)[]).some((column) => was[column] !== row[column]);
  });
  const wantedIds = new Set(wanted.map(({ user_id }) => user_id));
  const gone = [...stored.keys()].filter((userId) => !wantedIds.has(userId));
  for (const userId of [...gone, ...different.map(({ user_id }) => user_id)])
    await db.deleteFrom('login').where('user_id', '=', userId).execute();
  for (let from = 0; from < different.length; from += rowsAtOnce)
    await db
      .insertInto('login')
      .values(different.slice(from, from + rowsAtOnce))
      .execute();
}
