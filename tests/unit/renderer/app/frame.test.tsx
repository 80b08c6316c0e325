import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const offer = (change: Partial<Offer> = {}): Offer => ({
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop('certain', now, 60_000, 'en'),
  ...change,
});

async function open(language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(now);
  stage.stores.settings.setState({ language });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  await screen.findByRole('main');
  return { ...stage, user: userEvent.setup() };
}

beforeAll(() => standInForScreen());
afterEach(cleanup);

describe('the panes', () => {
  const widths = () => {
    const panes = document.querySelector<HTMLElement>('.panes');
    return [panes?.style.getPropertyValue('--w-work'), panes?.style.getPropertyValue('--w-customer')];
  };

  it('are as wide as the screen gives, until somebody moves a line by keys; that is remembered', async () => {
    const { user, stores, told } = await open();
    expect(widths()).toEqual(['', '']);
    const handle = screen.getByRole('separator', { name: 'Width of the work list' });
    handle.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    expect(widths()).toEqual(['256px', '']);
    expect(handle.getAttribute('aria-valuenow')).toBe('256');
    expect(stores.settings.getState().panes).toEqual({ work: 256, customer: null });
    expect(told).toContain('settings:write');
    await user.keyboard('{Home}');
    expect(widths()).toEqual(['', '']);
  });

  it('grow towards the middle, from either side, and no further than they may', async () => {
    const { user } = await open();
    screen.getByRole('separator', { name: 'Width of the customer' }).focus();
    await user.keyboard('{ArrowLeft}');
    expect(widths()).toEqual(['', '464px']);
    await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}');
    expect(widths()).toEqual(['', '320px']);
  });

  it('follow the hand that drags, and are remembered where it lets go', async () => {
    const { stores } = await open();
    const handle = screen.getByRole('separator', { name: 'Width of the customer' });
    handle.setPointerCapture = () => undefined;
    fireEvent.pointerDown(handle, { clientX: 900, button: 0, pointerId: 1 });
    fireEvent.pointerMove(handle, { clientX: 800, pointerId: 1 });
    expect(widths()).toEqual(['', '548px']);
    expect(stores.settings.getState().panes).toBeUndefined();
    fireEvent.pointerUp(handle, { clientX: 790, pointerId: 1 });
    expect(stores.settings.getState().panes).toEqual({ work: null, customer: 558 });
    fireEvent.pointerMove(handle, { clientX: 700, pointerId: 1 });
    expect(stores.settings.getState().panes).toEqual({ work: null, customer: 558 });
    fireEvent.doubleClick(handle);
    expect(stores.settings.getState().panes).toEqual({ work: null, customer: null });
  });
});

describe('an offer', () => {
  const said = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);

  it('is said aloud with name, tier, queue and key, at any place, and once', async () => {
    const { bridge, desk } = await open();
    desk.goTo('customers');
    bridge.push('reservation:offered', offer());
    await screen.findByText(/F2 answers$/);
    expect(said()).toEqual(['Incoming call: Margaret Okafor. Key account · Diamond. Key accounts, billing. F2 answers']);
    const line = screen.getByText(/F2 answers$/);
    bridge.push('reservation:offered', offer({ pop: { ...pop('certain', now, 60_000, 'en'), queuedAt: now - 99_000 } }));
    await screen.findByText(/F2 answers$/);
    expect(screen.getByText(/F2 answers$/)).toBe(line);
    bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'callerLeft' });
    await expect.poll(() => said()).toEqual([]);
  });

  it('is said in Chinese, and without a tier that nobody has', async () => {
    const { bridge } = await open('zh');
    bridge.push('reservation:offered', offer({ pop: pop('unknown', now, 60_000, 'zh') }));
    await screen.findByText(/F2 接听$/);
    expect(said()[0]).toMatch(/。大客户账务技能组。按 F2 接听$/);
    expect(said()[0]).not.toMatch(/钻石|普通/);
  });

  it('flashes at the border for who has chosen so, as long as it rings', async () => {
    const { bridge, desk, user } = await open();
    const flash = () => document.querySelectorAll('.offer-flash').length;
    bridge.push('reservation:offered', offer());
    await screen.findByText(/F2 answers$/);
    expect(flash()).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Theme' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Flash the window’s border' }));
    expect(flash()).toBe(1);
    bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'callerLeft' });
    await expect.poll(flash).toBe(0);
    expect(desk.stores.settings.getState().flash).toBe(true);
  });
});
