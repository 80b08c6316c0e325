import type { AgentId } from '../../../shared/ids.ts';
import type { LastPresence } from '../../acd/index.ts';
import type { ReadHandle } from '../schema.ts';

export const presenceReads = {
  /** One agent after the other, each by the index, latest first: the history of all of them is long, and the last choice of each near its end. */
  async readLastPresences(db: ReadHandle, agentIds: readonly AgentId[]): Promise<readonly LastPresence[]> {
    const found: LastPresence[] = [];
    for (const agentId of agentIds) {
      const row = await db
        .selectFrom('agent_event')
        .select(['at', 'body'])
        .where('agent_id', '=', agentId)
        .where('type', '=', 'agent:presenceChanged')
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) continue;
      const { presence, reason } = JSON.parse(row.body) as Pick<LastPresence, 'presence' | 'reason'>;
      found.push({ agentId, presence, reason, at: row.at });
    }
    return found;
  },
};
