import { describe, expect, it } from 'vitest';
import { isMicrophoneOpen, type Speaking, spokenIn } from '../../../../renderer/phone/index.ts';

const none = new Set<string>();

describe('in which of several calls the agent speaks', () => {
  it.each<[string, Omit<Speaking, 'muted'>, string | null]>([
    ['none where there is none', { answered: [], wanted: null }, null],
    ['the only one', { answered: ['a'], wanted: null }, 'a'],
    ['the one that was turned to', { answered: ['a', 'b'], wanted: 'a' }, 'a'],
    ['the one answered last where nobody said', { answered: ['a', 'b'], wanted: null }, 'b'],
    ['the one that is left when the other is over', { answered: ['a'], wanted: 'b' }, 'a'],
  ])('is %s', (_what, calls, expected) => {
    expect(spokenIn({ ...calls, muted: none })).toBe(expected);
  });

  it('closes the microphone of every other call, and of the one that is muted', () => {
    const speaking: Speaking = { answered: ['a', 'b'], wanted: 'a', muted: none };
    expect([isMicrophoneOpen(speaking, 'a'), isMicrophoneOpen(speaking, 'b')]).toEqual([true, false]);
    const muted: Speaking = { ...speaking, muted: new Set(['a']) };
    expect([isMicrophoneOpen(muted, 'a'), isMicrophoneOpen(muted, 'b')]).toEqual([false, false]);
  });
});
