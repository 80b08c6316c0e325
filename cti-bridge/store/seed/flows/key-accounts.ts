import type { Flow } from '../../../ivr/index.ts';
import { calls, demoFlow, press, waitThenQueue } from './demo-flow.ts';

/** The key accounts' own line: no menu, straight to the people who know them, in the language of their record. */
export const directLine: Flow = demoFlow(
  'direct',
  { en: 'Direct line', zh: '专线' },
  {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'queue' } },
    queue: { kind: 'queue', queueId: 'billing', priority: 9, exits: {} },
  },
  [
    {
      name: 'Nobody is asked anything, and everybody comes before who waits in that queue',
      given: calls('1002', { locale: 'en' }),
      steps: [],
      expect: { end: 'queue', queueId: 'billing', priority: 9, locale: 'en' },
    },
  ],
);

/**
 * One number for all: key accounts pass by the menu, everybody else hears it.
 *
 *     answer ▶ who calls? ▶ tier ──diamond, gold──▶ welcome ▶ their people, first in line
 *                             └──────otherwise────▶ the hotline
 */
export const keyAccounts: Flow = demoFlow(
  'key-accounts',
  { en: 'Key account bypass', zh: '大客户直通' },
  {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'find-customer' } },
    'find-customer': {
      kind: 'lookUp',
      what: 'customer',
      by: null,
      whileWaiting: 'one-moment',
      limitMs: 3_000,
      exits: { found: 'tier', notFound: 'tier', timeout: 'tier', error: 'tier' },
    },
    tier: {
      kind: 'branch',
      cases: [{ id: 'keyAccount', label: 'Diamond or gold', all: [{ fact: 'customer.tier', is: 'equals', value: 'diamond, gold' }] }],
      exits: { keyAccount: 'first-in-line', otherwise: 'hotline' },
    },
    'first-in-line': {
      kind: 'set',
      priority: 9,
      skills: 'billing >= 3',
      attributes: { service: 'key account, {customer.tier}' },
      exits: { next: 'welcome' },
    },
    welcome: { kind: 'play', prompts: ['key-account-welcome'], exits: { next: 'queue' } },
    queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
    hotline: { kind: 'callFlow', flowId: 'hotline-zh', exits: { next: 'wait-general' } },
    ...waitThenQueue('general'),
  },
  [
    {
      name: 'Diamond passes by the menu and comes first',
      given: calls('1014', { locale: 'en', answers: { 'find-customer': { exit: 'found', facts: { 'customer.tier': 'diamond' } } } }),
      steps: [],
      expect: { end: 'queue', queueId: 'billing', priority: 9, skills: 'billing >= 3', locale: 'en', passes: ['tier', 'welcome'] },
    },
    {
      name: 'Silver hears the menu',
      given: calls('1014', { locale: 'zh', answers: { 'find-customer': { exit: 'found', facts: { 'customer.tier': 'silver' } } } }),
      steps: [press('2')],
      expect: { end: 'queue', queueId: 'technical', passes: ['tier', 'hotline', 'menu'] },
    },
    {
      name: 'A look-up that hangs keeps nobody from the menu',
      given: calls('1014', { answers: { 'find-customer': { exit: 'timeout', facts: {} } } }),
      steps: [press('1')],
      expect: { end: 'queue', queueId: 'billing', passes: ['tier', 'hotline'] },
    },
  ],
);
