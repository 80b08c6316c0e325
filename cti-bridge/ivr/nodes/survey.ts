import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { askAgain, askForKey, waitForKey } from './key-question.ts';
import { type Effects, ignore, leaveBy, type NodeKind, type Outcome } from './node-kind.ts';

/**
 * Asks one question that is answered by a key from 1 to the highest, and keeps the answer with the interaction. Silence asks once more
 * without a word of blame; a wrong key with the matching prompt first.
 *
 *   enter    plays the question, first attempt
 *   played   starts the wait for a key
 *   digit    an answer: leaves by `answered`; another key: next attempt
 *   timeout  next attempt
 *   attempts used up: leaves by `nothing`
 */
export const survey: NodeKind<'survey'> = {
  needs: 'answered',
  enter: (node, run) => askForKey(node, run),
  onInput(node, run, input) {
    const { waiting } = run.state;
    if (waiting.kind !== 'key') return ignore;
    const again = (first: string | null, effects: Effects) => askAgain(node, run, waiting.attempt, { first, usedUp: 'nothing' }, effects);
    switch (input.type) {
      case 'played':
        return waitForKey(node, waiting.attempt);
      case 'timeout':
        return again(null, { path: [{ code: 'silent', facts: {} }] });
      case 'digit': {
        const key = input.digit;
        return isAnswer(node, key) ? answered(node, key) : again(node.onWrongKey, { key, path: [{ code: 'wrongKey', facts: { key } }] });
      }
      default:
        return ignore;
    }
  },
};

function isAnswer({ highest }: NodeOf['survey'], digit: string): boolean {
  return /^[1-9]$/.test(digit) && Number(digit) <= highest;
}

function answered({ attribute, highest }: NodeOf['survey'], key: string): Outcome {
  return leaveBy('answered', {
    key,
    actions: [{ type: 'do', deed: { kind: 'surveyAnswer', attribute, value: Number(key), highest } }],
    facts: { [`entered.${attribute}`]: key },
  });
}
