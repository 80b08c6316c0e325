import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { spoken } from '../../../../cti-bridge/ivr/speech/index.ts';
import { Caller, type CallerParts } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const say: NodeOf['say'] = {
  kind: 'say',
  parts: [{ prompt: 'balance-is' }, { fact: 'balance.amount', as: 'money', currency: 'CNY' }],
  exits: {},
};
const parts: CallerParts = { facts: { 'balance.amount': '105.30' } };
const sentence = ['balance-is', ...spoken('105.30', 'money', 'zh', 'CNY')].join('+');

describeNode([
  {
    when: 'say, speaking',
    node: say,
    parts,
    entering: `play ${sentence} zh`,
    cells: {
      played: 'leave node by next',
      missing: 'leave node by next',
      'key 1': 'stopPlaying, leave node by next',
      'key 7': 'stopPlaying, leave node by next',
      'key #': 'stopPlaying, leave node by next',
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'say, of what nobody knows',
    node: { kind: 'say', parts: [{ fact: 'balance.amount', as: 'number' }], exits: {} },
    entering: 'leave node by next',
  },
]);

test('a secret is never said', () => {
  const caller = new Caller(nodeFlow(say), parts);
  caller.state = { ...caller.state, masked: ['balance.amount'] };
  expect(caller.start().did()).toEqual(['play balance-is zh']);
});

test('money is said in the currency that is known beside it, unless the flow names another', () => {
  const heard = (currency?: 'CNY') => {
    const part = { fact: 'balance.amount', as: 'money' } as const;
    const node: NodeOf['say'] = { kind: 'say', parts: [currency === undefined ? part : { ...part, currency }], exits: {} };
    return new Caller(nodeFlow(node), { facts: { 'balance.amount': '105.30', 'balance.currency': 'GBP' } }).start().did();
  };
  expect(heard()).toEqual([`play ${spoken('105.30', 'money', 'zh', 'GBP').join('+')} zh`]);
  expect(heard('CNY')).toEqual([`play ${spoken('105.30', 'money', 'zh', 'CNY').join('+')} zh`]);
});

test('the year of a day is said when it is another', () => {
  const heard = (today: string) => {
    const node: NodeOf['say'] = { kind: 'say', parts: [{ fact: 'balance.dueOn', as: 'date' }], exits: {} };
    return new Caller(nodeFlow(node), { facts: { 'balance.dueOn': '2026-11-30' }, house: { 'now.date': today } }).start().did();
  };
  expect(heard('2025-11-22')).not.toEqual(heard('2026-11-22'));
});
