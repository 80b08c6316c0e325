import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Answers the call: from here the caller hears us, and pays.
 *
 *   enter     asks for the answer and waits
 *   answered  leaves by `next`
 */
export const answer: NodeKind<'answer'> = {
  enter: () => ({ then: 'wait', waiting: { kind: 'answered' }, actions: [{ type: 'answer' }] }),
  onInput: (node, _state, input) => (input.type === 'answered' ? { then: 'leave', exit: 'next', to: node.exits.next } : ignore),
};
