import type { Configuration, UserConfiguration } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import type { AgentSettings } from '../model.ts';

/** What the configuration says of an agent, as the router needs it. A capacity profile that is not there leaves no room for anything. */
export function settingsFrom(
  { orgUnit }: Pick<UserConfiguration, 'orgUnit'>,
  agent: NonNullable<UserConfiguration['agent']>,
  capacities: Configuration['capacities'],
): AgentSettings {
  return {
    skills: agent.skills,
    capacity: capacities.find(({ id }) => id === agent.capacity)?.channels ?? {},
    teamId: agent.team,
    orgUnitId: orgUnit,
    leftQueueIds: agent.leftQueues.map((id) => asId<QueueId>(id)),
    weight: agent.weight,
  };
}
