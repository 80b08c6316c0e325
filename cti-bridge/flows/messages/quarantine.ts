import { agentOf } from '../../acd/index.ts';
import type { QuarantinedArrival } from '../../interactions/index.ts';
import type { Asker } from '../ports.ts';
import type { MessageContext } from './context.ts';
import { queueOfSource } from './sources.ts';

/**
 * What came in, could not be read, and is this asker's to see: all of it for whoever watches the queues; for whoever handles work what would have
 * come into a queue of theirs.
 */
export async function quarantineOf(
  asker: Pick<Asker, 'agentId' | 'may'>,
  { conversations, routing, configuration }: Pick<MessageContext, 'conversations' | 'routing' | 'configuration'>,
): Promise<readonly QuarantinedArrival[]> {
  if (asker.may('queue:watch')) return conversations.readQuarantine();
  if (!asker.may('work:handle') || asker.agentId === null) return [];
  const own = new Set<string>(agentOf(routing.state, asker.agentId)?.memberships.map(({ queueId }) => queueId));
  if (own.size === 0) return [];
  const all = await conversations.readQuarantine();
  return all.filter(({ channel, sourceId }) => own.has(queueOfSource(channel, sourceId, configuration()) ?? ''));
}
