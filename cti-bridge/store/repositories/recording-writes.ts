import type { RecordingRepository } from '../../interactions/index.ts';
import type { WriteHandle } from '../schema.ts';

export const recordingWrites = {
  async beginRecording(
    db: WriteHandle,
    { recordingId, interactionId, agentId, startedAt }: Parameters<RecordingRepository['begin']>[0],
  ): Promise<void> {
    await db
      .insertInto('recording')
      .values({
        recording_id: recordingId,
        interaction_id: interactionId,
        agent_id: agentId,
        started_at: startedAt,
        duration_ms: null,
        is_paused: 0,
      })
      .onConflict((conflict) => conflict.column('recording_id').doNothing())
      .execute();
  },

  async setRecordingPaused(db: WriteHandle, recordingId: string, isPaused: boolean): Promise<void> {
    await db
      .updateTable('recording')
      .set({ is_paused: isPaused ? 1 : 0 })
      .where('recording_id', '=', recordingId)
      .execute();
  },

  async endRecording(db: WriteHandle, recordingId: string, durationMs: number): Promise<void> {
    await db.updateTable('recording').set({ duration_ms: durationMs, is_paused: 0 }).where('recording_id', '=', recordingId).execute();
  },

  async discardRecording(db: WriteHandle, recordingId: string): Promise<void> {
    await db.deleteFrom('recording').where('recording_id', '=', recordingId).execute();
  },
};
