import { ignore, keepKey, leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Answers the call: from here the caller hears us, and pays.
 *
 *   enter     asks for the answer and waits
 *   answered  leaves by `next`
 *   digit     kept for the next node that listens
 */
export const answer: NodeKind<'answer'> = {
  needs: 'caller',
  enter: () => ({ then: 'wait', waiting: { kind: 'answered' }, actions: [{ type: 'answer' }] }),
  onInput(_node, _run, input) {
    if (input.type === 'answered') return leaveBy('next');
    return input.type === 'digit' ? keepKey(input.digit) : ignore;
  },
};
