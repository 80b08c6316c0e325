import fc from 'fast-check';
import {
  type AgentSettings,
  agentOf,
  emptyRouterState,
  type Reservation,
  type RouterDecision,
  type RouterEvent,
  type RouterState,
  route,
} from '../../../cti-bridge/acd/index.ts';
import { presenceSchema } from '../../../shared/contracts/agent.ts';
import { type QueueConfiguration, strategyNames } from '../../../shared/contracts/configuration.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { queueOf, settingsOf } from './floor.ts';

/** Any day whatever of a small contact center with calls, chats and mails: how it is set up, and what happens in it. */

export const start = 1_700_000_000_000;
const agents = 5; // the last one is never set up
const items = 8;
const failures = reservationCauseSchema.options.filter((cause) => cause !== 'answered');

const maybe = <Value>(value: Value) => fc.constantFrom(null, value);
const setUp = fc.record({
  strategies: fc.array(fc.constantFrom(...strategyNames), { minLength: 5, maxLength: 5 }),
  ageing: fc.constantFrom(null, 1, 10),
  maxWaiting: fc.constantFrom(null, 2, 4),
  maxWaitSeconds: fc.constantFrom(null, 25),
  overflow: maybe({ afterSeconds: 12, queue: 'spare' }),
  whenFull: fc.constantFrom<QueueConfiguration['whenFull'][]>(
    { to: 'announce', prompt: 'queue-full' },
    { to: 'queue', queue: 'spare' },
    { to: 'callback' },
  ),
  lastAgent: maybe({ waitSeconds: 8, withinDays: 30 }),
  accountManager: maybe({ waitSeconds: 15 }),
  bypassTiers: fc.constantFrom<QueueConfiguration['bypassTiers'][]>([], ['diamond']),
});
type SetUp = typeof setUp extends fc.Arbitrary<infer Value> ? Value : never;

/** Five queues: open to all, widening in rings, chats, mails, and one that others overflow to. */
export function queuesOf(day: SetUp): readonly QueueConfiguration[] {
  const strategy = (n: number) => ({ strategy: day.strategies[n] ?? 'longestIdle', ageingSecondsPerPoint: day.ageing });
  const { lastAgent, accountManager, bypassTiers } = day;
  return [
    queueOf('open', {
      ...strategy(0),
      ringSeconds: 12,
      lastAgent,
      accountManager,
      bypassTiers,
      maxWaiting: day.maxWaiting,
      whenFull: day.whenFull,
    }),
    queueOf('skilled', {
      ...strategy(1),
      needs: 'a >= 4',
      rings: [
        { afterSeconds: 5, needs: 'a >= 2' },
        { afterSeconds: 10, needs: 'b' },
      ],
      missesBeforeNotReady: 1,
      overflow: day.overflow,
      maxWaitSeconds: day.maxWaitSeconds,
      whenWaitedTooLong: { to: 'announce', prompt: 'waited-too-long' },
    }),
    queueOf('chats', { ...strategy(2), channel: 'chat', needs: 'a' }),
    queueOf('mails', { ...strategy(3), channel: 'email', needs: 'b or a >= 3', missesBeforeNotReady: 3 }),
    queueOf('spare', { ...strategy(4), whenClosed: { to: 'queue', queue: 'open' }, priority: 3 }),
  ];
}

