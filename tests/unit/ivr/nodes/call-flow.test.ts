import { describe, expect, test } from 'vitest';
import type { Flow, FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { maxFrames } from '../../../../cti-bridge/ivr/run.ts';
import { Caller, flowOf } from '../flows.ts';
import { describeNode } from './node-table.ts';

describeNode([
  { when: 'another flow, that is not there', node: { kind: 'callFlow', flowId: 'gone', exits: {} }, entering: 'leave node by error' },
]);

const end = (queueId: string): FlowNode => ({ kind: 'queue', queueId, priority: null, exits: {} });
const outer = (exits: Record<string, string> = {}): Flow =>
  flowOf(
    { call: { kind: 'callFlow', flowId: 'inner', exits: { next: 'back', ...exits } }, back: end('back'), failed: end('failed'), note },
    'call',
  );
const note: FlowNode = { kind: 'sms', to: null, text: { en: 'x', zh: 'x' }, exits: { sent: 'back', notSent: 'back' } };
const inner = (nodes: Record<string, FlowNode>) =>
  flowOf(nodes, undefined, { flowId: 'inner', fallback: { queueId: 'inner-fallback', prompt: 'p' } });
const asking = inner({
  ask: { kind: 'play', prompts: ['hello'], exits: { next: 'home' } },
  home: { kind: 'return', exits: {} },
});

describe('a flow that another one calls', () => {
  test('goes on where it starts, and comes back where it returns', () => {
    const caller = new Caller(outer(), { others: [asking] }).start();
    expect(caller.did()).toEqual(['play hello zh']);
    expect(caller.state.frames).toEqual([
      { flowId: 'test', version: 1, nodeId: 'call' },
      { flowId: 'inner', version: 1, nodeId: 'ask' },
    ]);
    expect(caller.played().did()).toEqual([
      'leave ask by next',
      'leave home by return',
      'leave call by next',
      'end at back',
      'queue back own',
    ]);
  });

  test('that breaks takes the way of errors of the node that called it, and the fault is told', () => {
    const broken = inner({ hours: { kind: 'hours', hoursId: 'gone', exits: { open: 'hours', closed: 'hours' } } });
    const caller = new Caller(outer({ error: 'failed' }), { others: [broken] }).start();
    expect(caller.did()).toEqual([
      'leave hours by error',
      'fault: "hours" failed',
      'leave call by error',
      'end at failed',
      'queue failed own',
    ]);
  });

  test('that breaks goes to its own fallback where nobody above has a way for it', () => {
    const broken = inner({ hours: { kind: 'hours', hoursId: 'gone', exits: { open: 'hours', closed: 'hours' } } });
    expect(new Caller(outer(), { others: [broken] }).start().did().at(-1)).toBe('queue inner-fallback own');
  });

  test('in which the caller hangs up takes the hang-up of the node that called it', () => {
    const caller = new Caller(outer({ hangUp: 'note' }), { others: [asking] }).start().hangsUp();
    expect(caller.did()).toEqual(['stopPlaying', 'leave ask by hangUp', 'leave call by hangUp', 'do sms', 'wait 10000']);
    expect(caller.gets('sent').did()).toEqual(['stopWaiting', 'leave note by sent']);
    expect(caller.state.waiting.kind).toBe('over');
  });

  test('that calls itself is stopped at the limit', () => {
    const round = inner({ again: { kind: 'callFlow', flowId: 'inner', exits: { next: 'again' } } });
    const caller = new Caller(outer(), { others: [round] }).start();
    expect(caller.did().at(-1)).toBe('queue inner-fallback own');
    expect(caller.state.frames).toHaveLength(maxFrames);
  });
});
