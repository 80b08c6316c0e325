import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DraftCallState } from '../../../../../renderer/features/flows/run-deeds.ts';
import { CallDraft } from '../../../../../renderer/features/flows/try-it/CallDraft.tsx';
import { standInForScreen } from '../../app/stage.ts';
import { runDeedsOnStage, show } from './run-stage.tsx';

/** The dialog with the draft to call, and a telephone that says what it is told to say. */
function opened(language: 'en' | 'zh' = 'en') {
  const done: string[] = [];
  let tell: (state: DraftCallState) => void = () => undefined;
  const { deeds } = runDeedsOnStage({
    callDraft(flowId, told) {
      done.push(`call ${flowId}`);
      tell = told;
      told({ phase: 'preparing' });
      return { press: (key) => void done.push(key), hangUp: () => void done.push('hang up') };
    },
  });
  const { hand, unmount } = show(<CallDraft flowId="day" deeds={deeds} onClose={() => undefined} />, language);
  return { done, hand, unmount, tell: (state: DraftCallState) => act(() => tell(state)) };
}

beforeAll(standInForScreen);
afterEach(cleanup);

describe('calling the draft from the screen', () => {
  it('goes from the button over the clock and the keys to the end, by keyboard alone', async () => {
    const { done, hand, tell } = opened();
    const call = await screen.findByRole('button', { name: 'Call it from here' });
    call.focus();
    await hand.keyboard('{Enter}');
    expect(screen.getByText(/^Your phone is being made ready/)).toBeTruthy();
    await hand.keyboard('7');
    tell({ phase: 'ringing' });
    expect(screen.getByText('Calling the draft.')).toBeTruthy();
    tell({ phase: 'connected', since: Date.now() - 90_000 });
    expect(screen.getByText(/^0?1:(2\d|3[01])$/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Hang up' }));
    await hand.keyboard('1');
    await hand.click(within(screen.getByRole('group', { name: 'Keypad' })).getByText('#'));
    expect(done).toEqual(['call day', '1', '#']);
    await hand.click(screen.getByRole('button', { name: 'Hang up' }));
    tell({ phase: 'ended' });
    expect(screen.getByText('The call is over.')).toBeTruthy();
    await hand.click(screen.getByRole('button', { name: 'Call again' }));
    expect(done.slice(-2)).toEqual(['hang up', 'call day']);
  });

  it.each([
    ['noMicrophone', /^There is no microphone, or this page may not use it/],
    ['notRegistered', /^Your phone could not be registered/],
    ['notReached', /^No sound could be had/],
    ['inCall', /^You are in a call/],
    ['offline', /^The bridge cannot be reached/],
  ] as const)('says in plain words what is in the way: %s', async (why, words) => {
    const { hand, tell } = opened();
    await hand.click(await screen.findByRole('button', { name: 'Call it from here' }));
    tell({ phase: 'failed', why });
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole('group', { name: 'Keypad' })).toBeNull();
  });

  it('hangs up when one leaves, and speaks Chinese', async () => {
    const { done, hand, unmount } = opened('zh');
    await hand.click(await screen.findByRole('button', { name: '从这里拨打' }));
    unmount();
    expect(done).toEqual(['call day', 'hang up']);
  });
});
