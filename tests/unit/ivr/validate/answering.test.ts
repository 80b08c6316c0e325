import { describe, expect, test } from 'vitest';
import { flowOf } from '../flows.ts';
import { answer, callFlow, goBack, houseOf, play, problemsOf, queue } from './house.ts';

describe('before the call is answered', () => {
  test('nothing may be played on any way', () => {
    const hours = { kind: 'hours', hoursId: 'day', exits: { open: 'answer', closed: 'closed' } } as const;
    const flow = flowOf({ hours, answer: answer('closed'), closed: play('queue'), queue });
    expect(problemsOf(flow)).toEqual(['notAnswered closed']);
  });

  test('callers may be looked up, sent on and queued', () => {
    const look = {
      kind: 'lookUp',
      what: 'customer',
      by: null,
      whileWaiting: null,
      limitMs: 1_000,
      exits: { found: 'queue', notFound: 'queue' },
    } as const;
    expect(problemsOf(flowOf({ look, queue }))).toEqual([]);
  });

  test('a flow that is called may answer; one that returns is called by who has', () => {
    const opening = flowOf({ answer: answer('home'), home: goBack }, 'answer', { flowId: 'opening' });
    const flow = flowOf({ call: callFlow('opening', 'play'), play: play('queue'), queue });
    expect(problemsOf(flow, houseOf({ others: [opening] }))).toEqual([]);
    expect(problemsOf(flowOf({ play: play('home'), home: goBack }))).toEqual([]);
  });
});
