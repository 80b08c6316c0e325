import { sql } from 'kysely';
import { asId, type InteractionId } from '../../../../shared/ids.ts';
import type { ExitCount, FoundTrace, PassedNode, TraceScope, TraceSearch } from '../../../ivr/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import { readGroup } from '../record/group.ts';
import { isVisiblePerson } from '../record/visible-person.ts';

export const traceReads = {
  async readTrace(
    db: ReadHandle,
    interactionId: string,
    scope: TraceScope,
  ): Promise<{ readonly steps: readonly PassedNode[]; readonly customer: 'seen' | 'unseen' | 'unknown' }> {
    const steps = await db
      .selectFrom('ivr_trace')
      .selectAll()
      .where('interaction_id', '=', interactionId)
      .orderBy('ordinal')
      .limit(mostSteps)
      .execute();
    const call = await db.selectFrom('interaction').select('contact_id').where('interaction_id', '=', interactionId).executeTakeFirst();
    const contactId = call?.contact_id ?? null;
    const isSeen = contactId !== null && (await readGroup(db, contactId, scope)) !== null;
    return { steps: steps.map(toPassed), customer: contactId === null ? 'unknown' : isSeen ? 'seen' : 'unseen' };
  },

  /** One statement finds the calls, another their ways. */
  async searchTraces(db: ReadHandle, wanted: TraceSearch, scope: TraceScope): Promise<readonly FoundTrace[]> {
    const { flowId, nodeId, exit, typed, from, to, before, limit } = wanted;
    const calls = await db
      .selectFrom('ivr_trace as step')
      .innerJoin('interaction', 'interaction.interaction_id', 'step.interaction_id')
      .leftJoin('person', 'person.contact_id', 'interaction.contact_id')
      .select(['step.interaction_id', 'interaction.number_received', 'person.name'])
      .select(({ fn }) => fn.min<number>('step.at').as('entered_at'))
      .where('step.flow_id', '=', flowId)
      .where('step.at', '>=', from)
      .where('step.at', '<', to)
      .where(() => sql<boolean>`(interaction.contact_id is null or ${isVisiblePerson(scope, sql`interaction.contact_id`)})`)
      .groupBy(['step.interaction_id', 'interaction.number_received', 'person.name'])
      // What is looked for must be of one and the same step.
      .having(({ fn, eb, lit }) => {
        const fits = eb.and([
          eb('step.flow_id', '=', flowId),
          ...(nodeId === null ? [] : [eb('step.node_id', '=', nodeId)]),
          ...(exit === null ? [] : [eb('step.exit_name', '=', exit)]),
          ...(typed === null ? [] : [sql<boolean>`step.keys like ${`%${likeText(typed)}%`} escape '\\'`]),
        ]);
        return eb(fn.max(eb.case().when(fits).then(lit(1)).else(lit(0)).end()), '=', 1);
      })
      .$if(before !== null, (query) => query.having(({ fn, eb }) => eb(fn.min('step.at'), '<', before ?? 0)))
      .orderBy('entered_at', 'desc')
      .orderBy('step.interaction_id')
      .limit(limit)
      .execute();
    if (calls.length === 0) return [];
    const steps = await db
      .selectFrom('ivr_trace')
      .select(['interaction_id', 'node_id', 'exit_name', 'version'])
      .where(
        'interaction_id',
        'in',
        calls.map((call) => call.interaction_id),
      )
      .where('flow_id', '=', flowId)
      .orderBy('interaction_id')
      .orderBy('ordinal')
      .execute();
    const ways = Map.groupBy(steps, (step) => step.interaction_id);
    return calls.map((call) => {
      const way = ways.get(call.interaction_id) ?? [];
      return {
        interactionId: asId<InteractionId>(call.interaction_id),
        at: Number(call.entered_at),
        number: call.number_received,
        contactName: call.name,
        version: way[0]?.version ?? 0,
        path: way.slice(0, mostSteps).map((step) => step.node_id),
        lastExit: way.at(-1)?.exit_name ?? null,
      };
    });
  },

  async readHeat(
    db: ReadHandle,
    flowId: string,
    version: number | null,
    from: number,
    to: number,
  ): Promise<{ readonly callers: number; readonly exits: readonly ExitCount[] }> {
    const rows = await db
      .selectFrom('ivr_heat')
      .select(['node_id', 'exit_name'])
      .select(({ fn }) => fn.sum<number | string>('callers').as('callers'))
      .where('flow_id', '=', flowId)
      .$if(version !== null, (query) => query.where('version', '=', version ?? 0))
      .where('day', '>=', from)
      .where('day', '<', to)
      .groupBy(['node_id', 'exit_name'])
      .orderBy('node_id')
      .orderBy('exit_name')
      .execute();
    return {
      callers: Number(rows.find((row) => row.node_id === '')?.callers ?? 0),
      exits: rows
        .filter((row) => row.node_id !== '')
        .map((row) => ({ nodeId: row.node_id, exit: row.exit_name === '' ? null : row.exit_name, callers: Number(row.callers) })),
    };
  },
};

/** Of one call: more than anybody reads. */
const mostSteps = 1_000;

/** Literal in LIKE, with `\` as the sign of escape. */
const likeText = (text: string) => text.replace(/[%_\\]/g, '\\$&');

function toPassed(row: Schema['ivr_trace']): PassedNode {
  return {
    interactionId: asId<InteractionId>(row.interaction_id),
    at: Number(row.at),
    flowId: row.flow_id,
    version: row.version,
    nodeId: row.node_id,
    exit: row.exit_name,
    tookMs: Number(row.took_ms),
    keys: row.keys,
    facts: JSON.parse(row.facts) as Readonly<Record<string, string>>,
  };
}
