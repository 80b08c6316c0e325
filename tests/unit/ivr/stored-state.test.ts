import { describe, expect, test } from 'vitest';
import { placeOf, restoredState, startState, storedState } from '../../../cti-bridge/ivr/index.ts';
import { Caller, entranceOf, flowOf, hotline, startedAt } from './flows.ts';

const entrance = entranceOf(hotline);
const fresh = startState(entrance, { dialled: '10010', callerLocale: null, defaultLocale: 'zh', at: startedAt });
const inMenu = () =>
  new Caller(hotline, { callerLocale: 'en', facts: { 'customer.name': 'Ann' } }).start().answered().played().presses('7');

describe('a run that was written down', () => {
  test('goes on at its node, in its language, with its path and what is known, and asks again', () => {
    const caller = inMenu();
    const restored = restoredState(storedState(caller.state), entrance.flows, fresh);
    expect(placeOf(restored).nodeId).toBe('menu');
    expect(restored).toMatchObject({
      locale: 'en',
      callerLocale: 'en',
      isAnswered: true,
      facts: { 'customer.name': 'Ann' },
      path: caller.state.path,
    });
    caller.state = restored;
    expect(caller.start().did()).toEqual(['play main-menu en']);
  });

  test('says which version of its flow it goes on in', () => {
    const newer = { find: () => ({ version: 7, flow: hotline }) };
    expect(placeOf(restoredState(storedState(inMenu().state), newer, fresh))).toEqual({ flowId: 'test', version: 7, nodeId: 'menu' });
  });

  test('holds nothing of keys that were not taken yet', () => {
    const caller = inMenu();
    caller.state = { ...caller.state, typedAhead: '4929', waiting: { kind: 'digits', attempt: 1, collected: '4929' } };
    expect(storedState(caller.state)).not.toContain('4929');
  });

  test.each([
    ['is no JSON', '{'],
    ['is something else', '[]'],
    ['has no place', '{"frames": []}'],
    ['knows names that are no facts', JSON.stringify({ ...JSON.parse(storedState(fresh)), facts: { polluted: 'yes' } })],
  ])('begins anew where what is written %s', (_what, written) => {
    expect(restoredState(written, entrance.flows, fresh)).toBe(fresh);
  });

  test('begins anew where its node is no more, in its own flow or in one that called it', () => {
    const written = storedState(inMenu().state);
    const changed = entranceOf(flowOf({ other: { kind: 'answer', exits: { next: 'other' } } }));
    expect(restoredState(written, changed.flows, fresh)).toBe(fresh);
    const called = { ...inMenu().state, frames: [{ flowId: 'gone', version: 1, nodeId: 'x' }, ...inMenu().state.frames] };
    expect(restoredState(storedState(called), entrance.flows, fresh)).toBe(fresh);
  });
});
