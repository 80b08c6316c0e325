import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agentOf,
  agentsOf,
  emptyRouterState,
  itemOf,
  lineOf,
  linesOf,
  type QueueLine,
  type Reservation,
  type RouterAgent,
  type RouterDecision,
  type RouterState,
  reservationOf,
  route,
  type WaitingItem,
  workStateOf,
} from '../../../cti-bridge/acd/index.ts';
import { entriesOf, valuesOf } from '../../../cti-bridge/acd/sorted-map.ts';
import { decisionReasonCodes } from '../../../shared/contracts/queue.ts';
import type { QueueId } from '../../../shared/ids.ts';
import { meets } from '../../../shared/skill-expression.ts';
import { mayStandTogether } from '../../../shared/states/agent.ts';
import { foundDays } from './found-days.ts';
import { type Day, days, play, type Step, start } from './random-days.ts';

/**
 * The router under any sequence of events whatever. The state is checked after every event against rules written without its indexes.
 * Twelve thousand days in all: with plain conditions and not `expect`, which would take minutes.
 */
const runs = 1_000;

const always = (check: (step: Step) => void) =>
  fc.assert(
    fc.property(days, (day) => void play(day, check)),
    { numRuns: runs, examples: foundDays.map((day) => [day]) },
  );
const wholeDays = (check: (day: Day) => void) => fc.assert(fc.property(days, check), { numRuns: runs });

function must(isSo: boolean, otherwise: () => string): void {
  if (!isSo) throw new Error(otherwise());
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

// The same facts as the router's indexes hold, found the slow way.
const itemsOf = (state: RouterState): readonly WaitingItem[] => [...valuesOf(state.items)];
const liveOf = (state: RouterState): readonly Reservation[] => [...valuesOf(state.reservations)];
const offersIn = (decisions: readonly RouterDecision[]) =>
  decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));

/** Weights of what is not interrupted by other work in hand, with the number of each channel. */
function inHand(agent: RouterAgent) {
  const { capacity } = agent.settings;
  const counts: Record<string, number> = {};
  let load = 0;
  for (const work of agent.works) {
    counts[work.channel] = (counts[work.channel] ?? 0) + 1;
    const rests = agent.works.some((other) => other !== work && capacity[other.channel]?.interrupts.includes(work.channel));
    if (!rests) load += capacity[work.channel]?.weight ?? 100;
  }
  return { counts, load };
}

/** Calls by their phone, what is written by their desktop. */
function reaches(agent: RouterAgent, { queue }: QueueLine): boolean {
  return queue.channel === 'voice' ? agent.isReachable : agent.isAtDesktop;
}

function fits(agent: RouterAgent, line: QueueLine): boolean {
  const { channel } = line.queue;
  const rule = agent.settings.capacity[channel];
  if (!rule || agent.presence !== 'available' || !reaches(agent, line) || agent.isSupervising) return false;
  const others = agent.works.filter((work) => !rule.interrupts.includes(work.channel));
  const load = others.reduce((sum, work) => sum + (agent.settings.capacity[work.channel]?.weight ?? 100), rule.weight);
  return load <= 100 && agent.works.filter((work) => work.channel === channel).length < rule.max;
}

function ringOf(agent: RouterAgent, line: QueueLine): number {
  if (agent.settings.leftQueueIds.includes(line.queue.queueId)) return Number.POSITIVE_INFINITY;
  const ring = line.queue.rings.findIndex(({ needs }) => meets(needs, agent.settings.skills));
  const isMember = agent.memberships.some(({ queueId }) => queueId === line.queue.queueId);
  return ring < 0 || !isMember ? Number.POSITIVE_INFINITY : ring;
}

/** Says whether nothing but the order of things keeps this agent from this item. */
function couldHave(agent: RouterAgent, item: WaitingItem, line: QueueLine, at: number): boolean {
  const tried = item.tried.find((entry) => entry.agentId === agent.agentId);
  const rests = tried !== undefined && tried.restsUntil > at && tried.freshStarts === agent.freshStarts;
  return !rests && ringOf(agent, line) <= item.ring && fits(agent, line);
}

const isPending = (item: WaitingItem, line: QueueLine) =>
  item.reservationIds.length === 0 && item.preferred === null && (line.isOpen || !item.isCallback);
const lineFor = (state: RouterState, queueId: QueueId): QueueLine => {
  const line = lineOf(state, queueId);
  if (line === null) throw new Error(`an item in the unknown queue ${queueId}`);
  return line;
};
const ranks = { returned: 0, bypass: 1, usual: 2 } as const;
const risen = (item: WaitingItem, line: QueueLine, at: number) =>
  item.priority + (line.queue.ageingMsPerPoint === null ? 0 : Math.max(0, at - item.queuedAt) / line.queue.ageingMsPerPoint);

