import type { Flow } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence, waitThenQueue } from './demo-flow.ts';

/** A line with opening hours: who calls outside them may be called back, or leaves a message. */
export const officeHours: Flow = demoFlow(
  'office-hours',
  { en: 'Line with office hours', zh: '工作时间热线' },
  {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'welcome' } },
    welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'hours' } },
    hours: { kind: 'hours', hoursId: 'office-zh', exits: { open: 'wait-general', closed: 'offer' } },
    offer: {
      kind: 'callback',
      prompts: ['closed-callback-offer'],
      queueId: 'general',
      acceptKey: '1',
      waitMs: 5_000,
      exits: { promised: 'promised', declined: 'voicemail', notPossible: 'not-possible' },
    },
    promised: { kind: 'hangUp', prompts: ['callback-promised'], exits: {} },
    'not-possible': { kind: 'play', prompts: ['callback-not-possible'], exits: { next: 'voicemail' } },
    voicemail: { kind: 'voicemail', queueId: 'general', exits: {} },
    ...waitThenQueue('general'),
  },
  [
    {
      name: 'On a working day there are agents',
      given: calls('1012', { at: '2026-11-23T10:00' }),
      steps: [],
      expect: { end: 'queue', queueId: 'general', passes: ['hours', 'wait-general'] },
    },
    {
      name: 'At night 1 keeps a place in line',
      given: calls('1012', { at: '2026-11-23T22:00', answers: { offer: { exit: 'promised', facts: {} } } }),
      steps: [press('1')],
      expect: { end: 'callback', queueId: 'general', passes: ['offer', 'promised'] },
    },
    {
      name: 'At noon nobody is there either, and who wants no call leaves a message',
      given: calls('1012', { at: '2026-11-23T12:30' }),
      steps: [silence],
      expect: { end: 'voicemail', queueId: 'general', passes: ['offer', 'voicemail'] },
    },
    {
      name: 'On a holiday it is closed',
      given: calls('1012', { at: '2026-10-01T10:00' }),
      steps: [press('2')],
      expect: { end: 'voicemail', queueId: 'general' },
    },
    {
      name: 'Who cannot be called back leaves a message',
      given: calls('1012', { number: null, at: '2026-11-22T10:00', answers: { offer: { exit: 'notPossible', facts: {} } } }),
      steps: [press('1')],
      expect: { end: 'voicemail', queueId: 'general', passes: ['not-possible'] },
    },
  ],
);
