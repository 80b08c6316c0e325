import { type AgentId, asId, type InteractionId } from '../../../shared/ids.ts';
import type { CustomerScope } from '../../crm/index.ts';
import type { FoundRecording, StoredRecording } from '../../interactions/index.ts';
import type { ReadHandle, Schema } from '../schema.ts';
import { readGroup } from './record/group.ts';

export const recordingReads = {
  async readOpenRecordings(db: ReadHandle): Promise<readonly StoredRecording[]> {
    const rows = await db.selectFrom('recording').selectAll().where('duration_ms', 'is', null).orderBy('started_at').execute();
    return rows.map(toRecording);
  },

  async findRecording(db: ReadHandle, recordingId: string, scope: CustomerScope): Promise<FoundRecording | null> {
    const row = await db
      .selectFrom('recording')
      .innerJoin('interaction', 'interaction.interaction_id', 'recording.interaction_id')
      .selectAll('recording')
      .select('interaction.contact_id')
      .where('recording_id', '=', recordingId)
      .executeTakeFirst();
    if (!row) return null;
    const recording = toRecording(row);
    if (row.contact_id === null) return { recording, customer: 'unknown' };
    return { recording, customer: (await readGroup(db, row.contact_id, scope)) === null ? 'unseen' : 'seen' };
  },

  /** Which of these have a row. */
  async knownRecordings(db: ReadHandle, recordingIds: readonly string[]): Promise<readonly string[]> {
    if (recordingIds.length === 0) return [];
    const rows = await db
      .selectFrom('recording')
      .select('recording_id')
      .where('recording_id', 'in', [...recordingIds])
      .execute();
    return rows.map((row) => row.recording_id);
  },
};

function toRecording(row: Schema['recording']): StoredRecording {
  return {
    recordingId: row.recording_id,
    interactionId: asId<InteractionId>(row.interaction_id),
    agentId: row.agent_id === null ? null : asId<AgentId>(row.agent_id),
    startedAt: Number(row.started_at),
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
    isPaused: Boolean(row.is_paused),
  };
}
