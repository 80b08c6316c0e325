import { describe, expect, test } from 'vitest';
import type { FlowNode, NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { answered, houseOf, menu, problemsOf } from './house.ts';

const collect: NodeOf['collect'] = {
  ...{ kind: 'collect', prompts: ['enter'], onInvalid: null, attribute: 'pin', minLength: 4, maxLength: 4, terminator: '#' },
  ...{ firstKeyMs: 5_000, betweenKeysMs: 2_000, masked: true, attempts: 2, exits: { done: 'queue', nothing: 'queue' } },
};

describe('settings', () => {
  test('of a menu have a key at least', () => {
    expect(problemsOf(answered({ menu: menu({ keys: {}, exits: { noInput: 'queue' } }) }))).toEqual(['menuWithoutKeys menu keys']);
  });

  test('of digits do not ask for more than there may be', () => {
    expect(problemsOf(answered({ pin: collect }))).toEqual([]);
    expect(problemsOf(answered({ pin: { ...collect, minLength: 5 } }))).toEqual(['badNumber pin minLength']);
  });

  test('of a branch do not use a way out twice', () => {
    const all = [{ fact: 'customer.known', is: 'known', value: '' } as const];
    const branch: FlowNode = {
      kind: 'branch',
      cases: ['gold', 'gold', 'otherwise'].map((id) => ({ id, label: '', all })),
      exits: { gold: 'queue', otherwise: 'queue' },
    };
    expect(problemsOf(answered({ branch }))).toEqual(['malformed branch cases/1/id', 'malformed branch cases/2/id']);
  });

  test.each([
    ['https://orders.example/of/{entered.pin}?a={call.number}', true],
    ['http://10.0.0.7:8080/x', true],
    ['https://{call.number}/x', false],
    ['https://orders.example{call.number}/x', false],
    ['{attribute.url}', false],
    ['https://user:secret@orders.example/', false],
    ['ftp://orders.example/', false],
    ['javascript://orders.example/%0aalert(1)', false],
    ['https:///x', false],
    ['https://orders.example/a b', false],
    ['https://exam\\ple/', false],
    ['', false],
  ])('of a look-up ask only an address whose host is written out: %s', (url, isFine) => {
    const http: FlowNode = {
      ...{ kind: 'http', method: 'GET', url, headers: {}, body: null, takes: [], whileWaiting: null, limitMs: 1_000 },
      exits: { answered: 'queue', refused: 'queue' },
    };
    const found = problemsOf(answered({ http, pin: collect }), houseOf()).filter((each) => each.startsWith('badAddress'));
    expect(found).toEqual(isFine ? [] : ['badAddress http url']);
  });
});
