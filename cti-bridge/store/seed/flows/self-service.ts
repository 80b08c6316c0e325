import type { Flow, FlowNode, FlowTest, Pretended } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence, waitThenQueue } from './demo-flow.ts';
import { identifyTests } from './identify.ts';

/**
 * What callers find out without an agent. Other flows call it; 9 goes back to where they came from.
 *
 *     who is calling ▶ menu ──1──▶ balance ──┐
 *                       │ ▲  ──2──▶ open case ┤
 *                       │ └──────── 3 payment ┘
 *                       0 ▶ an agent
 */
export const selfService: Flow = demoFlow(
  'self-service',
  { en: 'Self-service', zh: '自助服务' },
  {
    answer: { kind: 'answer', exits: { next: 'identify' } },
    identify: { kind: 'callFlow', flowId: 'identify', exits: { next: 'is-known' } },
    'is-known': {
      kind: 'branch',
      cases: [{ id: 'known', label: 'We know who calls', all: [{ fact: 'customer.known', is: 'equals', value: 'yes' }] }],
      exits: { known: 'menu', otherwise: 'wait-billing' },
    },
    menu: {
      kind: 'menu',
      prompts: ['self-service-menu'],
      onSilence: 'no-input',
      onWrongKey: 'not-understood',
      keys: {
        '1': { en: 'Balance', zh: '余额查询' },
        '2': { en: 'Open case', zh: '工单查询' },
        '3': { en: 'Pay by card', zh: '银行卡缴费' },
        '0': { en: 'An agent', zh: '人工服务' },
        '9': { en: 'Back', zh: '返回上级' },
      },
      waitMs: 6_000,
      attempts: 3,
      exits: { '1': 'find-balance', '2': 'find-case', '3': 'payment', '0': 'wait-billing', '9': 'back', noInput: 'goodbye' },
    },
    'find-balance': lookUpOf('balance', 'owed', 'nothing-due'),
    owed: {
      kind: 'branch',
      cases: [
        { id: 'overdue', label: 'In arrears', all: [{ fact: 'balance.arrears', is: 'atLeast', value: '0.01' }] },
        { id: 'due', label: 'Due later', all: [{ fact: 'balance.amount', is: 'atLeast', value: '0.01' }] },
      ],
      exits: { overdue: 'say-overdue', due: 'say-balance', otherwise: 'nothing-due' },
    },
    'say-overdue': {
      kind: 'say',
      parts: [{ prompt: 'balance-in-arrears' }, { fact: 'balance.arrears', as: 'money' }],
      exits: { next: 'menu' },
    },
    'say-balance': {
      kind: 'say',
      parts: [
        { prompt: 'balance-is' },
        { fact: 'balance.amount', as: 'money' },
        { prompt: 'balance-due-on' },
        { fact: 'balance.dueOn', as: 'date' },
      ],
      exits: { next: 'menu' },
    },
    'nothing-due': { kind: 'play', prompts: ['balance-nothing-due'], exits: { next: 'menu' } },
    'find-case': lookUpOf('case', 'say-case', 'no-case'),
    'say-case': { kind: 'say', parts: [{ prompt: 'case-open' }, { fact: 'case.id', as: 'digits' }], exits: { next: 'menu' } },
    'no-case': { kind: 'play', prompts: ['case-none'], exits: { next: 'menu' } },
    payment: { kind: 'callFlow', flowId: 'payment', exits: { next: 'menu' } },
    trouble: { kind: 'play', prompts: ['technical-difficulty'], exits: { next: 'queue-billing' } },
    ...waitThenQueue('billing'),
    goodbye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
    back: { kind: 'return', exits: {} },
  },
  selfServiceTests(),
);

function lookUpOf(what: 'case' | 'balance', found: string, notFound: string): FlowNode {
  return {
    kind: 'lookUp',
    what,
    by: null,
    whileWaiting: 'one-moment',
    limitMs: 8_000,
    exits: { found, notFound, timeout: 'trouble', error: 'trouble' },
  };
}

function selfServiceTests(): FlowTest[] {
  const known = (answers: Pretended['answers']): Pretended =>
    calls('1010', {
      answers: { 'find-customer': { exit: 'found', facts: { 'customer.known': 'yes', 'customer.id': 'contact-1' } }, ...answers },
    });
  const owes = (amount: string, arrears: string): Pretended['answers'] => ({
    'find-balance': {
      exit: 'found',
      facts: { 'balance.amount': amount, 'balance.arrears': arrears, 'balance.currency': 'CNY', 'balance.dueOn': '2026-12-20' },
    },
  });
  return [
    {
      name: 'Who owes something hears how much, and is asked what else',
      given: known(owes('128.50', '0.00')),
      steps: [press('1'), silence, silence, silence],
      expect: { end: 'hangUp', passes: ['find-balance', 'say-balance', 'menu', 'goodbye'] },
    },
    {
      name: 'Who is in arrears is told so',
      given: known(owes('256.00', '128.50')),
      steps: [press('1'), press('0')],
      expect: { end: 'queue', queueId: 'billing', passes: ['say-overdue', 'menu', 'wait-billing'] },
    },
    {
      name: 'Who owes nothing, and who never had a bill, hears that nothing is due',
      given: known({ 'find-balance': { exit: 'notFound', facts: {} } }),
      steps: [press('1'), press('0')],
      expect: { end: 'queue', passes: ['nothing-due', 'menu'] },
    },
    {
      name: 'The number of an open case is told',
      given: known({ 'find-case': { exit: 'found', facts: { 'case.id': 'C-20418' } } }),
      steps: [press('2'), press('0')],
      expect: { end: 'queue', passes: ['say-case', 'menu'] },
    },
    {
      name: 'Without an open case that is said, and 3 leads to the payment and back',
      given: known(owes('0.00', '0.00')),
      steps: [press('2'), press('3'), press('0')],
      expect: { end: 'queue', queueId: 'billing', passes: ['no-case', 'menu', 'payment', 'nothing-due', 'menu'] },
    },
    {
      name: 'A balance that nobody can find in time leads to an agent',
      given: known({ 'find-balance': { exit: 'timeout', facts: {} } }),
      steps: [press('1')],
      expect: { end: 'queue', queueId: 'billing', passes: ['trouble'] },
    },
    ...identifyTests,
  ];
}
