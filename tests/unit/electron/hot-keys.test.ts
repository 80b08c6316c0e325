import { describe, expect, test } from 'vitest';
import { HotKeys } from '../../../electron/system/index.ts';

const usual = { answer: 'Control+Alt+F2', mute: 'Control+Alt+F3', end: 'Control+Alt+F12' };

function keyboard(foreign: readonly string[] = [], keys = usual) {
  const held = new Map<string, () => void>();
  const pressed: string[] = [];
  const taken: (readonly string[])[] = [];
  const globalShortcut = {
    register(key: string, deed: () => void) {
      if (key === 'nonsense') throw new TypeError('Error processing argument');
      if (foreign.includes(key)) return false;
      held.set(key, deed);
      return true;
    },
    unregister: (key: string) => void held.delete(key),
  };
  const hotKeys = new HotKeys(
    { globalShortcut, pressed: (action) => void pressed.push(action), taken: (each) => void taken.push(each) },
    keys,
  );
  return { hotKeys, pressed, taken, held: () => [...held.keys()], press: (key: string) => held.get(key)?.() };
}

describe('keys that work in other programs', () => {
  test('are taken from them only while there is a call', () => {
    const { hotKeys, held } = keyboard();
    expect(held()).toEqual([]);
    hotKeys.listen(true);
    expect(held()).toEqual(Object.values(usual));
    hotKeys.listen(true);
    hotKeys.listen(false);
    expect(held()).toEqual([]);
  });

  test('do what they are for', () => {
    const { hotKeys, press, pressed } = keyboard();
    hotKeys.listen(true);
    for (const key of Object.values(usual)) press(key);
    expect(pressed).toEqual(['call.answer', 'call.mute', 'call.end']);
  });

  test('that another program has are told once, and the others work', () => {
    const { hotKeys, held, taken } = keyboard(['Control+Alt+F3']);
    hotKeys.listen(true);
    hotKeys.listen(false);
    hotKeys.listen(true);
    expect(held()).toEqual(['Control+Alt+F2', 'Control+Alt+F12']);
    expect(taken).toEqual([['Control+Alt+F3']]);
  });

  test('can be others, also in the middle of a call, and none at all', () => {
    const { hotKeys, held, press, pressed } = keyboard();
    hotKeys.listen(true);
    hotKeys.use({ answer: 'Control+Shift+1', mute: '', end: usual.end });
    expect(held()).toEqual(['Control+Shift+1', usual.end]);
    press('Control+Shift+1');
    expect(pressed).toEqual(['call.answer']);
  });

  test('that are no keys are told like those that are taken', () => {
    const { hotKeys, held, taken } = keyboard([], { ...usual, mute: 'nonsense' });
    hotKeys.listen(true);
    expect(held()).toEqual([usual.answer, usual.end]);
    expect(taken).toEqual([['nonsense']]);
  });
});
