import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agentOf,
  agentsOf,
  emptyRouterState,
  itemOf,
  queueOf,
  type Reservation,
  type RouterAgent,
  type RouterDecision,
  type RouterEvent,
  type RouterState,
  route,
  type WaitingItem,
} from '../../../cti-bridge/acd/index.ts';
import { entriesOf, valuesOf } from '../../../cti-bridge/acd/sorted-map.ts';
import { byPlace } from '../../../cti-bridge/acd/tables.ts';
import { countingIds } from '../../../cti-bridge/kernel/index.ts';
import { presenceSchema } from '../../../shared/contracts/agent.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { mayStandTogether } from '../../../shared/states/agent.ts';
import { queueOf as queueNamed } from './floor.ts';

/**
 * The router under any sequence of events whatever. The state is checked after every event against rules written without its indexes.
 * `runs` keeps the suite quick; raise it to search longer.
 */
const runs = 30;

const queues = [
  queueNamed('open', { missesBeforeNotReady: 2, ringTimeoutMs: 12_000 }),
  queueNamed('skilled', { needs: [{ skill: 'a', minLevel: 2 }], missesBeforeNotReady: 1 }),
  queueNamed('rare', {
    needs: [
      { skill: 'a', minLevel: 4 },
      { skill: 'b', minLevel: 1 },
    ],
    missesBeforeNotReady: 3,
  }),
];
const start = 1_700_000_000_000;
const failures = reservationCauseSchema.options.filter((cause) => cause !== 'answered');

/** What might happen next, before it is known which reservations and works there are. */
const moment = fc.record({
  after: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 15_000 })),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('queue' as const), item: fc.nat(7), queue: fc.nat(3), priority: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), item: fc.nat(7) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('presence' as const),
        agent: fc.nat(4),
        presence: fc.constantFrom(...presenceSchema.options, 'available' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('reach' as const), agent: fc.nat(4), isReachable: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('skills' as const), agent: fc.nat(4), a: fc.nat(5), b: fc.nat(1) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('accept' as const), nth: fc.nat(5), isStale: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('fail' as const), nth: fc.nat(5), cause: fc.constantFrom(...failures) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('work' as const),
        agent: fc.nat(4),
        how: fc.constantFrom('ends' as const, 'wraps' as const, 'returns' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('needs' as const), queue: fc.nat(2), level: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
  ),
});
type Moment = typeof moment extends fc.Arbitrary<infer Value> ? Value : never;

const agentId = (n: number) => asId<AgentId>(`agent-${n}`); // agent-4 is never added
const itemId = (n: number) => asId<WorkItemId>(`item-${n}`);
const queueId = (n: number) => queues[n]?.queueId ?? asId<QueueId>('no-such-queue');

function toEvent({ what }: Moment, state: RouterState, offers: readonly Reservation[]): RouterEvent {
  switch (what.kind) {
    case 'queue':
      return { type: 'item:queued', ...names(what.item, queueId(what.queue)), priority: what.priority };
    case 'gone':
      return { type: 'item:gone', workItemId: itemId(what.item) };
    case 'presence':
      return {
        type: 'agent:presenceSet',
        agentId: agentId(what.agent),
        presence: what.presence,
        reason: what.presence === 'notReady' ? 'meal' : null,
      };
    case 'reach':
      return { type: 'agent:reachabilityChanged', agentId: agentId(what.agent), isReachable: what.isReachable };
    case 'skills':
      return what.agent === 4 ? { type: 'tick' } : { type: 'agent:added', agentId: agentId(what.agent), skills: { a: what.a, b: what.b } };
    case 'accept': {
      const offer = offers.at(-1 - what.nth);
      return offer
        ? {
            type: 'reservation:accepted',
            reservationId: offer.reservationId,
            fencing: offer.fencing + Number(what.isStale && what.nth > 2),
          }
        : { type: 'tick' };
    }
    case 'fail': {
      const offer = offers.at(-1 - what.nth);
      return offer ? { type: 'reservation:failed', reservationId: offer.reservationId, cause: what.cause } : { type: 'tick' };
    }
    case 'work': {
      const agent = agentOf(state, agentId(what.agent));
      if (agent?.work.state === 'wrappingUp') return { type: 'wrapUp:ended', agentId: agent.agentId, workItemId: agent.work.workItemId };
      const workItemId = agent?.work.state === 'engaged' ? agent.work.workItemId : itemId(0);
      const n = Number(workItemId.slice('item-'.length));
      if (what.how === 'returns')
        return { type: 'item:returned', agentId: agentId(what.agent), ...names(n, queueId(n % 3)), priority: 1, queuedAt: start };
      return { type: 'work:ended', agentId: agentId(what.agent), workItemId, wrapsUp: what.how === 'wraps' };
    }
    case 'needs': {
      const queue = queues[what.queue] ?? queues[0];
      return queue
        ? { type: 'queue:configured', queue: { ...queue, needs: what.level === 0 ? [] : [{ skill: 'a', minLevel: what.level }] } }
        : { type: 'tick' };
    }
    case 'tick':
      return { type: 'tick' };
  }
}

