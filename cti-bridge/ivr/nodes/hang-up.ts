import { ignore, type NodeKind, type Outcome, playAll } from './node-kind.ts';

const hangUpNow: Outcome = { then: 'end', actions: [{ type: 'hangUp' }] };

/**
 * Says goodbye and ends the call.
 *
 *   enter   plays and waits; without prompts hangs up at once
 *   played  hangs up; the run is over
 */
export const hangUp: NodeKind<'hangUp'> = {
  needs: 'caller',
  enter: (node, run) => playAll(node.prompts, run, { kind: 'played' }, () => hangUpNow),
  onInput: (_node, _run, input) => (input.type === 'played' ? hangUpNow : ignore),
};
