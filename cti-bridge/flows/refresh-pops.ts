import { asId, type ContactId, type QueueId } from '../../shared/ids.ts';
import type { StoryContext } from './context.ts';
import { screenPop, showPop } from './screen-pop.ts';

/**
 * Somebody's record was changed as a whole, by a merge or its undoing: whoever has them in hand now sees it as it is. The contact stays with
 * the card it is with. What the store cannot tell now stays as it is shown.
 */
export async function refreshPops(
  contactIds: readonly string[],
  { live, contacts, clock, routing, organisation, desktops, log }: Omit<StoryContext, 'callbacks'>,
): Promise<void> {
  for (const interaction of live.all()) {
    const { record, pop, cards, interactionId } = interaction;
    if (!record || !contactIds.some((contactId) => interaction.mayBe(contactId))) continue;
    try {
      const person = await contacts.readPerson(asId<ContactId>(cards.cardId ?? record.contactId), clock.now());
      if (!person || interaction.record !== record) continue;
      interaction.record = person.record;
      interaction.cards = { ...interaction.cards, cardIds: person.cardIds };
      const queue = pop && routing.queue(asId<QueueId>(pop.queueId));
      if (!pop || !queue) continue;
      interaction.pop = screenPop(interaction, queue, pop.why, organisation);
      showPop(interaction, interaction.pop, { desktops });
    } catch (error) {
      log.warn('pop:notRefreshed', { interactionId, error: String(error) });
    }
  }
}
