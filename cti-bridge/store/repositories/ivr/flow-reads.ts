import type { FlowEntry, FlowVersion } from '../../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { KeptEntries, KeptFlow } from '../../../ivr/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';

/** Under which `store_fact` counts how often the entries were saved. */
export const entriesRevisionFact = 'flowEntriesRevision';

export const flowReads = {
  async readFlows(db: ReadHandle): Promise<readonly KeptFlow[]> {
    const rows = await kept(db).where('is_removed', '=', 0).orderBy('flow.flow_id').execute();
    return rows.map(toKept);
  },

  async readFlow(db: ReadHandle, flowId: string): Promise<KeptFlow | null> {
    const row = await kept(db).where('is_removed', '=', 0).where('flow.flow_id', '=', flowId).executeTakeFirst();
    return row ? toKept(row) : null;
  },

  async readFlowVersion(db: ReadHandle, flowId: string, version: number): Promise<Flow | null> {
    const row = await db
      .selectFrom('flow_version')
      .select('body')
      .where('flow_id', '=', flowId)
      .where('version', '=', version)
      .executeTakeFirst();
    return row ? (JSON.parse(row.body) as Flow) : null;
  },

  async readFlowVersions(db: ReadHandle, flowId: string): Promise<readonly FlowVersion[]> {
    const rows = await db
      .selectFrom('flow_version')
      .innerJoin('flow', 'flow.flow_id', 'flow_version.flow_id')
      .select(['version', 'at', 'by_id', 'by_name', 'note', 'restores', 'live_version'])
      .where('flow_version.flow_id', '=', flowId)
      .orderBy('version', 'desc')
      .execute();
    return rows.map((row) => ({
      version: row.version,
      at: Number(row.at),
      by: { userId: row.by_id, name: row.by_name },
      note: row.note,
      restores: row.restores,
      isLive: row.version === row.live_version,
    }));
  },

  /** One statement, so that both are of one moment. */
  async readFlowEntries(db: ReadHandle): Promise<KeptEntries> {
    const rows = await db
      .selectFrom('store_fact')
      .leftJoin('flow_entry', (join) => join.onTrue())
      .select(['store_fact.value', 'flow_entry.body'])
      .where('store_fact.key', '=', entriesRevisionFact)
      .orderBy('flow_entry.position')
      .execute();
    return {
      entries: rows.flatMap(({ body }) => (body === null ? [] : [JSON.parse(body) as FlowEntry])),
      revision: Number(rows[0]?.value ?? 0),
    };
  },
};

const kept = (db: ReadHandle) =>
  db
    .selectFrom('flow')
    .leftJoin('flow_version', (join) =>
      join.onRef('flow_version.flow_id', '=', 'flow.flow_id').onRef('flow_version.version', '=', 'flow.live_version'),
    )
    .selectAll('flow')
    .select(['flow_version.body', 'flow_version.at', 'flow_version.by_id', 'flow_version.by_name']);

type KeptRow = Omit<Schema['flow'], 'is_removed' | 'draft_writing_id'> & {
  readonly body: string | null;
  readonly at: number | null;
  readonly by_id: string | null;
  readonly by_name: string | null;
};

function toKept(row: KeptRow): KeptFlow {
  return {
    flowId: row.flow_id,
    draft:
      row.draft === null
        ? null
        : {
            flow: JSON.parse(row.draft) as Flow,
            revision: row.revision,
            at: Number(row.draft_at),
            by: { userId: row.draft_by_id, name: row.draft_by_name ?? '' },
          },
    live:
      row.body === null || row.live_version === null
        ? null
        : {
            flow: JSON.parse(row.body) as Flow,
            version: row.live_version,
            at: Number(row.at),
            by: { userId: row.by_id, name: row.by_name ?? '' },
          },
  };
}
