import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DecisionEntry, emptyRouterState, isLogged, replay, route } from '../../../cti-bridge/acd/index.ts';
import { asId, type WorkItemId } from '../../../shared/ids.ts';
import { type Day, days, play } from './random-days.ts';

const started = { type: 'router:started', runId: 'run', nextFencing: 1 } as const;

/** The log of a day as it comes back from the disk: only what changed something, written and read. */
function logOf(day: Day): DecisionEntry[] {
  const steps = play(day).filter(({ state, before, decisions }) => state !== before || decisions.length > 0);
  const entries = steps.map(({ at, event, decisions }) => ({ at, event, decisions: decisions.filter(isLogged) }));
  return JSON.parse(JSON.stringify(entries)) as DecisionEntry[];
}

describe('a replay', () => {
  test('of any day whatever decides the very same, and ends in the same state', () => {
    fc.assert(
      fc.property(days, (day) => {
        const again = replay(logOf(day));
        expect(again.differences).toEqual([]);
        expect(again).toMatchObject({ isWhole: true, runs: 1 });
        const last = play(day).at(-1)?.state ?? emptyRouterState;
        expect(JSON.stringify(again.state)).toBe(JSON.stringify(last));
      }),
      { numRuns: 200 },
    );
  });

  test('tells each entry for which the router decides otherwise now', () => {
    fc.assert(
      fc.property(days, fc.nat(), (day, nth) => {
        const log = logOf(day);
        const index = nth % log.length;
        const entry = log[index] as DecisionEntry;
        const invented = [...entry.decisions, { type: 'setNotReady', agentId: 'nobody', reason: 'noAnswer' }] as DecisionEntry['decisions'];
        log[index] = { ...entry, decisions: invented };
        expect(replay(log).differences).toEqual([{ index, entry: log[index], decided: entry.decisions }]);
      }),
      { numRuns: 100 },
    );
  });

  test('starts anew with every run, and says when it does not have the whole of one', () => {
    const gone: DecisionEntry = { at: 5, event: { type: 'item:gone', workItemId: asId<WorkItemId>('w1') }, decisions: [] };
    const start = (at: number, nextFencing: number): DecisionEntry => ({ at, event: { ...started, nextFencing }, decisions: [] });
    const two = replay([start(1, 1), gone, start(9, 40)]);
    expect(two).toMatchObject({ entries: 3, runs: 2, isWhole: true });
    expect(two.state).toEqual(route(emptyRouterState, start(9, 40).event, 9).state);
    expect(replay([gone]).isWhole).toBe(false);
    expect(replay([start(1, 1), { at: 2, missing: 3 }, gone])).toMatchObject({ isWhole: false, entries: 2 });
  });
});
