import type { BusinessEvent, InteractionEvent } from '../../interactions/index.ts';
import type { WriteHandle } from '../schema.ts';

export const eventWrites = {
  /**
   * Appends in order, numbering as it goes: one sequence over interactions and agents. An event whose id is stored already is passed over,
   * so that a batch may be sent again after a crash of the writer.
   */
  async appendEvents(db: WriteHandle, events: readonly BusinessEvent[]): Promise<void> {
    let sequence = await lastSequence(db);
    for (const event of events) {
      const { id: event_id, at, type, ...body } = event;
      const row = { event_id, at, type, sequence: ++sequence };
      if ('interactionId' in event) {
        const { interactionId: interaction_id, ...facts } = body as typeof body & { interactionId: string };
        const stored = await db
          .insertInto('interaction_event')
          .values({ ...row, interaction_id, body: JSON.stringify(facts) })
          .onConflict((conflict) => conflict.column('event_id').doNothing())
          .executeTakeFirst();
        if (stored.numInsertedOrUpdatedRows === 1n) await fold(db, event);
      } else {
        const { agentId: agent_id, ...facts } = body as typeof body & { agentId: string };
        await db
          .insertInto('agent_event')
          .values({ ...row, agent_id, body: JSON.stringify(facts) })
          .onConflict((conflict) => conflict.column('event_id').doNothing())
          .execute();
      }
    }
  },
};

async function lastSequence(db: WriteHandle): Promise<number> {
  const ofInteractions = await db
    .selectFrom('interaction_event')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirst();
  const ofAgents = await db
    .selectFrom('agent_event')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirst();
  return Math.max(ofInteractions?.last ?? 0, ofAgents?.last ?? 0);
}

/**
 * Which interactions are open, kept beside the events in the same unit of work. Open means: not completed, and not ended before any agent
 * had it (then nobody has anything left to do).
 */
async function fold(db: WriteHandle, event: InteractionEvent): Promise<void> {
  const progress = () => db.updateTable('interaction_progress').where('interaction_id', '=', event.interactionId);
  switch (event.type) {
    case 'interaction:received':
      await db
        .insertInto('interaction_progress')
        .values({ interaction_id: event.interactionId, is_open: 1 })
        .onConflict((conflict) => conflict.column('interaction_id').doNothing())
        .execute();
      return;
    case 'interaction:answered':
      await progress().set({ agent_id: event.agentId }).execute();
      return;
    case 'interaction:ended':
      await progress()
        .set((now) => ({ ended_at: event.at, is_open: now.case().when('agent_id', 'is', null).then(0).else(now.ref('is_open')).end() }))
        .execute();
      return;
    case 'wrapUp:started':
      await progress()
        .set({ wrap_up_ends_at: event.limitMs === null ? null : event.at + event.limitMs })
        .execute();
      return;
    case 'wrapUp:extended':
      await progress()
        .set((now) => ({ wrap_up_ends_at: now('wrap_up_ends_at', '+', event.byMs) }))
        .execute();
      return;
    case 'interaction:completed':
      await progress().set({ is_open: 0 }).execute();
      return;
  }
}
