import { sql } from 'kysely';
import type { InteractionId } from '../../../shared/ids.ts';
import type { StoredCall } from '../../interactions/index.ts';
import type { WriteHandle } from '../schema.ts';

export const liveCallWrites = {
  async saveLiveCall(db: WriteHandle, call: StoredCall): Promise<void> {
    const now = {
      work_item_id: call.workItemId,
      legs: call.legs,
      agent_id: call.agentId,
      queue_id: call.queueId,
      priority: call.priority,
      locale: call.locale,
      queued_at: call.queuedAt,
      talking_since: call.talkingSince,
      is_held: call.isHeld ? (1 as const) : (0 as const),
      menu: call.menu,
    };
    await db
      .insertInto('live_call')
      .values((of) => ({
        ...now,
        interaction_id: call.interactionId,
        first_saved: of
          .selectFrom('live_call')
          .select(({ fn, lit }) => sql<number>`${fn.coalesce(fn.max('first_saved'), lit(0))} + 1`.as('next')),
      }))
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(now))
      .execute();
  },

  async forgetLiveCall(db: WriteHandle, interactionId: InteractionId): Promise<void> {
    await db.deleteFrom('live_call').where('interaction_id', '=', interactionId).execute();
  },
};
