import { type AgentId, asId, type ConversationId, type InteractionId } from '../../../shared/ids.ts';
import type { InteractionRepository, OpenInteraction } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';

export const interactionReads = {
  async readDraft(db: ReadHandle, interactionId: InteractionId): ReturnType<InteractionRepository['readDraft']> {
    const row = await db.selectFrom('draft').selectAll().where('interaction_id', '=', interactionId).executeTakeFirst();
    return row ? { text: row.text, revision: row.revision, savedAt: row.saved_at } : null;
  },

  async readOpen(db: ReadHandle): Promise<readonly OpenInteraction[]> {
    const rows = await db
      .selectFrom('interaction_progress')
      .leftJoin('interaction', 'interaction.interaction_id', 'interaction_progress.interaction_id')
      .selectAll('interaction_progress')
      .select(['interaction.disposition_code', 'interaction.begun_in'])
      .where('is_open', '=', 1)
      .orderBy('interaction_progress.interaction_id')
      .execute();
    return rows.map((row) => ({
      interactionId: asId<InteractionId>(row.interaction_id),
      isEnded: row.ended_at !== null,
      agentId: row.agent_id === null ? null : asId<AgentId>(row.agent_id),
      wrapUpEndsAt: row.wrap_up_ends_at,
      storedDisposition: row.disposition_code,
      ...(row.begun_in === null ? {} : { begunIn: asId<ConversationId>(row.begun_in) }),
    }));
  },
};
