import type { Deed } from '../model.ts';
import { ignore, keepKey, leaveBy, type NodeAction, type NodeInput, type Outcome, type RunView } from './node-kind.ts';

/** What a caller hears who has to wait, where the node does not name another prompt. */
export const pleaseWait = 'please-wait';
/** After this much silence they are told. */
const silenceMs = 1_000;

/** How a deed is waited for. */
export interface DeedWait {
  readonly whileWaiting: string | null;
  readonly limitMs: number;
}

/**
 * What nodes have in common that wait for others: a look-up, a message sent. A quick answer is not talked over; a slow one is waited for
 * with a prompt, then music, and given up at its limit.
 *
 *   enter    begins; looks again when the caller has heard nothing for a second
 *   timeout  a second of silence is over: plays the prompt. The limit is reached: leaves by `timeout`
 *   played   music
 *   digit    kept for the next node that listens
 *   did      the node says what follows
 */
export function begin(deed: Deed, { limitMs, whileWaiting }: DeedWait, { state, at }: RunView): Outcome {
  const doing: NodeAction = { type: 'do', deed };
  const isHeard = state.isAnswered && !state.hasLeft;
  const quietLeftMs = !isHeard ? limitMs : Math.max(0, silenceMs - Math.max(0, at - state.quietSince));
  if (quietLeftMs > 0) {
    const ms = Math.min(limitMs, quietLeftMs);
    return { then: 'wait', waiting: { kind: 'deed', leftMs: limitMs - ms }, actions: [doing, { type: 'wait', ms }] };
  }
  return {
    then: 'wait',
    waiting: { kind: 'deed', leftMs: 0 },
    actions: [doing, telling(whileWaiting, state), { type: 'wait', ms: limitMs }],
  };
}

/** What happens meanwhile. `done` is asked when the deed is over, with its outcome. */
export function during(
  { whileWaiting }: Pick<DeedWait, 'whileWaiting'>,
  { state }: RunView,
  input: NodeInput,
  done: (did: Did) => Outcome,
): Outcome {
  const { waiting } = state;
  if (waiting.kind !== 'deed') return ignore;
  switch (input.type) {
    case 'did':
      return input.outcome === 'error' ? leaveBy('error') : done(input);
    case 'played':
      return { then: 'wait', waiting, actions: [{ type: 'music' }] };
    case 'digit':
      return keepKey(input.digit);
    case 'timeout': {
      const ms = waiting.leftMs;
      if (ms <= 0) return leaveBy('timeout');
      return { then: 'wait', waiting: { kind: 'deed', leftMs: 0 }, actions: [telling(whileWaiting, state), { type: 'wait', ms }] };
    }
    default:
      return ignore;
  }
}

export type Did = Extract<NodeInput, { readonly type: 'did' }>;

function telling(prompt: string | null, { locale }: RunView['state']): NodeAction {
  return { type: 'play', prompts: [prompt ?? pleaseWait], locale };
}
