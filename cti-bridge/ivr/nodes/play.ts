import { ignore, leaveBy, type NodeKind, playAll } from './node-kind.ts';

/**
 * Plays recorded prompts one after another, in the language in force. A key ends them and is kept for the next node that listens, so that
 * a caller who knows the menu need not hear the greeting out.
 *
 *   enter   plays and waits; without prompts leaves at once
 *   played  leaves by `next`, also when a recording is missing: a gap is better than a caller stuck in it
 *   digit   stops playing and leaves by `next`; the key is typed ahead
 */
export const play: NodeKind<'play'> = {
  needs: 'answered',
  enter: (node, run) => playAll(node.prompts, run, { kind: 'played' }, () => leaveBy('next')),
  onInput(_node, _run, input) {
    if (input.type === 'played') return leaveBy('next');
    return input.type === 'digit' ? leaveBy('next', { typedAhead: input.digit }) : ignore;
  },
};
