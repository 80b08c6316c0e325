import {
  type AgentId,
  asId,
  type ContactId,
  type InteractionId,
  type QueueId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import type { PromisedCallback } from '../../interactions/index.ts';
import type { ReadHandle } from '../schema.ts';

export const callbackReads = {
  /** Whom we still owe a call, in the order in which they first waited. */
  async readPendingCallbacks(db: ReadHandle): Promise<readonly PromisedCallback[]> {
    const rows = await db
      .selectFrom('callback')
      .selectAll()
      .where('state', '=', 'pending')
      .orderBy('queued_at')
      .orderBy('work_item_id')
      .execute();
    return rows.map((row) => ({
      workItemId: asId<WorkItemId>(row.work_item_id),
      interactionId: asId<InteractionId>(row.interaction_id),
      queueId: asId<QueueId>(row.queue_id),
      number: row.number ?? '',
      numberKey: row.number_key ?? '',
      peer: row.peer,
      trunkId: asId<TrunkId>(row.trunk_id),
      dialled: row.dialled,
      locale: row.locale,
      priority: row.priority,
      queuedAt: row.queued_at,
      promisedAt: row.promised_at,
      attempts: row.attempts,
      recordingId: row.recording_id,
      findings: row.findings,
      ...(row.about === null
        ? {}
        : {
            agreed: {
              contactId: row.contact_id === null ? null : asId<ContactId>(row.contact_id),
              about: row.about,
              keeper:
                row.agent_id === null || row.theirs_until === null
                  ? null
                  : { agentId: asId<AgentId>(row.agent_id), until: row.theirs_until },
            },
          }),
    }));
  },
};
