import type { Insertable } from 'kysely';
import type { BusinessEvent, InteractionEvent } from '../../interactions/index.ts';
import type { Schema, WriteHandle } from '../schema.ts';
import { keepKeyedAnswer } from './surveys.ts';

export const eventWrites = {
  /**
   * Appends in order, numbering as it goes: one sequence over interactions and agents. An event whose id is stored already is passed over,
   * so that a batch may be sent again after a crash of the writer.
   */
  async appendEvents(db: WriteHandle, events: readonly BusinessEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += mostRows) await append(db, events.slice(from, from + mostRows));
  },
};

/** In one statement; a database takes only so many parameters. */
const mostRows = 500;

async function append(db: WriteHandle, events: readonly BusinessEvent[]): Promise<void> {
  let sequence = await lastSequence(db);
  const ofInteractions: InteractionEvent[] = [];
  const interactionRows: Insertable<Schema['interaction_event']>[] = [];
  const agentRows: Insertable<Schema['agent_event']>[] = [];
  for (const event of events) {
    const { id: event_id, at, type, ...body } = event;
    const row = { event_id, at, type, sequence: ++sequence };
    if ('interactionId' in event) {
      const { interactionId: interaction_id, ...facts } = body as typeof body & { interactionId: string };
      ofInteractions.push(event);
      interactionRows.push({ ...row, interaction_id, body: JSON.stringify(facts) });
    } else {
      const { agentId: agent_id, ...facts } = body as typeof body & { agentId: string };
      agentRows.push({ ...row, agent_id, body: JSON.stringify(facts) });
    }
  }
  if (agentRows.length > 0)
    await db
      .insertInto('agent_event')
      .values(agentRows)
      .onConflict((conflict) => conflict.column('event_id').doNothing())
      .execute();
  if (interactionRows.length === 0) return;
  const stored = await db
    .insertInto('interaction_event')
    .values(interactionRows)
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .returning('event_id')
    .execute();
  const isNew = new Set(stored.map(({ event_id }) => event_id));
  for (const event of ofInteractions) if (isNew.has(event.id)) await fold(db, event);
}

async function lastSequence(db: WriteHandle): Promise<number> {
  const last = await db
    .selectFrom('interaction_event')
    .select(({ fn }) => fn.max<number | null>('sequence').as('last'))
    .unionAll((of) => of.selectFrom('agent_event').select(({ fn }) => fn.max<number | null>('sequence').as('last')))
    .execute();
  return Math.max(0, ...last.map((each) => each.last ?? 0));
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
    case 'ivr:surveyAnswered':
      return keepKeyedAnswer(db, event);
    case 'interaction:completed':
      await progress().set({ is_open: 0 }).execute();
      return;
  }
}
