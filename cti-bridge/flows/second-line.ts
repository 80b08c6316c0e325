import type { AgentId } from '../../shared/ids.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/**
 * An agent whose capacity lets them have several calls speaks in one at a time: whoever is turned to is talked with, and the customers of the
 * others hear music. That happens by itself, with the answer of the next call and with every return to one.
 */
export async function holdOthers(interaction: LiveInteraction, agentId: AgentId, { live }: Pick<StoryContext, 'live'>): Promise<void> {
  for (const other of live.assignedTo(agentId))
    if (other !== interaction && other.callView?.state === 'talking') await other.callControls?.hold();
}
