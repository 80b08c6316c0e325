import { describe, expect, it } from 'vitest';
import type { ScoreUpkeep } from '../../../../cti-bridge/crm/index.ts';
import { keepScores } from '../../../../cti-bridge/flows/customers/scores.ts';
import { Scope, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { type CustomerScores, defaultCustomerScores } from '../../../../shared/contracts/customer-scores.ts';
import { minutes, seconds } from '../../../../shared/duration.ts';

/** So many scores to compute; each slice takes `sliceMs` of the writer's time. */
class FakeScores implements ScoreUpkeep {
  due: number;
  toAlign = 0;
  fails = false;
  readonly slices: { readonly at: number; readonly count: number; readonly settings: CustomerScores }[] = [];
  readonly #clock: VirtualClock;
  readonly #sliceMs: number;

  constructor(clock: VirtualClock, due: number, sliceMs = 0) {
    this.#clock = clock;
    this.due = due;
    this.#sliceMs = sliceMs;
  }

  async areDue(): Promise<boolean> {
    return this.due > 0;
  }

  async recompute(settings: CustomerScores, at: number, limit: number) {
    if (this.fails) throw new Error('the disk is full');
    const count = Math.min(limit, this.due);
    this.due -= count;
    this.slices.push({ at, count, settings });
    this.#clock.advance(this.#sliceMs);
    return { computed: count, isMore: count === limit };
  }

  async align(_settings: CustomerScores, _at: number, limit: number): Promise<boolean> {
    const count = Math.min(limit, this.toAlign);
    this.toAlign -= count;
    this.due += count;
    return count < limit;
  }
}

function stage(due: number, { sliceMs = 0 } = {}) {
  const clock = new VirtualClock();
  const scores = new FakeScores(clock, due, sliceMs);
  const scope = new Scope('scores', clock, (error) => {
    throw error;
  });
  const set: { settings: CustomerScores | undefined } = { settings: undefined };
  keepScores({ clock, log: silentLog, scores, settings: () => set.settings, scope });
  return { clock, scores, scope, set };
}

describe('the upkeep of scores', () => {
  it('computes what is due, a few at a time', async () => {
    const { clock, scores } = stage(23);
    await clock.run(minutes(1));
    expect(scores.due).toBe(0);
    expect(scores.slices.map(({ count }) => count)).toEqual([5, 5, 5, 5, 3]);
    expect(new Set(scores.slices.map(({ settings }) => settings))).toEqual(new Set([defaultCustomerScores]));
  });

  it('leaves the writer alone for nine parts in ten of the time', async () => {
    const { clock, scores } = stage(1_000, { sliceMs: 10 });
    await clock.run(seconds(15));
    const [first, second] = scores.slices;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(100);
  });

  it('asks again when nothing was due', async () => {
    const { clock, scores } = stage(0);
    await clock.run(minutes(1));
    expect(scores.slices).toEqual([]);
    scores.due = 1;
    await clock.run(seconds(5));
    expect(scores.slices).toHaveLength(1);
  });

  it('computes all of them again by new settings', async () => {
    const { clock, scores, set } = stage(1);
    await clock.run(seconds(20));
    set.settings = { ...defaultCustomerScores, boxes: { middleFrom: 1, highFrom: 2 } };
    scores.toAlign = 250;
    await clock.run(minutes(2));
    expect(scores.toAlign + scores.due).toBe(0);
    expect(scores.slices.filter(({ settings }) => settings === set.settings).reduce((sum, { count }) => sum + count, 0)).toBe(250);
  });

  it('goes on after the store could not', async () => {
    const { clock, scores } = stage(3);
    scores.fails = true;
    await clock.run(seconds(30));
    scores.fails = false;
    await clock.run(minutes(2));
    expect(scores.due).toBe(0);
  });

  it('ends with its scope, and leaves no timer', async () => {
    const { clock, scores, scope } = stage(1_000);
    await clock.run(seconds(6));
    await scope.end('over');
    const { length } = scores.slices;
    await clock.run(minutes(1));
    expect(scores.slices).toHaveLength(length);
    expect(clock.pending).toBe(0);
  });
});