const kinds = {
  queue: fc.record({
    kind: fc.constant('queue' as const),
    item: fc.nat(items - 1),
    queue: fc.nat(5), // the last one does not exist
    priority: fc.constantFrom(null, 0, 5, 9),
    tier: fc.constantFrom(null, 'standard' as const, 'diamond' as const),
    prefers: fc.array(
      fc.record({
        agent: fc.nat(agents - 1),
        kind: fc.constantFrom('lastAgent' as const, 'accountManager' as const, 'agreed' as const),
        isExpected: fc.boolean(),
      }),
      {
        maxLength: 2,
      },
    ),
  }),
  gone: fc.record({ kind: fc.constant('gone' as const), item: fc.nat(items - 1) }),
  callback: fc.record({ kind: fc.constant('callback' as const), item: fc.nat(items - 1) }),
  change: fc.record({
    kind: fc.constant('change' as const),
    item: fc.nat(items - 1),
    priority: fc.constantFrom(null, 1, 8),
    queue: fc.constantFrom(null, 0, 1, 4, 5),
  }),
  presence: fc.record({
    kind: fc.constant('presence' as const),
    agent: fc.nat(agents - 1),
    presence: fc.constantFrom(...presenceSchema.options, 'available' as const, 'available' as const),
  }),
  reach: fc.record({
    kind: fc.constant('reach' as const),
    agent: fc.nat(agents - 1),
    isReachable: fc.boolean(),
    isAtDesktop: fc.boolean(),
  }),
  supervise: fc.record({ kind: fc.constant('supervise' as const), agent: fc.nat(agents - 1), isSupervising: fc.boolean() }),
  skills: fc.record({
    kind: fc.constant('skills' as const),
    agent: fc.nat(agents - 2),
    a: fc.nat(5),
    b: fc.nat(1),
    left: fc.constantFrom(...([[], [0], [1, 2]] as readonly (readonly number[])[])),
  }),
  remove: fc.record({ kind: fc.constant('remove' as const), agent: fc.nat(agents - 1) }),
  accept: fc.record({ kind: fc.constant('accept' as const), nth: fc.nat(5), isStale: fc.boolean() }),
  fail: fc.record({ kind: fc.constant('fail' as const), nth: fc.nat(5), cause: fc.constantFrom(...failures) }),
  work: fc.record({
    kind: fc.constant('work' as const),
    agent: fc.nat(agents - 1),
    nth: fc.nat(3),
    how: fc.constantFrom('ends' as const, 'wraps' as const, 'returns' as const),
  }),
  hours: fc.record({ kind: fc.constant('hours' as const), queue: fc.nat(4), isOpen: fc.boolean() }),
  configure: fc.record({
    kind: fc.constant('configure' as const),
    queue: fc.nat(4),
    level: fc.nat(4),
    strategy: fc.constantFrom(...strategyNames),
  }),
  removeQueue: fc.record({ kind: fc.constant('removeQueue' as const), queue: fc.nat(4), to: fc.constantFrom(null, 0, 4) }),
  tick: fc.record({ kind: fc.constant('tick' as const) }),
};

const moment = fc.record({
  after: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 15_000 })),
  what: fc.oneof(
    { weight: 10, arbitrary: kinds.queue },
    { weight: 2, arbitrary: kinds.gone },
    { weight: 1, arbitrary: kinds.callback },
    { weight: 1, arbitrary: kinds.change },
    { weight: 5, arbitrary: kinds.presence },
    { weight: 3, arbitrary: kinds.reach },
    { weight: 1, arbitrary: kinds.supervise },
    { weight: 1, arbitrary: kinds.skills },
    { weight: 1, arbitrary: kinds.remove },
    { weight: 10, arbitrary: kinds.accept },
    { weight: 8, arbitrary: kinds.fail },
    { weight: 8, arbitrary: kinds.work },
    { weight: 2, arbitrary: kinds.hours },
    { weight: 1, arbitrary: kinds.configure },
    { weight: 1, arbitrary: kinds.removeQueue },
    { weight: 4, arbitrary: kinds.tick },
  ),
});
type Moment = typeof moment extends fc.Arbitrary<infer Value> ? Value : never;

export interface Day {
  readonly setUp: SetUp;
  readonly moments: readonly Moment[];
}
export const days: fc.Arbitrary<Day> = fc.record({ setUp, moments: fc.array(moment, { minLength: 10, maxLength: 50 }) });

export const agentId = (n: number) => asId<AgentId>(`agent-${n}`);
const itemId = (n: number) => asId<WorkItemId>(`item-${n}`);
const tick: RouterEvent = { type: 'tick' };

export interface Step {
  readonly event: RouterEvent;
  readonly at: number;
  readonly before: RouterState;
  readonly state: RouterState;
  readonly decisions: readonly RouterDecision[];
}

