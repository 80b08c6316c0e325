import { ignore, type NodeKind, type Outcome } from './node-kind.ts';

const hangUpNow: Outcome = { then: 'end', exit: 'hungUp', actions: [{ type: 'hangUp' }] };

/**
 * Says goodbye and ends the call.
 *
 *   enter   plays and waits; without prompts hangs up at once
 *   played  hangs up; the run is over
 */
export const hangUp: NodeKind<'hangUp'> = {
  enter: (node, { locale }) =>
    node.prompts.length === 0
      ? hangUpNow
      : { then: 'wait', waiting: { kind: 'played' }, actions: [{ type: 'play', prompts: node.prompts, locale }] },
  onInput: (_node, _state, input) => (input.type === 'played' ? hangUpNow : ignore),
};
