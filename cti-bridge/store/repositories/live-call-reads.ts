import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import type { StoredCall } from '../../interactions/index.ts';
import type { ReadHandle } from '../schema.ts';

export const liveCallReads = {
  async readLiveCalls(db: ReadHandle): Promise<readonly StoredCall[]> {
    const rows = await db.selectFrom('live_call').selectAll().orderBy('first_saved').execute();
    return rows.map((row) => ({
      interactionId: asId<InteractionId>(row.interaction_id),
      workItemId: asId<WorkItemId>(row.work_item_id),
      legs: row.legs,
      agentId: row.agent_id === null ? null : asId<AgentId>(row.agent_id),
      queueId: row.queue_id === null ? null : asId<QueueId>(row.queue_id),
      priority: row.priority,
      locale: row.locale,
      queuedAt: row.queued_at,
      talkingSince: row.talking_since,
      isHeld: row.is_held === 1,
      menu: row.menu,
    }));
  },
};
