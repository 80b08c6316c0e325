import { describe, expect, it } from 'vitest';
import { createLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { decisionLimits, StoredDecisions } from '../../../cti-bridge/store/decision-log.ts';
import type { DecisionRow } from '../../../cti-bridge/store/repositories/routing-writes.ts';
import { StoreError } from '../../../cti-bridge/store/store-error.ts';
import { asId, type WorkItemId } from '../../../shared/ids.ts';

const gone = (number: number) => ({
  at: number,
  event: { type: 'item:gone' as const, workItemId: asId<WorkItemId>(`w${number}`) },
  decisions: [],
});

/** A disk that does with each batch what the test says, and finds nothing old to delete. */
function start(disk: (rows: readonly DecisionRow[]) => Promise<void>) {
  const clock = new VirtualClock();
  const logged: string[] = [];
  const batches: (readonly DecisionRow[])[] = [];
  const decisions = new StoredDecisions({
    write: async (name, args) => {
      if (name !== 'appendDecisions') return 0;
      const rows = args[0] as readonly DecisionRow[];
      batches.push(rows);
      return disk(rows);
    },
    reads: { about: async () => [], since: async () => [], agentNames: async () => [] },
    clock,
    log: createLog('debug', { write: (line) => void logged.push((JSON.parse(line) as { msg: string }).msg) }),
    lastSequence: 40,
  });
  return { clock, logged, batches, decisions };
}

const numbers = (rows: readonly DecisionRow[] = []) => rows.map(({ sequence }) => sequence);

describe('the decision log', () => {
  it('writes what gathers in a moment together, numbered on from the last, one batch at a time', async () => {
    const held: (() => void)[] = [];
    const { clock, batches, decisions } = start(() => new Promise((resolve) => held.push(resolve)));
    for (const number of [1, 2, 3]) decisions.append(gone(number));
    await clock.run(decisionLimits.gatherMs - 1);
    expect(batches).toEqual([]);
    await clock.run(1);
    for (const number of [4, 5]) decisions.append(gone(number));
    await clock.run(0);
    expect(batches.map(numbers)).toEqual([[41, 42, 43]]);
    held.shift()?.();
    await clock.run(0);
    expect(batches.map(numbers)).toEqual([
      [41, 42, 43],
      [44, 45],
    ]);
  });

  it('sends a batch that did not get through again, under the same numbers', async () => {
    let isDown = true;
    const { clock, batches, decisions } = start(async () => {
      if (isDown) throw new StoreError('unavailable', 'the disk is away');
    });
    decisions.append(gone(1));
    await clock.run(decisionLimits.gatherMs + decisionLimits.retryMs - 1);
    expect(batches).toHaveLength(1);
    isDown = false;
    await clock.run(1);
    expect(batches.map(numbers)).toEqual([[41], [41]]);
    await decisions.drained();
  });

  it('has a bounded memory: what comes beyond it is missing, and the log says how much, and where', async () => {
    let release: () => void = () => {};
    const { clock, batches, logged, decisions } = start(() => new Promise((resolve) => (release = resolve)));
    for (let number = 0; number < decisionLimits.waiting + 7; number++) decisions.append(gone(number));
    await clock.run(decisionLimits.gatherMs);
    expect(logged).toEqual(['store:decisionsNotKept']);
    release();
    await clock.run(0);
    decisions.append(gone(9_999));
    while (batches.flat().length < decisionLimits.waiting + 2) {
      release();
      await clock.run(0);
    }
    const rows = batches.flat();
    expect(numbers(rows)).toEqual(rows.map((_, index) => 41 + index));
    expect(rows.slice(-2).map(({ body }) => JSON.parse(body))).toEqual([{ at: decisionLimits.waiting, missing: 7 }, gone(9_999)]);
  });

  it('passes over a batch that the database refuses for good, and says so: the next is written', async () => {
    const { clock, batches, logged, decisions } = start(async (rows) => {
      if (rows[0]?.sequence === 41) throw new StoreError('rejected', 'no such value');
    });
    decisions.append(gone(1));
    await clock.run(decisionLimits.gatherMs);
    decisions.append(gone(2));
    await clock.run(decisionLimits.gatherMs);
    expect(batches.slice(1).flatMap((rows) => rows.map(({ body }) => JSON.parse(body)))).toEqual([{ at: 1, missing: 1 }, gone(2)]);
    expect(logged).toEqual(['store:decisionsNotKept']);
  });

  it('holds no timer after it was stopped', async () => {
    const { clock, decisions } = start(async () => {
      throw new StoreError('unavailable', 'the disk is away');
    });
    decisions.append(gone(1));
    await clock.run(0);
    expect(clock.pending).toBeGreaterThan(0);
    decisions.stop();
    expect(clock.pending).toBe(0);
  });
});
