import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Plays recorded prompts one after another, in the language in force. Keys pressed meanwhile are not heard.
 *
 *   enter   plays and waits; without prompts leaves at once
 *   played  leaves by `next`, also when a recording is missing: a gap is better than a caller stuck in it
 */
export const play: NodeKind<'play'> = {
  enter: (node, { locale }) =>
    node.prompts.length === 0
      ? { then: 'leave', exit: 'next', to: node.exits.next }
      : { then: 'wait', waiting: { kind: 'played' }, actions: [{ type: 'play', prompts: node.prompts, locale }] },
  onInput: (node, _state, input) => (input.type === 'played' ? { then: 'leave', exit: 'next', to: node.exits.next } : ignore),
};