const names = (n: number, queue: QueueId) => ({ workItemId: itemId(n), interactionId: asId<InteractionId>(`i-${n}`), queueId: queue });

interface Step {
  readonly event: RouterEvent;
  readonly at: number;
  readonly before: RouterState;
  readonly state: RouterState;
  readonly decisions: readonly RouterDecision[];
}

/** Plays the moments, with a flow's promise to tick when woken, and hands every step to `check`. */
function play(moments: readonly Moment[], check: (step: Step) => void = () => undefined): readonly Step[] {
  const steps: Step[] = [];
  const offers: Reservation[] = [];
  const ids = countingIds('r');
  let state = emptyRouterState;
  let at = start;
  const tell = (event: RouterEvent): void => {
    const before = state;
    const result = route(state, event, at, ids);
    state = result.state;
    for (const decision of result.decisions) if (decision.type === 'offer') offers.push(decision.reservation);
    const step = { event, at, before, state, decisions: result.decisions };
    steps.push(step);
    check(step);
  };
  for (const queue of queues) tell({ type: 'queue:configured', queue });
  for (let n = 0; n < 4; n++) {
    at += 1;
    tell({ type: 'agent:added', agentId: agentId(n), skills: { a: n + 1, b: n % 2 } });
    tell({ type: 'agent:reachabilityChanged', agentId: agentId(n), isReachable: true });
    tell({ type: 'agent:presenceSet', agentId: agentId(n), presence: 'available', reason: null });
  }
  for (const moment of moments) {
    at += moment.after;
    tell(toEvent(moment, state, offers));
  }
  return steps;
}

const days = fc.array(moment, { minLength: 10, maxLength: 60 });
const always = (check: (step: Step) => void) =>
  fc.assert(
    fc.property(days, (day) => void play(day, check)),
    { numRuns: runs },
  );

// The same facts as the router's indexes hold, found the slow way.
const itemsOf = (state: RouterState): readonly WaitingItem[] => [...valuesOf(state.items)];
const liveOf = (state: RouterState): readonly Reservation[] => [...valuesOf(state.reservations)];
const idsOf = (items: readonly WaitingItem[]) => items.map(({ workItemId }) => workItemId);
const isFree = (agent: RouterAgent) => agent.presence === 'available' && agent.isReachable && agent.work.state === 'idle';
const hasSkills = (state: RouterState, agent: RouterAgent, queue: QueueId) =>
  (queueOf(state, queue)?.needs ?? []).every(({ skill, minLevel }) => (agent.skills[skill] ?? 0) >= minLevel);
const offersIn = (decisions: readonly RouterDecision[]) =>
  decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));

/** An agent who had this item before is in `tried`; they may have it again after the rest, or after choosing a presence. */
function isRestingFrom(item: WaitingItem, agent: RouterAgent, at: number): boolean {
  const tried = item.tried.find((entry) => entry.agentId === agent.agentId);
  return tried !== undefined && tried.restsUntil > at && tried.presenceChoices === agent.presenceChoices;
}