/** Plays a day, and hands every step to `check`. Five agents are set up and at work before it begins, but for the last. */
export function play(day: Day, check: (step: Step) => void = () => undefined): readonly Step[] {
  const queues = queuesOf(day.setUp);
  const queueId = (n: number) => asId<QueueId>(queues[n]?.id ?? 'no-such-queue');
  const names = (n: number, queue: QueueId) => ({ workItemId: itemId(n), interactionId: asId<InteractionId>(`i-${n}`), queueId: queue });
  const skillsOf = (n: number): AgentSettings => settingsOf({ ...(n > 0 ? { a: n + 1 } : {}), ...(n % 2 ? { b: 1 } : {}) });

  function toEvent({ what }: Moment, state: RouterState, offers: readonly Reservation[]): RouterEvent {
    switch (what.kind) {
      case 'queue': {
        const preferences = what.prefers.map(({ agent, ...preference }) => ({ agentId: agentId(agent), ...preference }));
        return { type: 'item:queued', ...names(what.item, queueId(what.queue)), priority: what.priority, tier: what.tier, preferences };
      }
      case 'gone':
        return { type: 'item:gone', workItemId: itemId(what.item) };
      case 'callback':
        return { type: 'item:callback', workItemId: itemId(what.item) };
      case 'change':
        return {
          type: 'item:changed',
          workItemId: itemId(what.item),
          priority: what.priority,
          queueId: what.queue === null ? null : queueId(what.queue),
        };
      case 'presence': {
        const reason = what.presence === 'notReady' ? 'meal' : null;
        return { type: 'agent:presenceSet', agentId: agentId(what.agent), presence: what.presence, reason };
      }
      case 'reach':
        return {
          type: 'agent:reachabilityChanged',
          agentId: agentId(what.agent),
          isReachable: what.isReachable,
          isAtDesktop: what.isAtDesktop,
        };
      case 'supervise':
        return { type: 'agent:supervising', agentId: agentId(what.agent), isSupervising: what.isSupervising };
      case 'skills': {
        const settings = settingsOf({ a: what.a, b: what.b }, { leftQueueIds: what.left.map((n) => queueId(n)) });
        return { type: 'agent:configured', agentId: agentId(what.agent), settings };
      }
      case 'remove':
        return { type: 'agent:removed', agentId: agentId(what.agent) };
      case 'accept': {
        const offer = offers.at(-1 - what.nth);
        if (!offer) return tick;
        const fencing = offer.fencing + Number(what.isStale && what.nth > 2);
        return { type: 'reservation:accepted', reservationId: offer.reservationId, fencing };
      }
      case 'fail': {
        const offer = offers.at(-1 - what.nth);
        return offer ? { type: 'reservation:failed', reservationId: offer.reservationId, cause: what.cause } : tick;
      }
      case 'work': {
        const agent = agentId(what.agent);
        const works = agentOf(state, agent)?.works.filter((work) => work.state !== 'reserved') ?? [];
        const work = works[what.nth % Math.max(1, works.length)];
        if (work?.state === 'wrappingUp') return { type: 'wrapUp:ended', agentId: agent, workItemId: work.workItemId };
        const workItemId = work?.workItemId ?? itemId(0);
        if (what.how !== 'returns') return { type: 'work:ended', agentId: agent, workItemId, wrapsUp: what.how === 'wraps' };
        const n = Number(workItemId.slice('item-'.length));
        const returned = { ...names(n, work?.queueId ?? queueId(n % 3)), agentId: agent, priority: 1, queuedAt: start };
        return { type: 'item:returned', ...returned, isDeviceFault: what.nth % 2 === 0 };
      }
      case 'hours':
        return { type: 'queue:hours', queueId: queueId(what.queue), isOpen: what.isOpen };
      case 'configure': {
        const queue = queues[what.queue] ?? queueOf('open');
        const needs = what.level === 0 ? '' : `a >= ${what.level}`;
        return { type: 'queue:configured', queue: { ...queue, needs, strategy: what.strategy } };
      }
      case 'removeQueue':
        return { type: 'queue:removed', queueId: queueId(what.queue), to: what.to === null ? null : queueId(what.to) };
      case 'tick':
        return tick;
    }
  }

  const steps: Step[] = [];
  const offers: Reservation[] = [];
  let state = emptyRouterState;
  let at = start;
  const tell = (event: RouterEvent): void => {
    const before = state;
    const result = route(state, event, at);
    state = result.state;
    for (const decision of result.decisions) if (decision.type === 'offer') offers.push(decision.reservation);
    const step = { event, at, before, state, decisions: result.decisions };
    steps.push(step);
    check(step);
  };
  tell({ type: 'router:started', runId: 'day', nextFencing: 1 });
  for (const queue of queues) tell({ type: 'queue:configured', queue });
  for (let n = 0; n < agents - 1; n++) {
    at += 1;
    tell({ type: 'agent:configured', agentId: agentId(n), settings: skillsOf(n) });
    tell({ type: 'agent:reachabilityChanged', agentId: agentId(n), isReachable: true });
    tell({ type: 'agent:presenceSet', agentId: agentId(n), presence: 'available', reason: null });
  }
  for (const each of day.moments) {
    at += each.after;
    tell(toEvent(each, state, offers));
  }
  return steps;
}
