import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { createI18n } from '../../../support/both-languages.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

/** What a screen reader is told when it changes: beside the light, as what is inside a button is not told. */
const status = () => document.querySelector('.title-bar-connection + [role="status"]')?.textContent;

async function open(language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(Date.now());
  stage.desk.start();
  stage.stores.settings.setState({ language });
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  const user = userEvent.setup();
  await screen.findByRole('heading', { name: language === 'en' ? 'My work' : '我的工作' });
  return { ...stage, user };
}

beforeAll(async () => {
  standInForScreen();
  // Fetched while somebody signs in; here nobody is that slow.
  await import('../../../../renderer/app/Workplace.tsx');
  HTMLMediaElement.prototype.play = async () => undefined;
  HTMLMediaElement.prototype.pause = () => undefined;
});
afterEach(cleanup);

describe('the connection light', () => {
  it('says in a word what is wrong, and by its key what each part does by itself', async () => {
    const { bridge, stores, desk, user } = await open();
    const light = screen.getByRole('button', { name: /^Connected/ });
    await waitFor(() => expect(status()).toBe('Connected'));

    act(() => bridge.loseConnection());
    act(() => desk.drafts.edit('i-1', 'she wants it off'));
    await waitFor(() => expect([status(), light.textContent]).toEqual(['Not connected', 'Not connected']));
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'What you depend on' });
    const rows = within(dialog)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(rows[0]).toMatch(/^BridgeNot connectedsince .+Tried again every few seconds, by itself/);
    expect(rows[3]).toMatch(/^Your textsKept on this computer: 1 note/);

    act(() => stores.computer.setState({ keepsTexts: false }));
    await waitFor(() => expect(dialog.textContent).toContain('Not kept on this computer'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('names the phone and the microphone, in Chinese too', async () => {
    const { stores } = await open('zh');
    act(() => stores.connection.setState({ phone: 'lost' }));
    await waitFor(() => expect(status()).toBe('话机未连接'));
    act(() => stores.connection.setState({ phone: 'registered', microphone: 'blocked' }));
    await waitFor(() => expect(status()).toBe('麦克风被禁用'));
    act(() => stores.connection.setState({ microphone: 'ready' }));
    await waitFor(() => expect(status()).toBe('已连接'));
  });
});
