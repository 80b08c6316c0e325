import { days } from '../../shared/duration.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { Queue, RouterEvent } from '../acd/index.ts';
import { withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

type Standing = Pick<Extract<RouterEvent, { type: 'item:queued' }>, 'tier' | 'preferences'>;

/**
 * What the router should know of a customer when they are queued: their tier, and whom they would rather speak to, as far as the queue
 * cares. Who answers for their company comes before who happened to have them last. The store has `limits.preferences` to tell, since the
 * caller waits for it: later than that they know nobody. For the same reason a caller who is identified only while waiting keeps the place
 * they have: whom they would have waited for is asked once, when they come in.
 */
export async function standingOf(interaction: LiveInteraction, queue: Queue, context: StoryContext): Promise<Standing> {
  const { clock, contacts, log } = context;
  const { contactId, interactionId } = interaction;
  const tier =
    interaction.record?.tier ?? (interaction.identification?.kind === 'certain' ? interaction.identification.summary.tier : null);
  if (contactId === null || (queue.lastAgent === null && queue.accountManager === null)) return { tier, preferences: [] };
  const known = await withTimeLimit(
    clock,
    limits.preferences,
    'reading whom the customer knows',
    contacts.preferredAgents(contactId),
  ).catch((error: unknown) => {
    log.warn('preferences:unknown', { interactionId, error: String(error) });
    return null;
  });
  const preferences: { agentId: AgentId; kind: 'lastAgent' | 'accountManager' }[] = [];
  if (queue.accountManager && known?.accountManager) preferences.push({ agentId: known.accountManager, kind: 'accountManager' });
  const last = known?.lastAgent;
  const isRecent = last && queue.lastAgent && last.at >= clock.now() - days(queue.lastAgent.withinDays);
  if (isRecent && last.agentId !== preferences[0]?.agentId) preferences.push({ agentId: last.agentId, kind: 'lastAgent' });
  return { tier, preferences };
}
