import { describe, expect, it } from 'vitest';
import { compareFlows, type Flow, type FlowNode } from '../../../cti-bridge/ivr/index.ts';

const menu: FlowNode = {
  kind: 'menu',
  prompts: ['menu-main', 'menu-more'],
  onSilence: null,
  onWrongKey: 'not-understood',
  keys: { 1: { en: 'Bills', zh: '账单' } },
  waitMs: 6_000,
  attempts: 3,
  exits: { 1: 'queue', noInput: 'queue' },
};
const queue: FlowNode = { kind: 'queue', queueId: 'billing', priority: null, exits: {} };
const flow = (nodes: Readonly<Record<string, FlowNode>>, more: Partial<Flow> = {}): Flow => ({
  format: 1,
  flowId: 'hotline',
  name: { en: 'Hotline', zh: '热线' },
  start: 'menu',
  fallback: { queueId: 'general', prompt: 'technical-difficulty' },
  nodes,
  layout: {},
  tests: [],
  ...more,
});

describe('two flows, compared', () => {
  it('have no differences where they are the same, wherever their nodes are drawn and in whatever order they are written', () => {
    const drawn = flow({ queue, menu }, { layout: { menu: { x: 1, y: 2 } } });
    expect(compareFlows(flow({ menu, queue }), drawn)).toEqual([]);
  });

  it('differ node by node and field by field, each by its path and as it would be written', () => {
    const changed = {
      ...menu,
      prompts: ['menu-main'],
      onSilence: 'no-input',
      attempts: 2,
      keys: { 1: { en: 'Bills', zh: '话费' }, 2: { en: 'Faults', zh: '故障' } },
      exits: { ...menu.exits, 2: 'queue' },
    };
    expect(compareFlows(flow({ menu, queue }), flow({ menu: changed, queue }))).toEqual([
      {
        nodeId: 'menu',
        what: 'changed',
        fields: [
          { path: 'prompts/1', before: 'menu-more', after: null },
          { path: 'keys/1/zh', before: '账单', after: '话费' },
          { path: 'attempts', before: '3', after: '2' },
          { path: 'onSilence', before: null, after: 'no-input' },
          { path: 'keys/2/en', before: null, after: 'Faults' },
          { path: 'keys/2/zh', before: null, after: '故障' },
          { path: 'exits/2', before: null, after: 'queue' },
        ],
      },
    ]);
  });

  it('say which nodes are there in one of them alone, with all that these have', () => {
    const gone = compareFlows(flow({ menu, queue }), flow({ menu, hangUp: { kind: 'hangUp', prompts: ['goodbye'], exits: {} } }));
    expect(gone).toEqual([
      {
        nodeId: 'hangUp',
        what: 'added',
        fields: [
          { path: 'kind', before: null, after: 'hangUp' },
          { path: 'prompts/0', before: null, after: 'goodbye' },
        ],
      },
      {
        nodeId: 'queue',
        what: 'removed',
        fields: [
          { path: 'kind', before: 'queue', after: null },
          { path: 'queueId', before: 'billing', after: null },
        ],
      },
    ]);
  });

  it('begin with what is of the flow itself, a test as a whole by its name', () => {
    const test = {
      name: 'a gold customer',
      given: { number: null, dialled: '95', at: '2026-11-22T09:30', locale: null, facts: {}, answers: {} },
      steps: [],
      expect: { end: 'queue' as const },
    };
    const [first, ...others] = compareFlows(
      flow({ menu, queue }, { tests: [test] }),
      flow({ menu, queue }, { name: { en: 'Hotline', zh: '客服' }, start: 'queue', tests: [{ ...test, steps: [{ keys: '1' }] }] }),
    );
    expect(others).toEqual([]);
    expect(first).toMatchObject({ nodeId: null, what: 'changed' });
    expect(first?.fields.map(({ path }) => path)).toEqual(['name/zh', 'start', 'tests/a gold customer']);
    expect(first?.fields[2]?.after).toContain('"steps":[{"keys":"1"}]');
  });

  it('are not fooled by names that objects have of themselves', () => {
    const odd = flow({ menu, constructor: queue });
    expect(compareFlows(flow({ menu }), odd).map(({ nodeId, what }) => [nodeId, what])).toEqual([['constructor', 'added']]);
  });
});
