import type { Note } from '../../../shared/contracts/contact.ts';
import type { ContactId, InteractionId } from '../../../shared/ids.ts';
import { normaliseNumber } from '../../../shared/phone-number.ts';
import type { WriteHandle } from '../schema.ts';

export const contactWrites = {
  async linkInteraction(
    db: WriteHandle,
    interactionId: InteractionId,
    contactId: ContactId,
    normalised: string | null,
    at: number,
  ): Promise<void> {
    await db.updateTable('interaction').set({ contact_id: contactId }).where('interaction_id', '=', interactionId).execute();
    await db.updateTable('timeline_entry').set({ contact_id: contactId }).where('interaction_id', '=', interactionId).execute();
    if (normalised !== null) await teachNumber(db, contactId, normalised, at);
  },

  async addNote(
    db: WriteHandle,
    noteId: string,
    contactId: ContactId,
    interactionId: InteractionId | null,
    author: string,
    text: string,
    at: number,
  ): Promise<Note> {
    await db
      .insertInto('note')
      .values({ note_id: noteId, contact_id: contactId, interaction_id: interactionId, author, text, at })
      .onConflict((conflict) => conflict.column('note_id').doNothing())
      .execute();
    return { noteId, at, author, text };
  },
};

/** The number is theirs from now on, or was used again. Whether it is verified or shared is not ours to change here. */
async function teachNumber(db: WriteHandle, contactId: ContactId, normalised: string, at: number): Promise<void> {
  const number = normaliseNumber(normalised, 'CN');
  await db
    .insertInto('identifier')
    .values({
      identifier_id: `${contactId}:${normalised}`,
      contact_id: contactId,
      kind: number.kind === 'e164' && number.type === 'mobile' ? 'mobile' : 'phone',
      value: normalised,
      label: null,
      is_verified: 0,
      is_shared: 0,
      last_used_at: at,
    })
    .onConflict((conflict) => conflict.columns(['contact_id', 'value']).doUpdateSet({ last_used_at: at }))
    .execute();
}
