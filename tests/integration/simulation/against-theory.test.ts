import { describe, expect, it } from 'vitest';
import { erlangA, erlangC } from '../../../cti-bridge/reporting/index.ts';
import { type Customer, figuresOf, type SimulatedContact, simulate } from '../../../cti-bridge/simulation/index.ts';
import { randomStream } from '../../../cti-bridge/simulation/random.ts';
import { endlessPlan, hotline } from '../../support/simulated-days.ts';

/**
 * The simulator, and with it the router, against Erlang: one queue, one team, arrivals by chance, exponential handling and patience, and a
 * threshold of 20 seconds. In two ways, because near full use chance alone moves a service level by more than two points even after tens
 * of thousands of calls:
 *
 * 1. where tens of thousands are enough, the simulated service level itself, within two points. How sure that is (95 %, from twenty batches
 *    of calls) is asserted too: a figure that could be anything would prove nothing.
 * 2. everywhere, call by call: each simulated wait equals the wait that first come, first served with n agents gives by direct recursion
 *    (J. Kiefer, J. Wolfowitz 1955); and that recursion, which is cheap enough for millions of calls, gives the formula within one point.
 */
const handlingMs = 180_000;
const thresholdMs = 20_000;
const startsAt = Date.parse('2026-03-02T08:00:00+08:00');

interface Point {
  readonly agents: number;
  /** Offered load per agent. */
  readonly use: number;
  readonly patienceMs: number;
  readonly calls: number;
}

const endless = Number.POSITIVE_INFINITY;
const ordinary: readonly Point[] = [
  { agents: 5, use: 0.7, patienceMs: endless, calls: 50_000 },
  { agents: 10, use: 0.7, patienceMs: endless, calls: 50_000 },
  { agents: 50, use: 0.8, patienceMs: endless, calls: 50_000 },
  { agents: 5, use: 0.8, patienceMs: 300_000, calls: 30_000 },
  { agents: 10, use: 0.95, patienceMs: 120_000, calls: 30_000 },
  { agents: 100, use: 1, patienceMs: 60_000, calls: 30_000 },
];
const nearFull: readonly Point[] = [
  { agents: 5, use: 0.95, patienceMs: endless, calls: 3_000_000 },
  { agents: 20, use: 0.9, patienceMs: endless, calls: 2_000_000 },
  { agents: 50, use: 0.85, patienceMs: endless, calls: 2_000_000 },
  { agents: 100, use: 0.95, patienceMs: endless, calls: 3_000_000 },
  { agents: 50, use: 1.1, patienceMs: 180_000, calls: 1_000_000 },
];

const inWords = ({ agents, use, patienceMs }: Point) =>
  `${agents} agents, use ${use}, ${patienceMs === endless ? 'endless patience' : `patience ${patienceMs / 1_000} s`}`;

describe('the simulated service level', () => {
  it.each(ordinary.map((point) => [inWords(point), point] as const))('is within two points of Erlang: %s', (_, point) => {
    const outcome = simulate(endlessPlan(point.agents, [...customers(point, point.calls)]));
    const { serviceLevel } = figuresOf(outcome).all;
    expect(halfWidth(outcome.contacts)).toBeLessThan(2);
    expect(Math.abs((serviceLevel.percent ?? 0) - theory(point))).toBeLessThan(2);
  });

  it.each([...ordinary, ...nearFull].map((point) => [inWords(point), point] as const))(
    'is made of the waits of first come, first served: %s',
    (_, point) => {
      const some = [...customers(point, 5_000)];
      const { contacts } = simulate(endlessPlan(point.agents, some));
      const expected = [...firstComeFirstServed(some, point.agents)];
      expect(contacts.map(({ ending, waitedMs }) => ({ isAnswered: ending === 'answered', waitedMs }))).toEqual(expected);
    },
  );

  it.each(nearFull.map((point) => [inWords(point), point] as const))(
    'is, near full use, that of millions of such waits: %s',
    (_, point) => {
      const waits = firstComeFirstServed(customers(point, 3_000_000), point.agents);
      expect(Math.abs(percentInTime(waits) - theory(point))).toBeLessThan(1);
    },
  );
});

