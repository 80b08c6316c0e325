import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GuideRun } from '../../../../shared/contracts/guides.ts';
import {
  answerProblems,
  countedAnswers,
  currentStep,
  followUpsOf,
  type GuideInput,
  isPossible,
  startRun,
  stepGuide,
  stepsAhead,
  suggestedOutcome,
} from '../../../../shared/guide-steps.ts';
import { answersInWords, wordsOfRun } from '../../../../shared/guide-words.ts';
import { openingGuide } from '../../../../shared/opening-guide.ts';
import { billing, choice, field, guide, step, to } from './guides.ts';

const answer = (name: string, value: string): GuideInput => ({ kind: 'answer', name, value });
const next: GuideInput = { kind: 'next' };
const back: GuideInput = { kind: 'back' };
const begun = startRun(billing, 3, { 'customer.name': 'Margaret' });

const through = (inputs: readonly GuideInput[], from: GuideRun = begun): GuideRun =>
  inputs.reduce((run, input) => stepGuide(billing, run, input).run, from);

const toTheEnd = [answer('verified', 'yes'), next, answer('amount', '1284.00'), answer('credit', 'half'), next, next];

describe('going through a guide', () => {
  it('goes on only when what is asked is answered', () => {
    const { run, problems } = stepGuide(billing, begun, next);
    expect(run).toBe(begun);
    expect(problems).toEqual([{ name: 'verified', what: 'missing' }]);
    expect(currentStep(billing, through([answer('verified', 'yes'), next]))?.id).toBe('credit');
  });

  it('branches by the answers, tells the steps ahead, and ends with an outcome', () => {
    const credited = through(toTheEnd);
    expect(credited).toMatchObject({ path: ['greet', 'credit', 'offer'], isAtEnd: true });
    expect(suggestedOutcome(billing, credited)).toBe('credited');
    const refused = through([...toTheEnd.slice(0, 3), answer('credit', 'none')]);
    expect(stepsAhead(billing, refused)).toEqual(['explain', 'offer']);
    expect(suggestedOutcome(billing, through([next, next, next], refused))).toBe('explained');
  });

  it('wants the name of whoever approved, and forgets it with another answer', () => {
    const full = through([...toTheEnd.slice(0, 3), answer('credit', 'full')]);
    expect(stepGuide(billing, full, next).problems).toEqual([{ name: 'credit', what: 'notApproved' }]);
    const approved = through([{ kind: 'approve', name: 'credit', by: 'Dana' }], full);
    expect(stepGuide(billing, approved, next).problems).toEqual([]);
    expect(answersInWords(billing, approved, 'en')).toEqual([
      'verified: Yes',
      'amount: £1,284.00',
      'credit: credit full (approved by Dana)',
    ]);
    expect(through([answer('credit', 'half'), answer('credit', 'full')], approved).approvals).toEqual({});
  });

  it('goes back to the same answers, and does not count what stands on a way that was left', () => {
    const refused = through([...toTheEnd.slice(0, 3), answer('credit', 'none'), next, next, answer('remark', 'angry')]);
    const returned = through([back, back], refused);
    expect(currentStep(billing, returned)?.id).toBe('credit');
    expect(through([next, next], returned)).toEqual(refused);
    const other = through([answer('credit', 'half')], returned);
    expect(countedAnswers(billing, other).map(({ field: { name } }) => name)).toEqual(['verified', 'amount', 'credit']);
    expect(other.answers.remark).toBe('angry');
  });

  it('goes back to a step that the way leads to once more', () => {
    const circling = guide({
      steps: [
        step('ask', { fields: [choice('again', ['yes', 'no'])], exits: [to('check')] }),
        step('check', { exits: [to('ask', 'answer.again', 'yes'), to(null)] }),
      ],
    });
    const first = stepGuide(circling, startRun(circling, 1, {}), answer('again', 'yes')).run;
    const second = stepGuide(circling, stepGuide(circling, first, next).run, next).run;
    expect(second).toEqual(first);
  });

  it('takes what becomes known later, unless the way would have been another', () => {
    const byTier = guide({
      steps: [step('greet', { exits: [to('gold', 'customer.tier', 'gold'), to('usual')] }), step('gold'), step('usual')],
    });
    const usual = stepGuide(byTier, startRun(byTier, 1, {}), next).run;
    const named = stepGuide(byTier, usual, { kind: 'known', facts: { 'customer.name': 'Wang' } }).run;
    expect(named.facts).toEqual({ 'customer.name': 'Wang' });
    expect(stepGuide(byTier, named, { kind: 'known', facts: { 'customer.tier': 'gold' } }).run).toBe(named);
  });

  it('says what follows', () => {
    expect(followUpsOf(billing, through(toTheEnd)).map(({ kind }) => kind)).toEqual(['task']);
  });

  it('tells a way that nobody can have gone', () => {
    const done = through(toTheEnd);
    expect(isPossible(billing, done)).toBe(true);
    expect(isPossible(billing, { ...done, answers: {} })).toBe(false);
    expect(isPossible(billing, { ...done, path: ['greet', 'offer'] })).toBe(false);
    expect(isPossible(billing, { ...done, path: ['credit', 'offer'] })).toBe(false);
    expect(isPossible(billing, { ...done, path: ['greet', 'credit', 'offer', 'offer'] })).toBe(false);
    expect(isPossible(billing, { ...done, answers: { ...done.answers, credit: 'none' } })).toBe(false);
  });
});

