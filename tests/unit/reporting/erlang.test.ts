import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErlangFigures, erlangA, erlangC, logErlangB, type QueueLoad } from '../../../cti-bridge/reporting/index.ts';

const minute = 60_000;

describe('Erlang B', () => {
  // Any printed table of the loss formula: erlangs at which n lines lose one call in a hundred (CCITT E.520, table 1).
  it.each([
    [1, 0.0101],
    [5, 1.36],
    [10, 4.46],
    [20, 12.0],
    [50, 37.9],
    [100, 84.1],
  ])('loses one in a hundred with %i lines at %f erlangs', (lines, erlangs) => {
    expect(Math.exp(logErlangB(lines, erlangs))).toBeCloseTo(0.01, 3);
  });

  it('is the fraction it is defined as, where that can be written out', () => {
    // a = 2, n = 3: (8/6) / (1 + 2 + 2 + 8/6)
    expect(Math.exp(logErlangB(3, 2))).toBeCloseTo(8 / 6 / (5 + 8 / 6), 12);
  });
});

describe('Erlang C', () => {
  it('gives the figures of the worked example of 360 calls in half an hour, 4 minutes each, 55 agents', () => {
    const figures = erlangC({ arrivalsPerHour: 720, meanHandlingMs: 4 * minute, agents: 55 }, 15_000);
    expect(figures.probabilityOfWait).toBeCloseTo(0.239, 3);
    expect(figures.averageAnswerMs / 1_000).toBeCloseTo(8.2, 1);
    expect(figures.occupancy).toBeCloseTo(0.873, 3);
    expect(figures.serviceLevel).toBeCloseTo(0.846, 3);
  });

  it('gives the figures of the worked example of 200 calls an hour, 3 minutes each, 14 agents', () => {
    const figures = erlangC({ arrivalsPerHour: 200, meanHandlingMs: 3 * minute, agents: 14 }, 20_000);
    expect(figures.probabilityOfWait).toBeCloseTo(0.1741, 4);
    expect(figures.serviceLevel).toBeCloseTo(0.8884, 4);
    expect(figures.averageAnswerMs / 1_000).toBeCloseTo(7.8, 1);
    expect(figures.occupancy).toBeCloseTo(0.714, 3);
  });

  it('is the M/M/1 queue with one agent: P(wait) = rho, mean wait = rho h / (1 - rho)', () => {
    const figures = erlangC({ arrivalsPerHour: 48, meanHandlingMs: minute, agents: 1 }, 30_000);
    expect(figures.probabilityOfWait).toBeCloseTo(0.8, 12);
    expect(figures.averageAnswerMs).toBeCloseTo((0.8 / 0.2) * minute, 6);
    expect(figures.serviceLevel).toBeCloseTo(1 - 0.8 * Math.exp(-0.2 * 0.5), 12);
  });

  it('says that a queue with too few agents grows without end', () => {
    const figures = erlangC({ arrivalsPerHour: 600, meanHandlingMs: minute, agents: 10 }, 20_000);
    expect(figures).toMatchObject({ probabilityOfWait: 1, serviceLevel: 0, averageAnswerMs: Number.POSITIVE_INFINITY, occupancy: 1 });
  });

  it('lets nobody wait who does not come', () => {
    expect(erlangC({ arrivalsPerHour: 0, meanHandlingMs: minute, agents: 1 }, 20_000)).toMatchObject({ serviceLevel: 1, occupancy: 0 });
  });
});

describe('Erlang A', () => {
  // O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient customers", M&SOM 4 (2002), table 1:
  // 48 calls a minute, 1 minute each, patience 2 minutes, 50 agents.
  it('gives the published figures of 50 agents with impatient customers, and without', () => {
    const load = { arrivalsPerHour: 48 * 60, meanHandlingMs: minute, agents: 50 };
    const impatient = erlangA({ ...load, meanPatienceMs: 2 * minute }, 20_000);
    expect(impatient.abandonment).toBeCloseTo(0.031, 3);
    // The published 3.7 s is the mean wait of all who came: those who left are the patience rate times it.
    expect(impatient.abandonment * 120).toBeCloseTo(3.7, 1);
    expect(impatient.occupancy).toBeCloseTo(0.93, 2);
    expect(erlangC(load, 20_000).averageAnswerMs / 1_000).toBeCloseTo(20.8, 1);
  });

  it('is the chain of its births and deaths: the same figures from the probabilities of its states', () => {
    for (const [agents, erlangs, patience] of [
      [1, 0.7, 1],
      [5, 4, 0.5],
      [10, 14, 2],
      [50, 48, 2],
      [100, 130, 0.3],
      [400, 396, 1.5],
    ] as const) {
      const load = { arrivalsPerHour: erlangs * 60, meanHandlingMs: minute, agents, meanPatienceMs: patience * minute };
      const chain = fromItsStates(agents, erlangs, 1 / patience);
      const figures = erlangA(load, 20_000);
      expect(figures.probabilityOfWait).toBeCloseTo(chain.probabilityOfWait, 8);
      expect(figures.abandonment).toBeCloseTo(chain.abandonment, 8);
      expect(figures.occupancy).toBeCloseTo(chain.occupancy, 8);
      expect(figures.answeredInTime).toBeCloseTo(chain.answeredInTime, 4);
    }
  });

  it('leaves those out of the service level who leave before the threshold', () => {
    const load = { arrivalsPerHour: 900, meanHandlingMs: minute, agents: 10, meanPatienceMs: minute };
    expect(erlangA(load, 0).serviceLevel).toBeCloseTo(1 - erlangA(load, 0).probabilityOfWait, 9);
    const late = erlangA(load, 60 * minute);
    expect(late.serviceLevel).toBeCloseTo(1, 9);
    expect(late.answeredInTime).toBeCloseTo(1 - late.abandonment, 9);
  });

  it('comes to Erlang C when patience grows, and to the loss formula when there is none', () => {
    const load = { arrivalsPerHour: 200, meanHandlingMs: 3 * minute, agents: 14 };
    const patient = erlangA({ ...load, meanPatienceMs: 1e7 * minute }, 20_000);
    const endless = erlangC(load, 20_000);
    for (const figure of Object.keys(patient) as (keyof ErlangFigures)[]) expect(patient[figure]).toBeCloseTo(endless[figure], 1);
    expect(patient.serviceLevel).toBeCloseTo(endless.serviceLevel, 6);
    expect(erlangA({ ...load, meanPatienceMs: 1 }, 20_000).abandonment).toBeCloseTo(Math.exp(logErlangB(14, 10)), 4);
  });
});

