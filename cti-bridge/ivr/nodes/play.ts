import { ignore, type NodeKind, stopWhatGoesOn } from './node-kind.ts';

/**
 * Plays recorded prompts one after another, in the language in force. A key ends them and is kept for the next node that listens, so that
 * a caller who knows the menu need not hear the greeting out.
 *
 *   enter   plays and waits; without prompts leaves at once
 *   played  leaves by `next`, also when a recording is missing: a gap is better than a caller stuck in it
 *   digit   stops playing and leaves by `next`; the key is typed ahead
 */
export const play: NodeKind<'play'> = {
  enter: (node, { locale }) =>
    node.prompts.length === 0
      ? { then: 'leave', exit: 'next', to: node.exits.next }
      : { then: 'wait', waiting: { kind: 'played' }, actions: [{ type: 'play', prompts: node.prompts, locale }] },
  onInput(node, state, input) {
    if (input.type === 'played') return { then: 'leave', exit: 'next', to: node.exits.next };
    if (input.type !== 'digit') return ignore;
    return { then: 'leave', exit: 'next', to: node.exits.next, actions: stopWhatGoesOn(state.waiting), typedAhead: input.digit };
  },
};
