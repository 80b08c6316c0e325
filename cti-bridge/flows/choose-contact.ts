import type { WireError } from '../../shared/contracts/errors.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { type AgentId, asId, type ContactId, type QueueId } from '../../shared/ids.ts';
import { type Author, arrivalByPhone, type CustomerScope } from '../crm/index.ts';
import { err, ok, type Result } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { screenPop, showPop } from './screen-pop.ts';

/**
 * The agent says who it is, while it rings, on the line or in the wrap-up: links this person, teaches what they arrived with, and shows the
 * record in place of the list of candidates, to everybody at whom it rings. Said again, the last word counts.
 */
export async function chooseContact(
  interaction: LiveInteraction,
  contactId: ContactId,
  by: { readonly agentId: AgentId; readonly author: Author; readonly scope: CustomerScope },
  context: StoryContext,
): Promise<Result<ScreenPop, WireError>> {
  const { contacts, recorder, clock, organisation, routing } = context;
  const { interactionId, call, pop } = interaction;
  const queue = pop && routing.queue(asId<QueueId>(pop.queueId));
  const record = await contacts.readRecord(contactId, clock.now(), by.scope);
  if (!record || !pop || !queue) return err(noSuchPerson);
  const { kind, key } = arrivalByPhone(call.caller, organisation);
  const taught = key === null ? null : { kind, key };
  const cards = await contacts.linkInteraction({ interactionId, contactId, taught, author: by.author, at: clock.now() });
  if (!cards) return err(noSuchPerson);
  await recorder.record(interactionId, {
    type: 'interaction:contactChosen',
    contactId: asId<ContactId>(cards.cardId),
    agentId: by.agentId,
  });
  interaction.isChosen = true;
  interaction.cards = cards;
  interaction.record = record;
  interaction.recordingControls?.personChanged();
  interaction.pop = screenPop(interaction, queue, pop.why, organisation);
  showPop(interaction, interaction.pop, context);
  return ok(interaction.pop);
}

const noSuchPerson: WireError = { code: 'not_found', message: 'There is no such person.' };
