import { type Effects, leaveBy, type Outcome, playAll, type RunView } from './node-kind.ts';

/** What nodes have in common that ask something which one key answers, also while it plays. */
export interface KeyQuestion {
  readonly prompts: readonly string[];
  readonly waitMs: number;
  readonly attempts: number;
}

/** For the first time, or with what was wrong before it, where that has a prompt. */
export function askForKey(question: KeyQuestion, run: RunView, attempt = 1, first: string | null = null, effects: Effects = {}): Outcome {
  const prompts = first === null ? question.prompts : [first, ...question.prompts];
  return playAll(prompts, run, { kind: 'key', attempt }, () => waitForKey(question, attempt, effects), effects);
}

/** The next attempt; `usedUp` is the exit when there is none left. */
export function askAgain(
  question: KeyQuestion,
  run: RunView,
  attempt: number,
  { first, usedUp }: { readonly first: string | null; readonly usedUp: string },
  effects: Effects,
): Outcome {
  return attempt < question.attempts ? askForKey(question, run, attempt + 1, first, effects) : leaveBy(usedUp, effects);
}

export function waitForKey({ waitMs }: KeyQuestion, attempt: number, effects: Effects = {}): Outcome {
  return { then: 'wait', waiting: { kind: 'key', attempt }, actions: [{ type: 'wait', ms: waitMs }], ...effects };
}
