import type { Selectable } from 'kysely';
import type { ImportFailure, ImportMapping, ImportProblem, ImportView } from '../../../shared/contracts/imports.ts';
import type { CustomerScope, StoredImport } from '../../crm/index.ts';
import type { ReadHandle, Schema } from '../schema.ts';

const mostListed = 200;

export const importReads = {
  async listImports(db: ReadHandle): Promise<readonly StoredImport[]> {
    const rows = await db
      .selectFrom('import_run')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('import_id', 'desc')
      .limit(mostListed)
      .execute();
    return rows.map(storedImport);
  },

  async findImport(db: ReadHandle, importId: string): Promise<StoredImport | null> {
    const row = await db.selectFrom('import_run').selectAll().where('import_id', '=', importId).executeTakeFirst();
    return row ? storedImport(row) : null;
  },

  async importProblems(
    db: ReadHandle,
    importId: string,
    after: number,
    limit: number,
  ): Promise<{ readonly problems: readonly ImportProblem[]; readonly next: number | null }> {
    const rows = await db
      .selectFrom('import_problem')
      .selectAll()
      .where('import_id', '=', importId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit)
      .execute();
    const problems = rows.map(({ row_number, column_name, code, found, expected }) => ({
      ...{ row: row_number, column: column_name, found, expected },
      code: code as ImportProblem['code'],
    }));
    return { problems, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
  },

  async importKept(
    db: ReadHandle,
    importId: string,
    { units }: CustomerScope,
  ): Promise<readonly { readonly contactId: string; readonly name: string; readonly field: string | null }[]> {
    const rows = await db
      .selectFrom('import_kept')
      .innerJoin('person', 'person.contact_id', 'import_kept.contact_id')
      .innerJoin('person as head', 'head.contact_id', 'person.head_id')
      .select(['import_kept.contact_id', 'person.name', 'field'])
      .where('import_kept.import_id', '=', importId)
      .$if(units !== null, (query) =>
        query.where((where) => where.or([where('head.org_unit_id', 'is', null), where('head.org_unit_id', 'in', [...(units ?? []), ''])])),
      )
      .orderBy('import_kept.contact_id')
      .orderBy('field')
      .limit(1_000)
      .execute();
    return rows.map(({ contact_id, name, field }) => ({ contactId: contact_id, name, field: field === '' ? null : field }));
  },
};

function storedImport(row: Selectable<Schema['import_run']>): StoredImport {
  const view: ImportView = {
    importId: row.import_id,
    fileName: row.file_name,
    format: row.format as ImportView['format'],
    encoding: row.encoding as ImportView['encoding'],
    state: row.state as ImportView['state'],
    bytes: row.bytes,
    bytesRead: row.bytes_read,
    read: row.read_rows,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    refused: row.refused,
    rowsPerSecond: row.worked_ms > 0 ? Math.round((row.read_rows * 1000) / row.worked_ms) : null,
    at: row.at,
    by: row.by_name,
    finishedAt: row.finished_at,
    failure: row.failure as ImportFailure | null,
    kept: row.kept,
  };
  return {
    view,
    mapping: row.mapping === null ? null : (JSON.parse(row.mapping) as ImportMapping),
    scope: row.scope === null ? { units: null } : (JSON.parse(row.scope) as CustomerScope),
    byId: row.by_id,
    lastRow: row.last_row,
  };
}
