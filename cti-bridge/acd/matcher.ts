import type { WorkItemId } from '../../shared/ids.ts';
import { isFree } from './agents/agent.ts';
import type { Place, QueueLine, RouterAgent, TriedAgent, WaitingItem } from './model.ts';
import { offer } from './reservation.ts';
import { entriesOf, sizeOf, valuesOf } from './sorted-map.ts';
import { strategies } from './strategies/by-name.ts';
import { byPlace } from './tables.ts';
import type { Turn } from './turn.ts';

/**
 * Brings waiting items and free agents together, best item first, until nothing more fits. Only queues in which something changed are
 * looked at: in all others nothing fitted before, so nothing fits now.
 */
export function match(turn: Turn): void {
  const cursors = cursorsOf(turn);
  for (let best = takeBest(turn, cursors); best !== null; best = takeBest(turn, cursors)) {
    const { line, item } = best;
    const candidates = candidatesFor(turn, line, item);
    const strategy = strategies[line.queue.strategy];
    const agent = strategy.choose(candidates.agents);
    if (agent !== null) offer(turn, line, item, { agent, ofAgents: candidates.count, strategy });
  }
}

interface Cursor {
  readonly queueId: WaitingItem['queueId'];
  readonly rest: Iterator<{ readonly key: Place; readonly value: WorkItemId }, void>;
  head: Place;
}

function cursorsOf(turn: Turn): Cursor[] {
  const cursors: Cursor[] = [];
  for (const queueId of turn.unsettled) {
    const line = turn.line(queueId);
    if (line === null || line.free === null) continue;
    const rest = entriesOf(line.pending);
    const first = rest.next();
    if (!first.done) cursors.push({ queueId, rest, head: first.value.key });
  }
  return cursors;
}

/** The best item at the head of any of these queues that still has somebody free, and steps past it. */
function takeBest(turn: Turn, cursors: Cursor[]): { readonly line: QueueLine; readonly item: WaitingItem } | null {
  let best: { readonly cursor: Cursor; readonly line: QueueLine } | null = null;
  for (let i = cursors.length - 1; i >= 0; i--) {
    const cursor = cursors[i];
    const line = cursor && turn.line(cursor.queueId);
    if (!cursor || !line || line.free === null) cursors.splice(i, 1);
    else if (best === null || byPlace(cursor.head, best.cursor.head) < 0) best = { cursor, line };
  }
  if (best === null) return null;
  const item = turn.item(best.cursor.head.workItemId);
  const following = best.cursor.rest.next();
  if (following.done) cursors.splice(cursors.indexOf(best.cursor), 1);
  else best.cursor.head = following.value.key;
  return item === null ? takeBest(turn, cursors) : { line: best.line, item };
}

interface Candidates {
  readonly agents: Iterable<RouterAgent>;
  readonly count: number;
}

/**
 * Who may have this item: the free agents of its queue, longest idle first. Those who had it and lost it come last: only when nobody
 * else is free, and then only after a rest, or after choosing a presence anew.
 */
function candidatesFor(turn: Turn, line: QueueLine, item: WaitingItem): Candidates {
  if (item.tried.length === 0) return { agents: agentsOf(turn, line), count: sizeOf(line.free) };
  const freeTried = item.tried.flatMap((tried) => {
    const agent = turn.agent(tried.agentId);
    return agent !== null && isFree(agent) && agent.queueIds.includes(item.queueId) ? [{ tried, agent }] : [];
  });
  const others = sizeOf(line.free) - freeTried.length;
  if (others > 0) {
    const tried = new Set(freeTried.map(({ agent }) => agent.agentId));
    return { agents: agentsOf(turn, line, (agent) => !tried.has(agent.agentId)), count: others };
  }
  const ready = new Set(freeTried.filter(({ tried, agent }) => mayTryAgain(turn, tried, agent)).map(({ agent }) => agent.agentId));
  return { agents: agentsOf(turn, line, (agent) => ready.has(agent.agentId)), count: ready.size };
}

function mayTryAgain(turn: Turn, tried: TriedAgent, agent: RouterAgent): boolean {
  return tried.restsUntil <= turn.at || tried.presenceChoices !== agent.presenceChoices;
}

function* agentsOf(turn: Turn, line: QueueLine, isCandidate: (agent: RouterAgent) => boolean = () => true): Generator<RouterAgent, void> {
  for (const agentId of valuesOf(line.free)) {
    const agent = turn.agent(agentId);
    if (agent !== null && isCandidate(agent)) yield agent;
  }
}
