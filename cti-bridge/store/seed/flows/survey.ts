import type { Flow } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence } from './demo-flow.ts';

/** One question after a call, for queues that lead here when the agent has hung up. Who has had enough hears good-bye. */
export const survey: Flow = demoFlow(
  'survey',
  { en: 'Survey after a call', zh: '通话后满意度调查' },
  {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'question' } },
    question: {
      kind: 'survey',
      prompts: ['survey-ask'],
      onWrongKey: 'not-understood',
      attribute: 'satisfaction',
      highest: 5,
      waitMs: 6_000,
      attempts: 2,
      exits: { answered: 'thanks', nothing: 'goodbye' },
    },
    thanks: { kind: 'hangUp', prompts: ['survey-thanks'], exits: {} },
    goodbye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
  },
  [
    {
      name: 'An answer is thanked for',
      given: calls('1013', { locale: 'en' }),
      steps: [press('5')],
      expect: { end: 'hangUp', locale: 'en', passes: ['question', 'thanks'] },
    },
    {
      name: 'A key that is no answer is asked about once more',
      given: calls('1013'),
      steps: [press('7'), press('3')],
      expect: { end: 'hangUp', passes: ['thanks'] },
    },
    {
      name: 'Who does not answer is let go',
      given: calls('1013'),
      steps: [silence, silence],
      expect: { end: 'hangUp', passes: ['goodbye'] },
    },
  ],
);
