import { describe, expect, test } from 'vitest';
import type { FlowNode, IvrInput } from '../../../cti-bridge/ivr/index.ts';
import { Caller, flowOf } from './flows.ts';

/**
 * Every kind of node, in every state in which it may wait, x every input. A cell lists the actions; `-` says that the input changes
 * nothing whatever, not even the state.
 */

const inputs = {
  start: { type: 'start' },
  answered: { type: 'answered' },
  played: { type: 'played', outcome: 'finished' },
  missing: { type: 'played', outcome: 'missing' },
  key1: { type: 'digit', digit: '1' },
  key7: { type: 'digit', digit: '7' },
  hash: { type: 'digit', digit: '#' },
  timeout: { type: 'timeout' },
  callerLeft: { type: 'callerLeft' },
} as const satisfies Record<string, IvrInput>;

type Cells = Readonly<Record<keyof typeof inputs, string>>;
const nothing: Cells = {
  start: '-',
  answered: '-',
  played: '-',
  missing: '-',
  key1: '-',
  key7: '-',
  hash: '-',
  timeout: '-',
  callerLeft: 'leave node by callerLeft',
};

const menuNode: FlowNode = {
  kind: 'menu',
  prompts: ['menu'],
  onSilence: 'silence',
  onWrongKey: 'wrong',
  keys: { '1': { label: { en: 'One', zh: '一' }, next: 'end' } },
  waitMs: 5_000,
  attempts: 2,
  exits: { noInput: 'end' },
};
const collectNode: FlowNode = {
  kind: 'collect',
  prompts: ['enter'],
  attribute: 'account',
  maxLength: 3,
  terminator: '#',
  firstKeyMs: 6_000,
  betweenKeysMs: 2_000,
  masked: false,
  exits: { done: 'end', nothing: 'end' },
};

const table: readonly {
  readonly when: string;
  readonly node: FlowNode;
  readonly entering: string;
  readonly before?: (caller: Caller) => unknown;
  readonly cells: Cells;
}[] = [
  {
    when: 'answer, waiting to be answered',
    node: { kind: 'answer', exits: { next: 'end' } },
    entering: 'answer',
    cells: { ...nothing, answered: 'leave node by next, leave end by queued, queue end own' },
  },
  {
    when: 'play, playing',
    node: { kind: 'play', prompts: ['a', 'b'], exits: { next: 'end' } },
    entering: 'play a+b zh',
    cells: {
      ...nothing,
      key1: 'stopPlaying, leave node by next, leave end by queued, queue end own',
      key7: 'stopPlaying, leave node by next, leave end by queued, queue end own',
      hash: 'stopPlaying, leave node by next, leave end by queued, queue end own',
      played: 'leave node by next, leave end by queued, queue end own',
      missing: 'leave node by next, leave end by queued, queue end own',
      callerLeft: 'stopPlaying, leave node by callerLeft',
    },
  },
  {
    when: 'hang-up, playing goodbye',
    node: { kind: 'hangUp', prompts: ['bye'] },
    entering: 'play bye zh',
    cells: {
      ...nothing,
      played: 'leave node by hungUp, hangUp',
      missing: 'leave node by hungUp, hangUp',
      callerLeft: 'stopPlaying, leave node by callerLeft',
    },
  },
  {
    when: 'menu, playing',
    node: menuNode,
    entering: 'play menu zh',
    cells: {
      ...nothing,
      played: 'wait 5000',
      missing: 'wait 5000',
      key1: 'stopPlaying, leave node by 1, leave end by queued, queue end own',
      key7: 'stopPlaying, play wrong+menu zh',
      hash: 'stopPlaying, play wrong+menu zh',
      callerLeft: 'stopPlaying, leave node by callerLeft',
    },
  },
  {
    when: 'menu, waiting for a key',
    node: menuNode,
    entering: 'play menu zh',
    before: (caller) => caller.played(),
    cells: {
      ...nothing,
      key1: 'stopWaiting, leave node by 1, leave end by queued, queue end own',
      key7: 'stopWaiting, play wrong+menu zh',
      hash: 'stopWaiting, play wrong+menu zh',
      timeout: 'stopWaiting, play silence+menu zh',
      callerLeft: 'stopWaiting, leave node by callerLeft',
    },
  },
  {
    when: 'menu, waiting for the last time',
    node: menuNode,
    entering: 'play menu zh',
    before: (caller) => caller.played().isSilent().played(),
    cells: {
      ...nothing,
      key1: 'stopWaiting, leave node by 1, leave end by queued, queue end own',
      key7: 'stopWaiting, leave node by noInput, leave end by queued, queue end own',
      hash: 'stopWaiting, leave node by noInput, leave end by queued, queue end own',
      timeout: 'stopWaiting, leave node by noInput, leave end by queued, queue end own',
      callerLeft: 'stopWaiting, leave node by callerLeft',
    },
  },
  {
    when: 'collect, playing',
    node: collectNode,
    entering: 'play enter zh',
    cells: {
      ...nothing,
      played: 'wait 6000',
      missing: 'wait 6000',
      key1: 'stopPlaying, wait 2000',
      key7: 'stopPlaying, wait 2000',
      hash: 'stopPlaying, leave node by nothing, leave end by queued, queue end own',
      callerLeft: 'stopPlaying, leave node by callerLeft',
    },
  },
  {
    when: 'collect, waiting for the first key',
    node: collectNode,
    entering: 'play enter zh',
    before: (caller) => caller.played(),
    cells: {
      ...nothing,
      key1: 'wait 2000',
      key7: 'wait 2000',
      hash: 'stopWaiting, leave node by nothing, leave end by queued, queue end own',
      timeout: 'stopWaiting, leave node by nothing, leave end by queued, queue end own',
      callerLeft: 'stopWaiting, leave node by callerLeft',
    },
  },
  {
    when: 'collect, with all digits but the last',
    node: collectNode,
    entering: 'play enter zh',
    before: (caller) => caller.presses('45'),
    cells: {
      ...nothing,
      key1: 'stopWaiting, leave node by done, leave end by queued, queue end own',
      key7: 'stopWaiting, leave node by done, leave end by queued, queue end own',
      hash: 'stopWaiting, leave node by done, leave end by queued, queue end own',
      timeout: 'stopWaiting, leave node by done, leave end by queued, queue end own',
      callerLeft: 'stopWaiting, leave node by callerLeft',
    },
  },
  {
    when: 'queue, over',
    node: { kind: 'queue', queueId: 'billing', priority: 7 },
    entering: 'leave node by queued, queue billing 7',
    cells: { ...nothing, callerLeft: '-' },
  },
  {
    when: 'set-language, passed and over',
    node: { kind: 'setLanguage', to: 'en', exits: { next: 'end' } },
    entering: 'leave node by next, leave end by queued, queue end own',
    cells: { ...nothing, callerLeft: '-' },
  },
];

