import type { WorkItemId } from '../../../shared/ids.ts';
import type { CallbackEnding, PromisedCallback } from '../../interactions/index.ts';
import type { WriteHandle } from '../schema.ts';

export const callbackWrites = {
  /** The same promise again is one action. */
  async promiseCallback(db: WriteHandle, promised: PromisedCallback): Promise<void> {
    await db
      .insertInto('callback')
      .values({
        work_item_id: promised.workItemId,
        interaction_id: promised.interactionId,
        queue_id: promised.queueId,
        number: promised.number,
        number_key: promised.numberKey,
        peer: promised.peer,
        trunk_id: promised.trunkId,
        dialled: promised.dialled,
        locale: promised.locale,
        priority: promised.priority,
        queued_at: promised.queuedAt,
        promised_at: promised.promisedAt,
        attempts: promised.attempts,
        state: 'pending',
        recording_id: promised.recordingId,
        findings: promised.findings,
        contact_id: promised.agreed?.contactId ?? null,
        about: promised.agreed?.about ?? null,
        agent_id: promised.agreed?.keeper?.agentId ?? null,
        theirs_until: promised.agreed?.keeper?.until ?? null,
      })
      .onConflict((conflict) => conflict.column('work_item_id').doNothing())
      .execute();
  },

  /** Counted before the phone rings, so that a crash in between never makes one attempt too many. False: the promise is over. */
  async countCallbackAttempt(db: WriteHandle, workItemId: WorkItemId, attempt: number): Promise<boolean> {
    const counted = await db
      .updateTable('callback')
      .set({ attempts: attempt })
      .where('work_item_id', '=', workItemId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    return counted.numUpdatedRows === 1n;
  },

  async endCallback(db: WriteHandle, workItemId: WorkItemId, ending: CallbackEnding): Promise<void> {
    await db
      .updateTable('callback')
      .set({ state: ending, number: null, number_key: null, peer: null, findings: null, about: null })
      .where('work_item_id', '=', workItemId)
      .where('state', '=', 'pending')
      .execute();
  },
};