describe('both', () => {
  const loads = fc.record({
    agents: fc.integer({ min: 1, max: 2_000 }),
    usage: fc.double({ min: 0.01, max: 3, noNaN: true }),
    meanHandlingMs: fc.integer({ min: 1_000, max: 3_600_000 }),
    meanPatienceMs: fc.integer({ min: 1_000, max: 3_600_000 }),
    thresholdMs: fc.integer({ min: 0, max: 600_000 }),
  });
  const loadOf = ({ agents, usage, meanHandlingMs }: { agents: number; usage: number; meanHandlingMs: number }): QueueLoad => ({
    agents,
    meanHandlingMs,
    arrivalsPerHour: (agents * usage * 3_600_000) / meanHandlingMs,
  });
  const isShare = (value: number) => value >= -1e-9 && value <= 1 + 1e-9;

  it('are shares between nothing and all for 1 to 2,000 agents, and what comes in goes out', () => {
    fc.assert(
      fc.property(loads, (drawn) => {
        const load = loadOf(drawn);
        const a = erlangA({ ...load, meanPatienceMs: drawn.meanPatienceMs }, drawn.thresholdMs);
        const c = erlangC(load, drawn.thresholdMs);
        for (const figures of [a, c]) {
          expect([figures.probabilityOfWait, figures.serviceLevel, figures.abandonment, figures.occupancy].every(isShare)).toBe(true);
          expect(figures.averageAnswerMs).toBeGreaterThanOrEqual(0);
        }
        expect(a.averageAnswerMs).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(a.answeredInTime).toBeLessThanOrEqual(1 - a.abandonment + 1e-9);
        expect(a.serviceLevel).toBeGreaterThanOrEqual(a.answeredInTime - 1e-9);
        // Impatient customers make room for the others.
        expect(a.probabilityOfWait).toBeLessThanOrEqual(c.probabilityOfWait + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('answer more in time with one agent more', () => {
    fc.assert(
      fc.property(loads, (drawn) => {
        const load = loadOf(drawn);
        const more = { ...load, agents: load.agents + 1 };
        const patience = { meanPatienceMs: drawn.meanPatienceMs };
        expect(erlangC(more, drawn.thresholdMs).serviceLevel).toBeGreaterThanOrEqual(erlangC(load, drawn.thresholdMs).serviceLevel - 1e-9);
        expect(erlangA({ ...more, ...patience }, drawn.thresholdMs).serviceLevel).toBeGreaterThanOrEqual(
          erlangA({ ...load, ...patience }, drawn.thresholdMs).serviceLevel - 1e-9,
        );
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * M/M/n+M from the balance of its states, in units of the handling time, as an independent second opinion. Service level by walking, for
 * each number of customers found on arrival, the chance that as many leave or are served before the threshold.
 */
function fromItsStates(agents: number, erlangs: number, theta: number) {
  const last = agents + 3_000;
  const logs = [0];
  for (let j = 1; j <= last; j++) {
    const leaving = j <= agents ? j : agents + (j - agents) * theta;
    logs.push((logs[j - 1] ?? 0) + Math.log(erlangs / leaving));
  }
  const top = Math.max(...logs);
  const raw = logs.map((log) => Math.exp(log - top));
  const sum = raw.reduce((a, b) => a + b);
  const p = raw.map((value) => value / sum);
  const waiting = p.reduce((total, value, j) => total + value * Math.max(0, j - agents), 0);
  const probabilityOfWait = p.slice(agents).reduce((a, b) => a + b);
  const abandonment = (theta * waiting) / erlangs;

  // A customer who finds k others waiting: k + 1 departures ahead, at rates n + k theta ... n, while staying with rate theta.
  const threshold = 20 / 60;
  const steps = 500;
  const dt = threshold / steps;
  let inFront = p.slice(agents, agents + 600);
  let answered = 0;
  for (let step = 0; step < steps; step++) {
    const flow = (state: readonly number[]) =>
      state.map((value, k) => -value * (agents + k * theta + theta) + (state[k + 1] ?? 0) * (agents + (k + 1) * theta));
    const k1 = flow(inFront);
    const mid = inFront.map((value, k) => value + ((k1[k] ?? 0) * dt) / 2);
    const k2 = flow(mid);
    answered += ((inFront[0] ?? 0) * agents + (mid[0] ?? 0) * agents * 4 + ((inFront[0] ?? 0) + (k2[0] ?? 0) * dt) * agents) * (dt / 6);
    inFront = inFront.map((value, k) => value + (k2[k] ?? 0) * dt);
  }
  return {
    probabilityOfWait,
    abandonment,
    occupancy: (erlangs * (1 - abandonment)) / agents,
    answeredInTime: 1 - probabilityOfWait + answered,
  };
}
