import { describe, expect, test } from 'vitest';
import { judgeFlow } from '../../../../cti-bridge/ivr/index.ts';
import { flowOf, hotline } from '../flows.ts';
import { answered, houseOf, menu, play, problemsOf, queue } from './house.ts';

describe('a flow', () => {
  test('that is sound has no problems', () => {
    expect(problemsOf(hotline, houseOf({ queueIds: new Set(['fallback', 'billing', 'repairs', 'general']) }))).toEqual([]);
  });

  test('must start at one of its nodes', () => {
    expect(problemsOf(flowOf({ queue }, 'nowhere'))).toEqual(['missingStart flow start']);
    expect(problemsOf(flowOf({ queue }, 'toString'))).toEqual(['missingStart flow start']);
  });

  test('must not lead nowhere by any exit', () => {
    expect(problemsOf(answered({ menu: menu({ exits: { '1': 'nowhere', noInput: 'queue' } }) }))).toEqual(['unknownExit menu exits/1']);
    const wrong = judgeFlow(answered({ play: play('constructor') }), houseOf()).filter(({ code }) => code === 'unknownExit');
    expect(wrong).toMatchObject([{ nodeId: 'play', facts: { exit: 'next', to: 'constructor' } }]);
  });

  test('must have all exits that its nodes need; those that every node may have are not among them', () => {
    expect(problemsOf(answered({ menu: menu({ exits: {} }) }))).toEqual([
      'missingExit menu exits/1',
      'missingExit menu exits/noInput',
      '(unreachable queue)',
    ]);
  });

  test('may have exits left over from before a change: nothing leads there', () => {
    const left = menu({ exits: { '1': 'queue', '5': 'island', noInput: 'queue' } });
    expect(problemsOf(answered({ menu: left, island: play('queue') }))).toEqual(['(unknownExit menu exits/5)', '(unreachable island)']);
  });

  test('is warned of nodes to which nothing leads', () => {
    expect(problemsOf(answered({ play: play('queue'), island: play('queue') }))).toEqual(['(unreachable island)']);
  });

  test('names every problem at once', () => {
    const flow = answered({
      menu: menu({ keys: {}, exits: { noInput: 'nowhere' } }),
      island: { ...queue, queueId: 'gone' } as typeof queue,
    });
    expect(problemsOf(flow, houseOf({ prompt: () => undefined })).toSorted()).toEqual([
      '(unreachable island)',
      '(unreachable queue)',
      'menuWithoutKeys menu keys',
      'unknownExit menu exits/noInput',
      'unknownPrompt flow fallback/prompt',
      'unknownPrompt menu onSilence',
      'unknownPrompt menu onWrongKey',
      'unknownPrompt menu prompts/0',
      'unknownQueue island queueId',
    ]);
  });
});
