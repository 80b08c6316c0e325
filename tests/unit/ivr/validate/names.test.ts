import { describe, expect, test } from 'vitest';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { answered, callFlow, houseOf, problemsOf, queue } from './house.ts';

describe('what a flow names', () => {
  const set = (skills: string): FlowNode => ({ kind: 'set', priority: null, skills, attributes: {}, exits: { next: 'queue' } });

  test('are queues that are there, its fallback too', () => {
    const voicemail: FlowNode = { kind: 'voicemail', queueId: 'gone', exits: {} };
    const flow = answered({ voicemail, other: queue }, { fallback: { queueId: 'gone', prompt: 'p' } });
    expect(problemsOf(flow)).toEqual([
      '(unreachable other)',
      '(unreachable queue)',
      'unknownQueue flow fallback/queueId',
      'unknownQueue voicemail queueId',
    ]);
  });

  test('are opening hours that are there', () => {
    const hours: FlowNode = { kind: 'hours', hoursId: 'night', exits: { open: 'queue', closed: 'queue' } };
    expect(problemsOf(answered({ hours }))).toEqual(['unknownHours hours hoursId']);
  });

  test('are skills that are there, in an expression that can be read', () => {
    expect(problemsOf(answered({ set: set('french >= 4 and billing') }))).toEqual([]);
    expect(problemsOf(answered({ set: set('latin or greek') }))).toEqual(['unknownSkill set skills', 'unknownSkill set skills']);
    expect(problemsOf(answered({ set: set('french >=') }))).toEqual(['unknownSkill set skills']);
  });

  test('are flows that are live', () => {
    expect(problemsOf(answered({ call: callFlow('gone', 'queue') }))).toEqual(['unknownFlow call flowId']);
  });
});

describe('prompts', () => {
  const flow = answered({ play: { kind: 'play', prompts: ['hello', 'bye'], exits: { next: 'queue' } } });
  const withHello = (en: 'sound' | 'text' | 'missing', zh: 'sound' | 'text' | 'missing') =>
    houseOf({ prompt: (id) => (id === 'hello' ? { en, zh } : { en: 'sound', zh: 'sound' }) });

  test('are there in both languages, as sound', () => {
    expect(problemsOf(flow, withHello('sound', 'sound'))).toEqual([]);
    expect(problemsOf(flow, withHello('sound', 'missing'))).toEqual(['promptMissingInLanguage play prompts/0']);
    expect(problemsOf(flow, withHello('text', 'missing'))).toEqual([
      'promptOnlyText play prompts/0',
      'promptMissingInLanguage play prompts/0',
    ]);
    expect(problemsOf(flow, houseOf({ prompt: (id) => (id === 'bye' ? undefined : { en: 'sound', zh: 'sound' }) }))).toEqual([
      'unknownPrompt play prompts/1',
    ]);
  });

  test('are looked for wherever a node names one', () => {
    const say: FlowNode = { kind: 'say', parts: [{ prompt: 'a' }, { fact: 'customer.id', as: 'digits' }], exits: { next: 'look' } };
    const look: FlowNode = {
      ...{ kind: 'lookUp', what: 'case', by: null, whileWaiting: 'b', limitMs: 1_000 },
      exits: { found: 'queue', notFound: 'queue' },
    };
    const house = houseOf({ prompt: (id) => (id.length === 1 ? undefined : { en: 'sound', zh: 'sound' }) });
    expect(problemsOf(answered({ say, look }), house)).toEqual(['unknownPrompt say parts/0/prompt', 'unknownPrompt look whileWaiting']);
  });
});