describe('whatever happens', () => {
  test('an item has one owner: it is pending, reserved for one agent, or with one agent', () => {
    always(({ state }) => {
      const live = liveOf(state);
      const agents = agentsOf(state);
      for (const item of itemsOf(state)) {
        const own = live.filter(({ workItemId }) => workItemId === item.workItemId);
        expect(own.map(({ reservationId }) => reservationId)).toEqual(item.state.kind === 'reserved' ? [item.state.reservationId] : []);
      }
      for (const reservation of live) {
        expect(itemOf(state, reservation.workItemId)?.state.kind).toBe('reserved');
        expect(agentOf(state, reservation.agentId)?.work).toMatchObject({ state: 'reserved', reservationId: reservation.reservationId });
      }
      expect(agents.filter(({ work }) => work.state === 'reserved')).toHaveLength(live.length);
      const inHand = agents.flatMap(({ work }) => ('workItemId' in work ? [work.workItemId] : []));
      expect(new Set(inHand).size).toBe(inHand.length);
      for (const workItemId of inHand) expect(itemOf(state, workItemId)).toBeNull();
      expect([...entriesOf(state.assigned)].map(({ key }) => key)).toEqual(inHand.toSorted());
    });
  });

  test('an item is never lost: it leaves by acceptance, by the caller leaving, and in no other way', () => {
    always(({ before, state, event, decisions }) => {
      const accepted = decisions.flatMap((decision) => (decision.type === 'accept' ? [decision.reservation.workItemId] : []));
      const left = decisions.flatMap((d) => (d.type === 'withdraw' && d.cause === 'callerLeft' ? [d.reservation.workItemId] : []));
      if (event.type === 'item:gone') left.push(event.workItemId);
      for (const { workItemId } of itemsOf(before)) {
        if (itemOf(state, workItemId) === null) expect([...accepted, ...left]).toContain(workItemId);
      }
    });
  });

  test('an offer goes only to an agent who is available, within reach, idle until now, and has the skills', () => {
    always(({ state, decisions }) => {
      for (const { agentId: chosen, queueId: queue } of offersIn(decisions)) {
        const agent = agentOf(state, chosen);
        expect(agent).toMatchObject({ presence: 'available', isReachable: true, work: { state: 'reserved' } });
        expect(agent && hasSkills(state, agent, queue)).toBe(true);
      }
    });
  });

  test('nobody waits while somebody free may serve them, and nobody is idle while somebody they may serve waits', () => {
    always(({ state, at }) => {
      const free = agentsOf(state).filter(isFree);
      for (const item of itemsOf(state).filter(({ state: { kind } }) => kind === 'pending')) {
        const idle = free.filter((agent) => hasSkills(state, agent, item.queueId) && !isRestingFrom(item, agent, at));
        expect(idle.map((agent) => `${agent.agentId} could serve ${item.workItemId}`)).toEqual([]);
      }
    });
  });

  test('the longest idle of those who may have it gets the offer, and who had it before comes last', () => {
    always(({ before, state, decisions }) => {
      for (const offer of offersIn(decisions)) {
        const chosen = agentOf(state, offer.agentId);
        const item = itemOf(state, offer.workItemId);
        const hadIt = (agent: RouterAgent) => item?.tried.some((tried) => tried.agentId === agent.agentId) === true;
        const passedOver = agentsOf(state).filter((agent) => isFree(agent) && hasSkills(state, agent, offer.queueId));
        for (const other of passedOver) {
          if (!hadIt(other)) expect(chosen && !hadIt(chosen) && chosen.idleSince <= other.idleSince).toBe(true);
        }
        expect(chosen && agentOf(before, chosen.agentId)).not.toBeNull();
      }
    });
  });

  test('the best waiting item of all that the agent may serve is the one offered', () => {
    always(({ state, decisions }) => {
      for (const offer of offersIn(decisions)) {
        const agent = agentOf(state, offer.agentId);
        const offered = itemOf(state, offer.workItemId);
        for (const other of itemsOf(state)) {
          if (!agent || !offered || other.state.kind !== 'pending' || !hasSkills(state, agent, other.queueId)) continue;
          if (other.tried.some((tried) => tried.agentId === agent.agentId)) continue;
          expect(byPlace(offered, other)).toBeLessThan(0);
        }
      }
    });
  });

  test('a missed item keeps its place and the moment it was queued', () => {
    always(({ before, state }) => {
      for (const item of itemsOf(before)) {
        const { place, queuedAt, isReturned, priority, queueId: queue } = item;
        const after = itemOf(state, item.workItemId);
        if (after !== null) expect(after).toMatchObject({ place, queuedAt, isReturned, priority, queueId: queue });
      }
    });
  });

  test('every offer has a higher fencing number than any before, a lease, and reasons that begin with the queue', () => {
    fc.assert(
      fc.property(days, (day) => {
        let last = 0;
        for (const { decisions, at } of play(day)) {
          for (const offer of offersIn(decisions)) {
            expect(offer.fencing).toBeGreaterThan(last);
            last = offer.fencing;
            expect(offer.expiresAt).toBeGreaterThan(at);
            expect(offer.reasons.length).toBeGreaterThan(1);
            expect(offer.reasons[0]).toMatchObject({ code: 'queueChosen', facts: { queueId: offer.queueId } });
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('a reservation ends exactly once, and nothing is decided about it afterwards', () => {
    fc.assert(
      fc.property(days, (day) => {
        const ended = new Set<string>();
        for (const { decisions } of play(day)) {
          for (const decision of decisions) {
            if (decision.type !== 'accept' && decision.type !== 'withdraw' && decision.type !== 'offer') continue;
            expect(ended).not.toContain(decision.reservation.reservationId);
            if (decision.type !== 'offer') ended.add(decision.reservation.reservationId);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('no lease outlives its time, and the last word on when to wake the router is never too late', () => {
    fc.assert(
      fc.property(days, (day) => {
        let wakeAt = Infinity;
        for (const { decisions, state, at } of play(day)) {
          for (const decision of decisions) if (decision.type === 'wakeAt') wakeAt = decision.at;
          const leases = liveOf(state).map(({ expiresAt }) => expiresAt);
          const rests = itemsOf(state).flatMap((item) => item.tried.map(({ restsUntil }) => restsUntil));
          const due = Math.min(...leases, ...rests.filter((until) => until > at));
          expect(Math.min(...leases)).toBeGreaterThan(at);
          if (due < Infinity) expect(wakeAt > at && wakeAt <= due).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  test('presence and work state stand together only where the table of agents allows it', () => {
    always(({ state }) => {
      for (const { presence, work } of agentsOf(state)) expect(mayStandTogether(presence, work.state)).toBe(true);
    });
  });

  test('the orders in which the router looks hold exactly what the records say', () => {
    always(({ state }) => {
      const kept: unknown[] = [];
      const found: unknown[] = [];
      for (const line of valuesOf(state.queues)) {
        const { queueId: queue } = line.queue;
        const own = itemsOf(state)
          .filter((item) => item.queueId === queue)
          .toSorted(byPlace);
        const pending = own.filter((item) => item.state.kind === 'pending');
        const free = agentsOf(state).filter((agent) => isFree(agent) && hasSkills(state, agent, queue));
        kept.push(
          [...valuesOf(line.waiting)],
          [...valuesOf(line.pending)],
          [...valuesOf(line.byWait)].sort(),
          [...valuesOf(line.free)].sort(),
        );
        found.push(idsOf(own), idsOf(pending), idsOf(own).sort(), free.map((agent) => agent.agentId).sort());
      }
      expect(JSON.stringify(kept)).toBe(JSON.stringify(found));
    });
  });

  test('the same events give the same decisions again, also when the state went through storage in between', () => {
    fc.assert(
      fc.property(days, (day) => {
        const steps = play(day);
        const ids = countingIds('r');
        let state = emptyRouterState;
        for (const { event, at, decisions } of steps) {
          const again = route(JSON.parse(JSON.stringify(state)) as RouterState, event, at, ids);
          expect(again.decisions).toEqual(decisions);
          state = again.state;
        }
      }),
      { numRuns: runs / 2 },
    );
  });

  test('a clock that jumps, even back, leaves a state in which everything is still true', () => {
    fc.assert(
      fc.property(days, fc.array(fc.integer({ min: -7_200_000, max: 7_200_000 }), { minLength: 60, maxLength: 60 }), (day, jumps) => {
        const jumping = day.map((moment, i) => ({ ...moment, after: jumps[i] ?? 0 }));
        play(jumping, ({ state }) => {
          expect(agentsOf(state).filter(({ work }) => work.state === 'reserved')).toHaveLength(liveOf(state).length);
          expect(itemsOf(state).filter((item) => item.state.kind === 'reserved')).toHaveLength(liveOf(state).length);
        });
      }),
      { numRuns: runs },
    );
  });
});
