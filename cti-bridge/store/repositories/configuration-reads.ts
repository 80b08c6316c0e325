import type { Configuration, ConfigurationRevision } from '../../../shared/contracts/configuration.ts';
import { type BuiltInRights, firstBuiltInRights, type StoredRevision } from '../../organisation/index.ts';
import type { ReadHandle, Schema } from '../schema.ts';
import { configurationOf } from './configuration-rows.ts';
import { builtInRightsFact, noChanges } from './configuration-writes.ts';

export const configurationReads = {
  /** Both of one moment: the reader sees the database as one commit left it, as long as it is one statement. */
  async readConfiguration(db: ReadHandle): Promise<{ readonly revision: number; readonly configuration: Configuration }> {
    const rows = await db
      .selectFrom('configuration_entry')
      .selectAll()
      .select(({ selectFrom }) =>
        selectFrom('configuration_revision')
          .select(({ fn }) => fn.max('revision').as('last'))
          .where('changes', '!=', noChanges)
          .as('revision'),
      )
      .orderBy('position')
      .execute();
    return { revision: rows[0]?.revision ?? 0, configuration: configurationOf(rows) };
  },

  /** What the built-in roles had by default when the configuration was last saved. */
  async readBuiltInRights(db: ReadHandle): Promise<BuiltInRights> {
    const row = await db.selectFrom('store_fact').select('value').where('key', '=', builtInRightsFact).executeTakeFirst();
    return row ? (JSON.parse(row.value) as BuiltInRights) : firstBuiltInRights;
  },

  async readConfigurationHistory(db: ReadHandle, before: number | null, limit: number): Promise<readonly ConfigurationRevision[]> {
    let query = db.selectFrom('configuration_revision').selectAll();
    if (before !== null) query = query.where('revision', '<', before);
    const rows = await query.orderBy('revision', 'desc').limit(limit).execute();
    return rows.map((row) => {
      const { orderBefore: _, ...revision } = revisionOf(row);
      return revision;
    });
  },

  async readConfigurationRevision(db: ReadHandle, revision: number): Promise<StoredRevision | null> {
    const row = await db.selectFrom('configuration_revision').selectAll().where('revision', '=', revision).executeTakeFirst();
    return row ? revisionOf(row) : null;
  },

  async usersWithoutPassword(db: ReadHandle): Promise<readonly { readonly userId: string; readonly username: string }[]> {
    const rows = await db
      .selectFrom('login')
      .select(['user_id', 'username'])
      .where('password_hash', 'is', null)
      .orderBy('username')
      .execute();
    return rows.map((row) => ({ userId: row.user_id, username: row.username }));
  },
};

function revisionOf(row: Schema['configuration_revision']): StoredRevision {
  return {
    revision: row.revision,
    at: row.at,
    by: { userId: row.by_user_id, name: row.by_name },
    note: row.note,
    changes: JSON.parse(row.changes) as StoredRevision['changes'],
    orderBefore: JSON.parse(row.order_before) as StoredRevision['orderBefore'],
  };
}
