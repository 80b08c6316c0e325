import { describe, expect, test } from 'vitest';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, flowOf } from '../flows.ts';
import { nodeFlow } from './node-table.ts';

const lookUp = (limitMs: number, whileWaiting: string | null = null): FlowNode => ({
  kind: 'lookUp',
  what: 'customer',
  by: null,
  whileWaiting,
  limitMs,
  exits: {},
});

describe('what others are asked to do', () => {
  test('is not talked over when they are quick, and told of after a second when they are not, then with music', () => {
    const caller = new Caller(nodeFlow(lookUp(5_000, 'one-moment'))).start();
    expect(caller.did()).toEqual(['do lookUp', 'wait 1000']);
    expect(caller.isSilent().did()).toEqual(['play one-moment zh', 'wait 4000']);
    expect(caller.played().did()).toEqual(['music']);
    expect(caller.isSilent().did().slice(0, 3)).toEqual(['stopPlaying', 'stopDoing', 'leave node by timeout']);
  });

  test('has the house’s prompt where the node has none, and music at once where it is missing', () => {
    const caller = new Caller(nodeFlow(lookUp(5_000))).start().isSilent();
    expect(caller.did()[0]).toBe('play please-wait zh');
    expect(caller.played('missing').did()).toEqual(['music']);
  });

  test('is given up at once when it may take no longer than that second', () => {
    const caller = new Caller(nodeFlow(lookUp(500))).start();
    expect(caller.did()).toEqual(['do lookUp', 'wait 500']);
    expect(caller.isSilent().did().slice(0, 2)).toEqual(['stopDoing', 'leave node by timeout']);
  });

  test('one after another is not a second of silence each', () => {
    const flow = flowOf({
      one: { ...lookUp(5_000), exits: { found: 'two', notFound: 'two' } } as FlowNode,
      two: { ...lookUp(5_000), exits: { found: 'three', notFound: 'three' } } as FlowNode,
      three: { ...lookUp(800), exits: { found: 'one', notFound: 'one' } } as FlowNode,
    });
    const caller = new Caller(flow, { stepMs: 0 }).start();
    expect(caller.after(700).gets('found').did()).toContain('wait 300');
    caller.after(200).gets('found');
    expect(caller.did()).toContain('wait 100');
    // Its own limit is not shortened by what was quiet before it.
    expect(caller.isSilent().did()).toEqual(['play please-wait zh', 'wait 700']);
    expect(caller.gets('found').did()).toContain('wait 1000');
  });

  test('keeps keys for the next node that listens', () => {
    const caller = new Caller(nodeFlow(lookUp(5_000))).start().presses('12#');
    expect(caller.state.typedAhead).toBe('12#');
  });

  test('does not hear an answer that comes too late', () => {
    const flow = flowOf({
      one: { ...lookUp(500), exits: { found: 'two', notFound: 'two', timeout: 'two' } } as FlowNode,
      two: { ...lookUp(500), exits: { found: 'one', notFound: 'one' } } as FlowNode,
    });
    const caller = new Caller(flow).start();
    const ticket = caller.state.deed ?? -1;
    caller.isSilent();
    const was = caller.state;
    expect(caller.feed({ type: 'did', ticket, outcome: 'found', facts: { 'customer.tier': 'gold' } }).state).toBe(was);
  });
});
