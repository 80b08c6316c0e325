import type { Flow } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence, waitThenQueue } from './demo-flow.ts';

/** Where cards would be charged. The demo has no such system, and a name that never leads anywhere (RFC 6761): who pays is given to an agent. */
export const demoPayments = 'https://payments.invalid/charges';

/**
 * Pays what is owed by card. The keys of the card are secrets: in no recording, trace or log, and they leave the bridge in the body of one
 * question to the payment system alone. That nothing was taken is said where that system says so, and nowhere else. Other flows call it.
 */
export const payment: Flow = demoFlow(
  'payment',
  { en: 'Payment by card', zh: '银行卡缴费' },
  {
    answer: { kind: 'answer', exits: { next: 'identify' } },
    identify: { kind: 'callFlow', flowId: 'identify', exits: { next: 'is-known' } },
    'is-known': {
      kind: 'branch',
      cases: [{ id: 'known', label: 'We know who calls', all: [{ fact: 'customer.known', is: 'equals', value: 'yes' }] }],
      exits: { known: 'find-balance', otherwise: 'wait-billing' },
    },
    'find-balance': {
      kind: 'lookUp',
      what: 'balance',
      by: null,
      whileWaiting: 'one-moment',
      limitMs: 8_000,
      exits: { found: 'owed', notFound: 'nothing-due', timeout: 'wait-billing', error: 'wait-billing' },
    },
    owed: {
      kind: 'branch',
      cases: [{ id: 'yes', label: 'Something is owed', all: [{ fact: 'balance.amount', is: 'atLeast', value: '0.01' }] }],
      exits: { yes: 'say-amount', otherwise: 'nothing-due' },
    },
    'nothing-due': { kind: 'play', prompts: ['balance-nothing-due'], exits: { next: 'back' } },
    'say-amount': {
      kind: 'say',
      parts: [{ prompt: 'pay-amount' }, { fact: 'balance.amount', as: 'money' }],
      exits: { next: 'ask-card' },
    },
    'ask-card': {
      kind: 'collect',
      prompts: ['pay-ask-card'],
      onInvalid: 'not-understood',
      attribute: 'cardNumber',
      minLength: 12,
      maxLength: 19,
      terminator: '#',
      firstKeyMs: 12_000,
      betweenKeysMs: 6_000,
      masked: true,
      attempts: 3,
      exits: { done: 'ask-expiry', nothing: 'not-paid' },
    },
    'ask-expiry': {
      kind: 'collect',
      prompts: ['pay-ask-expiry'],
      onInvalid: 'not-understood',
      attribute: 'cardExpiry',
      minLength: 4,
      maxLength: 4,
      terminator: null,
      firstKeyMs: 12_000,
      betweenKeysMs: 6_000,
      masked: true,
      attempts: 3,
      exits: { done: 'charge', nothing: 'not-paid' },
    },
    charge: {
      kind: 'http',
      method: 'POST',
      url: demoPayments,
      headers: { 'content-type': 'application/json' },
      body: '{"customer":"{customer.id}","card":"{entered.cardNumber}","expiry":"{entered.cardExpiry}","amount":"{balance.amount}","currency":"{balance.currency}"}',
      takes: [{ path: '/receipt', as: 'receipt' }],
      whileWaiting: 'one-moment',
      limitMs: 10_000,
      exits: { answered: 'paid', refused: 'whose-refusal', timeout: 'unclear', error: 'unclear' },
    },
    // A crash loses the card: what was asked after it says nothing of what was asked before.
    'whose-refusal': {
      kind: 'branch',
      cases: [{ id: 'card', label: 'The card was refused', all: [{ fact: 'entered.cardNumber', is: 'known', value: '' }] }],
      exits: { card: 'not-paid', otherwise: 'unclear' },
    },
    paid: {
      kind: 'set',
      priority: null,
      skills: null,
      attributes: { paid: '{balance.amount} {balance.currency}' },
      exits: { next: 'thanks' },
    },
    thanks: { kind: 'play', prompts: ['pay-thanks'], exits: { next: 'back' } },
    'not-paid': { kind: 'play', prompts: ['pay-failed'], exits: { next: 'wait-billing' } },
    unclear: { kind: 'play', prompts: ['pay-unclear'], exits: { next: 'wait-billing' } },
    ...waitThenQueue('billing'),
    back: { kind: 'return', exits: {} },
  },
);

const card = press('4111111111111111#');

/** Carried by the line that leads here, since the flow itself ends where that one goes on. */
export const paymentTests: Flow['tests'] = [
  {
    name: 'A card that is charged is thanked for',
    given: owing({ charge: { exit: 'answered', facts: { 'lookUp.receipt': 'R-1' } } }),
    steps: [card, press('1228')],
    expect: { end: 'hangUp', passes: ['say-amount', 'ask-card', 'ask-expiry', 'charge', 'thanks', 'goodbye'] },
  },
  {
    name: 'A card that is refused leads to an agent, with a word',
    given: owing({ charge: { exit: 'refused', facts: {} } }),
    steps: [card, press('1228')],
    expect: { end: 'queue', queueId: 'billing', passes: ['charge', 'not-paid', 'wait-billing'] },
  },
  {
    name: 'Where nobody can tell whether it was charged an agent finds out',
    given: owing({ charge: { exit: 'timeout', facts: {} } }),
    steps: [card, press('1228')],
    expect: { end: 'queue', queueId: 'billing', passes: ['charge', 'unclear', 'wait-billing'] },
  },
  {
    name: 'Too few digits are asked for again, and who types none is given to an agent',
    given: owing({}),
    steps: [press('4111#'), silence, silence],
    expect: { end: 'queue', queueId: 'billing', passes: ['ask-card', 'not-paid'] },
  },
  {
    name: 'Who owes nothing is asked for no card',
    given: calls('1011', {
      answers: {
        'find-customer': { exit: 'found', facts: { 'customer.known': 'yes' } },
        'find-balance': { exit: 'found', facts: { 'balance.amount': '0.00', 'balance.currency': 'GBP', 'balance.arrears': '0.00' } },
      },
    }),
    steps: [],
    expect: { end: 'hangUp', passes: ['nothing-due', 'goodbye'] },
  },
];

function owing(answers: Flow['tests'][number]['given']['answers']): Flow['tests'][number]['given'] {
  return calls('1011', {
    answers: {
      'find-customer': { exit: 'found', facts: { 'customer.known': 'yes', 'customer.id': 'contact-1' } },
      'find-balance': {
        exit: 'found',
        facts: { 'balance.amount': '128.50', 'balance.arrears': '0.00', 'balance.currency': 'CNY', 'balance.dueOn': '2026-12-20' },
      },
      ...answers,
    },
  });
}
