import type { ImportRepository } from '../../crm/index.ts';
import type { WriteHandle } from '../schema.ts';

type Received = Parameters<ImportRepository['add']>[0];
type ImportChange = Parameters<ImportRepository['change']>[1];

export const importWrites = {
  async addImport(db: WriteHandle, { importId, fileName, reading, bytes, at, by, scope }: Received): Promise<void> {
    await db
      .insertInto('import_run')
      .values({
        import_id: importId,
        file_name: fileName,
        format: reading.format,
        encoding: reading.encoding,
        state: 'uploaded',
        bytes,
        at,
        by_id: by.userId,
        by_name: by.name,
        scope: JSON.stringify(scope),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  async changeImport(db: WriteHandle, importId: string, change: ImportChange): Promise<void> {
    const { state, mapping, encoding, finishedAt, failure, workedMs, kept } = change;
    const set = {
      ...(state === undefined ? {} : { state }),
      ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(finishedAt === undefined ? {} : { finished_at: finishedAt }),
      ...(failure === undefined ? {} : { failure }),
      ...(workedMs === undefined ? {} : { worked_ms: workedMs }),
      ...(kept === undefined ? {} : { kept }),
    };
    if (Object.keys(set).length > 0) await db.updateTable('import_run').set(set).where('import_id', '=', importId).execute();
  },

  async markImportsInterrupted(db: WriteHandle): Promise<readonly string[]> {
    const under = ['waiting', 'running', 'undoing'];
    const rows = await db.selectFrom('import_run').select('import_id').where('state', 'in', under).execute();
    await db.updateTable('import_run').set({ state: 'interrupted', failure: 'stopped' }).where('state', 'in', under).execute();
    return rows.map((row) => row.import_id);
  },

  async forgetImport(db: WriteHandle, importId: string): Promise<void> {
    await db.deleteFrom('import_problem').where('import_id', '=', importId).execute();
    await db.deleteFrom('import_kept').where('import_id', '=', importId).execute();
    await db.deleteFrom('import_run').where('import_id', '=', importId).execute();
  },
};
