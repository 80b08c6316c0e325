import type { AgentView, NotReadyReason } from '../../shared/contracts/agent.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { StoryContext } from './context.ts';

/** What an agent may choose for themselves. */
export type PresenceChoice =
  | { readonly presence: 'available' }
  | { readonly presence: 'notReady'; readonly reason: NotReadyReason | null }
  | { readonly presence: 'loggedOut' };

/**
 * An agent chooses how present they are, by whichever way. Somebody without a screen cannot say how their last contact ended: becoming
 * available says that it has, and the default outcome is stored, unless the wrap-up has to run its time. `isWrappingUp`: no work comes
 * before it ends. Null for nobody of ours.
 */
export async function choosePresence(
  agentId: AgentId,
  choice: PresenceChoice,
  { agents, live }: Pick<StoryContext, 'agents' | 'live'>,
): Promise<{ readonly view: AgentView; readonly isWrappingUp: boolean } | null> {
  const reason = choice.presence === 'notReady' ? choice.reason : null;
  if (!(await agents.setPresence(agentId, choice.presence, reason))) return null;
  const wrappingUp = live.assignedTo(agentId).flatMap(({ wrapUpControls }) => wrapUpControls ?? []);
  const mayComplete = choice.presence === 'available' && agents.find(agentId)?.hasDesktop === false;
  const completed = mayComplete ? await Promise.all(wrappingUp.map((controls) => controls.completeByDefault())) : [];
  const view = agents.view(agentId);
  return view && { view, isWrappingUp: completed.filter((isDone) => isDone).length < wrappingUp.length };
}
