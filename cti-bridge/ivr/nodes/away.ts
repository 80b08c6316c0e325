import type { Deed } from '../model.ts';
import { ignore, leaveBy, type NodeInput, type Outcome } from './node-kind.ts';

/** Beyond its own limits: whoever performs it is stuck. */
const graceMs = 5_000;

/**
 * What nodes have in common that take the caller to somebody else: music until the other side answers, whose voice then takes its place. Keys
 * are not heard here; they are for whoever is at the other end.
 *
 *   enter    music, and calls
 *   timeout  leaves by `timeout`
 *   did      the node says what follows
 */
export function takeAway(deed: Deed, limitMs: number): Outcome {
  return {
    then: 'wait',
    waiting: { kind: 'deed', leftMs: 0 },
    actions: [{ type: 'music' }, { type: 'do', deed }, { type: 'wait', ms: limitMs + graceMs }],
  };
}

export function whileAway(input: NodeInput, back: (outcome: string, facts: Readonly<Record<string, string>>) => Outcome): Outcome {
  if (input.type === 'timeout') return leaveBy('timeout');
  return input.type === 'did' ? back(input.outcome, input.facts) : ignore;
}
