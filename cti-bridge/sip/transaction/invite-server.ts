import type { Machine, Rules, Step, TimerInput } from './machine.ts';
import { fail, start, stay, transmit } from './machine.ts';

/**
 * INVITE server transaction (RFC 3261 §17.2.1 as corrected by RFC 6026 §7.1).
 *
 *            proceeding --2xx sent--> accepted --L--> terminated
 *                |
 *           300-699 sent
 *                v
 *            completed --ACK--> confirmed --I--> terminated
 *                |
 *                H --> terminated, with a failure: no ACK came
 *
 * In accepted, repeats of the INVITE are swallowed; the dialog repeats the 2xx itself and waits for its ACK.
 */
export type InviteServerState =
  | { readonly name: 'proceeding' }
  | { readonly name: 'accepted' }
  | { readonly name: 'completed'; readonly repeatMs: number }
  | { readonly name: 'confirmed' }
  | { readonly name: 'terminated' };

export type ServerInput =
  | TimerInput
  /** The same request again. */
  | { readonly kind: 'request' }
  | { readonly kind: 'ack' }
  /** The user answers with this status. */
  | { readonly kind: 'respond'; readonly status: number }
  | { readonly kind: 'transportError' };

const terminated = { name: 'terminated' } as const;

export const inviteServer: Machine<InviteServerState, ServerInput> = {
  timersIn: { proceeding: [], accepted: ['L'], completed: ['G', 'H'], confirmed: ['I'], terminated: [] },
  start: () => ({ state: { name: 'proceeding' }, effects: [] }),
  step(state, input, rules) {
    switch (state.name) {
      case 'proceeding':
        return proceeding(state, input, rules);
      case 'accepted':
        return accepted(state, input);
      case 'completed':
        return completed(state, input, rules);
      case 'confirmed':
        return confirmed(state, input);
      case 'terminated':
        return stay(state);
    }
  },
};

function proceeding(state: InviteServerState, input: ServerInput, rules: Rules): Step<InviteServerState> {
  if (input.kind === 'transportError') return { state: terminated, effects: [fail('transport')] };
  if (input.kind === 'request') return { state, effects: [transmit] };
  if (input.kind !== 'respond') return stay(state);
  if (input.status < 200) return { state, effects: [transmit] };
  if (input.status < 300) return { state: { name: 'accepted' }, effects: [start('L', 64 * rules.t1), transmit] };
  const effects = [start('H', 64 * rules.t1), transmit];
  if (!rules.isReliable) effects.push(start('G', rules.t1));
  return { state: { name: 'completed', repeatMs: rules.t1 }, effects };
}

function accepted(state: InviteServerState, input: ServerInput): Step<InviteServerState> {
  if (input.kind === 'respond' && input.status >= 200 && input.status < 300) return { state, effects: [transmit] };
  if (input.kind === 'timer' && input.timer === 'L') return { state: terminated, effects: [] };
  return stay(state);
}

function completed(state: InviteServerState & { name: 'completed' }, input: ServerInput, rules: Rules): Step<InviteServerState> {
  if (input.kind === 'request') return { state, effects: [transmit] };
  if (input.kind === 'timer' && input.timer === 'G') {
    const repeatMs = Math.min(2 * state.repeatMs, rules.t2);
    return { state: { name: 'completed', repeatMs }, effects: [transmit, start('G', repeatMs)] };
  }
  if (input.kind === 'timer' && input.timer === 'H') return { state: terminated, effects: [fail('timeout')] };
  if (input.kind === 'transportError') return { state: terminated, effects: [fail('transport')] };
  if (input.kind !== 'ack') return stay(state);
  return rules.isReliable ? { state: terminated, effects: [] } : { state: { name: 'confirmed' }, effects: [start('I', rules.t4)] };
}

function confirmed(state: InviteServerState, input: ServerInput): Step<InviteServerState> {
  return input.kind === 'timer' && input.timer === 'I' ? { state: terminated, effects: [] } : stay(state);
}
