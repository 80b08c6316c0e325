import type { Note } from '../../../shared/contracts/contact.ts';
import type { ContactId, InteractionId } from '../../../shared/ids.ts';
import type { InteractionLink, LinkedCards } from '../../crm/index.ts';
import type { WriteHandle } from '../schema.ts';
import { cardOfArrival, cardOfInteraction } from './contact/card-of-arrival.ts';
import { teachIdentifier } from './contact/teach-identifier.ts';
import { markScoreDue } from './score-due.ts';

export const contactWrites = {
  async linkInteraction(db: WriteHandle, link: InteractionLink): Promise<LinkedCards | null> {
    const { interactionId, contactId, taught } = link;
    const cardId = await cardOfArrival(db, contactId, taught?.key ?? null);
    if (cardId === null) return null;
    await db.updateTable('interaction').set({ contact_id: cardId }).where('interaction_id', '=', interactionId).execute();
    await db.updateTable('timeline_entry').set({ contact_id: cardId }).where('interaction_id', '=', interactionId).execute();
    await teachIdentifier(db, cardId, link);
    await markScoreDue(db, { contactId: cardId }, link.at);
    const cards = await db
      .selectFrom('person')
      .select('contact_id')
      .where('head_id', '=', (select) => select.selectFrom('person as own').select('own.head_id').where('own.contact_id', '=', cardId))
      .execute();
    return { cardId, cardIds: cards.map((card) => card.contact_id) };
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
    const cardId = await cardOfInteraction(db, contactId, interactionId);
    await db
      .insertInto('note')
      .values({ note_id: noteId, contact_id: cardId ?? contactId, interaction_id: interactionId, author, text, at })
      .onConflict((conflict) => conflict.column('note_id').doNothing())
      .execute();
    return { noteId, at, author, text };
  },
};
