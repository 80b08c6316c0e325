import { asId, type ContactId, type EventId, type InteractionId } from '../../../shared/ids.ts';
import type { InteractionEvent } from '../../interactions/index.ts';
import type { ContactName, EventPage } from '../../reporting/index.ts';
import type { ReadHandle } from '../schema.ts';

export const reportReads = {
  async readEventsSince(db: ReadHandle, since: number, from: number | null, limit: number): Promise<EventPage> {
    const first = from ?? (await firstSequence(db, since));
    if (first === null) return { events: [], next: null };
    const rows = await db
      .selectFrom('interaction_event')
      .selectAll()
      .where('sequence', '>=', first)
      .where('interaction_id', 'in', touched(db, since))
      .orderBy('sequence')
      .limit(limit)
      .execute();
    const last = rows.at(-1);
    return {
      events: rows.map(
        (row) =>
          ({
            ...JSON.parse(row.body),
            id: asId<EventId>(row.event_id),
            at: row.at,
            type: row.type,
            interactionId: asId<InteractionId>(row.interaction_id),
          }) as InteractionEvent,
      ),
      next: last && rows.length === limit ? last.sequence + 1 : null,
    };
  },

  async namesOf(db: ReadHandle, interactionIds: readonly InteractionId[]): Promise<readonly ContactName[]> {
    if (interactionIds.length === 0) return [];
    const rows = await db
      .selectFrom('interaction')
      .select(['interaction_id', 'contact_id', 'presented_name', 'number_received'])
      .where('interaction_id', 'in', interactionIds)
      .execute();
    const recognised = await recognisedAs(db, interactionIds);
    const contactOf = (row: (typeof rows)[number]) => row.contact_id ?? recognised.get(row.interaction_id) ?? null;
    const contactIds = [...new Set(rows.flatMap((row) => contactOf(row) ?? []))];
    const people =
      contactIds.length === 0
        ? []
        : await db.selectFrom('person').select(['contact_id', 'name']).where('contact_id', 'in', contactIds).execute();
    const nameOf = new Map(people.map((person) => [person.contact_id, person.name]));
    return rows.map((row) => {
      const contactId = contactOf(row);
      const name = contactId === null ? undefined : nameOf.get(contactId);
      return {
        interactionId: asId<InteractionId>(row.interaction_id),
        // Somebody erased since is nobody any more.
        contactId: contactId === null || name === undefined ? null : asId<ContactId>(contactId),
        who: name ?? row.presented_name ?? row.number_received,
      };
    });
  },
};

/** Whom the bridge recognised at the call's beginning. Kept with the interaction only when an agent had it; the event says it of all. */
async function recognisedAs(db: ReadHandle, interactionIds: readonly InteractionId[]): Promise<ReadonlyMap<string, string>> {
  const events = await db
    .selectFrom('interaction_event')
    .select(['interaction_id', 'body'])
    .where('interaction_id', 'in', interactionIds)
    .where('type', '=', 'interaction:identified')
    .execute();
  return new Map(
    events.flatMap((event) => {
      const { contactId } = JSON.parse(event.body) as { readonly contactId: string | null };
      return contactId === null ? [] : [[event.interaction_id, contactId] as const];
    }),
  );
}

/** The interactions a report of the time since then is made of. */
function touched(db: ReadHandle, since: number) {
  return db
    .selectFrom('interaction_event')
    .select('interaction_id')
    .where('at', '>=', since)
    .union(db.selectFrom('interaction_progress').select('interaction_id').where('is_open', '=', 1));
}

/** Where the oldest of them begins: found through the index, interaction by interaction, since years of events may lie before it. */
async function firstSequence(db: ReadHandle, since: number): Promise<number | null> {
  const beginnings = db.selectFrom(touched(db, since).as('touched')).select(({ selectFrom }) =>
    selectFrom('interaction_event as event')
      .select(({ fn }) => fn.min('event.sequence').as('first'))
      .whereRef('event.interaction_id', '=', 'touched.interaction_id')
      .as('first'),
  );
  const row = await db
    .selectFrom(beginnings.as('beginning'))
    .select(({ fn }) => fn.min('beginning.first').as('first'))
    .executeTakeFirst();
  return row?.first ?? null;
}
