import type { FlowEntry } from '../../../../shared/contracts/ivr/commands.ts';
import type { FlowRepository, NotedDoing } from '../../../ivr/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { noteInHistory } from '../configuration-writes.ts';
import { isOfHand, noDraft } from '../drafts.ts';
import { entriesRevisionFact } from './flow-reads.ts';

type Publishing = Parameters<FlowRepository['publish']>[0];
type Saving = Parameters<FlowRepository['saveDraft']>[0];

export const flowWrites = {
  async saveFlowDraft(db: WriteHandle, { flow, basedOn, writingId, at, by }: Saving): Promise<{ readonly revision: number } | null> {
    const { flowId } = flow;
    const row = await rowOf(db, flowId);
    const there = row && row.is_removed === 0 && row.draft !== null ? row.revision : null;
    if (there !== basedOn && !(there !== null && isOfHand(row, writingId, by))) return null;
    const revision = (row?.revision ?? 0) + 1;
    const written = { draft: JSON.stringify(flow), draft_at: at, draft_by_id: by.userId, draft_by_name: by.name };
    const draft = { ...written, draft_writing_id: writingId, revision };
    await db
      .insertInto('flow')
      .values({ flow_id: flowId, ...draft, live_version: null })
      .onConflict((conflict) => conflict.column('flow_id').doUpdateSet({ ...draft, is_removed: 0 }))
      .execute();
    return { revision };
  },

  /** A flow that never went live is gone with its draft. */
  async discardFlowDraft(
    db: WriteHandle,
    { flowId, draftRevision, ...doing }: NotedDoing & { readonly flowId: string; readonly draftRevision: number },
  ): Promise<boolean> {
    const done = await db
      .updateTable('flow')
      .set((row) => ({ ...noDraft, is_removed: row.case().when('live_version', 'is', null).then(1).else(0).end() as never }))
      .where('flow_id', '=', flowId)
      .where('revision', '=', draftRevision)
      .where('draft', 'is not', null)
      .where('is_removed', '=', 0)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await noteInHistory(db, doing);
    return true;
  },

  async publishFlow(db: WriteHandle, { flowId, what, why, ...doing }: Publishing): Promise<{ readonly version: number } | null> {
    const row = await rowOf(db, flowId);
    if (!row || row.is_removed === 1) return null;
    const body = 'restores' in what ? await bodyOf(db, flowId, what.restores) : row.revision === what.draftRevision ? row.draft : null;
    if (body === null) return null;
    const last = await db
      .selectFrom('flow_version')
      .select(({ fn }) => fn.max<number | null>('version').as('version'))
      .where('flow_id', '=', flowId)
      .executeTakeFirst();
    const version = (last?.version ?? 0) + 1;
    const { at, by } = doing;
    const restores = 'restores' in what ? what.restores : null;
    await db
      .insertInto('flow_version')
      .values({ flow_id: flowId, version, body, at, by_id: by.userId, by_name: by.name, note: why, restores })
      .execute();
    await db
      .updateTable('flow')
      .set({ live_version: version, ...(restores === null ? noDraft : {}) })
      .where('flow_id', '=', flowId)
      .execute();
    await noteInHistory(db, doing);
    return { version };
  },

  async removeFlow(db: WriteHandle, { flowId, ...doing }: NotedDoing & { readonly flowId: string }): Promise<boolean> {
    const done = await db
      .updateTable('flow')
      .set({ ...noDraft, live_version: null, is_removed: 1 })
      .where('flow_id', '=', flowId)
      .where('is_removed', '=', 0)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await noteInHistory(db, doing);
    return true;
  },

  async saveFlowEntries(
    db: WriteHandle,
    { entries, basedOn, ...doing }: NotedDoing & { readonly entries: readonly FlowEntry[]; readonly basedOn: number },
  ): Promise<{ readonly revision: number } | null> {
    const fact = await db.selectFrom('store_fact').select('value').where('key', '=', entriesRevisionFact).executeTakeFirst();
    if (Number(fact?.value ?? 0) !== basedOn) return null;
    await db.deleteFrom('flow_entry').execute();
    const rows = entries.map((entry, position) => ({ dnis: entry.dnis, position, body: JSON.stringify(entry) }));
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await db
        .insertInto('flow_entry')
        .values(rows.slice(from, from + rowsAtOnce))
        .execute();
    }
    const value = String(basedOn + 1);
    await db
      .insertInto('store_fact')
      .values({ key: entriesRevisionFact, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    await noteInHistory(db, doing);
    return { revision: basedOn + 1 };
  },
};

const rowsAtOnce = 1_000;

const rowOf = (db: WriteHandle, flowId: string) => db.selectFrom('flow').selectAll().where('flow_id', '=', flowId).executeTakeFirst();

async function bodyOf(db: WriteHandle, flowId: string, version: number): Promise<string | null> {
  const row = await db
    .selectFrom('flow_version')
    .select('body')
    .where('flow_id', '=', flowId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.body ?? null;
}
