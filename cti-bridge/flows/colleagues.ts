import type { AgentView } from '../../shared/contracts/agent.ts';
import type { Colleague } from '../../shared/contracts/call-features.ts';
import type { AgentId } from '../../shared/ids.ts';
import { agentOf, mayBeAskedFor } from '../acd/index.ts';
import type { StoryContext } from './context.ts';
import type { OrgScope } from './org-tree.ts';
import type { Asker } from './ports.ts';

/** As many as somebody looks through before they type another letter. */
const mostFound = 40;

/**
 * Who takes calls beside whoever asks and in their scope, by words of the name, the beginning of the extension or a skill; who could take one
 * now comes first.
 */
export function findColleagues(
  { agents, routing }: Pick<StoryContext, 'agents' | 'routing'>,
  { agentId: asker }: Pick<Asker, 'agentId'>,
  scope: OrgScope,
  text: string,
): readonly Colleague[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return agents
    .views()
    .filter((agent) => agent.agentId !== asker && scope.has(agent.agentId) && words.every((word) => fits(agent, word)))
    .map((agent) => {
      const state = agentOf(routing.state, agent.agentId as AgentId);
      return { agent, mayBeAsked: state !== null && mayBeAskedFor(state, 'voice') };
    })
    .sort(byReadiness)
    .slice(0, mostFound);
}

function fits({ name, extension, skills }: AgentView, word: string): boolean {
  return (
    name.toLowerCase().includes(word) || extension.startsWith(word) || skills.some(({ skill }) => skill.toLowerCase().startsWith(word))
  );
}

/** Who chose to be free and is, then whoever may be asked all the same, then those here with full hands, then those who are not. */
function rank({ agent, mayBeAsked }: Colleague): number {
  if (mayBeAsked) return agent.presence === 'available' ? 0 : 1;
  return agent.presence === 'loggedOut' ? 3 : 2;
}

const byReadiness = (one: Colleague, other: Colleague): number =>
  rank(one) - rank(other) || one.agent.name.localeCompare(other.agent.name) || one.agent.agentId.localeCompare(other.agent.agentId);
