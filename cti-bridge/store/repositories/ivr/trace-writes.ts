import { sql } from 'kysely';
import type { PassedNode } from '../../../ivr/index.ts';
import type { Schema, WriteHandle } from '../../schema.ts';

/** A node that was passed, on its way to the disk. The id makes it count once, however often it is sent. */
export interface NotedStep extends PassedNode {
  readonly stepId: string;
  readonly day: number;
}

export const traceWrites = {
  /** In their order, with their counts, in one unit of work. A step that is there already changes nothing. */
  async noteIvrSteps(db: WriteHandle, steps: readonly NotedStep[]): Promise<void> {
    for (let from = 0; from < steps.length; from += mostRows) await noteSteps(db, steps.slice(from, from + mostRows));
  },
};

/** In one statement; a database takes only so many parameters. */
const mostRows = 500;

async function noteSteps(db: WriteHandle, steps: readonly NotedStep[]): Promise<void> {
  const interactionIds = [...new Set(steps.map((step) => step.interactionId))];
  const before = await db
    .selectFrom('ivr_trace')
    .select(['interaction_id', 'flow_id'])
    .select(({ fn }) => fn.max<number>('ordinal').as('last'))
    .where('interaction_id', 'in', interactionIds)
    .groupBy(['interaction_id', 'flow_id'])
    .execute();
  const last = new Map<string, number>();
  const callers = new Set<string>();
  for (const row of before) {
    last.set(row.interaction_id, Math.max(last.get(row.interaction_id) ?? 0, row.last));
    callers.add(callerOf({ interactionId: row.interaction_id, flowId: row.flow_id }));
  }
  const rows = steps.map((step) => {
    const ordinal = (last.get(step.interactionId) ?? 0) + 1;
    last.set(step.interactionId, ordinal);
    return rowOf(step, ordinal);
  });
  const added = await db
    .insertInto('ivr_trace')
    .values(rows)
    .onConflict((conflict) => conflict.column('step_id').doNothing())
    .returning('step_id')
    .execute();
  const isNew = new Set(added.map((row) => row.step_id));
  const counts = new Map<string, Schema['ivr_heat']>();
  const count = ({ flowId: flow_id, version, day }: NotedStep, node_id: string, exit_name: string) => {
    const key = JSON.stringify([flow_id, version, day, node_id, exit_name]);
    counts.set(key, { flow_id, version, day, node_id, exit_name, callers: (counts.get(key)?.callers ?? 0) + 1 });
  };
  for (const step of steps) {
    if (!isNew.has(step.stepId)) continue;
    if (!callers.has(callerOf(step))) count(step, '', '');
    callers.add(callerOf(step));
    count(step, step.nodeId, step.exit ?? '');
  }
  if (counts.size === 0) return;
  await db
    .insertInto('ivr_heat')
    .values([...counts.values()])
    .onConflict((conflict) =>
      conflict
        .columns(['flow_id', 'version', 'day', 'node_id', 'exit_name'])
        .doUpdateSet(({ ref }) => ({ callers: sql<number>`${ref('ivr_heat.callers')} + ${ref('excluded.callers')}` })),
    )
    .execute();
}

const callerOf = ({ interactionId, flowId }: { readonly interactionId: string; readonly flowId: string }) => `${interactionId} ${flowId}`;

function rowOf(step: NotedStep, ordinal: number): Schema['ivr_trace'] {
  return {
    step_id: step.stepId,
    interaction_id: step.interactionId,
    ordinal,
    at: step.at,
    flow_id: step.flowId,
    version: step.version,
    node_id: step.nodeId,
    exit_name: step.exit,
    took_ms: step.tookMs,
    keys: step.keys,
    facts: JSON.stringify(step.facts),
  };
}
