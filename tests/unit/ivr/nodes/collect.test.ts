import { describe, expect, test } from 'vitest';
import { type NodeOf, storedState } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, flowOf } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const collect: NodeOf['collect'] = {
  kind: 'collect',
  prompts: ['enter'],
  onInvalid: 'invalid',
  attribute: 'account',
  minLength: 1,
  maxLength: 3,
  terminator: '#',
  firstKeyMs: 6_000,
  betweenKeysMs: 2_000,
  masked: false,
  attempts: 1,
  exits: {},
};

describeNode([
  {
    when: 'collect, playing',
    node: collect,
    entering: 'play enter zh',
    cells: {
      played: 'wait 6000',
      missing: 'wait 6000',
      'key 1': 'stopPlaying, wait 2000',
      'key 7': 'stopPlaying, wait 2000',
      'key #': 'stopPlaying, leave node by nothing',
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'collect, waiting for the first key',
    node: collect,
    entering: 'play enter zh',
    before: (caller) => caller.played(),
    cells: {
      'key 1': 'wait 2000',
      'key 7': 'wait 2000',
      'key #': 'stopWaiting, leave node by nothing',
      silence: 'leave node by nothing',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'collect, with all digits but the last',
    node: collect,
    entering: 'play enter zh',
    before: (caller) => caller.presses('45'),
    cells: {
      'key 1': 'stopWaiting, leave node by done',
      'key 7': 'stopWaiting, leave node by done',
      'key #': 'stopWaiting, leave node by done',
      silence: 'leave node by done',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'collect, with fewer digits than it needs and an attempt left',
    node: { ...collect, minLength: 3, attempts: 2 },
    entering: 'play enter zh',
    before: (caller) => caller.presses('4'),
    cells: {
      'key 1': 'wait 2000',
      'key 7': 'wait 2000',
      'key #': 'stopWaiting, play invalid+enter zh',
      silence: 'play invalid+enter zh',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'collect, nothing pressed and an attempt left',
    node: { ...collect, attempts: 2 },
    entering: 'play enter zh',
    before: (caller) => caller.played(),
    cells: {
      'key 1': 'wait 2000',
      'key 7': 'wait 2000',
      'key #': 'stopWaiting, play enter zh',
      silence: 'play enter zh',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'collect, masked and without a prompt',
    node: { ...collect, prompts: [], masked: true },
    entering: 'mask, wait 6000',
    cells: {
      'key 1': 'wait 2000',
      'key 7': 'wait 2000',
      'key #': 'stopWaiting, unmask, leave node by nothing',
      silence: 'unmask, leave node by nothing',
      'hangs up': 'stopWaiting, unmask, leave node by hangUp',
    },
  },
]);

describe('collecting digits', () => {
  const collected = (digits: string, masked = false) => new Caller(nodeFlow({ ...collect, masked })).start().presses(digits);

  test('keeps what was entered as a fact and in the path, without the terminator', () => {
    const caller = collected('42#');
    expect(caller.state.facts).toMatchObject({ 'entered.account': '42' });
    expect(caller.path()).toEqual(['entered account 42']);
    expect(caller.actions).toContainEqual(expect.objectContaining({ type: 'nodeLeft', keys: '42#', facts: { 'entered.account': '42' } }));
  });

  test('keeps masked digits out of the path, the actions, what is stored and the trace: only how many there were', () => {
    const caller = collected('987', true);
    expect(caller.state.facts).toMatchObject({ 'entered.account': '987' });
    expect(caller.state.path[1]).toMatchObject({ code: 'entered', facts: { attribute: 'account', digits: 3 } });
    expect(caller.actions).toContainEqual(expect.objectContaining({ type: 'nodeLeft', keys: '•••', facts: {} }));
    expect(JSON.stringify([caller.state.path, caller.actions])).not.toContain('987');
    expect(storedState(caller.state)).not.toContain('987');
  });

  test('what is typed ahead of a masked one is nowhere but in what it collects', () => {
    const flow = nodeFlow({ ...collect, masked: true });
    const caller = new Caller(
      flowOf({ first: { kind: 'play', prompts: ['hello'], exits: { next: 'node' } }, ...flow.nodes }, 'first'),
    ).start();
    caller.presses('9');
    const first = caller.actions;
    caller.presses('87');
    expect(caller.state.facts).toMatchObject({ 'entered.account': '987' });
    expect(JSON.stringify([first, caller.actions, caller.state.path])).not.toMatch(/"keys":"\d|987/);
  });

  test('does not hear keys that are no digits', () => {
    expect(collected('4*A2#').state.facts['entered.account']).toBe('42');
  });

  test('notes silence when nothing was entered', () => {
    const caller = collected('').played().isSilent();
    expect(Object.keys(caller.state.facts)).toEqual(['call.dialled']);
    expect(caller.path()).toEqual(['silent']);
  });
});