describe('whatever happens', () => {
  test('an item has one owner: it waits, or one agent has it; and what rings, rings on both sides', () => {
    always(({ state }) => {
      const live = liveOf(state);
      const agents = agentsOf(state);
      for (const item of itemsOf(state)) {
        const own = live.filter(({ workItemId }) => workItemId === item.workItemId).map(({ reservationId }) => reservationId);
        must(same(own.sort(), [...item.reservationIds].sort()), () => `${item.workItemId}: ${own} rings, ${item.reservationIds} noted`);
      }
      for (const { workItemId, agentId, reservationId } of live) {
        const work = agentOf(state, agentId)?.works.find((each) => each.reservationId === reservationId);
        must(work?.state === 'reserved' && work.workItemId === workItemId, () => `${reservationId} rings at nobody`);
      }
      const reserved = agents.flatMap(({ works }) => works.filter((work) => work.state === 'reserved'));
      must(reserved.length === live.length, () => 'an agent is reserved for a dead offer');
      const held = agents.flatMap(({ works }) => works.flatMap((work) => (work.state === 'reserved' ? [] : [work.workItemId])));
      must(new Set(held).size === held.length, () => `two agents have one item: ${held}`);
      for (const id of held) must(itemOf(state, id) === null, () => `${id} waits and is with an agent`);
      must(
        same(
          [...entriesOf(state.assigned)].map(({ key }) => key),
          held.toSorted(),
        ),
        () => 'assigned says otherwise',
      );
    });
  });

  test('an item is never lost: it leaves by acceptance, by the customer leaving, or because its queue turned it away', () => {
    always(({ before, state, event, decisions }) => {
      const left = decisions.flatMap((d) => {
        if (d.type === 'accept') return [d.reservation.workItemId];
        if (d.type === 'divert') return [d.workItemId];
        return d.type === 'withdraw' && d.cause === 'callerLeft' ? [d.reservation.workItemId] : [];
      });
      if (event.type === 'item:gone') left.push(event.workItemId);
      for (const { workItemId } of itemsOf(before)) {
        if (itemOf(state, workItemId) === null) must(left.includes(workItemId), () => `${workItemId} is lost`);
      }
    });
  });

  test('no agent is over capacity', () => {
    always(({ state }) => {
      for (const agent of agentsOf(state)) {
        const { counts, load } = inHand(agent);
        must(load <= 100, () => `${agent.agentId} carries ${load}`);
        for (const [channel, count] of Object.entries(counts)) {
          const most = agent.settings.capacity[channel as keyof typeof agent.settings.capacity]?.max ?? 0;
          must(count <= most, () => `${agent.agentId} has ${count} of ${channel}`);
        }
      }
    });
  });

  test('an offer goes only to an agent who is at work, within reach, and whom the queue asks for by then', () => {
    always(({ state, decisions }) => {
      for (const offer of offersIn(decisions)) {
        const agent = agentOf(state, offer.agentId);
        const item = itemOf(state, offer.workItemId);
        const isReached = agent !== null && reaches(agent, lineFor(state, offer.queueId));
        must(agent?.presence === 'available' && isReached && !agent.isSupervising, () => `${offer.agentId} is not at work`);
        const isTheManager = item?.preferred?.kind === 'accountManager' && item.preferred.agentId === offer.agentId;
        must(
          agent !== null &&
            item !== null &&
            (isTheManager || ringOf(agent, lineFor(state, offer.queueId)) <= item.ring || item.preferred !== null),
          () => `${offer.agentId} is not asked for`,
        );
      }
    });
  });

  test('nobody waits while somebody free may serve them, and nobody is idle while somebody they may serve waits', () => {
    always(({ state, at }) => {
      for (const item of itemsOf(state)) {
        const line = lineFor(state, item.queueId);
        if (!isPending(item, line)) continue;
        const idle = agentsOf(state).find((agent) => couldHave(agent, item, line, at));
        must(idle === undefined, () => `${idle?.agentId} could serve ${item.workItemId}`);
      }
    });
  });

  test('nobody waits for an agent in particular who is not at work or expected back, or longer than they should', () => {
    always(({ state, at }) => {
      for (const { preferred, reservationIds, workItemId, queueId } of itemsOf(state)) {
        if (preferred === null || reservationIds.length > 0) continue;
        const agent = agentOf(state, preferred.agentId);
        const isReached = agent !== null && reaches(agent, lineFor(state, queueId));
        const isBack = agent?.presence === 'available' && isReached;
        const isExpected =
          preferred.isExpected === true && (agent?.presence === 'loggedOut' || (agent?.presence === 'available' && !isReached));
        must(preferred.until > at && (isBack || isExpected), () => `${workItemId} waits in vain`);
      }
    });
  });

  test('order is kept: of all an agent may serve, the best is offered; so nobody is passed for longer than ageing allows', () => {
    always(({ state, at, decisions }) => {
      for (const offer of offersIn(decisions)) {
        const agent = agentOf(state, offer.agentId);
        const offered = itemOf(state, offer.workItemId);
        if (!agent || !offered || offered.preferred !== null) continue;
        const own = lineFor(state, offered.queueId);
        const without = { ...agent, works: agent.works.filter((work) => work.reservationId !== offer.reservationId) };
        for (const other of itemsOf(state)) {
          const line = lineFor(state, other.queueId);
          if (!isPending(other, line) || other.tried.some((tried) => tried.agentId === agent.agentId)) continue;
          if (!couldHave(without, other, line, at)) continue;
          const order =
            ranks[offered.rank] - ranks[other.rank] ||
            risen(other, line, at) - risen(offered, own, at) ||
            offered.queuedAt - other.queuedAt;
          must(order <= 0, () => `${other.workItemId} should have gone to ${agent.agentId} before ${offered.workItemId}`);
        }
      }
    });
  });

  test('a missed item keeps its place and the moment it was queued, and never goes back to a queue it was in', () => {
    always(({ before, state, decisions }) => {
      const turnedAway = new Set(decisions.flatMap((decision) => (decision.type === 'divert' ? [decision.workItemId] : [])));
      for (const item of itemsOf(before)) {
        const after = itemOf(state, item.workItemId);
        // Turned away and back in the same moment is another visit.
        if (after === null || turnedAway.has(item.workItemId)) continue;
        must(after.place === item.place && after.queuedAt === item.queuedAt, () => `${item.workItemId} lost its place`);
        must(after.queueIds.at(-1) === after.queueId && new Set(after.queueIds).size === after.queueIds.length, () => `${after.queueIds}`);
      }
    });
  });

  test('every decision has a reason', () => {
    always(({ decisions }) => {
      for (const decision of decisions) {
        if (decision.type === 'offer') {
          const { reasons, queueId } = decision.reservation;
          must(
            reasons.length > 1 && reasons[0]?.code === 'queueChosen' && reasons[0].facts.queueId === queueId,
            () => 'an offer without reason',
          );
        }
        if (decision.type === 'widen' || decision.type === 'move' || decision.type === 'divert') {
          must(decision.reasons.length > 0, () => `a ${decision.type} without reason`);
        }
        const reasons = decision.type === 'offer' ? decision.reservation.reasons : 'reasons' in decision ? decision.reasons : [];
        for (const { code } of reasons)
          must(
            decisionReasonCodes.some((known) => known === code),
            () => `unknown reason ${code}`,
          );
        if (decision.type === 'withdraw') must(decision.cause.length > 0, () => 'a withdrawal without cause');
      }
    });
  });

  test('fencing numbers rise, and a reservation ends exactly once, within its lease', () => {
    wholeDays((day) => {
      let last = 0;
      const over = new Set<string>();
      for (const { decisions, state, at } of play(day)) {
        for (const decision of decisions) {
          if (decision.type !== 'accept' && decision.type !== 'withdraw' && decision.type !== 'offer') continue;
          const { reservationId, fencing, expiresAt } = decision.reservation;
          must(!over.has(reservationId), () => `${reservationId} goes on after its end`);
          if (decision.type === 'offer') {
            must(fencing > last && expiresAt > at, () => `${reservationId} has number ${fencing} after ${last}`);
            last = fencing;
          } else over.add(reservationId);
        }
        for (const { reservationId, expiresAt } of liveOf(state)) must(expiresAt > at, () => `${reservationId} outlives its lease`);
      }
    });
  });

  test('the last word on when to wake the router is never too late', () => {
    wholeDays((day) => {
      let wakeAt = Number.POSITIVE_INFINITY;
      for (const { decisions, state, at } of play(day)) {
        for (const decision of decisions) if (decision.type === 'wakeAt') wakeAt = decision.at;
        const moments = [
          ...liveOf(state).map(({ expiresAt }) => expiresAt),
          ...itemsOf(state).flatMap((item) => {
            if (item.reservationIds.length > 0) return [];
            const line = lineFor(state, item.queueId);
            const wider = line.queue.rings[item.ring + 1];
            return [
              ...(item.preferred === null ? [] : [item.preferred.until]),
              ...(wider === undefined ? [] : [item.queuedAt + wider.afterMs]),
              ...item.tried.map(({ restsUntil }) => restsUntil),
            ].filter((due) => due > at);
          }),
        ];
        const due = Math.min(...moments);
        if (due < Number.POSITIVE_INFINITY) must(wakeAt > at && wakeAt <= due, () => `sleeps until ${wakeAt - start}, due ${due - start}`);
      }
    });
  });

  test('presence and work state stand together only where the table of agents allows it', () => {
    always(({ state }) => {
      for (const agent of agentsOf(state)) must(mayStandTogether(agent.presence, workStateOf(agent)), () => agent.agentId);
    });
  });

  test('the orders in which the router looks hold exactly what the records say', () => {
    always(({ state }) => {
      for (const line of linesOf(state)) {
        const own = itemsOf(state).filter((item) => item.queueId === line.queue.queueId);
        const ids = (items: readonly WaitingItem[]) => items.map(({ workItemId }) => workItemId).sort();
        must(same([...valuesOf(line.waiting)].sort(), ids(own)), () => 'waiting');
        must(same([...valuesOf(line.byWait)].sort(), ids(own)), () => 'by wait');
        for (const ring of line.queue.rings.keys()) {
          const pending = own.filter((item) => item.ring === ring && isPending(item, line));
          must(same([...valuesOf(line.pending[ring] ?? null)].sort(), ids(pending)), () => `pending in ring ${ring}`);
          const free = agentsOf(state).filter((agent) => ringOf(agent, line) === ring && fits(agent, line));
          must(
            same([...valuesOf(line.free[ring] ?? null)].sort(), free.map(({ agentId }) => agentId).sort()),
            () => `free in ring ${ring}`,
          );
        }
        const members = agentsOf(state).filter((agent) => ringOf(agent, line) < Number.POSITIVE_INFINITY);
        const serving = members.filter(
          (agent) => agent.works.length > 0 || (agent.presence === 'available' && reaches(agent, line) && !agent.isSupervising),
        );
        must(line.serving === serving.length, () => `${line.serving} serve, counted ${serving.length}`);
        must(
          same(
            [...entriesOf(line.members)].map(({ key }) => key),
            members.map(({ agentId }) => agentId),
          ),
          () => 'members',
        );
      }
      const held = itemsOf(state).filter((item) => item.preferred !== null && item.reservationIds.length === 0);
      const noted = [...valuesOf(state.heldFor)].flatMap((map) => [...valuesOf(map)]);
      must(same(noted.sort(), held.map(({ workItemId }) => workItemId).sort()), () => 'held for');
      const deadlines = [...entriesOf(state.deadlines)].map(({ key }) => `${key.kind} ${key.id}`);
      const waking = itemsOf(state).flatMap((item) => (item.wakesAt === null ? [] : [`item ${item.workItemId}`]));
      const leases = liveOf(state).map(({ reservationId }) => `lease ${reservationId}`);
      must(same(deadlines.sort(), [...waking, ...leases].sort()), () => 'deadlines');
    });
  });

  test('the same events give the same decisions again, also when the state went through storage in between', () => {
    fc.assert(
      fc.property(days, (day) => {
        let state = emptyRouterState;
        for (const { event, at, decisions } of play(day)) {
          const again = route(JSON.parse(JSON.stringify(state)) as RouterState, event, at);
          must(same(again.decisions, decisions), () => `${event.type} decided otherwise`);
          state = again.state;
        }
      }),
      { numRuns: runs / 4 },
    );
  });

  test('a clock that jumps an hour, even back, leaves a state in which everything is still true', () => {
    fc.assert(
      fc.property(days, fc.array(fc.integer({ min: -7_200_000, max: 7_200_000 }), { minLength: 50, maxLength: 50 }), (day, jumps) => {
        const moments = day.moments.map((moment, i) => ({ ...moment, after: jumps[i] ?? 0 }));
        play({ ...day, moments }, ({ state }) => {
          const reserved = agentsOf(state).flatMap(({ works }) => works.filter((work) => work.state === 'reserved'));
          for (const work of reserved) must(reservationOf(state, work.reservationId) !== null, () => 'a dead offer holds an agent');
          const ringing = itemsOf(state).flatMap((item) => item.reservationIds);
          must(reserved.length === liveOf(state).length && ringing.length === reserved.length, () => 'the two sides disagree');
          for (const agent of agentsOf(state)) must(inHand(agent).load <= 100, () => 'over capacity');
        });
      }),
      { numRuns: runs },
    );
  });

  test('the rules themselves can fail: a state with two owners is seen', () => {
    expect(() => must(false, () => 'seen')).toThrow('seen');
  });
});
