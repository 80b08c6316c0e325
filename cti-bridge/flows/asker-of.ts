import type { Configuration } from '../../shared/contracts/configuration.ts';
import { type AgentId, asId, type UserId } from '../../shared/ids.ts';
import { rightsOf } from '../organisation/index.ts';
import type { Asker } from './ports.ts';

/** An agent who asks by a key of their phone. */
export function askerOf(configuration: Configuration, agentId: AgentId): Asker | null {
  const user = configuration.users.find(({ agent }) => agent?.id === agentId);
  if (!user) return null;
  const rights = rightsOf(configuration, user.id) ?? [];
  return { userId: asId<UserId>(user.id), name: user.name, agentId, may: (right) => rights.includes(right) };
}

/** Who that is now, and where they take calls; null: nobody any more. */
export function userNow({ users }: Configuration, userId: UserId): { readonly name: string; readonly agentId: AgentId | null } | null {
  const user = users.find(({ id }) => id === userId);
  return user ? { name: user.name, agentId: user.agent && asId<AgentId>(user.agent.id) } : null;
}
