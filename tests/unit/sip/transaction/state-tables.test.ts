import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Effect, Machine } from '../../../../cti-bridge/sip/index.ts';
import {
  inviteClient,
  inviteServer,
  MachineRunner,
  nonInviteClient,
  nonInviteServer,
  rfcTimers,
} from '../../../../cti-bridge/sip/index.ts';

/*
 * Every state x every input (RFC 3261 §17, RFC 6026), over UDP and over a transport that repeats by itself. A cell is `next state: effects`;
 * an empty cell means that the input is illegal there: nothing happens. `reliably` has the cells that differ on a connection.
 */

const timers = ['A', 'B', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'] as const;
const clientInputs = {
  '1xx': { kind: 'response', status: 180 },
  '2xx': { kind: 'response', status: 200 },
  '300+': { kind: 'response', status: 486 },
  transport: { kind: 'transportError' },
};
const serverInputs = {
  request: { kind: 'request' },
  ack: { kind: 'ack' },
  '1xx': { kind: 'respond', status: 180 },
  '2xx': { kind: 'respond', status: 200 },
  '300+': { kind: 'respond', status: 486 },
  transport: { kind: 'transportError' },
};
const withTimers = (inputs: Record<string, unknown>) => ({
  ...inputs,
  ...Object.fromEntries(timers.map((timer) => [timer, { kind: 'timer', timer }])),
});

type Table = Record<string, Record<string, string>>;

const show = (effect: Effect): string =>
  effect.do === 'start' ? `${effect.timer}=${effect.afterMs}` : effect.do === 'fail' ? effect.why : effect.do;

function check(machine: unknown, states: Record<string, object>, inputs: Record<string, unknown>, table: Table, reliably: Table): void {
  const { step, start, timersIn } = machine as Machine<{ readonly name: string }, unknown>;
  for (const isReliable of [false, true]) {
    const rules = { ...rfcTimers, isReliable };
    const over = isReliable ? 'over a connection' : 'over UDP';
    for (const [name, extra] of Object.entries(states)) {
      for (const [label, input] of Object.entries(withTimers(inputs))) {
        const expected = (isReliable ? reliably[name]?.[label] : undefined) ?? table[name]?.[label];
        test(`${over}, ${name} + ${label}: ${expected ?? 'nothing'}`, () => {
          const before = { name, ...extra };
          const after = step(before, input, rules);
          if (expected === undefined) expect(after).toEqual({ state: before, effects: [] });
          else expect(`${after.state.name}: ${after.effects.map(show).join(' ')}`.trim()).toBe(expected);
        });
      }
    }
    test(`${over}, begins: ${(isReliable ? reliably : table)['(start)']?.['']}`, () => {
      const first = start(rules);
      expect(`${first.state.name}: ${first.effects.map(show).join(' ')}`.trim()).toBe((isReliable ? reliably : table)['(start)']?.['']);
    });
  }

  test('every state is in the table, and a state that waits has a timer or waits for its user', () => {
    expect(Object.keys(timersIn).sort()).toEqual(Object.keys(states).sort());
  });

  test('whatever comes in whatever order, it ends when its timers have run out, unless it waits for its user or a ringing phone', () => {
    const all = Object.values(withTimers(inputs));
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.nat(all.length - 1), { maxLength: 40 }), (isReliable, picks) => {
        const clock = new VirtualClock();
        let ended = 0;
        const runner = new MachineRunner<{ readonly name: string }, unknown>(
          machine as never,
          { ...rfcTimers, isReliable },
          clock,
          () => {},
          () => ended++,
        );
        runner.start();
        for (const pick of picks) {
          runner.input(all[pick]);
          clock.advance(100);
        }
        const isWaiting = ['proceeding', 'trying'].includes(runner.state) && clock.pending === 0;
        clock.advance(64 * rfcTimers.t1 + rfcTimers.t4);
        expect(clock.pending).toBe(0);
        expect(isWaiting ? 0 : 1).toBe(ended);
      }),
      { numRuns: 500, seed: 17 },
    );
  });
}