describe('any way through a guide', () => {
  const inputs = fc.oneof(
    fc.constant(next),
    fc.constant(back),
    fc.constantFrom('greet', 'credit', 'explain', 'offer', 'nowhere').map((stepId): GuideInput => ({ kind: 'goTo', stepId })),
    fc
      .tuple(
        fc.constantFrom('verified', 'amount', 'credit', 'remark', 'other'),
        fc.constantFrom('', 'yes', 'no', '12.50', 'full', 'half', 'none', '{answer.credit}'),
      )
      .map(([name, value]) => answer(name, value)),
    fc.constantFrom('', 'Dana').map((by): GuideInput => ({ kind: 'approve', name: 'credit', by })),
  );

  it('is one that can have come about, passes no step twice, and comes back to where it was after back and next', () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 40 }), (given) => {
        const run = through(given);
        expect(isPossible(billing, run)).toBe(true);
        expect(new Set(run.path).size).toBe(run.path.length);
        const on = stepGuide(billing, run, next);
        if (on.problems.length === 0 && !run.isAtEnd && on.run.path.length >= run.path.length) expect(through([back], on.run)).toEqual(run);
      }),
      { numRuns: 300 },
    );
  });

  it('ends when everything that is asked is answered', () => {
    fc.assert(
      fc.property(fc.constantFrom('full', 'half', 'none'), fc.nat(1_000_000), (credit, amount) => {
        let run = begun;
        for (let steps = 0; steps <= billing.steps.length && !run.isAtEnd; steps += 1) {
          for (const input of [answer('verified', 'yes'), answer('amount', String(amount)), answer('credit', credit)])
            run = stepGuide(billing, run, input).run;
          run = through([{ kind: 'approve', name: 'credit', by: 'Dana' }, next], run);
        }
        expect(run.isAtEnd).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what an answer may be', () => {
  const problem = (of: ReturnType<typeof field>, value: string) =>
    answerProblems(step('one', { fields: [of] }), { ...begun, answers: { [of.name]: value } })[0]?.what ?? null;

  it.each([
    ['number', '12', null],
    ['number', '1,200', 'badNumber'],
    ['number', 'Infinity', 'badNumber'],
    ['money', '12.50', null],
    ['date', '2026-02-28', null],
    ['date', '2026-02-30', 'badDate'],
    ['check', 'no', 'missing'],
    ['text', '   ', 'missing'],
  ] as const)('of a %s %s: %s', (kind, value, expected) => {
    expect(problem(field('x', { kind }), value)).toBe(expected);
  });

  it('keeps to its limits and its shape', () => {
    expect(problem(field('x', { kind: 'number', least: 5, most: 10 }), '4.9')).toBe('tooLittle');
    expect(problem(field('x', { kind: 'number', least: 5, most: 10 }), '10.1')).toBe('tooMuch');
    expect(problem(field('x', { most: 2 }), '林晓梅')).toBe('tooMuch');
    expect(problem(field('x', { shape: 'digits' }), '12a')).toBe('badShape');
    expect(problem(field('x', { shape: 'phone' }), '+44 7700 900142')).toBe(null);
    expect(problem(field('x', { shape: 'email' }), 'a@b')).toBe('badShape');
    expect(problem(choice('x', ['a']), 'b')).toBe('badChoice');
  });
});

describe('the texts of a guide', () => {
  const said = (text: string, run: GuideRun, language: 'en' | 'zh' = 'en') => wordsOfRun(billing, run, { en: text, zh: text }, language);

  it('are filled in with what is known, answers as people say them', () => {
    const run = through(toTheEnd);
    expect(said('{customer.name}: {answer.amount}, {answer.credit}, {answer.verified}{customer.tier}', run)).toBe(
      'Margaret: £1,284.00, credit half, Yes',
    );
    expect(said('{answer.verified}', run, 'zh')).toBe('是');
  });

  it('leave what a customer is called as it is, braces and all', () => {
    expect(said('Hello {customer.name}', startRun(billing, 1, { 'customer.name': '{answer.amount}<b>' }))).toBe('Hello {answer.amount}<b>');
  });
});

describe('the guide that a contact opens', () => {
  const facts = (known: Readonly<Record<string, string>>) => (name: string) => known[name];
  const intent = { fact: 'attribute.intent', is: 'equals' as const, value: 'move' };
  const guides = [
    guide({ guideId: 'everybody', opens: [{ queueId: null, when: [] }] }),
    guide({ guideId: 'of-the-queue', opens: [{ queueId: 'billing', when: [] }] }),
    guide({ guideId: 'of-the-intent', opens: [{ queueId: null, when: [intent] }] }),
    guide({ guideId: 'by-hand' }),
  ];

  it('is the one whose reason says most: the intent before the queue before every contact', () => {
    expect(openingGuide(guides, 'billing', facts({ 'attribute.intent': 'move' }))).toMatchObject({
      guide: { guideId: 'of-the-intent' },
      why: 'intent',
    });
    expect(openingGuide(guides, 'billing', facts({}))).toMatchObject({ guide: { guideId: 'of-the-queue' }, why: 'queue' });
    expect(openingGuide(guides, 'sales', facts({}))).toMatchObject({ guide: { guideId: 'everybody' } });
  });

  it('is none where nothing fits', () => {
    expect(openingGuide([guide()], 'billing', facts({}))).toBe(null);
  });
});
