import { ignore, type NodeKind, type Outcome } from './node-kind.ts';

const back: Outcome = { then: 'return' };

/**
 * Goes back to the flow that called this one, which goes on by `next`. In a flow that nobody called it is a fault.
 *
 *   enter  goes back
 */
export const returnToCaller: NodeKind<'return'> = {
  needs: 'nobody',
  enter: () => back,
  onInput: () => ignore,
};
