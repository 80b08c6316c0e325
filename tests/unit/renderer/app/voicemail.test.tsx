import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CallView } from '../../../../shared/contracts/call.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const message = { recordingId: 'r-9', leftAt: now - 60_000, durationMs: 38_000 };
const popped = { ...pop('certain', now, 10_000, 'en'), message };
const call = (canCallBack: boolean): CallView => ({
  ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'connecting', answeredAt: null, heldSince: null, endedAt: null, end: null },
  message: { canCallBack },
});

/** Somebody has a message in hand. */
async function open(canCallBack = true) {
  const stage = deskOnStage(now);
  const item = { interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', pop: popped, wrapUp: null, draft: null } as const;
  stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [{ ...item, call: call(canCallBack) }] };
  stage.bridge.answers['recording:open'] = () => ({ ok: true, value: { path: '/api/recordings/opened/t' } });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  await screen.findByRole('heading', { name: /^Voicemail of/ });
  return { ...stage, user: userEvent.setup({ delay: null }) };
}

beforeAll(async () => {
  await import('../../../../renderer/app/Workplace.tsx');
  standInForScreen();
  HTMLMediaElement.prototype.play = async function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('playing'));
  };
  HTMLMediaElement.prototype.pause = () => undefined;
});
afterEach(cleanup);

describe('a message in hand', () => {
  it('is heard in its place, also by who may hear no other recordings', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: 'Play' }));
    await screen.findByRole('button', { name: 'Pause' });
    expect(sent('recording:open')[0]?.request).toEqual({ recordingId: 'r-9' });
  });

  it('is called back by its key, and can be heard again while they are called', async () => {
    const { user, sent, bridge } = await open();
    await user.keyboard('{Control>}b{/Control}');
    await waitFor(() => expect(sent('call:call-back')[0]?.request).toEqual({ interactionId: 'i-1' }));
    bridge.push('call:changed', { ...call(true), message: null });
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Call back/ })).toBeNull());
    expect(screen.getByRole('button', { name: 'Play' })).toBeDefined();
  });

  it('is done with without a call, where there is no number too', async () => {
    const { user, sent } = await open(false);
    expect(screen.getByText('The number was withheld: nobody can be called.')).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Call back/ })).toBeNull();
    await user.keyboard('{Control>}b{/Control}');
    await user.click(screen.getByRole('button', { name: /^Done with it/ }));
    await waitFor(() => expect(sent('call:end')[0]?.request).toEqual({ interactionId: 'i-1' }));
    expect(sent('call:call-back')).toHaveLength(0);
  });

  it('is ended in the call bar by the word for it, and measures no line', async () => {
    const { user, sent } = await open();
    const bar = within(screen.getByRole('region', { name: 'Call' }));
    expect(bar.queryByRole('button', { name: /^End/ })).toBeNull();
    expect(bar.queryByText('Measuring')).toBeNull();
    await user.click(bar.getByRole('button', { name: /^Done/ }));
    await waitFor(() => expect(sent('call:end')).toHaveLength(1));
  });

  it('says on the line that nobody is there', async () => {
    await open();
    expect(within(screen.getByRole('region', { name: 'Call' })).getByText('Voicemail: nobody is on the line')).toBeDefined();
  });
});

describe('a message that rings', () => {
  it('says what it is, from when and how long, before it is taken', async () => {
    const stage = deskOnStage(now);
    const offer = {
      reservationId: 'r-1',
      interactionId: 'i-1',
      channel: 'voice',
      offeredAt: now,
      ringsUntil: now + 20_000,
      pop: popped,
    } as const;
    stage.bridge.snapshotNow = { ...stage.snapshot, offers: [offer] };
    stage.desk.start();
    render(<App desk={stage.desk} i18n={createI18n('en')} />);
    await screen.findByText('Voicemail for you');
    expect(screen.getByText(/0:38 long\. Nobody is on the line/)).toBeDefined();
  });
});
