import type { ClientInput } from './invite-client.ts';
import type { Machine, Rules, Step } from './machine.ts';
import { deliver, fail, start, stay, transmit } from './machine.ts';

/**
 * Non-INVITE client transaction (RFC 3261 §17.1.2).
 *
 *            trying --1xx--> proceeding
 *               \              /
 *                200-699  200-699
 *                   v      v
 *                  completed --K--> terminated
 *
 * Timer F bounds trying *and* proceeding: a peer that says 100 and dies must not keep us waiting for ever.
 */
export type NonInviteClientState =
  | { readonly name: 'trying'; readonly repeatMs: number }
  | { readonly name: 'proceeding' }
  | { readonly name: 'completed' }
  | { readonly name: 'terminated' };

const terminated = { name: 'terminated' } as const;

export const nonInviteClient: Machine<NonInviteClientState, ClientInput> = {
  timersIn: { trying: ['E', 'F'], proceeding: ['E', 'F'], completed: ['K'], terminated: [] },
  start({ t1, isReliable }) {
    const effects = [transmit, start('F', 64 * t1)];
    if (!isReliable) effects.push(start('E', t1));
    return { state: { name: 'trying', repeatMs: t1 }, effects };
  },
  step(state, input, rules) {
    switch (state.name) {
      case 'trying':
        return trying(state, input, rules);
      case 'proceeding':
        return proceeding(state, input, rules);
      case 'completed':
        return completed(state, input);
      case 'terminated':
        return stay(state);
    }
  },
};

function trying(state: NonInviteClientState & { name: 'trying' }, input: ClientInput, rules: Rules): Step<NonInviteClientState> {
  if (input.kind === 'timer' && input.timer === 'E') {
    const repeatMs = Math.min(2 * state.repeatMs, rules.t2);
    return { state: { name: 'trying', repeatMs }, effects: [transmit, start('E', repeatMs)] };
  }
  return ending(state, input, rules);
}

function proceeding(state: NonInviteClientState, input: ClientInput, rules: Rules): Step<NonInviteClientState> {
  if (input.kind === 'timer' && input.timer === 'E') return { state, effects: [transmit, start('E', rules.t2)] };
  return ending(state, input, rules);
}

function ending(state: NonInviteClientState, input: ClientInput, rules: Rules): Step<NonInviteClientState> {
  if (input.kind === 'timer') return input.timer === 'F' ? { state: terminated, effects: [fail('timeout')] } : stay(state);
  if (input.kind === 'transportError') return { state: terminated, effects: [fail('transport')] };
  if (input.status < 200) return { state: { name: 'proceeding' }, effects: [deliver] };
  if (rules.isReliable) return { state: terminated, effects: [deliver] };
  return { state: { name: 'completed' }, effects: [start('K', rules.t4), deliver] };
}

function completed(state: NonInviteClientState, input: ClientInput): Step<NonInviteClientState> {
  return input.kind === 'timer' && input.timer === 'K' ? { state: terminated, effects: [] } : stay(state);
}
