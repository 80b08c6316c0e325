import type { ServerInput } from './invite-server.ts';
import type { Machine, Rules, Step } from './machine.ts';
import { fail, start, stay, transmit } from './machine.ts';

/**
 * Non-INVITE server transaction (RFC 3261 §17.2.2).
 *
 *            trying --1xx sent--> proceeding
 *               \                  /
 *              200-699 sent   200-699 sent
 *                     v        v
 *                     completed --J--> terminated
 *
 * Completed answers every repeat of the request with the same response.
 */
export type NonInviteServerState =
  | { readonly name: 'trying' }
  | { readonly name: 'proceeding' }
  | { readonly name: 'completed' }
  | { readonly name: 'terminated' };

const terminated = { name: 'terminated' } as const;

export const nonInviteServer: Machine<NonInviteServerState, ServerInput> = {
  timersIn: { trying: [], proceeding: [], completed: ['J'], terminated: [] },
  start: () => ({ state: { name: 'trying' }, effects: [] }),
  step(state, input, rules) {
    switch (state.name) {
      case 'trying':
        return answering(state, input, rules);
      case 'proceeding':
        return input.kind === 'request' ? { state, effects: [transmit] } : answering(state, input, rules);
      case 'completed':
        return completed(state, input);
      case 'terminated':
        return stay(state);
    }
  },
};

function answering(state: NonInviteServerState, input: ServerInput, rules: Rules): Step<NonInviteServerState> {
  if (input.kind === 'transportError') return { state: terminated, effects: [fail('transport')] };
  if (input.kind !== 'respond') return stay(state);
  if (input.status < 200) return { state: { name: 'proceeding' }, effects: [transmit] };
  if (rules.isReliable) return { state: terminated, effects: [transmit] };
  return { state: { name: 'completed' }, effects: [start('J', 64 * rules.t1), transmit] };
}

function completed(state: NonInviteServerState, input: ServerInput): Step<NonInviteServerState> {
  if (input.kind === 'request') return { state, effects: [transmit] };
  if (input.kind === 'timer' && input.timer === 'J') return { state: terminated, effects: [] };
  return input.kind === 'transportError' ? { state: terminated, effects: [] } : stay(state);
}
