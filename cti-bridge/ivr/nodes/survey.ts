import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { type Effects, ignore, leaveBy, type NodeKind, type Outcome, playAll, type RunView } from './node-kind.ts';

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
  enter: (node, run) => ask(node, run, 1, node.prompts),
  onInput(node, run, input) {
    const { waiting } = run.state;
    if (waiting.kind !== 'key') return ignore;
    switch (input.type) {
      case 'played':
        return waitForKey(node, waiting.attempt);
      case 'timeout':
        return again(node, run, waiting.attempt, node.prompts, { path: [{ code: 'silent', facts: {} }] });
      case 'digit':
        return isAnswer(node, input.digit) ? answered(node, input.digit) : wrong(node, run, waiting.attempt, input.digit);
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

function wrong(node: NodeOf['survey'], run: RunView, attempt: number, key: string): Outcome {
  const prompts = node.onWrongKey === null ? node.prompts : [node.onWrongKey, ...node.prompts];
  return again(node, run, attempt, prompts, { key, path: [{ code: 'wrongKey', facts: { key } }] });
}

function again(node: NodeOf['survey'], run: RunView, attempt: number, prompts: readonly string[], effects: Effects): Outcome {
  return attempt < node.attempts ? ask(node, run, attempt + 1, prompts, effects) : leaveBy('nothing', effects);
}

function ask(node: NodeOf['survey'], run: RunView, attempt: number, prompts: readonly string[], effects: Effects = {}): Outcome {
  return playAll(prompts, run, { kind: 'key', attempt }, () => waitForKey(node, attempt, effects), effects);
}

function waitForKey(node: NodeOf['survey'], attempt: number, effects: Effects = {}): Outcome {
  return { then: 'wait', waiting: { kind: 'key', attempt }, actions: [{ type: 'wait', ms: node.waitMs }], ...effects };
}
