import { describe, expect, test } from 'vitest';
import type { Effect, Machine } from '../../../../cti-bridge/sip/index.ts';
import { inviteClient, inviteServer, nonInviteClient, nonInviteServer, rfcTimers } from '../../../../cti-bridge/sip/index.ts';

/*
 * Every state x every input over UDP. A cell is `next state: effects`; an empty cell means that the input is illegal there: nothing happens.
 */

const rules = { ...rfcTimers, isReliable: false };
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

const show = (effect: Effect): string =>
  effect.do === 'start' ? `${effect.timer}=${effect.afterMs}` : effect.do === 'fail' ? effect.why : effect.do;

function check(
  machine: unknown,
  states: Record<string, object>,
  inputs: Record<string, unknown>,
  table: Record<string, Record<string, string>>,
): void {
  const { step } = machine as Machine<{ readonly name: string }, unknown>;
  for (const [name, extra] of Object.entries(states)) {
    for (const [label, input] of Object.entries(withTimers(inputs))) {
      const expected = table[name]?.[label];
      test(`${name} + ${label}: ${expected ?? 'nothing'}`, () => {
        const before = { name, ...extra };
        const after = step(before, input, rules);
        if (expected === undefined) expect(after).toEqual({ state: before, effects: [] });
        else expect(`${after.state.name}: ${after.effects.map(show).join(' ')}`.trim()).toBe(expected);
      });
    }
  }
}

describe('INVITE client', () => {
  const refused = 'completed: D=32000 acknowledge deliver';
  const answered = 'accepted: M=32000 deliver';
  check(inviteClient, { calling: { repeatMs: 500 }, proceeding: {}, accepted: {}, completed: {}, terminated: {} }, clientInputs, {
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
  });
});

describe('non-INVITE client', () => {
  const done = 'completed: K=5000 deliver';
  check(nonInviteClient, { trying: { repeatMs: 500 }, proceeding: {}, completed: {}, terminated: {} }, clientInputs, {
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
  });
});

describe('INVITE server', () => {
  check(inviteServer, { proceeding: {}, accepted: {}, completed: { repeatMs: 500 }, confirmed: {}, terminated: {} }, serverInputs, {
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
  });
});

describe('non-INVITE server', () => {
  const done = 'completed: J=32000 transmit';
  check(nonInviteServer, { trying: {}, proceeding: {}, completed: {}, terminated: {} }, serverInputs, {
    trying: { '1xx': 'proceeding: transmit', '2xx': done, '300+': done, transport: 'terminated: transport' },
    proceeding: {
      request: 'proceeding: transmit',
      '1xx': 'proceeding: transmit',
      '2xx': done,
      '300+': done,
      transport: 'terminated: transport',
    },
    completed: { request: 'completed: transmit', J: 'terminated:', transport: 'terminated:' },
  });
});
