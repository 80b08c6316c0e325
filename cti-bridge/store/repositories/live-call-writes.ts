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
    const { last } = await db
      .selectFrom('live_call')
      .select(({ fn }) => fn.max<number | null>('first_saved').as('last'))
      .executeTakeFirstOrThrow();
    await db
      .insertInto('live_call')
      .values({ ...now, interaction_id: call.interactionId, first_saved: (last ?? 0) + 1 })
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(now))
      .execute();
  },

  async forgetLiveCall(db: WriteHandle, interactionId: InteractionId): Promise<void> {
    await db.deleteFrom('live_call').where('interaction_id', '=', interactionId).execute();
  },
};
