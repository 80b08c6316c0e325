import { describe, expect, test } from 'vitest';
import { type FlowNode, maxSteps, type NodeOf, placeOf, step } from '../../../cti-bridge/ivr/index.ts';
import { Caller, flowOf, hotline, sourceOf, startedAt } from './flows.ts';

describe('a caller in the hotline', () => {
  test('is answered in the language of their record, presses 1 and goes to the billing queue', () => {
    const caller = new Caller(hotline, { callerLocale: 'en' }).start();
    expect(caller.did()).toEqual(['leave language by next', 'answer']);
    caller.answered();
    expect(caller.did()).toEqual(['leave answer by next', 'play welcome en']);
    caller.played();
    expect(caller.did()).toEqual(['leave welcome by next', 'play main-menu en']);
    caller.played();
    expect(caller.did()).toEqual(['wait 5000']);
    caller.presses('1');
    expect(caller.did()).toEqual(['stopWaiting', 'leave menu by 1', 'play please-wait en']);
    caller.played();
    expect(caller.did()).toEqual(['leave wait-billing by next', 'end at billing', 'queue billing own']);
    expect(caller.state.waiting).toEqual({ kind: 'over' });
  });

  test('leaves a path that says what was dialled, spoken and pressed, and when, in both languages', () => {
    const caller = new Caller(hotline, { callerLocale: 'en' }).start().answered().played().presses('2').played();
    expect(caller.state.path).toEqual([
      { at: startedAt, code: 'dialled', facts: { number: '10010' } },
      { at: startedAt + 1_000, code: 'language', facts: { locale: 'en', source: 'record' } },
      { at: startedAt + 4_000, code: 'pressed', facts: { key: '2', labelEn: 'Faults and repairs', labelZh: '报障与维修' } },
      { at: startedAt + 5_000, code: 'queued', facts: { queueId: 'repairs' } },
    ]);
  });

  test.each([
    ['1', 'queue billing own'],
    ['2', 'queue repairs 7'],
    ['0', 'queue general own'],
    ['9', 'hangUp'],
  ])('gets by key %s to: %s', (pressed, end) => {
    expect(new Caller(hotline).start().answered().played().presses(pressed).played().did().at(-1)).toBe(end);
  });

  test('may press before the menu has finished, and the prompt that ends late changes nothing', () => {
    const caller = new Caller(hotline).start().answered().played();
    const menu = caller.actions.find((action) => action.type === 'play');
    caller.presses('1');
    expect(caller.did()).toEqual(['stopPlaying', 'leave menu by 1', 'play please-wait zh']);
    caller.feed({ type: 'played', outcome: 'finished', ticket: menu?.type === 'play' ? menu.ticket : -1 });
    expect(caller.did()).toEqual([]);
    expect(placeOf(caller.state).nodeId).toBe('wait-billing');
  });

  test('who knows the menu presses during the greeting, and the menu takes the key at once', () => {
    const caller = new Caller(hotline).start().answered();
    caller.presses('1');
    // Of the menu that they pass, nothing is heard.
    expect(caller.did()).toEqual(['stopPlaying', 'leave welcome by next', 'leave menu by 1', 'play please-wait zh']);
    expect(caller.state).toMatchObject({ typedAhead: '', waiting: { kind: 'played' } });
  });

  test('a wait that ends late, after a key, changes nothing', () => {
    const caller = new Caller(hotline).start().answered().played().played();
    const wait = caller.actions.find((action) => action.type === 'wait');
    caller.presses('7').played(); // a wrong key; the menu was repeated and a new wait began
    caller.feed({ type: 'timeout', ticket: wait?.type === 'wait' ? wait.ticket : -1 });
    expect(caller.did()).toEqual([]);
    expect(caller.path().filter((line) => line === 'silent')).toEqual([]);
  });

  test('who presses wrong keys and then nothing hears why, and goes to an agent after three attempts', () => {
    const caller = new Caller(hotline).start().answered().played().played();
    expect(caller.presses('7').did().at(-1)).toBe('play wrong-key+main-menu zh');
    expect(caller.played().isSilent().did().at(-1)).toBe('play nothing-heard+main-menu zh');
    expect(caller.played().isSilent().did()).toEqual(['leave menu by noInput', 'play please-wait zh']);
    expect(caller.path()).toEqual(['language zh default', 'wrongKey 7', 'silent', 'silent']);
    expect(caller.played().did().at(-1)).toBe('queue general own');
  });

  test('who hangs up ends the run wherever they are, and nothing follows', () => {
    const ways: ((caller: Caller) => Caller)[] = [
      (caller) => caller,
      (caller) => caller.start(),
      (caller) => caller.start().answered(),
      (caller) => caller.start().answered().played(),
      (caller) => caller.start().answered().played().played(),
      (caller) => caller.start().answered().played().presses('9'),
    ];
    for (const way of ways) {
      const caller = way(new Caller(hotline)).hangsUp();
      expect(caller.state.waiting.kind).toBe('over');
      expect(caller.did().filter((action) => action.startsWith('queue') || action === 'hangUp')).toEqual([]);
      expect(caller.start().answered().played().presses('1').isSilent().hangsUp().did()).toEqual([]);
    }
  });

  test('goes on at the same node from a state that was stored, with what was given already', () => {
    const caller = new Caller(hotline, { callerLocale: 'en' }).start().answered().played().played();
    caller.state = JSON.parse(JSON.stringify(caller.state)) as typeof caller.state;
    expect(caller.presses('1').did()).toEqual(['stopWaiting', 'leave menu by 1', 'play please-wait en']);
  });
});

