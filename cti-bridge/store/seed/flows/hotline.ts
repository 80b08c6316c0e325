import type { Flow, FlowNode } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence, waitThenQueue } from './demo-flow.ts';

/**
 * The demo hotline: greets in the language of the caller's record, or of the line for a stranger, and asks what it is about.
 *
 *     answer ▶ welcome ▶ menu ──1 2 3 0──▶ please wait ▶ queue
 *                        │ ▲ ▲
 *                        │ │ └─4── self-service, and back
 *                        9 └────── in the other language
 */
export function hotline(flowId: string, lineLocale: 'en' | 'zh'): Flow {
  const name = lineLocale === 'zh' ? { en: 'Chinese hotline', zh: '中文热线' } : { en: 'English hotline', zh: '英文热线' };
  return demoFlow(
    flowId,
    name,
    {
      'line-language': { kind: 'setLanguage', to: lineLocale, exits: { next: 'caller-language' } },
      'caller-language': { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
      answer: { kind: 'answer', exits: { next: 'welcome' } },
      welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'menu' } },
      menu,
      'switch-language': { kind: 'setLanguage', to: 'other', exits: { next: 'menu' } },
      'self-service': { kind: 'callFlow', flowId: 'self-service', exits: { next: 'menu' } },
      ...waitThenQueue('billing'),
      ...waitThenQueue('technical'),
      ...waitThenQueue('sales'),
      ...waitThenQueue('general'),
    },
    testsOf(lineLocale),
  );
}

const menu: FlowNode = {
  kind: 'menu',
  prompts: ['menu-main'],
  onSilence: 'no-input',
  onWrongKey: 'not-understood',
  keys: {
    '1': { en: 'Bills and payments', zh: '话费与账单' },
    '2': { en: 'Faults and technical help', zh: '故障与技术支持' },
    '3': { en: 'Products and contracts', zh: '产品与合约' },
    '4': { en: 'Self-service', zh: '自助服务' },
    '0': { en: 'Anything else', zh: '人工服务' },
    '9': { en: 'The other language', zh: '切换语言' },
  },
  waitMs: 6_000,
  attempts: 3,
  exits: {
    '1': 'wait-billing',
    '2': 'wait-technical',
    '3': 'wait-sales',
    '4': 'self-service',
    '0': 'wait-general',
    '9': 'switch-language',
    noInput: 'wait-general',
  },
};

function testsOf(lineLocale: 'en' | 'zh'): Flow['tests'] {
  const [dialled, other] = lineLocale === 'zh' ? (['1001', 'en'] as const) : (['1000', 'zh'] as const);
  return [
    {
      name: 'A stranger is greeted in the language of the line, and 1 leads to billing',
      given: calls(dialled),
      steps: [press('1')],
      expect: { end: 'queue', queueId: 'billing', locale: lineLocale, passes: ['welcome', 'menu', 'wait-billing'] },
    },
    {
      name: 'Whose record has a language is greeted in it',
      given: calls(dialled, { locale: other }),
      steps: [press('2')],
      expect: { end: 'queue', queueId: 'technical', locale: other },
    },
    {
      name: '9 switches the language',
      given: calls(dialled),
      steps: [press('9'), press('3')],
      expect: { end: 'queue', queueId: 'sales', locale: other, passes: ['menu', 'switch-language', 'menu'] },
    },
    {
      name: 'Who says nothing is given to an agent',
      given: calls(dialled),
      steps: [silence, silence, silence],
      expect: { end: 'queue', queueId: 'general' },
    },
    {
      name: 'Keys that are typed before they are asked for lead through self-service to an agent',
      given: calls(dialled, {
        facts: { 'customer.known': 'yes', 'customer.id': 'contact-1' },
        answers: { 'find-customer': { exit: 'found', facts: { 'customer.known': 'yes' } } },
      }),
      steps: [press('40')],
      expect: { end: 'queue', queueId: 'billing' },
    },
  ];
}
