import type { Flow } from '../../../ivr/index.ts';
import { calls, demoFlow, press } from './demo-flow.ts';
import { identifyTests } from './identify.ts';
import { paymentTests } from './payment.ts';

/**
 * A number of its own for what the hotline has behind a key: greets, does that, and says good-bye. There is no key for the other language, so
 * who calls is looked up before it is answered, for as long as nobody minds.
 */
function lineOf(flowId: string, name: Flow['name'], service: string, tests: Flow['tests']): Flow {
  return demoFlow(
    flowId,
    name,
    {
      'who-calls': {
        kind: 'lookUp',
        what: 'customer',
        by: null,
        whileWaiting: null,
        limitMs: 1_000,
        exits: { found: 'language', notFound: 'language', timeout: 'language', error: 'language' },
      },
      language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
      answer: { kind: 'answer', exits: { next: 'welcome' } },
      welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'service' } },
      service: { kind: 'callFlow', flowId: service, exits: { next: 'goodbye', error: 'trouble' } },
      trouble: { kind: 'play', prompts: ['technical-difficulty'], exits: { next: 'queue-billing' } },
      'queue-billing': { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
      goodbye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
    },
    tests,
  );
}

export const selfServiceLine: Flow = lineOf('self-service-line', { en: 'Self-service line', zh: '自助服务专线' }, 'self-service', [
  {
    name: '9 is the end of it',
    given: calls('1010', { answers: { 'find-customer': { exit: 'found', facts: { 'customer.known': 'yes' } } } }),
    steps: [press('9')],
    expect: { end: 'hangUp', passes: ['welcome', 'service', 'menu', 'goodbye'] },
  },
  ...identifyTests,
]);

export const paymentLine: Flow = lineOf('payment-line', { en: 'Payment line', zh: '缴费专线' }, 'payment', paymentTests);
