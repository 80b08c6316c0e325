import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { programNews } from '../../../../renderer/app/program-news.ts';
import type { DesktopApi } from '../../../../shared/contracts/desktop-api.ts';
import type { UpdateState } from '../../../../shared/contracts/desktop-safety.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

async function open(fixed: string[] = []) {
  const stage = deskOnStage(now);
  const { desk, stores } = stage;
  const calls: { name: string; request: unknown }[] = [];
  const heard = new Map<string, (signal: UpdateState) => void>();
  const desktop = {
    kind: 'electron',
    call: async (name: string, request: unknown) => {
      calls.push({ name, request });
      return name === 'settings:fixed' ? { names: fixed } : { kind: 'current' };
    },
    on: (name: string, listener: (signal: UpdateState) => void) => {
      heard.set(name, listener);
      return () => undefined;
    },
  } as unknown as DesktopApi;
  programNews({ stores, desktop, drafts: desk.drafts, written: desk.written, outbox: desk.outbox });
  desk.start();
  render(<App desk={desk} i18n={createI18n('en')} />);
  await screen.findByRole('heading', { name: 'My work' });
  const told = () => calls.filter(({ name }) => name === 'update:work').at(-1)?.request;
  return { ...stage, told, calls, tell: (state: UpdateState) => act(() => heard.get('update:changed')?.(state)), user: userEvent.setup() };
}

beforeAll(async () => {
  standInForScreen();
  // Fetched while somebody signs in; here nobody is that slow.
  await import('../../../../renderer/app/Workplace.tsx');
  HTMLMediaElement.prototype.play = async () => undefined;
  HTMLMediaElement.prototype.pause = () => undefined;
});
afterEach(cleanup);

describe('the program around the page', () => {
  it('is told what an update would interrupt: an offer, a call, words that are not stored', async () => {
    const { bridge, desk, told } = await open();
    expect(told()).toEqual({ calls: 0, offers: 0, wrapUps: 0, unsaved: 0 });
    const offer = { reservationId: 'r-1', interactionId: 'i-1', channel: 'voice', offeredAt: now, ringsUntil: now + 20_000 } as const;
    bridge.push('reservation:offered', { ...offer, pop: pop('certain', now, 0, 'en') });
    expect(told()).toMatchObject({ offers: 1 });
    bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'answered' });
    expect(told()).toMatchObject({ calls: 1, offers: 0 });
    desk.drafts.edit('i-1', 'she wants it off');
    expect(told()).toMatchObject({ unsaved: 1 });
  });

  it('shows an update in the light, and is asked for it only when it may begin', async () => {
    const { desk, tell, user, told } = await open();
    await user.click(screen.getByRole('button', { name: /^Connected/ }));
    const light = await screen.findByRole('dialog', { name: 'What you depend on' });
    expect(light.textContent).toContain('This is the newest version');
    tell({ kind: 'ready', version: '1.1.0', mayInstall: false });
    expect(light.textContent).toContain('Version 1.1.0 is readyInstalled when you close Crosspoint. Never during a call.');
    expect(within(light).queryByRole('button', { name: 'Restart and install' })).toBeNull();
    tell({ kind: 'ready', version: '1.1.0', mayInstall: true });
    expect(within(light).getByRole('button', { name: 'Restart and install' })).toBeDefined();
    tell({ kind: 'refused', version: '1.1.0' });
    expect(light.textContent).toContain('It is not signed as it must be');
    expect(told()).toBeDefined();
    desk.installUpdate();
  });

  it('shows what an administrator fixed as fixed, and changes nothing of it', async () => {
    const { desk, stores, user } = await open(['theme']);
    await user.click(screen.getByRole('button', { name: 'Theme' }));
    const menu = await screen.findByRole('menu');
    expect(menu.textContent).toContain('fixed by your administrator');
    expect(within(menu).getByRole('menuitemradio', { name: 'Dark' }).getAttribute('aria-disabled')).toBe('true');
    act(() => desk.changeSettings({ theme: 'dark', language: 'en' }));
    await waitFor(() => expect(stores.settings.getState()).toMatchObject({ theme: 'light', language: 'en' }));
  });
});
