import type { IvrState } from '../model.ts';
import { ignore, type NodeKind, type NodeOf, type Outcome, type PathNote, stopWhatGoesOn } from './node-kind.ts';

/**
 * Plays a menu and waits for one key, also while it plays (barge-in). Silence or a wrong key repeats the menu, with the matching prompt
 * first, until the attempts are used up.
 *
 *   enter      plays, first attempt
 *   played     starts the wait for a key
 *   digit      one of the keys: leaves by that key; another one: next attempt
 *   timeout    silence: next attempt
 *   attempts used up: leaves by `noInput`
 */
export const menu: NodeKind<'menu'> = {
  enter: (node, state) => ask(node, state, 1, node.prompts, []),

  onInput(node, state, input) {
    const { waiting } = state;
    if (waiting.kind !== 'menuKey') return ignore;
    switch (input.type) {
      case 'played':
        return waiting.isPlaying ? waitForKey(node, waiting.attempt, []) : ignore;
      case 'timeout':
        return waiting.isPlaying ? ignore : again(node, state, waiting, node.onSilence, { code: 'silent', facts: {} });
      case 'digit': {
        const key = Object.hasOwn(node.keys, input.digit) ? node.keys[input.digit] : undefined;
        if (key === undefined) return again(node, state, waiting, node.onWrongKey, { code: 'wrongKey', facts: { key: input.digit } });
        return {
          then: 'leave',
          exit: input.digit,
          to: key.next,
          actions: stopWhatGoesOn(waiting),
          path: [{ code: 'pressed', facts: { key: input.digit, labelEn: key.label.en, labelZh: key.label.zh } }],
        };
      }
      case 'answered':
        return ignore;
    }
  },
};

type Waiting = Extract<IvrState['waiting'], { readonly kind: 'menuKey' }>;

function again(node: NodeOf['menu'], state: IvrState, waiting: Waiting, firstPrompt: string, why: PathNote): Outcome {
  if (waiting.attempt < node.attempts) return ask(node, state, waiting.attempt + 1, [firstPrompt, ...node.prompts], [why]);
  return { then: 'leave', exit: 'noInput', to: node.exits.noInput, actions: stopWhatGoesOn(waiting), path: [why] };
}

/** Playing replaces what plays; a timer that runs is stopped first. */
function ask(node: NodeOf['menu'], state: IvrState, attempt: number, prompts: readonly string[], path: readonly PathNote[]): Outcome {
  if (prompts.length === 0) return waitForKey(node, attempt, path);
  return {
    then: 'wait',
    waiting: { kind: 'menuKey', attempt, isPlaying: true },
    actions: [...stopWhatGoesOn(state.waiting), { type: 'play', prompts, locale: state.locale }],
    path,
  };
}

function waitForKey(node: NodeOf['menu'], attempt: number, path: readonly PathNote[]): Outcome {
  return { then: 'wait', waiting: { kind: 'menuKey', attempt, isPlaying: false }, actions: [{ type: 'wait', ms: node.waitMs }], path };
}
