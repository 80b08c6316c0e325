import type { Flow, FlowNode } from '../../../ivr/index.ts';
import { calls, demoFlow, press, silence } from './demo-flow.ts';

/**
 * Who calls, for flows that tell secrets of an account: by the number of the call, else by the customer number that they type, twice at most.
 * Comes back with `customer.known`, or without.
 */
export const identify: Flow = demoFlow(
  'identify',
  { en: 'Who is calling', zh: '客户识别' },
  {
    answer: { kind: 'answer', exits: { next: 'find-customer' } },
    'find-customer': lookUpOf(null, 'back', 'ask-number'),
    'ask-number': {
      kind: 'collect',
      prompts: ['ask-customer-number'],
      onInvalid: 'not-understood',
      attribute: 'customerNumber',
      minLength: 4,
      maxLength: 12,
      terminator: '#',
      firstKeyMs: 8_000,
      betweenKeysMs: 4_000,
      masked: false,
      attempts: 2,
      exits: { done: 'find-by-number', nothing: 'back' },
    },
    'find-by-number': lookUpOf('entered.customerNumber', 'found', 'not-found'),
    found: { kind: 'play', prompts: ['customer-found'], exits: { next: 'back' } },
    'not-found': { kind: 'play', prompts: ['customer-not-found'], exits: { next: 'second-time' } },
    'second-time': {
      kind: 'branch',
      cases: [{ id: 'yes', label: 'Asked twice', all: [{ fact: 'attribute.unknownNumber', is: 'known', value: '' }] }],
      exits: { yes: 'back', otherwise: 'remember' },
    },
    remember: {
      kind: 'set',
      priority: null,
      skills: null,
      attributes: { unknownNumber: '{entered.customerNumber}' },
      exits: { next: 'ask-number' },
    },
    back: { kind: 'return', exits: {} },
  },
);

function lookUpOf(by: string | null, found: string, notFound: string): FlowNode {
  return {
    kind: 'lookUp',
    what: 'customer',
    by,
    whileWaiting: 'one-moment',
    limitMs: 4_000,
    exits: { found, notFound, timeout: 'back', error: 'back' },
  };
}

/** Its tests are carried by what calls it: where it comes back to decides what becomes of the caller. */
export const identifyTests: Flow['tests'] = [
  {
    name: 'Who is not known by the number of the call types their customer number',
    given: calls('1010', {
      answers: {
        'find-customer': { exit: 'notFound', facts: {} },
        'find-by-number': { exit: 'found', facts: { 'customer.known': 'yes', 'customer.name': 'Julia Brandt' } },
      },
    }),
    steps: [press('50020041#'), press('0')],
    expect: { end: 'queue', queueId: 'billing', passes: ['ask-number', 'find-by-number', 'found', 'menu'] },
  },
  {
    name: 'Whose customer number is unknown twice is given to an agent',
    given: calls('1010', {
      answers: { 'find-customer': { exit: 'notFound', facts: {} }, 'find-by-number': { exit: 'notFound', facts: {} } },
    }),
    steps: [press('12345#'), press('54321#')],
    expect: { end: 'queue', queueId: 'billing', passes: ['not-found', 'remember', 'not-found', 'wait-billing'] },
  },
  {
    name: 'Who types nothing is given to an agent',
    given: calls('1010', { answers: { 'find-customer': { exit: 'notFound', facts: {} } } }),
    steps: [silence, silence],
    expect: { end: 'queue', queueId: 'billing' },
  },
];