describe('a node that has no way for what happened', () => {
  const slow = (exits: Record<string, string>): FlowNode => ({
    ...{ kind: 'lookUp', what: 'customer', by: null, whileWaiting: null, limitMs: 500 },
    exits: { found: 'end', notFound: 'end', ...exits },
  });
  const end = (queueId: string): FlowNode => ({ kind: 'queue', queueId, priority: null, exits: {} });
  const after = (exits: Record<string, string>) => {
    const flow = flowOf({ look: slow(exits), end: end('end'), slow: end('slow'), broken: end('broken') });
    return new Caller(flow).start();
  };

  test('goes the way of an error when something took too long', () => {
    expect(after({ timeout: 'slow', error: 'broken' }).isSilent().did().at(-1)).toBe('queue slow own');
    expect(after({ error: 'broken' }).isSilent().did().at(-1)).toBe('queue broken own');
  });

  test('goes to the fallback of its flow when something failed', () => {
    expect(after({ timeout: 'slow' }).gets('error').did().slice(-2)).toEqual(['fault: "look" failed', 'queue fallback own']);
    expect(after({}).isSilent().did().at(-1)).toBe('queue fallback own');
  });

  test('is over when the caller hangs up, and goes on where it has one, as far as nobody is needed on the line', () => {
    expect(after({}).hangsUp().did()).toEqual(['stopWaiting', 'stopDoing', 'leave look by hangUp']);
    const left = after({ hangUp: 'end' }).hangsUp();
    expect([left.state.waiting.kind, ...left.did()]).toEqual(['over', 'stopWaiting', 'stopDoing', 'leave look by hangUp']);
  });
});

test('before the call is answered nobody is told to wait', () => {
  const look: FlowNode = {
    ...{ kind: 'lookUp', what: 'customer', by: null, whileWaiting: 'one-moment', limitMs: 5_000 },
    exits: { found: 'look', notFound: 'look', timeout: 'look' },
  };
  const caller = new Caller(flowOf({ look }), { isAnswered: false }).start();
  expect(caller.did()).toEqual(['do lookUp', 'wait 5000']);
});

test('a path of a caller who goes round and round keeps its first line and the latest', () => {
  const round = flowOf({ ask: { ...(hotline.nodes.menu as NodeOf['menu']), attempts: 1_000, exits: {} } });
  const lost = new Caller(round).start().presses('7'.repeat(300));
  expect(lost.state.path).toHaveLength(100);
  expect(lost.state.path[0]?.code).toBe('dialled');
});

test('what is no key of a telephone is not heard at all', () => {
  const caller = new Caller(hotline).start().answered().played();
  const was = caller.state;
  for (const digit of ['', '12', 'constructor', '１', 'E']) expect(caller.feed({ type: 'digit', digit }).state).toBe(was);
});

describe('a broken flow', () => {
  const end: FlowNode = { kind: 'queue', queueId: 'end', priority: null, exits: {} };

  test('that leads nowhere sends the caller to the fallback queue, with a fault', () => {
    const caller = new Caller(flowOf({ node: { kind: 'answer', exits: { next: 'gone' } } })).start().answered();
    expect(caller.did()).toEqual(['leave node by next', 'fault: no node "gone"', 'queue fallback own']);
    expect(caller.path()).toEqual(['queued fallback']);
  });

  test('that starts nowhere, or at a kind of node we do not know, does the same', () => {
    expect(new Caller(flowOf({ end }, 'nowhere')).start().did()).toEqual(['fault: no node "nowhere"', 'queue fallback own']);
    const newer = flowOf({ node: { kind: 'teleport', exits: {} } as unknown as FlowNode });
    expect(new Caller(newer).start().did()).toEqual(['fault: no node "node"', 'queue fallback own']);
  });

  test('whose node was taken away while a caller stood on it stops what plays first', () => {
    const caller = new Caller(flowOf({ node: { kind: 'play', prompts: ['a'], exits: { next: 'end' } }, end })).start();
    const played = { type: 'played', outcome: 'finished', ticket: caller.state.sound ?? -1 } as const;
    const { actions } = step(sourceOf(flowOf({ end })), caller.state, played, { at: startedAt, house: { fact: () => undefined } });
    expect(actions.map(({ type }) => type)).toEqual(['stopPlaying', 'fault', 'queue']);
  });

  test('that runs in a circle is left at the limit of steps', () => {
    const circle = flowOf({
      one: { kind: 'setLanguage', to: 'en', exits: { next: 'two' } },
      two: { kind: 'play', prompts: [], exits: { next: 'one' } },
    });
    const caller = new Caller(circle).start();
    expect(caller.state.stepCount).toBe(maxSteps);
    expect(caller.did().slice(-2)).toEqual([`fault: more than ${maxSteps} steps`, 'queue fallback own']);
  });

  test('is not led astray by a node named like a word of the language', () => {
    expect(new Caller(flowOf({ end }, '__proto__')).start().did().at(-1)).toBe('queue fallback own');
  });
});

test('a silent caller leaves any flow that waits, without pressing a key', () => {
  const caller = new Caller(hotline).start().answered();
  for (let i = 0; i < 20 && caller.state.waiting.kind !== 'over'; i++) {
    const { waiting } = caller.state;
    if (waiting.kind === 'key' && caller.state.timer !== null) caller.isSilent();
    else caller.played();
  }
  expect(caller.did().at(-1)).toBe('queue general own');
});
