import type { WireError } from '../../shared/contracts/errors.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { type AgentId, asId, type ContactId, type QueueId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { screenPop } from './screen-pop.ts';

/** The agent says who is calling: links this contact, teaches the number, and shows the record in place of the list of candidates. */
export async function chooseContact(
  interaction: LiveInteraction,
  contactId: ContactId,
  agentId: AgentId,
  context: StoryContext,
): Promise<Result<ScreenPop, WireError>> {
  const { contacts, recorder, clock, organisation, routing } = context;
  const record = await contacts.readRecord(contactId, clock.now());
  const queue = interaction.pop && routing.queue(asId<QueueId>(interaction.pop.queueId));
  if (!record || !interaction.pop || !queue) return err({ code: 'not_found', message: 'There is no such person.' });
  const { identification } = interaction;
  const normalised = identification && identification.kind !== 'anonymous' ? identification.normalised : null;
  await contacts.linkInteraction(interaction.interactionId, contactId, normalised, clock.now());
  await recorder.record(interaction.interactionId, { type: 'interaction:contactChosen', contactId, agentId });
  interaction.record = record;
  interaction.pop = screenPop(interaction, queue, interaction.pop.why, organisation.homeCountry);
  return ok(interaction.pop);
}
