import type { IvrState } from '../model.ts';
import { ignore, type NodeKind, type NodeOf, type Outcome, type PathNote, stopWhatGoesOn } from './node-kind.ts';

/**
 * Collects digits into an attribute: an account number, a PIN. Keys are heard while the prompt plays, and stop it. `masked` keeps what was
 * entered out of the path, which then only says how many digits there were; it is in `attributes` alone, so keep that out of the log.
 *
 *   enter    plays, or without prompts starts the wait for the first key
 *   played   starts the wait for the first key
 *   digit    0-9: kept; complete at `maxLength`. The terminator: complete. Other keys: not heard
 *   timeout  complete with what there is
 *   complete: leaves by `done`, or by `nothing` when there is no digit
 */
export const collect: NodeKind<'collect'> = {
  enter: (node, { locale }) =>
    node.prompts.length === 0
      ? { then: 'wait', waiting: { kind: 'digits', collected: '', isPlaying: false }, actions: [{ type: 'wait', ms: node.firstKeyMs }] }
      : {
          then: 'wait',
          waiting: { kind: 'digits', collected: '', isPlaying: true },
          actions: [{ type: 'play', prompts: node.prompts, locale }],
        },

  onInput(node, state, input) {
    const { waiting } = state;
    if (waiting.kind !== 'digits') return ignore;
    switch (input.type) {
      case 'played':
        if (!waiting.isPlaying) return ignore;
        return { then: 'wait', waiting: { ...waiting, isPlaying: false }, actions: [{ type: 'wait', ms: node.firstKeyMs }] };
      case 'timeout':
        return waiting.isPlaying ? ignore : complete(node, waiting, waiting.collected);
      case 'digit':
        if (input.digit === node.terminator) return complete(node, waiting, waiting.collected);
        return /^[0-9]$/.test(input.digit) ? keep(node, waiting, waiting.collected + input.digit) : ignore;
      case 'answered':
        return ignore;
    }
  },
};

type Waiting = Extract<IvrState['waiting'], { readonly kind: 'digits' }>;

function keep(node: NodeOf['collect'], waiting: Waiting, collected: string): Outcome {
  if (collected.length >= node.maxLength) return complete(node, waiting, collected);
  return {
    then: 'wait',
    waiting: { kind: 'digits', collected, isPlaying: false },
    actions: [...(waiting.isPlaying ? stopWhatGoesOn(waiting) : []), { type: 'wait', ms: node.betweenKeysMs }],
  };
}

function complete(node: NodeOf['collect'], waiting: Waiting, collected: string): Outcome {
  const actions = stopWhatGoesOn(waiting);
  if (collected === '') return { then: 'leave', exit: 'nothing', to: node.exits.nothing, actions, path: [{ code: 'silent', facts: {} }] };
  const { attribute } = node;
  const entered: PathNote = {
    code: 'entered',
    facts: node.masked ? { attribute, digits: collected.length } : { attribute, value: collected },
  };
  return { then: 'leave', exit: 'done', to: node.exits.done, actions, path: [entered], attribute: { name: attribute, value: collected } };
}
