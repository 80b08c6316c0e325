import { describe, expect, test } from 'vitest';
import { presenceSchema, workStateSchema } from '../../../shared/contracts/agent.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { mayBeOffered, mayStandTogether } from '../../../shared/states/agent.ts';
import { countsAgainstAgent, inputOfCause, reservationTable } from '../../../shared/states/reservation.ts';
import { next, type StateTable } from '../../../shared/states/state-table.ts';

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
    });
  });
});

describe('an agent', () => {
  test('is offered work in one pair of states only, and never rings after signing out', () => {
    const pairs = presenceSchema.options.flatMap((presence) => workStateSchema.options.map((work) => ({ presence, work })));
    const named = (wanted: (presence: 'available' | 'notReady' | 'loggedOut', work: (typeof pairs)[number]['work']) => boolean) =>
      pairs.filter(({ presence, work }) => wanted(presence, work)).map(({ presence, work }) => `${presence} ${work}`);
    expect(named(mayBeOffered)).toEqual(['available idle']);
    expect(named((presence, work) => !mayStandTogether(presence, work))).toEqual(['loggedOut reserved']);
  });
});

test('an input that is a word of the language, not of the table, leads nowhere', () => {
  for (const word of ['__proto__', 'constructor', 'toString']) {
    expect(next(reservationTable as StateTable<string, string>, 'pending', word)).toBeNull();
  }
});
