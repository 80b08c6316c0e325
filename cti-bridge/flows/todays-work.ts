import type { AgentId } from '../../shared/ids.ts';
import type { InteractionRepository } from '../crm/index.ts';
import { withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';

type TodaysWork = Awaited<ReturnType<InteractionRepository['handledSince']>>;

const nothingKnown: TodaysWork = { handled: 0, averageHandlingMs: null };

/** Local midnight. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** The agent's figures of the day. Nothing ever fails or waits for them: a store that does not answer in time leaves them out. */
export async function todaysWork(
  agentId: AgentId,
  { interactions, clock, log }: Pick<StoryContext, 'interactions' | 'clock' | 'log'>,
): Promise<TodaysWork> {
  const reading = interactions.handledSince(agentId, startOfDay(clock.now()));
  return withTimeLimit(clock, limits.todaysWork, "reading an agent's day", reading).catch((error: unknown) => {
    log.warn('agent:dayUnknown', { agentId, error: String(error) });
    return nothingKnown;
  });
}
