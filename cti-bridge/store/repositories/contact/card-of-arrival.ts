import type { ReadHandle, WriteHandle } from '../../schema.ts';

/**
 * Where something new about a person goes: to their card that holds what they arrived with, so that it stays with it through every merge
 * and its undoing; else to the card that was named. Of several cards the one that used it last. Null when nobody has this id (any more).
 */
export async function cardOfArrival(db: ReadHandle | WriteHandle, contactId: string, key: string | null): Promise<string | null> {
  const look = db as ReadHandle;
  const named = await look.selectFrom('person').select('head_id').where('contact_id', '=', contactId).executeTakeFirst();
  if (!named) return null;
  if (key === null) return contactId;
  const holder = await look
    .selectFrom('identifier')
    .innerJoin('person', 'person.contact_id', 'identifier.contact_id')
    .select('person.contact_id')
    .where('identifier.value', '=', key)
    .where('person.head_id', '=', named.head_id)
    .orderBy('identifier.last_used_at', (order) => order.desc().nullsLast())
    .orderBy('person.contact_id')
    .limit(1)
    .executeTakeFirst();
  return holder?.contact_id ?? contactId;
}

/** The same for something that happens in an interaction: what its customer arrived with decides. Null interaction: the card that was named. */
export async function cardOfInteraction(
  db: ReadHandle | WriteHandle,
  contactId: string,
  interactionId: string | null,
): Promise<string | null> {
  if (interactionId === null) return cardOfArrival(db, contactId, null);
  const interaction = await (db as ReadHandle)
    .selectFrom('interaction')
    .select('number')
    .where('interaction_id', '=', interactionId)
    .executeTakeFirst();
  return cardOfArrival(db, contactId, interaction?.number ?? null);
}
