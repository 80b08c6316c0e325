import type { AgentId } from '../../shared/ids.ts';
import { mayTake } from './agents/agent.ts';
import type { Place, QueueLine, RouterAgent, TriedAgent, WaitingItem } from './model.ts';
import { meetsItem } from './queues/item-needs.ts';
import { isWorthWaitingFor } from './queues/preferences.ts';
import { risenPriority } from './queues/queue-line.ts';
import { settle } from './queues/waiting.ts';
import { offer } from './reservation.ts';
import { firstOf, sizeOf, valuesOf } from './sorted-map.ts';
import { strategies } from './strategies/by-name.ts';
import { heldTable, placeTable } from './tables.ts';
import type { Turn } from './turn.ts';

/**
 * Brings waiting items and free agents together until nothing more fits: first what waits for one agent in particular, then the best item
 * of all. Only queues in which something changed are looked at: in all others nothing fitted before, so nothing fits now.
 */
export function match(turn: Turn): void {
  for (let agentId = turn.nextSought(); agentId !== null; agentId = turn.nextSought()) matchHeld(turn, agentId);
  const cursors = cursorsOf(turn);
  for (let best = takeBest(turn, cursors); best !== null; best = takeBest(turn, cursors)) {
    const { line, item } = best;
    const { agents, count } = candidatesFor(turn, line, item);
    const chosen = take(agents, strategies[line.queue.strategy].most);
    if (chosen.length > 0) offer(turn, line, item, chosen, count);
  }
}

/** What waits for this agent alone, in its order, as far as there is room; somebody who cannot be asked any more is waited for no longer. */
function matchHeld(turn: Turn, agentId: AgentId): void {
  for (const workItemId of [...valuesOf(heldTable.get(turn.state.heldFor, agentId))]) {
    const item = turn.item(workItemId);
    const line = item && turn.line(item.queueId);
    const agent = turn.agent(agentId);
    if (!item || !line || item.reservationIds.length > 0) continue;
    if (!agent || !item.preferred || !isWorthWaitingFor(turn, item, line.queue, item.preferred)) settle(turn, item);
    else if (mayTake(agent, line.queue.channel)) offer(turn, line, item, [agent], 1);
  }
}

/** The head of one ring of one queue. */
interface Cursor {
  readonly queueId: WaitingItem['queueId'];
  readonly ring: number;
  head: Place;
}

function cursorsOf(turn: Turn): Cursor[] {
  const cursors: Cursor[] = [];
  for (const queueId of turn.unsettled) {
    const line = turn.line(queueId);
    if (line === null) continue;
    for (const [ring, pending] of line.pending.entries()) {
      if (pending === null || !hasFree(line, ring)) continue;
      const head = firstOf(pending);
      if (head !== null) cursors.push({ queueId, ring, head: head.key });
    }
  }
  return cursors;
}

interface Best {
  readonly cursor: Cursor;
  readonly line: QueueLine;
  readonly item: WaitingItem;
}

/** The best item at the head of any of these that still has somebody free, and steps past it. */
function takeBest(turn: Turn, cursors: Cursor[]): Best | null {
  let best: Best | null = null;
  for (let i = cursors.length - 1; i >= 0; i--) {
    const cursor = cursors[i];
    const line = cursor && turn.line(cursor.queueId);
    const item = cursor && turn.item(cursor.head.workItemId);
    if (!cursor || !line || !item || !hasFree(line, cursor.ring)) cursors.splice(i, 1);
    else if (best === null || comesBefore(turn.at, { cursor, line, item }, best)) best = { cursor, line, item };
  }
  if (best === null) return null;
  const { cursor, line } = best;
  const following = placeTable.after(line.pending[cursor.ring] ?? null, cursor.head);
  if (following === null) cursors.splice(cursors.indexOf(cursor), 1);
  else cursor.head = following.key;
  return best;
}

/** Between queues: what returned and what a queue lets pass first, then the priority that waiting has raised it to, then arrival. */
function comesBefore(at: number, a: Best, b: Best): boolean {
  const [place, other] = [a.cursor.head, b.cursor.head];
  const difference =
    place.rank - other.rank ||
    risenPriority(b.item, b.line.queue, at) - risenPriority(a.item, a.line.queue, at) ||
    place.queuedAt - other.queuedAt ||
    place.place - other.place;
  return difference < 0;
}

function hasFree(line: QueueLine, ring: number): boolean {
  for (let i = 0; i <= ring; i++) if ((line.free[i] ?? null) !== null) return true;
  return false;
}

interface Candidates {
  readonly agents: Iterable<RouterAgent>;
  readonly count: number;
}

/**
 * Who may have this item: the free agents of its queue as far as its search has widened, those the queue asked for first before those it
 * takes by now, in the order of its strategy, and of them those whom the item itself asks for. Those who had it and lost it come last: only when nobody else is free, and then only after a
 * rest, or after choosing a presence anew.
 */
function candidatesFor(turn: Turn, line: QueueLine, item: WaitingItem): Candidates {
  const isAsked = (agent: RouterAgent) => meetsItem(agent, item);
  let count = 0;
  if (item.needs === undefined) for (let ring = 0; ring <= item.ring; ring++) count += sizeOf(line.free[ring] ?? null);
  else count = [...freeAgents(turn, line, item.ring, isAsked)].length;
  if (item.tried.length === 0) return { agents: freeAgents(turn, line, item.ring, isAsked), count };
  const freeTried = item.tried.flatMap((tried) => {
    const agent = turn.agent(tried.agentId);
    const membership = agent?.memberships.find(({ queueId }) => queueId === item.queueId);
    return agent && membership && membership.ring <= item.ring && mayTake(agent, line.queue.channel) && isAsked(agent)
      ? [{ tried, agent }]
      : [];
  });
  if (count > freeTried.length) {
    const tried = new Set(freeTried.map(({ agent }) => agent.agentId));
    return {
      agents: freeAgents(turn, line, item.ring, (agent) => !tried.has(agent.agentId) && isAsked(agent)),
      count: count - freeTried.length,
    };
  }
  const ready = new Set(freeTried.filter(({ tried, agent }) => mayTryAgain(turn, tried, agent)).map(({ agent }) => agent.agentId));
  return { agents: freeAgents(turn, line, item.ring, (agent) => ready.has(agent.agentId)), count: ready.size };
}

function mayTryAgain(turn: Pick<Turn, 'at'>, tried: TriedAgent, agent: RouterAgent): boolean {
  return tried.restsUntil <= turn.at || tried.freshStarts !== agent.freshStarts;
}

function* freeAgents(
  turn: Turn,
  line: QueueLine,
  upTo: number,
  isCandidate: (agent: RouterAgent) => boolean = () => true,
): Generator<RouterAgent, void> {
  for (let ring = 0; ring <= upTo; ring++) {
    for (const agentId of valuesOf(line.free[ring] ?? null)) {
      const agent = turn.agent(agentId);
      if (agent !== null && isCandidate(agent)) yield agent;
    }
  }
}

function take<Thing>(things: Iterable<Thing>, most: number): Thing[] {
  const taken: Thing[] = [];
  for (const thing of things) {
    taken.push(thing);
    if (taken.length >= most) break;
  }
  return taken;
}
