import type { QueueChannel } from '../../../shared/contracts/configuration.ts';
import type { AgentSettings, RouterAgent, Work } from '../model.ts';

/**
 * How much an agent can have in hand. Each channel weighs so much of 100, and has a most; work that a newcomer interrupts rests while the
 * newcomer is there and takes no room. So with voice at weight 100 that interrupts mail: one call, or chats and mails up to 100, and a call
 * may come in on top of mails but never on top of chats.
 */
type Capacity = AgentSettings['capacity'];

export const fullLoad = 100;

/** Says whether one more item of this channel fits. */
export function hasRoom(capacity: Capacity, works: readonly Work[], channel: QueueChannel): boolean {
  const rule = capacity[channel];
  if (rule === undefined || rule.max === 0) return false;
  let ofChannel = 0;
  let load = rule.weight;
  for (const work of works) {
    if (work.channel === channel) ofChannel++;
    if (!rule.interrupts.includes(work.channel)) load += weightOf(capacity, work.channel);
  }
  return ofChannel < rule.max && load <= fullLoad;
}

/** What is in hand and not resting, 0 to 100 unless the profile was made smaller meanwhile. */
export function loadOf(agent: Pick<RouterAgent, 'settings' | 'works'>): number {
  const { capacity } = agent.settings;
  let load = 0;
  for (const work of agent.works) if (!isResting(capacity, agent.works, work)) load += weightOf(capacity, work.channel);
  return load;
}

/** Says whether other work in hand interrupts this one. */
export function isResting(capacity: Capacity, works: readonly Work[], work: Work): boolean {
  return works.some((other) => other !== work && (capacity[other.channel]?.interrupts.includes(work.channel) ?? false));
}

function weightOf(capacity: Capacity, channel: QueueChannel): number {
  return capacity[channel]?.weight ?? fullLoad;
}