describe('INVITE client', () => {
  const refused = 'completed: D=32000 acknowledge deliver';
  const answered = 'accepted: M=32000 deliver';
  check(
    inviteClient,
    { calling: { repeatMs: 500 }, proceeding: {}, accepted: {}, completed: {}, terminated: {} },
    clientInputs,
    {
      calling: {
        '1xx': 'proceeding: deliver',
        '2xx': answered,
        '300+': refused,
        transport: 'terminated: transport',
        A: 'calling: transmit A=1000',
        B: 'terminated: timeout',
      },
      proceeding: { '1xx': 'proceeding: deliver', '2xx': answered, '300+': refused, transport: 'terminated: transport' },
      accepted: { '2xx': 'accepted: deliver', M: 'terminated:' },
      completed: { '300+': 'completed: acknowledge', D: 'terminated:', transport: 'terminated:' },
      '(start)': { '': 'calling: transmit B=32000 A=500' },
    },
    {
      calling: { '300+': 'terminated: acknowledge deliver' },
      proceeding: { '300+': 'terminated: acknowledge deliver' },
      '(start)': { '': 'calling: transmit B=32000' },
    },
  );
});

describe('non-INVITE client', () => {
  const done = 'completed: K=5000 deliver';
  check(
    nonInviteClient,
    { trying: { repeatMs: 500 }, proceeding: {}, completed: {}, terminated: {} },
    clientInputs,
    {
      trying: {
        '1xx': 'proceeding: deliver',
        '2xx': done,
        '300+': done,
        transport: 'terminated: transport',
        E: 'trying: transmit E=1000',
        F: 'terminated: timeout',
      },
      proceeding: {
        '1xx': 'proceeding: deliver',
        '2xx': done,
        '300+': done,
        transport: 'terminated: transport',
        E: 'proceeding: transmit E=4000',
        F: 'terminated: timeout',
      },
      completed: { K: 'terminated:' },
      '(start)': { '': 'trying: transmit F=32000 E=500' },
    },
    {
      trying: { '2xx': 'terminated: deliver', '300+': 'terminated: deliver' },
      proceeding: { '2xx': 'terminated: deliver', '300+': 'terminated: deliver' },
      '(start)': { '': 'trying: transmit F=32000' },
    },
  );
});

describe('INVITE server', () => {
  check(
    inviteServer,
    { proceeding: {}, accepted: {}, completed: { repeatMs: 500 }, confirmed: {}, terminated: {} },
    serverInputs,
    {
      proceeding: {
        request: 'proceeding: transmit',
        '1xx': 'proceeding: transmit',
        '2xx': 'accepted: L=32000 transmit',
        '300+': 'completed: H=32000 transmit G=500',
        transport: 'terminated: transport',
      },
      accepted: { '2xx': 'accepted: transmit', L: 'terminated:' },
      completed: {
        request: 'completed: transmit',
        ack: 'confirmed: I=5000',
        G: 'completed: transmit G=1000',
        H: 'terminated: timeout',
        transport: 'terminated: transport',
      },
      confirmed: { I: 'terminated:' },
      '(start)': { '': 'proceeding:' },
    },
    {
      proceeding: { '300+': 'completed: H=32000 transmit' },
      completed: { ack: 'terminated:' },
      '(start)': { '': 'proceeding:' },
    },
  );
});

describe('non-INVITE server', () => {
  const done = 'completed: J=32000 transmit';
  check(
    nonInviteServer,
    { trying: {}, proceeding: {}, completed: {}, terminated: {} },
    serverInputs,
    {
      trying: { '1xx': 'proceeding: transmit', '2xx': done, '300+': done, transport: 'terminated: transport' },
      proceeding: {
        request: 'proceeding: transmit',
        '1xx': 'proceeding: transmit',
        '2xx': done,
        '300+': done,
        transport: 'terminated: transport',
      },
      completed: { request: 'completed: transmit', J: 'terminated:', transport: 'terminated:' },
      '(start)': { '': 'trying:' },
    },
    {
      trying: { '2xx': 'terminated: transmit', '300+': 'terminated: transmit' },
      proceeding: { '2xx': 'terminated: transmit', '300+': 'terminated: transmit' },
      '(start)': { '': 'trying:' },
    },
  );
});
