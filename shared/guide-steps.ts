import { type Facts, holds } from './conditions.ts';
import type { Guide, GuideExit, GuideField, GuideRun, GuideStep } from './contracts/guides.ts';
import { factsIn } from './fact-template.ts';

/**
 * How a guide is gone through: (guide, run, input) -> run. Pure and the same on both sides: the desktop steps, the bridge judges what comes.
 *
 *     first step --next--> step the answers lead to --next--> ... --next--> at the end
 *                <--back--                            <--back--
 *
 * A step that the way leads to once more is gone back to, so no path is longer than the guide. Answers survive going back; what stands on a
 * way that was left counts no more.
 */
export type GuideInput =
  | { readonly kind: 'answer'; readonly name: string; readonly value: string }
  | { readonly kind: 'approve'; readonly name: string; readonly by: string }
  /** More became known of the contact. It counts where the way gone so far would have been the same. */
  | { readonly kind: 'known'; readonly facts: Readonly<Record<string, string>> }
  | { readonly kind: 'next' }
  | { readonly kind: 'back' }
  /** To a step that was passed. */
  | { readonly kind: 'goTo'; readonly stepId: string };

export interface AnswerProblem {
  readonly name: string;
  readonly what: 'missing' | 'badNumber' | 'badDate' | 'badShape' | 'tooLittle' | 'tooMuch' | 'badChoice' | 'notApproved';
}

export interface Stepped {
  readonly run: GuideRun;
  /** Why it did not go on; empty where it did. */
  readonly problems: readonly AnswerProblem[];
}

export function startRun(guide: Guide, version: number, facts: Readonly<Record<string, string>>): GuideRun {
  return {
    guideId: guide.guideId,
    version,
    path: [guide.steps[0]?.id ?? ''],
    isAtEnd: false,
    answers: {},
    approvals: {},
    facts: { ...facts },
  };
}

export function stepGuide(guide: Guide, run: GuideRun, input: GuideInput): Stepped {
  switch (input.kind) {
    case 'answer':
      return { run: isAskedNow(guide, run, input.name) ? answered(run, input) : run, problems: [] };
    case 'approve':
      return isAskedNow(guide, run, input.name)
        ? { run: { ...run, approvals: withText(run.approvals, input.name, input.by) }, problems: [] }
        : { run, problems: [] };
    case 'known': {
      const knowing = { ...run, facts: { ...input.facts } };
      return { run: isPossible(guide, knowing) ? knowing : run, problems: [] };
    }
    case 'next':
      return next(guide, run);
    case 'back':
      if (run.isAtEnd) return { run: { ...run, isAtEnd: false }, problems: [] };
      return { run: run.path.length > 1 ? { ...run, path: run.path.slice(0, -1) } : run, problems: [] };
    case 'goTo': {
      const at = run.path.indexOf(input.stepId);
      return { run: at < 0 ? run : { ...run, path: run.path.slice(0, at + 1), isAtEnd: false }, problems: [] };
    }
  }
}

export function currentStep(guide: Guide, { path }: GuideRun): GuideStep | null {
  return stepOf(guide, path.at(-1));
}

export const stepOf = ({ steps }: Guide, stepId: string | undefined): GuideStep | null => steps.find(({ id }) => id === stepId) ?? null;

/** All that stands against going on from this step. */
export function answerProblems(step: GuideStep, run: GuideRun): readonly AnswerProblem[] {
  return step.fields.flatMap((field) => {
    const what = problemOf(field, run.answers[field.name] ?? '', run.approvals[field.name] ?? '');
    return what === null ? [] : [{ name: field.name, what }];
  });
}

/** What a run knows: the facts of the contact, and the answers that count. */
export function factsOfRun(guide: Guide, run: GuideRun): Facts {
  const answers = new Map(countedAnswers(guide, run).map(({ field, value }) => [`answer.${field.name}`, value]));
  return (name) => answers.get(name) ?? (Object.hasOwn(run.facts, name) ? run.facts[name] : undefined);
}

/** What a guide wants to know beside its own answers, for its texts and its ways; sorted. */
export function factsAskedFor({ steps, followUps, case: { subject } }: Guide): readonly string[] {
  const said = [subject, ...followUps.map(({ text }) => text)];
  for (const { say, fields } of steps) {
    said.push(say);
    for (const { label, options } of fields) said.push(label, ...options.map((option) => option.label));
  }
  const ways = [...steps.flatMap(({ exits }) => exits), ...followUps].flatMap(({ when }) => when.map(({ fact }) => fact));
  const names = [...said.flatMap(({ en, zh }) => [...factsIn(en), ...factsIn(zh)]), ...ways];
  return [...new Set(names)].filter((name) => !name.startsWith('answer.')).toSorted();
}

export interface CountedAnswer {
  readonly step: GuideStep;
  readonly field: GuideField;
  readonly value: string;
  readonly approvedBy: string | null;
  /** A colleague who had the contact before. */
  readonly askedBy: string | null;
}

/** What was answered on the way that was gone, in its order. */
export function countedAnswers(guide: Guide, run: GuideRun): readonly CountedAnswer[] {
  return run.path.flatMap((stepId) => {
    const step = stepOf(guide, stepId);
    return (step?.fields ?? []).flatMap((field): CountedAnswer[] => {
      const value = run.answers[field.name] ?? '';
      if (step === null || value === '') return [];
      const needsApproval = field.options.some((option) => option.value === value && option.needsApproval);
      const askedBy = run.askedBy?.[field.name] ?? null;
      return [{ step, field, value, approvedBy: needsApproval ? (run.approvals[field.name] ?? null) : null, askedBy }];
    });
  });
}

