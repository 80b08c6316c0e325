import { describe, expect, it } from 'vitest';
import { answersOf, callerNames, pretend, wallClock, withAnswersFor } from '../../../../../renderer/features/flows/try-it/callers.ts';
import { canBeKept, conversationOf, standsAt, testOf, withKey } from '../../../../../renderer/features/flows/try-it/conversation.ts';
import type { Simulated, TranscriptLine } from '../../../../../shared/contracts/ivr/commands.ts';
import { flowSchema, flowTestSchema, pretendedSchema } from '../../../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../../../shared/contracts/ivr/nodes.ts';
import { flowOf, menu, play, queue } from './stage-flow.ts';

const line = (nodeId: string, what: TranscriptLine['what'], more: Partial<TranscriptLine> = {}): TranscriptLine => ({
  ...{ atMs: 0, nodeId, what, text: '', prompts: [], exit: null },
  ...more,
});
const lookUp = (what: 'customer' | 'case' | 'balance'): FlowNode => ({
  kind: 'lookUp',
  what,
  by: null,
  whileWaiting: null,
  limitMs: 3_000,
  exits: {},
});
const flow = flowOf({
  welcome: play(),
  find: lookUp('customer'),
  cases: lookUp('case'),
  owed: lookUp('balance'),
  menu: menu(),
  front: queue(),
});
const when = { dialled: '4000', at: '2026-11-22T09:30' };

describe('a run as it is read', () => {
  it('stands node by node, each time one was passed, with the exit by which it was left', () => {
    const visits = conversationOf([
      line('menu', 'entered'),
      line('menu', 'heard', { prompts: ['main-menu'] }),
      line('menu', 'pressed', { text: '1' }),
      line('menu', 'left', { exit: '1', atMs: 4_000 }),
      line('menu', 'entered', { atMs: 4_000 }),
      line('menu', 'end', { atMs: 9_000 }),
    ]);
    expect(visits.map(({ atMs, exit, lines }) => [atMs, exit, lines.map(({ what }) => what)])).toEqual([
      [0, '1', ['heard', 'pressed']],
      [4_000, null, []],
    ]);
  });

  it('tells what was typed as one number, and where the run went on in another flow and came back', () => {
    const lines = [
      line('other', 'entered'),
      line('ask', 'entered', { text: 'self-service' }),
      line('ask', 'pressed', { text: '4' }),
      line('ask', 'pressed', { text: '2' }),
      line('ask', 'left', { exit: 'done' }),
    ];
    const there = conversationOf(lines);
    expect(there.map(({ nodeId, flowId, exit }) => [nodeId, flowId, exit])).toEqual([
      ['other', null, null],
      ['ask', 'self-service', 'done'],
    ]);
    expect(there[1]?.lines.map(({ text }) => text)).toEqual(['42']);
    expect(standsAt({ lines, at: { nodeId: 'ask', waitsFor: 'digits' } })).toBe('other');

    const back = conversationOf([...lines, line('other', 'left', { exit: 'next' }), line('menu', 'entered')]);
    expect(back.map(({ nodeId, exit }) => [nodeId, exit])).toEqual([
      ['other', 'next'],
      ['ask', 'done'],
      ['menu', null],
    ]);
    expect(standsAt({ lines: [line('menu', 'entered')], at: { nodeId: 'menu', waitsFor: 'key' } })).toBe('menu');
    expect(standsAt({ lines, at: null })).toBeNull();
  });

  it('has digits for one node as one step, and keys for menus as one each', () => {
    const digits = { nodeId: 'pin', waitsFor: 'digits' } as const;
    const typed = ['1', '2', '#'].reduce(
      (steps, key) => withKey(steps, key, digits),
      withKey([], '4', { nodeId: 'menu', waitsFor: 'key' }),
    );
    expect(typed.map(({ step }) => step)).toEqual([{ keys: '4' }, { keys: '12#' }]);
    const again = withKey(withKey([], '1', { nodeId: 'menu', waitsFor: 'key' }), '1', { nodeId: 'menu', waitsFor: 'key' });
    expect(again).toHaveLength(2);
    expect(withKey([{ step: { does: 'staysSilent' }, nodeId: 'pin' }], '1', digits)).toHaveLength(2);
  });
});

describe('a run that is kept as a test', () => {
  const run = (end: Simulated['end']): Simulated => ({ lines: [], at: null, locale: 'zh', facts: {}, end });
  const given = pretend('diamond', flow, when);

  it('expects what came out, and nothing that did not', () => {
    const kept = testOf(' Key accounts ', given, [{ keys: '1' }], run({ kind: 'queue', queueId: 'front', priority: 60, skills: null }));
    expect(kept).toMatchObject({ name: 'Key accounts', expect: { end: 'queue', queueId: 'front', priority: 60, locale: 'zh' } });
    expect(flowTestSchema.safeParse(kept).success).toBe(true);
    expect(kept?.expect).not.toHaveProperty('skills');
  });

  it('cannot be kept while it goes on, or where the flow broke', () => {
    expect(canBeKept(run(null))).toBe(false);
    const fault = run({ kind: 'fault', queueId: 'front', priority: null, skills: null });
    expect(canBeKept(fault)).toBe(false);
    expect(testOf('x', given, [], fault)).toBeNull();
  });
});

describe('a caller who is made up', () => {
  it('is one that the bridge takes, whoever it is, in a flow that it takes', () => {
    expect(flowSchema.safeParse(flow).error).toBeUndefined();
    for (const name of callerNames) expect(pretendedSchema.safeParse(pretend(name, flow, when)).error).toBeUndefined();
  });

  it('is found by the look-ups of the flow, with the case and the debt that they have', () => {
    const { answers, facts, locale } = pretend('arrears', flow, when);
    expect(answers).toMatchObject({ find: { exit: 'found' }, cases: { exit: 'found' }, owed: { exit: 'found' } });
    expect(answers.owed?.facts['balance.arrears']).toBe('128.50');
    expect([facts['customer.tier'], locale]).toEqual(['standard', 'zh']);
    expect(pretend('diamond', flow, when).answers.cases?.exit).toBe('notFound');
    expect(pretend('anonymous', flow, when)).toMatchObject({ number: null, facts: { 'call.anonymous': 'yes' } });
  });

  it('keeps the answers that were given where a node is drawn or taken away', () => {
    const given = {
      ...pretend('unknown', flow, when),
      answers: { find: { exit: 'timeout', facts: {} }, gone: { exit: 'found', facts: {} } },
    };
    const { answers } = withAnswersFor(given, 'unknown', flow);
    expect(answers.find?.exit).toBe('timeout');
    expect(Object.keys(answers)).toEqual(['find', 'cases', 'owed']);
  });

  it('is asked nothing by nodes that ask nobody', () => {
    expect(answersOf(menu())).toEqual([]);
    expect(answersOf(queue())).toEqual([]);
  });

  it('calls at a time as a clock on the wall shows it', () => {
    expect(wallClock(new Date(2026, 0, 5, 7, 4).getTime())).toBe('2026-01-05T07:04');
  });
});
