import type { Machine, Rules, Step, TimerInput } from './machine.ts';
import { acknowledge, deliver, fail, start, stay, transmit } from './machine.ts';

/**
 * INVITE client transaction (RFC 3261 §17.1.1 as corrected by RFC 6026 §7.2).
 *
 *            calling --1xx--> proceeding
 *               |   \          |     \
 *              2xx   300-699  2xx     300-699
 *               v         \    v       \
 *            accepted <----)---+        +--> completed --D--> terminated
 *               |           +----------------^
 *               M --> terminated
 *
 * Timer B in calling and a closed transport end it with a failure. In proceeding there is no limit of the transaction's own: a phone may ring
 * as long as its user wants.
 */
export type InviteClientState =
  | { readonly name: 'calling'; readonly repeatMs: number }
  | { readonly name: 'proceeding' }
  | { readonly name: 'accepted' }
  | { readonly name: 'completed' }
  | { readonly name: 'terminated' };

export type ClientInput = TimerInput | { readonly kind: 'response'; readonly status: number } | { readonly kind: 'transportError' };

const terminated = { name: 'terminated' } as const;

export const inviteClient: Machine<InviteClientState, ClientInput> = {
  timersIn: { calling: ['A', 'B'], proceeding: [], accepted: ['M'], completed: ['D'], terminated: [] },
  start({ t1, isReliable }) {
    const effects = [transmit, start('B', 64 * t1)];
    if (!isReliable) effects.push(start('A', t1));
    return { state: { name: 'calling', repeatMs: t1 }, effects };
  },
  step(state, input, rules) {
    switch (state.name) {
      case 'calling':
        return calling(state, input, rules);
      case 'proceeding':
        return proceeding(state, input, rules);
      case 'accepted':
        return accepted(state, input);
      case 'completed':
        return completed(state, input);
      case 'terminated':
        return stay(state);
    }
  },
};

function calling(state: InviteClientState & { name: 'calling' }, input: ClientInput, rules: Rules): Step<InviteClientState> {
  if (input.kind === 'timer' && input.timer === 'A') {
    const repeatMs = state.repeatMs * 2;
    return { state: { name: 'calling', repeatMs }, effects: [transmit, start('A', repeatMs)] };
  }
  if (input.kind === 'timer' && input.timer === 'B') return { state: terminated, effects: [fail('timeout')] };
  return proceeding(state, input, rules);
}

function proceeding(state: InviteClientState, input: ClientInput, rules: Rules): Step<InviteClientState> {
  if (input.kind === 'transportError') return { state: terminated, effects: [fail('transport')] };
  if (input.kind !== 'response') return stay(state);
  if (input.status < 200) return { state: { name: 'proceeding' }, effects: [deliver] };
  if (input.status < 300) return { state: { name: 'accepted' }, effects: [start('M', 64 * rules.t1), deliver] };
  // RFC 3261 §17.1.1.2: at least 32 s over UDP, to ACK every repeat; nothing to wait for where nothing is repeated.
  if (rules.isReliable) return { state: terminated, effects: [acknowledge, deliver] };
  return { state: { name: 'completed' }, effects: [start('D', Math.max(32_000, 64 * rules.t1)), acknowledge, deliver] };
}

/** RFC 6026 §8.4: further 2xx, also those of other forks, go up; each must be ACKed by the user. */
function accepted(state: InviteClientState, input: ClientInput): Step<InviteClientState> {
  if (input.kind === 'response' && input.status >= 200 && input.status < 300) return { state, effects: [deliver] };
  if (input.kind === 'timer' && input.timer === 'M') return { state: terminated, effects: [] };
  return stay(state);
}

function completed(state: InviteClientState, input: ClientInput): Step<InviteClientState> {
  if (input.kind === 'response' && input.status >= 300) return { state, effects: [acknowledge] };
  if (input.kind === 'timer' && input.timer === 'D') return { state: terminated, effects: [] };
  // The final response was delivered already; only the ACK could not be sent.
  if (input.kind === 'transportError') return { state: terminated, effects: [] };
  return stay(state);
}
