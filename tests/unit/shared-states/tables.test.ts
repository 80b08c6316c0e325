import { describe, expect, test } from 'vitest';
import { type Presence, presenceSchema, type WorkState, workStateSchema } from '../../../shared/contracts/agent.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { mayBeOffered, mayStandTogether } from '../../../shared/states/agent.ts';
import { countsAgainstAgent, inputOfCause, reservationTable } from '../../../shared/states/reservation.ts';
import { next, type StateTable } from '../../../shared/states/state-table.ts';
import { workItemTable } from '../../../shared/states/work-item.ts';

/** Every state x every input, written out whole: `-` is illegal. Columns are inputs, rows are states. */
function expectTable<State extends string, Input extends string>(table: StateTable<State, Input>, drawn: string): void {
  const [head = '', ...rows] = drawn.trim().split('\n');
  const inputs = head.trim().split(/\s+/) as Input[];
  expect(rows.map((row) => row.trim().split(/\s+/)[0])).toEqual(Object.keys(table));
  for (const row of rows) {
    const [state, ...cells] = row.trim().split(/\s+/) as [State, ...string[]];
    expect([state, ...inputs.map((input) => next(table, state, input) ?? '-')]).toEqual([state, ...cells]);
    expect(Object.keys(table[state]).filter((input) => !(inputs as string[]).includes(input))).toEqual([]);
  }
}

describe('a reservation', () => {
  test('ends exactly once: nothing leads out of any state but pending', () => {
    expectTable(
      reservationTable,
      `          accept    reject    timeOut   cancel    rescind
       pending    accepted  rejected  timedOut  canceled  rescinded
       accepted   -         -         -         -         -
       rejected   -         -         -         -         -
       timedOut   -         -         -         -         -
       canceled   -         -         -         -         -
       rescinded  -         -         -         -         -`,
    );
  });

  test('every cause ends it, and only what the agent did or left undone counts against the agent', () => {
    const ends = Object.fromEntries(
      reservationCauseSchema.options.map((cause) => [
        cause,
        [next(reservationTable, 'pending', inputOfCause[cause]), countsAgainstAgent(cause)],
      ]),
    );
    expect(ends).toEqual({
      rejected: ['rejected', true],
      noAnswer: ['timedOut', true],
      deviceUnreachable: ['rescinded', false],
      mediaFailed: ['rescinded', false],
      callerLeft: ['canceled', false],
      answered: ['accepted', false],
      shutdown: ['rescinded', false],
      agentGone: ['rescinded', false],
      answeredElsewhere: ['canceled', false],
      released: ['rescinded', false],
    });
  });
});

describe('a work item', () => {
  test('waits, is offered, had by one agent, and comes to one of two ends that nothing leads out of', () => {
    expectTable(
      workItemTable,
      `          offer     withdraw  accept    giveBack  wrapUp    complete   cancel
       pending    reserved  -         -         -         -         -          canceled
       reserved   reserved  pending   assigned  -         -         -          canceled
       assigned   -         -         -         pending   wrapping  completed  -
       wrapping   -         -         -         -         -         completed  -
       completed  -         -         -         -         -         -          -
       canceled   -         -         -         -         -         -          -`,
    );
  });

  test('can always still come to an end, and can come to each state', () => {
    const reach = (from: readonly string[]): readonly string[] => {
      const further = from.flatMap((state) => Object.values(workItemTable[state as keyof typeof workItemTable]));
      const all = [...new Set([...from, ...further])];
      return all.length === from.length ? all : reach(all);
    };
    expect(reach(['pending']).toSorted()).toEqual(Object.keys(workItemTable).toSorted());
    for (const state of Object.keys(workItemTable))
      expect(reach([state]).filter((each) => each === 'completed' || each === 'canceled')).not.toEqual([]);
  });
});

describe('an agent', () => {
  /** Every presence x every work state. */
  function expectPairs(holds: (presence: Presence, work: WorkState) => boolean, drawn: string): void {
    const [head = '', ...rows] = drawn.trim().split('\n');
    expect(head.trim().split(/\s+/)).toEqual(workStateSchema.options);
    const cells = presenceSchema.options.map((presence) => [
      presence,
      ...workStateSchema.options.map((work) => (holds(presence, work) ? 'yes' : '-')),
    ]);
    expect(cells).toEqual(rows.map((row) => row.trim().split(/\s+/)));
  }

  test('is offered work only when available, within reach and not listening in; room beside what is in hand is asked for apart', () => {
    expectPairs(
      mayBeOffered,
      `           idle  reserved  engaged  wrappingUp  supervising  notReachable
       available  yes   yes       yes      yes         -            -
       notReady   -     -         -        -           -            -
       loggedOut  -     -         -        -           -            -`,
    );
  });

  test('never rings after signing out; everything else may be chosen at any time', () => {
    expectPairs(
      mayStandTogether,
      `           idle  reserved  engaged  wrappingUp  supervising  notReachable
       available  yes   yes       yes      yes         yes          yes
       notReady   yes   yes       yes      yes         yes          yes
       loggedOut  yes   -         yes      yes         yes          yes`,
    );
  });
});

test('an input that is a word of the language, not of the table, leads nowhere', () => {
  for (const table of [reservationTable, workItemTable] as readonly StateTable<string, string>[]) {
    for (const word of ['__proto__', 'constructor', 'toString']) expect(next(table, 'pending', word)).toBeNull();
  }
});
