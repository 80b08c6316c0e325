import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { type Effects, ignore, leaveBy, type NodeKind, type Outcome, playAll, type RunView } from './node-kind.ts';

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
  needs: 'answered',
  enter: (node, run) => ask(node, run, 1, node.prompts),

  onInput(node, run, input) {
    const { waiting } = run.state;
    if (waiting.kind !== 'key') return ignore;
    switch (input.type) {
      case 'played':
        return waitForKey(node, waiting.attempt);
      case 'timeout':
        return again(node, run, waiting.attempt, node.onSilence, { path: [{ code: 'silent', facts: {} }] });
      case 'digit': {
        const { digit } = input;
        const label = Object.hasOwn(node.keys, digit) ? node.keys[digit] : undefined;
        if (label === undefined)
          return again(node, run, waiting.attempt, node.onWrongKey, { key: digit, path: [{ code: 'wrongKey', facts: { key: digit } }] });
        return leaveBy(digit, { key: digit, path: [{ code: 'pressed', facts: { key: digit, labelEn: label.en, labelZh: label.zh } }] });
      }
      default:
        return ignore;
    }
  },
};

function again(node: NodeOf['menu'], run: RunView, attempt: number, first: string | null, effects: Effects): Outcome {
  if (attempt >= node.attempts) return leaveBy('noInput', effects);
  return ask(node, run, attempt + 1, first === null ? node.prompts : [first, ...node.prompts], effects);
}

function ask(node: NodeOf['menu'], run: RunView, attempt: number, prompts: readonly string[], effects: Effects = {}): Outcome {
  return playAll(prompts, run, { kind: 'key', attempt }, () => waitForKey(node, attempt, effects), effects);
}

function waitForKey(node: NodeOf['menu'], attempt: number, effects: Effects = {}): Outcome {
  return { then: 'wait', waiting: { kind: 'key', attempt }, actions: [{ type: 'wait', ms: node.waitMs }], ...effects };
}
