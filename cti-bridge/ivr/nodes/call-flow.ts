import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Goes on in another flow, with all that is known, and comes back where that one has a `return`. What breaks there, or a hang-up there, for
 * which it has no way of its own, takes the `error` or `hangUp` of this node.
 *
 *   enter  goes on at the start of the other flow; where there is none, or too many have called one another, leaves by `error`
 */
export const callFlow: NodeKind<'callFlow'> = {
  needs: 'nobody',
  enter: ({ flowId }) => ({ then: 'call', flowId }),
  onInput: () => ignore,
};
