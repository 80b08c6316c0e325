import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginHistory,
  changeFlow,
  type FlowEdit,
  type FlowHistory,
  freeNodeId,
  redoChange,
  undoChange,
} from '../../../../renderer/stores/index.ts';
import { flowOf, hangUp, menu, play, queue } from '../features/flows/stage-flow.ts';

const flow = flowOf({
  hello: play({ next: 'ask' }),
  ask: menu({ '1': 'billing', '2': 'sales', noInput: 'bye' }),
  billing: queue(),
  sales: queue('sales'),
  bye: hangUp,
});
const start = beginHistory(flow);
const edited = (...edits: readonly FlowEdit[]): FlowHistory => edits.reduce(changeFlow, start);
const nodesOf = (history: FlowHistory) => history.present.nodes;

describe('a flow being drawn', () => {
  it('takes a node in behind an exit, and leads on to where the exit led', () => {
    const { present } = edited({
      kind: 'add',
      nodeId: 'news',
      node: play(),
      at: { x: 16, y: 32 },
      after: { nodeId: 'hello', exit: 'next' },
    });
    expect(present.nodes.hello?.exits).toEqual({ next: 'news' });
    expect(present.nodes.news?.exits).toEqual({ next: 'ask' });
    expect(present.layout.news).toEqual({ x: 16, y: 32 });
  });

  it('ends there where the node that was taken in has no way on', () => {
    const { present } = edited({ kind: 'add', nodeId: 'stop', node: hangUp, at: { x: 0, y: 0 }, after: { nodeId: 'hello', exit: 'next' } });
    expect(present.nodes.hello?.exits).toEqual({ next: 'stop' });
    expect(present.nodes.stop?.exits).toEqual({});
  });

  it('takes nodes away with every way that led to them', () => {
    const { present } = edited({ kind: 'move', to: { sales: { x: 0, y: 0 } } }, { kind: 'remove', nodeIds: ['sales', 'bye'] });
    expect(Object.keys(present.nodes)).toEqual(['hello', 'ask', 'billing']);
    expect(present.nodes.ask?.exits).toEqual({ '1': 'billing' });
    expect(present.layout).toEqual({});
  });

  it('leads an exit somewhere else, or nowhere, and never to what is not there', () => {
    expect(nodesOf(edited({ kind: 'connect', from: 'ask', exit: '1', to: 'bye' })).ask?.exits['1']).toBe('bye');
    expect(nodesOf(edited({ kind: 'connect', from: 'ask', exit: '1', to: null })).ask?.exits).not.toHaveProperty('1');
    expect(edited({ kind: 'connect', from: 'ask', exit: '1', to: 'gone' })).toBe(start);
    expect(edited({ kind: 'connect', from: 'constructor', exit: 'next', to: 'ask' })).toBe(start);
  });

  it('loses the exit of a key together with the key', () => {
    const { present } = edited({ kind: 'put', nodeId: 'ask', path: 'keys/2', value: undefined });
    expect(present.nodes.ask?.exits).toEqual({ '1': 'billing', noInput: 'bye' });
  });

  it('is one step back however many letters were typed into one field', () => {
    const typed = edited(
      { kind: 'put', nodeId: 'hello', path: 'label', value: 'W' },
      { kind: 'put', nodeId: 'hello', path: 'label', value: 'We' },
      { kind: 'put', nodeId: 'hello', path: 'label', value: 'Wel' },
    );
    expect(nodesOf(typed).hello?.label).toBe('Wel');
    expect(undoChange(typed).present).toEqual(flow);
  });

  it('has a step for each of two fields', () => {
    const typed = edited({ kind: 'put', nodeId: 'hello', path: 'label', value: 'W' }, { kind: 'putFlow', path: 'name/en', value: 'Night' });
    expect(undoChange(typed).present.nodes.hello?.label).toBe('W');
    expect(undoChange(typed).present.name.en).toBe('Business line, day');
  });

  it('forgets what was taken back as soon as something else is done', () => {
    const back = undoChange(edited({ kind: 'remove', nodeIds: ['bye'] }));
    expect(redoChange(back).present.nodes.bye).toBeUndefined();
    const other = changeFlow(back, { kind: 'remove', nodeIds: ['sales'] });
    expect(redoChange(other)).toBe(other);
  });

  it('pastes under names that are free, leading to each other only', () => {
    const piece = {
      nodes: { ask: menu({ '1': 'bye', '2': 'sales' }), bye: hangUp },
      layout: { ask: { x: 0, y: 0 }, bye: { x: 288, y: 0 } },
    };
    const { present } = edited({ kind: 'paste', piece });
    expect(present.nodes['ask-2']?.exits).toEqual({ '1': 'bye-2' });
    expect(present.layout['bye-2']).toEqual({ x: 288, y: 0 });
    expect(present.nodes.ask).toBe(flow.nodes.ask);
  });

  it('counts on from a name that has a number already', () => {
    expect(freeNodeId({ menu: 1, 'menu-2': 1 }, 'menu-2')).toBe('menu-3');
    expect(freeNodeId({}, 'constructor')).toBe('constructor');
  });

  it('comes back to exactly what it was, whatever was done and however often it was taken back', () => {
    const names = fc.constantFrom('hello', 'ask', 'billing', 'sales', 'bye', 'gone', '__proto__');
    const edit: fc.Arbitrary<FlowEdit> = fc.oneof(
      fc.record({
        kind: fc.constant('add' as const),
        nodeId: fc.constantFrom('n1', 'n2', 'ask'),
        node: fc.constant(play()),
        at: fc.constant({ x: 0, y: 0 }),
        after: fc.option(fc.record({ nodeId: names, exit: fc.constantFrom('next', '1', 'noInput') }), { nil: undefined }),
      }),
      fc.record({ kind: fc.constant('remove' as const), nodeIds: fc.array(names, { maxLength: 3 }) }),
      fc.record({
        kind: fc.constant('connect' as const),
        from: names,
        exit: fc.constantFrom('next', '1', '2', 'error'),
        to: fc.option(names),
      }),
      fc.record({
        kind: fc.constant('put' as const),
        nodeId: names,
        path: fc.constantFrom('label', 'keys/1', 'prompts'),
        value: fc.constantFrom('a', 'b', undefined),
      }),
      fc.record({ kind: fc.constant('move' as const), to: fc.dictionary(names, fc.constant({ x: 16, y: 16 }), { maxKeys: 2 }) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        const done = edits.reduce(changeFlow, start);
        let back = done;
        for (let step = 0; step < edits.length; step += 1) back = undoChange(back);
        expect(back.present).toEqual(flow);
        for (let step = 0; step < edits.length; step += 1) back = redoChange(back);
        expect(back.present).toEqual(done.present);
        for (const node of Object.values(done.present.nodes))
          for (const to of Object.values(node.exits)) expect(Object.hasOwn(done.present.nodes, to)).toBe(true);
      }),
    );
  });
});
