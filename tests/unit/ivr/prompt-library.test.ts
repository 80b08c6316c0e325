import { expect, it } from 'vitest';
import { promptsOf } from '../../../cti-bridge/ivr/index.ts';
import { type Flow, flowSchema } from '../../../shared/contracts/ivr/flow.ts';

it('every prompt that any node of a flow plays is found once, the fallback among them', () => {
  const name = { en: 'Hotline', zh: '热线' };
  const flow: Flow = flowSchema.parse({
    ...{ format: 1, flowId: 'hotline', name, start: 'menu', layout: {}, tests: [] },
    fallback: { queueId: 'care', prompt: 'technical-difficulty' },
    nodes: {
      menu: {
        ...{ kind: 'menu', prompts: ['welcome', 'menu-main'], onSilence: 'no-input', onWrongKey: 'not-understood' },
        ...{ keys: { '1': name }, waitMs: 5_000, attempts: 3, exits: {} },
      },
      number: {
        ...{ kind: 'collect', prompts: ['ask-customer-number'], onInvalid: 'not-understood', attribute: 'customerNumber' },
        ...{ minLength: 1, maxLength: 9, terminator: '#', firstKeyMs: 5_000, betweenKeysMs: 3_000, masked: false, attempts: 3, exits: {} },
      },
      find: { kind: 'lookUp', what: 'customer', by: null, whileWaiting: 'one-moment', limitMs: 5_000, exits: {} },
      say: { kind: 'say', parts: [{ prompt: 'balance-is' }, { fact: 'balance.amount', as: 'money' }], exits: {} },
      survey: {
        ...{ kind: 'survey', prompts: ['survey-ask'], onWrongKey: null, attribute: 'satisfaction', highest: 5 },
        ...{ waitMs: 5_000, attempts: 2, exits: {} },
      },
      bye: { kind: 'hangUp', prompts: ['goodbye', 'welcome'], exits: {} },
      queue: { kind: 'queue', queueId: 'care', priority: null, exits: {} },
    },
  });
  expect(promptsOf(flow).toSorted()).toEqual(
    [
      ...['ask-customer-number', 'balance-is', 'goodbye', 'menu-main', 'no-input', 'not-understood'],
      ...['one-moment', 'survey-ask', 'technical-difficulty', 'welcome'],
    ].toSorted(),
  );
});
