import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { createI18n } from '../../../support/both-languages.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

beforeAll(async () => {
  standInForScreen();
  // Fetched while somebody signs in; here nobody is that slow.
  await import('../../../../renderer/app/Workplace.tsx');
});
afterEach(cleanup);

const goOn = { name: 'Go on as Lena Hartmann' };

function afterACrash() {
  const stage = deskOnStage(Date.now());
  stage.crashed();
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  return { ...stage, user: userEvent.setup() };
}

describe('a program that ended unexpectedly', () => {
  it('asks before it goes on, and goes on by one press, without a password', async () => {
    const { user, bridge, isKept } = afterACrash();
    const button = await screen.findByRole('button', goOn);
    expect([document.activeElement === button, bridge.isConnected, isKept()]).toEqual([true, false, false]);
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'My work' });
    expect(isKept()).toBe(true);
  });

  it('is forgotten when the bridge knows its session no more, which is said', async () => {
    const { user, bridge, isKept } = afterACrash();
    await user.click(await screen.findByRole('button', goOn));
    bridge.end('unauthorized');
    await screen.findByText('Your session has ended. Sign in to go on.');
    expect([screen.queryByRole('button', goOn), isKept()]).toEqual([null, false]);
  });

  it('is not gone on with by somebody who signs in', async () => {
    const { user, desk } = afterACrash();
    await screen.findByRole('button', goOn);
    await user.type(screen.getByLabelText('Name or agent number'), 'dana');
    await user.type(screen.getByLabelText('Password'), 'geheim{Enter}');
    await screen.findByRole('heading', { name: 'My work' });
    await desk.signOut();
    await screen.findByLabelText('Password');
    expect(screen.queryByRole('button', goOn)).toBeNull();
  });
});
