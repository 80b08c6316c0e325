import type { RecordingRepository } from '../../interactions/index.ts';
import type { WriteHandle } from '../schema.ts';
import { looking } from './record/group.ts';

/** From and to, ms; no end: it is paused. */
export function pausesOf(stored: string): [number, number | null][] {
  return JSON.parse(stored) as [number, number | null][];
}

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
        pauses: '[]',
      })
      .onConflict((conflict) => conflict.column('recording_id').doNothing())
      .execute();
  },

  async setRecordingPaused(db: WriteHandle, recordingId: string, isPaused: boolean, atMs: number): Promise<void> {
    const row = await looking(db).selectFrom('recording').select('pauses').where('recording_id', '=', recordingId).executeTakeFirst();
    if (!row) return;
    const pauses = pausesOf(row.pauses);
    const last = pauses.at(-1);
    const isOpen = last !== undefined && last[1] === null;
    if (isPaused === isOpen) return;
    if (isPaused) pauses.push([atMs, null]);
    else pauses.splice(-1, 1, [last?.[0] ?? atMs, atMs]);
    await db
      .updateTable('recording')
      .set({ is_paused: isPaused ? 1 : 0, pauses: JSON.stringify(pauses) })
      .where('recording_id', '=', recordingId)
      .execute();
  },

  async endRecording(db: WriteHandle, recordingId: string, durationMs: number): Promise<void> {
    await db.updateTable('recording').set({ duration_ms: durationMs, is_paused: 0 }).where('recording_id', '=', recordingId).execute();
  },

  async moveRecording(db: WriteHandle, recordingId: string, interactionId: string): Promise<void> {
    await db.updateTable('recording').set({ interaction_id: interactionId }).where('recording_id', '=', recordingId).execute();
  },

  async discardRecording(db: WriteHandle, recordingId: string): Promise<void> {
    await db.deleteFrom('recording').where('recording_id', '=', recordingId).execute();
  },
};
