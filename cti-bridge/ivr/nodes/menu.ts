import { askAgain, askForKey, waitForKey } from './key-question.ts';
import { type Effects, ignore, leaveBy, type NodeKind } from './node-kind.ts';

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
  enter: (node, run) => askForKey(node, run),

  onInput(node, run, input) {
    const { waiting } = run.state;
    if (waiting.kind !== 'key') return ignore;
    const again = (first: string | null, effects: Effects) => askAgain(node, run, waiting.attempt, { first, usedUp: 'noInput' }, effects);
    switch (input.type) {
      case 'played':
        return waitForKey(node, waiting.attempt);
      case 'timeout':
        return again(node.onSilence, { path: [{ code: 'silent', facts: {} }] });
      case 'digit': {
        const { digit } = input;
        const label = Object.hasOwn(node.keys, digit) ? node.keys[digit] : undefined;
        if (label === undefined) return again(node.onWrongKey, { key: digit, path: [{ code: 'wrongKey', facts: { key: digit } }] });
        return leaveBy(digit, { key: digit, path: [{ code: 'pressed', facts: { key: digit, labelEn: label.en, labelZh: label.zh } }] });
      }
      default:
        return ignore;
    }
  },
};