describe.each(table)('$when', ({ node, entering, before, cells }) => {
  const here = () => {
    const caller = new Caller(flowOf({ node, end: { kind: 'queue', queueId: 'end', priority: null } })).start();
    return caller;
  };

  test(`on entering: ${entering}`, () => {
    expect(here().did().join(', ')).toBe(entering);
  });

  test.each(Object.entries(cells) as [keyof typeof inputs, string][])('%s: %s', (input, expected) => {
    const caller = here();
    before?.(caller);
    const was = caller.state;
    caller.feed(inputs[input]);
    expect(caller.did().join(', ') || '-').toBe(expected);
    if (expected === '-') expect(caller.state).toBe(was);
    else expect(caller.state).not.toBe(was);
  });
});

test('a run that has not begun hears nothing but its start, and ends when the caller leaves', () => {
  for (const [name, input] of Object.entries(inputs)) {
    const caller = new Caller(flowOf({ node: { kind: 'answer', exits: { next: 'node' } } })).feed(input);
    expect([name, caller.state.waiting.kind]).toEqual([name, name === 'start' ? 'answered' : name === 'callerLeft' ? 'over' : 'nothing']);
  }
});

test('nodes without prompts do not play silence: they go on, wait, or hang up at once', () => {
  const end: FlowNode = { kind: 'queue', queueId: 'end', priority: null };
  const entering = (node: FlowNode) => new Caller(flowOf({ node, end })).start().did().join(', ');
  expect(entering({ kind: 'play', prompts: [], exits: { next: 'end' } })).toBe('leave node by next, leave end by queued, queue end own');
  expect(entering({ kind: 'hangUp', prompts: [] })).toBe('leave node by hungUp, hangUp');
  expect(entering({ ...menuNode, prompts: [] } as FlowNode)).toBe('wait 5000');
  expect(entering({ ...collectNode, prompts: [] } as FlowNode)).toBe('wait 6000');
});

describe('collecting digits', () => {
  const collected = (digits: string, masked = false) => {
    const node = { ...collectNode, masked } as FlowNode;
    return new Caller(flowOf({ node, end: { kind: 'queue', queueId: 'end', priority: null } })).start().presses(digits);
  };

  test('keeps what was entered as an attribute and in the path, without the terminator', () => {
    const caller = collected('42#');
    expect(caller.state.attributes).toEqual({ account: '42' });
    expect(caller.path()).toEqual(['entered account 42', 'queued end']);
  });

  test('keeps masked digits out of the path, the actions and the position: only how many there were', () => {
    const caller = collected('987', true);
    expect(caller.state.attributes).toEqual({ account: '987' });
    expect(caller.state.path[1]).toMatchObject({ code: 'entered', facts: { attribute: 'account', digits: 3 } });
    const { attributes: _kept, ...rest } = caller.state;
    expect(JSON.stringify([rest, caller.actions])).not.toContain('987');
  });

  test('does not hear keys that are no digits', () => {
    expect(collected('4*A2#').state.attributes).toEqual({ account: '42' });
  });

  test('notes silence when nothing was entered', () => {
    const caller = collected('').played().isSilent();
    expect(caller.state.attributes).toEqual({});
    expect(caller.path()).toEqual(['silent', 'queued end']);
  });
});

describe('setting the language', () => {
  const heard = (to: 'caller' | 'en' | 'zh', callerLocale: 'en' | 'zh' | null) => {
    const caller = new Caller(
      flowOf({
        node: { kind: 'setLanguage', to, exits: { next: 'play' } },
        play: { kind: 'play', prompts: ['hello'], exits: { next: 'play' } },
      }),
      callerLocale,
    ).start();
    return [caller.did().at(-1), ...caller.path()];
  };

  test('takes that of the record, the one named, or leaves the one in force', () => {
    expect(heard('caller', 'en')).toEqual(['play hello en', 'language en record']);
    expect(heard('caller', null)).toEqual(['play hello zh', 'language zh default']);
    expect(heard('en', 'zh')).toEqual(['play hello en', 'language en flow']);
  });

  test('is noted once, not each time a flow says it again', () => {
    const caller = new Caller(
      flowOf({
        one: { kind: 'setLanguage', to: 'caller', exits: { next: 'two' } },
        two: { kind: 'setLanguage', to: 'en', exits: { next: 'three' } },
        three: { kind: 'setLanguage', to: 'zh', exits: { next: 'end' } },
        end: { kind: 'queue', queueId: 'end', priority: null },
      }),
      'en',
    ).start();
    expect(caller.path()).toEqual(['language en record', 'language zh flow', 'queued end']);
  });
});