/** The steps to come as far as the answers so far tell, without the one it stands at. */
export function stepsAhead(guide: Guide, run: GuideRun): readonly string[] {
  if (run.isAtEnd) return [];
  const ahead: string[] = [];
  let step = currentStep(guide, run);
  const facts = factsOfRun(guide, run);
  while (step) {
    const to: string | null = exitOf(step, facts)?.to ?? null;
    if (to === null || ahead.includes(to) || run.path.includes(to)) break;
    ahead.push(to);
    step = stepOf(guide, to);
  }
  return ahead;
}

/** The outcome that the end of this run suggests; null where it is not at its end, or suggests none. */
export function suggestedOutcome(guide: Guide, run: GuideRun): string | null {
  const step = run.isAtEnd ? currentStep(guide, run) : null;
  return step ? (exitOf(step, factsOfRun(guide, run))?.outcome ?? null) : null;
}

/** What follows from how it ended. */
export function followUpsOf(guide: Guide, run: GuideRun): Guide['followUps'] {
  const facts = factsOfRun(guide, run);
  return guide.followUps.filter(({ when }) => when.every((condition) => holds(condition, facts)));
}

/** Whether this run can have come about: every step follows from the one before and is answered as far as it was passed. */
export function isPossible(guide: Guide, run: GuideRun): boolean {
  let at: GuideRun = { ...startRun(guide, run.version, run.facts), answers: run.answers, approvals: run.approvals };
  if (run.guideId !== guide.guideId || run.path[0] !== at.path[0]) return false;
  for (const stepId of run.path.slice(1)) {
    const { run: after } = next(guide, at);
    if (after.isAtEnd || after.path.length <= at.path.length || after.path.at(-1) !== stepId) return false;
    at = after;
  }
  return !run.isAtEnd || next(guide, at).run.isAtEnd;
}

function next(guide: Guide, run: GuideRun): Stepped {
  const step = currentStep(guide, run);
  if (!step || run.isAtEnd) return { run, problems: [] };
  const problems = answerProblems(step, run);
  const exit = problems.length === 0 ? exitOf(step, factsOfRun(guide, run)) : null;
  if (!exit) return { run, problems };
  if (exit.to === null) return { run: { ...run, isAtEnd: true }, problems };
  const passed = run.path.indexOf(exit.to);
  const path = passed < 0 ? [...run.path, exit.to] : run.path.slice(0, passed + 1);
  return { run: { ...run, path }, problems };
}

const exitOf = (step: GuideStep, facts: Facts): GuideExit | null =>
  step.exits.find(({ when }) => when.every((condition) => holds(condition, facts))) ?? null;

const isAskedNow = (guide: Guide, run: GuideRun, name: string): boolean =>
  !run.isAtEnd && (currentStep(guide, run)?.fields.some((field) => field.name === name) ?? false);

/** The contact goes to another: all that stands answered was asked by this one, but for what they had from somebody themselves. */
export function handedOver(run: GuideRun, by: string): GuideRun {
  const answered = Object.keys(run.answers).map((name) => [name, run.askedBy?.[name] ?? by]);
  return answered.length === 0 ? run : { ...run, askedBy: Object.fromEntries(answered) };
}

/** Another answer takes the approval of the one before away, and is nobody else's. */
function answered(run: GuideRun, { name, value }: { readonly name: string; readonly value: string }): GuideRun {
  if ((run.answers[name] ?? '') === value) return run;
  const now = { ...run, answers: withText(run.answers, name, value), approvals: withText(run.approvals, name, '') };
  return run.askedBy ? { ...now, askedBy: withText(run.askedBy, name, '') } : now;
}

function withText(texts: Readonly<Record<string, string>>, name: string, text: string): Record<string, string> {
  const { [name]: _before, ...others } = texts;
  return text === '' ? others : { ...others, [name]: text };
}

function problemOf(field: GuideField, value: string, approvedBy: string): AnswerProblem['what'] | null {
  const text = value.trim();
  if (text === '') return field.required ? 'missing' : null;
  switch (field.kind) {
    case 'number':
    case 'money':
      if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(text)) return 'badNumber';
      return beyond(field, Number(text));
    case 'date':
      return isDay(text) ? null : 'badDate';
    case 'check':
      // A box that has to be ticked is a thing that has to be done.
      return field.required && text !== 'yes' ? 'missing' : null;
    case 'choice': {
      const option = field.options.find((each) => each.value === text);
      if (!option) return 'badChoice';
      return option.needsApproval && approvedBy.trim() === '' ? 'notApproved' : null;
    }
    case 'text':
      if (field.shape !== null && !shapes[field.shape].test(text)) return 'badShape';
      return beyond(field, [...text].length);
  }
}

const shapes = {
  digits: /^\d{1,100}$/,
  phone: /^\+?[\d][\d ()./-]{2,30}$/,
  email: /^[^\s@]{1,64}@[^\s@.]{1,63}(\.[^\s@.]{1,63}){1,5}$/,
} as const;

function beyond({ least, most }: GuideField, value: number): 'tooLittle' | 'tooMuch' | null {
  if (least !== null && value < least) return 'tooLittle';
  return most !== null && value > most ? 'tooMuch' : null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