describe('what must hold of any day', () => {
  const busy: Point = { agents: 12, use: 0.92, patienceMs: 180_000, calls: 6_000 };

  it('gives everybody the same wait by whichever strategy, where all agents are alike', () => {
    const some = [...customers(busy, busy.calls)];
    const waits = (strategy: string) =>
      simulate(endlessPlan(busy.agents, some, { strategy })).contacts.map(({ ending, waitedMs }) => [ending, waitedMs]);
    const usual = waits('longestIdle');
    for (const strategy of ['roundRobin', 'leastBusy', 'bestSkill', 'weighted', 'ringAll']) expect(waits(strategy)).toEqual(usual);
  });

  it('serves two queues better together than each by half of the people', () => {
    const some = [...customers(busy, busy.calls)];
    const half = (of: number) =>
      simulate(
        endlessPlan(
          busy.agents / 2,
          some.filter(({ handlingMs }) => handlingMs % 2 === of),
        ),
      ).contacts;
    const together = percentInTime(simulate(endlessPlan(busy.agents, some)).contacts.map(waitOf));
    const apart = percentInTime([...half(0), ...half(1)].map(waitOf));
    expect(together).toBeGreaterThan(apart + 3);
  });
});

function theory({ agents, use, patienceMs }: Point): number {
  const load = { agents, arrivalsPerHour: (agents * use * 3_600_000) / handlingMs, meanHandlingMs: handlingMs };
  const { serviceLevel } =
    patienceMs === endless ? erlangC(load, thresholdMs) : erlangA({ ...load, meanPatienceMs: patienceMs }, thresholdMs);
  return 100 * serviceLevel;
}

function* customers({ agents, use, patienceMs }: Point, count: number): Generator<Customer> {
  const [arrival, handling, patience] = ['arrivals', 'handling', 'patience'].map((habit) => randomStream(1, habit, agents, use)) as [
    ReturnType<typeof randomStream>,
    ReturnType<typeof randomStream>,
    ReturnType<typeof randomStream>,
  ];
  const exponential = (meanMs: number, { next }: ReturnType<typeof randomStream>) => -meanMs * Math.log1p(-next());
  let at = startsAt;
  for (let number = 1; number <= count; number++) {
    at += exponential(handlingMs / (agents * use), arrival);
    yield {
      number,
      queueId: hotline,
      at: Math.round(at),
      patienceMs: patienceMs === endless ? endless : Math.round(exponential(patienceMs, patience)),
      handlingMs: Math.round(exponential(handlingMs, handling)),
      wrapUpMs: 0,
      tier: null,
      balksAbove: null,
    };
  }
}

interface Wait {
  readonly isAnswered: boolean;
  readonly waitedMs: number;
}

/** Each takes the agent who is free first; whoever would wait longer than their patience leaves and takes nobody. */
function* firstComeFirstServed(some: Iterable<Customer>, agents: number): Generator<Wait> {
  const freeAt = new Float64Array(agents);
  for (const { at, patienceMs, handlingMs: takes } of some) {
    let first = 0;
    for (let agent = 1; agent < agents; agent++) if ((freeAt[agent] ?? 0) < (freeAt[first] ?? 0)) first = agent;
    const waitedMs = Math.max(0, (freeAt[first] ?? 0) - at);
    const leaves = waitedMs > 0 && patienceMs <= waitedMs;
    if (!leaves) freeAt[first] = at + waitedMs + takes;
    yield leaves ? { isAnswered: false, waitedMs: patienceMs } : { isAnswered: true, waitedMs };
  }
}

function waitOf({ ending, waitedMs }: SimulatedContact): Wait {
  return { isAnswered: ending === 'answered', waitedMs };
}

/** By the formula of the house: who leaves within the threshold counts neither way. */
function percentInTime(waits: Iterable<Wait>): number {
  let [inTime, of] = [0, 0];
  for (const { isAnswered, waitedMs } of waits) {
    if (isAnswered || waitedMs > thresholdMs) of++;
    if (isAnswered && waitedMs <= thresholdMs) inTime++;
  }
  return (100 * inTime) / of;
}

/** Half of the 95 % interval around the service level, from twenty batches: neighbours have waits alike, far batches do not. */
function halfWidth(contacts: readonly SimulatedContact[]): number {
  const batches = 20;
  const size = Math.floor(contacts.length / batches);
  const levels = Array.from({ length: batches }, (_, batch) => percentInTime(contacts.slice(batch * size, (batch + 1) * size).map(waitOf)));
  const mean = levels.reduce((sum, level) => sum + level, 0) / batches;
  const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (batches - 1);
  // Student's distribution with 19 degrees of freedom.
  return 2.093 * Math.sqrt(variance / batches);
}
