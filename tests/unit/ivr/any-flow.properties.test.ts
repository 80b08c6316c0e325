import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Flow,
  type FlowNode,
  type IvrInput,
  judgeFlow,
  maxSteps,
  restoredState,
  startState,
  step,
  storedState,
} from '../../../cti-bridge/ivr/index.ts';
import { anyFlow, validFlows } from './any-flow.ts';
import { Caller, entranceOf, flowOf, sourceOf, startedAt } from './flows.ts';
import { houseOf } from './validate/house.ts';
import { type Choose, VirtualCall } from './virtual-call.ts';

/** Chooses by what was made up, and always the first when that is used up. */
function chooser(choices: readonly number[]): Choose {
  let next = 0;
  return (among) => (choices[next++] ?? 0) % among;
}

const choices = fc.array(fc.nat(10_000), { maxLength: 200 });

describe('any valid flow', () => {
  test('is one: nothing that is made up here is refused', () => {
    fc.assert(
      fc.property(validFlows, ({ flow, inner }) => {
        const errors = judgeFlow(flow, houseOf({ others: [inner] })).filter(({ severity }) => severity === 'error');
        expect(errors).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('with any keys, silences and answers of others ends in an exit within the limit, and once', () => {
    fc.assert(
      fc.property(validFlows, choices, ({ flow, inner }, made) => {
        const call = new VirtualCall(entranceOf(flow, inner), chooser(made));
        // As long as there is anything to choose the caller is awake; after that they are silent, and must be let go.
        for (let happened = 0; !call.isOver && happened < 4 * maxSteps; happened++) call.happens(happened < made.length);
        expect(call.isOver).toBe(true);
        expect(call.ends.length + Number(call.state.hasLeft)).toBe(1);
        expect(call.state.stepCount).toBeLessThanOrEqual(maxSteps);
      }),
      { numRuns: 300 },
    );
  });

  test('never leaves the caller more than three seconds in silence while others are slow', () => {
    let longest = 0;
    fc.assert(
      fc.property(validFlows, choices, ({ flow, inner }, made) => {
        const call = new VirtualCall(entranceOf(flow, inner), chooser(made));
        for (let happened = 0; !call.isOver && happened < 4 * maxSteps; happened++) call.happens(happened < made.length);
        longest = Math.max(longest, call.longestSilenceMs);
        expect(call.longestSilenceMs).toBeLessThanOrEqual(3_000);
      }),
      { numRuns: 300 },
    );
    // Somebody did wait, or nothing was watched.
    expect(longest).toBeGreaterThan(500);
  });

  test('tells a secret to nobody but those it is for, and masks for as long as one is typed', () => {
    let secrets = 0;
    fc.assert(
      fc.property(validFlows, choices, ({ flow, inner }, made) => {
        const choose = chooser(made);
        const call = new VirtualCall(entranceOf(withSecrets(flow), withSecrets(inner)), choose);
        for (let happened = 0; !call.isOver && happened < 4 * maxSteps; happened++) {
          // Who is asked for a number types it, most of the time.
          if (call.state.waiting.kind === 'digits' && happened < made.length && choose(20) !== 1) call.presses(choose(10));
          else call.happens(happened < made.length);
        }
        const { facts, masked, path } = call.state;
        // A moment has so many digits that it may have theirs by chance.
        const told = JSON.stringify([storedState(call.state), path.map(({ facts }) => facts), call.told]).replaceAll(/\\?"at\\?":\d+/g, '');
        for (const name of masked) {
          const secret = facts[name] ?? '';
          // A recording of the same name may have taken its place, which is nobody's secret.
          if (!/^\d{6}$/.test(secret)) continue;
          secrets += 1;
          expect(told.includes(secret)).toBe(false);
        }
        expect(call.isMasking).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(secrets).toBeGreaterThan(0);
  });

  test('goes on after a restart at the node where it stood, with all that is no secret', () => {
    fc.assert(
      fc.property(validFlows, choices, ({ flow, inner }, made) => {
        const entrance = entranceOf(flow, inner);
        const call = new VirtualCall(entrance, chooser(made));
        for (let happened = 0; !call.isOver && happened < made.length; happened++) call.happens(true);
        fc.pre(!call.isOver);
        const fresh = startState(entrance, { dialled: '1000', callerLocale: null, defaultLocale: 'en', at: startedAt });
        const restored = restoredState(storedState(call.state), entrance.flows, fresh);
        expect(restored.frames).toEqual(call.state.frames);
        for (const [name, value] of Object.entries(call.state.facts)) {
          expect(restored.facts[name]).toBe(call.state.masked.includes(name) ? undefined : value);
        }
        const again = step(entrance.flows, restored, { type: 'start' }, { at: startedAt, house: { fact: () => undefined } });
        expect(again.actions[0]).toMatchObject({ type: 'nodeEntered', ...call.state.frames.at(-1) });
      }),
      { numRuns: 200 },
    );
  });
});

/** Every number that is typed is a secret, and long enough not to be anything else by chance. */
function withSecrets(flow: Flow): Flow {
  const nodes = Object.entries(flow.nodes).map(([nodeId, node]) => [
    nodeId,
    node.kind === 'collect'
      ? { ...node, masked: true, minLength: 6, maxLength: 6, prompts: [], firstKeyMs: 60_000, betweenKeysMs: 60_000 }
      : node,
  ]);
  return { ...flow, nodes: Object.fromEntries(nodes) as Flow['nodes'] };
}

const anyInput: fc.Arbitrary<IvrInput | 'current'> = fc.oneof(
  fc.constant('current' as const),
  fc.constantFrom<IvrInput>(
    { type: 'start' },
    { type: 'answered' },
    { type: 'callerLeft' },
    { type: 'played', outcome: 'finished', ticket: 1 },
    { type: 'timeout', ticket: 2 },
    { type: 'did', ticket: 1, outcome: 'found', facts: {} },
  ),
  fc.constantFrom('1', '2', '5', '#', '*', 'A', '', 'toString').map((digit): IvrInput => ({ type: 'digit', digit })),
);

test('any flow whatever with any inputs never throws, waits or is over after each, and ends once, in one place', () => {
  fc.assert(
    fc.property(anyFlow, fc.array(anyInput, { maxLength: 40 }), (flow, inputs) => {
      const entrance = entranceOf(flow);
      let state = startState(entrance, { dialled: '10010', callerLocale: null, defaultLocale: 'zh', at: startedAt });
      let ends = 0;
      for (const input of ['current' as const, ...inputs]) {
        const now = { at: startedAt, house: { fact: () => undefined } };
        const { state: after, actions } = step(entrance.flows, state, input === 'current' ? whatIsDue(state) : input, now);
        if (state.waiting.kind === 'over') expect({ after, actions }).toEqual({ after: state, actions: [] });
        state = after;
        ends += actions.filter(
          ({ type }) => type === 'queue' || type === 'hangUp' || type === 'voicemail' || type === 'transferred',
        ).length;
        expect(ends).toBe(Number(state.waiting.kind === 'over' && !state.hasLeft));
        expect(state.waiting.kind).not.toBe('nothing');
        expect(state.stepCount).toBeLessThanOrEqual(maxSteps);
      }
    }),
    { numRuns: 300 },
  );
});

function whatIsDue(state: ReturnType<typeof startState>): IvrInput {
  if (state.waiting.kind === 'nothing') return { type: 'start' };
  if (state.waiting.kind === 'answered') return { type: 'answered' };
  if (state.sound !== null && state.sound > 0) return { type: 'played', outcome: 'finished', ticket: state.sound };
  if (state.deed !== null) return { type: 'did', ticket: state.deed, outcome: 'error', facts: {} };
  return { type: 'timeout', ticket: state.timer ?? -1 };
}

describe('a caller who knows the way by heart', () => {
  const line = fc.array(fc.constantFrom<'play' | 'menu' | 'collect' | 'set'>('play', 'menu', 'collect', 'set'), {
    minLength: 1,
    maxLength: 8,
  });

  test('gets as far by typing everything at once as one who hears every prompt out', () => {
    fc.assert(
      fc.property(line, (kinds) => {
        const flow = flowOf({
          answer: { kind: 'answer', exits: { next: 'n0' } },
          ...Object.fromEntries(kinds.map((kind, index) => [`n${index}`, lineNode(kind, index)])),
          [`n${kinds.length}`]: { kind: 'queue', queueId: 'end', priority: null, exits: {} },
        });
        const typed = kinds.map((kind) => ({ play: '', set: '', menu: '1', collect: '42' })[kind]);
        const hasty = new Caller(flow).start().answered().presses(typed.join(''));
        const patient = new Caller(flow).start().answered();
        for (let index = 0; index < typed.length; index++) {
          if (kinds[index] !== 'set') patient.played();
          patient.presses(typed[index] ?? '');
        }
        // Without a key left, a prompt at the end is heard out.
        while (hasty.state.waiting.kind === 'played') hasty.played();
        expect(hasty.state.waiting.kind).toBe('over');
        expect([hasty.state.facts, hasty.path()]).toEqual([patient.state.facts, patient.path()]);
      }),
      { numRuns: 200 },
    );
  });
});

function lineNode(kind: 'play' | 'menu' | 'collect' | 'set', index: number): FlowNode {
  const next = `n${index + 1}`;
  switch (kind) {
    case 'play':
      return { kind, prompts: ['p'], exits: { next } };
    case 'set':
      return { kind, priority: null, skills: null, attributes: { at: String(index) }, exits: { next } };
    case 'menu':
      return {
        ...{ kind, prompts: ['m'], onSilence: null, onWrongKey: null, keys: { '1': { en: 'a', zh: 'a' } }, waitMs: 5_000, attempts: 2 },
        exits: { '1': next, noInput: next },
      };
    case 'collect':
      return {
        ...{ kind, prompts: ['c'], onInvalid: null, attribute: `a${index}`, minLength: 2, maxLength: 2, terminator: null },
        ...{ firstKeyMs: 5_000, betweenKeysMs: 2_000, masked: false, attempts: 1, exits: { done: next, nothing: next } },
      };
  }
}

test('a flow that is run knows nothing of names that the language keeps for itself', () => {
  const caller = new Caller(
    flowOf({
      a: { kind: 'lookUp', what: 'case', by: null, whileWaiting: null, limitMs: 500, exits: { found: 'b', notFound: 'b' } },
      b: {
        kind: 'menu',
        prompts: ['m'],
        onSilence: null,
        onWrongKey: null,
        keys: { '1': { en: 'a', zh: 'a' } },
        waitMs: 5_000,
        attempts: 1,
        exits: { '1': 'b', noInput: 'b' },
      },
    }),
  );
  caller
    .start()
    .gets('found', JSON.parse('{"__proto__": {"polluted": "yes"}, "case.__proto__": "x", "case.open": "yes"}') as Record<string, string>);
  expect(caller.state.facts).toEqual({ 'call.dialled': '10010', 'case.__proto__': 'x', 'case.open': 'yes' });
  expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  expect(sourceOf().find('__proto__')).toBeUndefined();
});
