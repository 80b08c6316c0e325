import type { ReadHandle } from '../schema.ts';

export interface StoredDecision {
  readonly sequence: number;
  readonly body: string;
}

export const routingReads = {
  async highestFencing(db: ReadHandle): Promise<number> {
    const row = await db
      .selectFrom('routing_offer')
      .select(({ fn }) => fn.max('fencing').as('highest'))
      .executeTakeFirst();
    return row?.highest ?? 0;
  },

  /** The number of the last entry ever written, also when it is gone by now: no number is given twice. */
  async lastDecision(db: ReadHandle): Promise<number> {
    const kept = await db
      .selectFrom('routing_decision')
      .select(({ fn }) => fn.max('sequence').as('last'))
      .executeTakeFirst();
    const pruned = await db
      .selectFrom('routing_pruned')
      .select(({ fn }) => fn.max('last_sequence').as('last'))
      .executeTakeFirst();
    return Math.max(kept?.last ?? 0, pruned?.last ?? 0);
  },

  /** Latest first: entries about this work item or agent, numbered below `before`. */
  async decisionsAbout(db: ReadHandle, subjectId: string, before: number, limit: number): Promise<readonly StoredDecision[]> {
    return db
      .selectFrom('routing_subject')
      .innerJoin('routing_decision', 'routing_decision.sequence', 'routing_subject.sequence')
      .select(['routing_decision.sequence', 'routing_decision.body'])
      .where('routing_subject.subject_id', '=', subjectId)
      .where('routing_subject.sequence', '<', before)
      .orderBy('routing_subject.sequence', 'desc')
      .limit(limit)
      .execute();
  },

  /** In order: entries from `at` on, numbered above `after` (null for the first page). */
  async decisionsSince(db: ReadHandle, at: number, after: number | null, limit: number): Promise<readonly StoredDecision[]> {
    const from = after ?? (await numberBefore(db, at));
    if (from === null) return [];
    return db
      .selectFrom('routing_decision')
      .select(['sequence', 'body'])
      .where('sequence', '>', from)
      .orderBy('sequence')
      .limit(limit)
      .execute();
  },

  async agentNames(db: ReadHandle, agentIds: readonly string[]): Promise<readonly { readonly agentId: string; readonly name: string }[]> {
    if (agentIds.length === 0) return [];
    const rows = await db.selectFrom('login').select(['agent_id', 'name']).where('agent_id', 'in', agentIds).execute();
    return rows.map(({ agent_id, name }) => ({ agentId: agent_id ?? '', name }));
  },
};

/** Found by time once; from there on the order is that of the numbers, whatever the clock on the wall did. */
async function numberBefore(db: ReadHandle, at: number): Promise<number | null> {
  const first = await db.selectFrom('routing_decision').select('sequence').where('at', '>=', at).orderBy('at').limit(1).executeTakeFirst();
  return first ? first.sequence - 1 : null;
}
