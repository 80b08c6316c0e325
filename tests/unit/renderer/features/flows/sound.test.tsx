import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type PlaySound, unheard, useSound } from '../../../../../renderer/features/flows/try-it/use-sound.ts';
import type { Simulated } from '../../../../../shared/contracts/ivr/commands.ts';
import { simulated } from './run-stage.tsx';

afterEach(cleanup);

/** Plays until the test says that a sound is over. */
function ears() {
  const heard: string[] = [];
  const ends: (() => void)[] = [];
  const play: PlaySound = (url, until) =>
    new Promise((resolve) => {
      heard.push(url);
      const cutOff = () => {
        heard.push(`cut off ${url}`);
        resolve();
      };
      until.addEventListener('abort', cutOff);
      ends.push(() => {
        until.removeEventListener('abort', cutOff);
        resolve();
      });
    });
  const openPrompt = async (promptId: string) => (promptId === 'silent' ? null : promptId);
  const show = (first: Simulated | null, isOn = true) =>
    renderHook(
      ({ run, on, steps }: { run: Simulated | null; on: boolean; steps?: number }) => useSound(run, steps ?? 1, on, openPrompt, play),
      {
        initialProps: { run: first, on: isOn, steps: 0 } as { run: Simulated | null; on: boolean; steps?: number },
      },
    );
  const over = () => act(async () => ends.shift()?.());
  return { heard, over, show };
}
const settled = () => act(async () => undefined);

describe('hearing a trial', () => {
  it('plays the prompts one after the other, and after a key only what is new', async () => {
    const { heard, over, show } = ears();
    const { rerender } = show(simulated([]));
    await settled();
    expect(heard).toEqual(['welcome']);
    await over();
    expect(heard).toEqual(['welcome', 'main-menu']);
    await over();
    const asked = simulated([{ keys: '9' }]);
    rerender({
      run: { ...asked, lines: [...asked.lines, { ...asked.lines[4], what: 'heard', prompts: ['wrong-key'] } as never] },
      on: true,
    });
    await settled();
    expect(heard.at(-1)).toBe('wrong-key');
    expect(heard).toHaveLength(3);
  });

  it('is cut off by the next step, as by a key on the telephone', async () => {
    const { heard, show } = ears();
    const { rerender } = show(simulated([]));
    await settled();
    rerender({ run: simulated([{ keys: '1' }]), on: true });
    await settled();
    expect(heard).toEqual(['welcome', 'cut off welcome']);
  });

  it('passes over what cannot be heard, and is silent while it is off', async () => {
    const { heard, show } = ears();
    const run = simulated([]);
    const { rerender } = show({
      ...run,
      lines: run.lines.map((line) => ({ ...line, prompts: line.prompts.map((id) => (id === 'welcome' ? 'silent' : id)) })),
    });
    await settled();
    expect(heard).toEqual(['main-menu']);
    const off = ears();
    off.show(run, false);
    await settled();
    expect(off.heard).toEqual([]);
    rerender({ run, on: false });
  });

  it('goes on where the run stands after a step back', () => {
    const { lines } = simulated([]);
    expect(unheard(lines, lines.length + 3)).toEqual(['main-menu']);
    expect(unheard(lines, lines.length)).toEqual([]);
    expect(unheard(lines, 0)).toEqual(['welcome', 'main-menu']);
  });

  it('begins where the run stands when it is switched on, and from the first word when the run begins again', async () => {
    const { heard, show } = ears();
    const { rerender } = show(simulated([{ keys: '9' }]), false);
    await settled();
    rerender({ run: simulated([{ keys: '9' }]), on: true, steps: 1 });
    await settled();
    expect(heard).toEqual(['main-menu']);
    rerender({ run: simulated([]), on: true, steps: 0 });
    await settled();
    expect(heard).toEqual(['main-menu', 'cut off main-menu', 'welcome']);
  });
});
