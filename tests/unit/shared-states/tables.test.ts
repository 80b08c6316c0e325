import { describe, expect, test } from 'vitest';
import { presenceSchema, workStateSchema } from '../../../shared/contracts/agent.ts';
import { reservationCauseSchema } from '../../../shared/contracts/interaction.ts';
import { mayBeOffered, mayStandTogether, presenceTable, workTable } from '../../../shared/states/agent.ts';
import { callLegTable } from '../../../shared/states/call-leg.ts';
import { interactionTable } from '../../../shared/states/interaction.ts';
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
  test('works through idle, reserved, engaged and wrap-up, and is out of reach only with nothing in hand', () => {
    expectTable(
      workTable,
      `             offer     accept   withdraw  endWork  startWrapUp  endWrapUp  lose          regain
       idle          reserved  -        -         -        -            -          notReachable  -
       notReachable  -         -        -         -        -            -          -             idle
       reserved      -         engaged  idle      -        -            -          notReachable  -
       engaged       -         -        -         idle     wrappingUp   -          -             -
       wrappingUp    -         -        -         -        -            idle       -             -`,
    );
  });

  test('may choose any presence at any time, but signs out only once', () => {
    expectTable(
      presenceTable,
      `          chooseAvailable  chooseNotReady  logOut
       available  available        notReady        loggedOut
       notReady   available        notReady        loggedOut
       loggedOut  available        notReady        -`,
    );
  });

  test('is offered work in one pair of states only, and never rings after signing out', () => {
    const pairs = presenceSchema.options.flatMap((presence) => workStateSchema.options.map((work) => ({ presence, work })));
    const named = (wanted: (presence: 'available' | 'notReady' | 'loggedOut', work: (typeof pairs)[number]['work']) => boolean) =>
      pairs.filter(({ presence, work }) => wanted(presence, work)).map(({ presence, work }) => `${presence} ${work}`);
    expect(named(mayBeOffered)).toEqual(['available idle']);
    expect(named((presence, work) => !mayStandTogether(presence, work))).toEqual(['loggedOut reserved']);
  });
});

test('an interaction goes through the ten steps, may go back to its queue from a talk, and completes once', () => {
  expectTable(
    interactionTable,
    `           enterIvr  queue   reserve   offerMissed  answer   hold  resume   end    startWrapUp  complete
     received    inIvr     queued  -         -            -        -     -        ended  -            -
     inIvr       -         queued  -         -            -        -     -        ended  -            -
     queued      -         -       reserved  -            -        -     -        ended  -            -
     reserved    -         -       -         queued       talking  -     -        ended  -            -
     talking     -         queued  -         -            -        held  -        ended  -            -
     held        -         queued  -         -            -        -     talking  ended  -            -
     ended       -         -       -         -            -        -     -        -      wrappingUp   completed
     wrappingUp  -         -       -         -            -        -     -        -      -            completed
     completed   -         -       -         -            -        -     -        -      -            -`,
  );
});

test('a call leg may be lost and rejoined while talking or held, and nothing follows its end', () => {
  expectTable(
    callLegTable,
    `           connect  hold  resume   lose       rejoin   end
     connecting  talking  -     -        -          -        ended
     talking     -        held  -        rejoining  -        ended
     held        -        -     talking  rejoining  -        ended
     rejoining   -        -     -        -          talking  ended
     ended       -        -     -        -          -        -`,
  );
});

test('an input that is a word of the language, not of the table, leads nowhere', () => {
  for (const word of ['__proto__', 'constructor', 'toString']) {
    expect(next(reservationTable as StateTable<string, string>, 'pending', word)).toBeNull();
  }
});
