import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/** Two desktops in real browsers, each with a voice of its own: who is heard is told by the tone. Lena works by keyboard alone. */
describe('a call that is handed over after asking first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-transfer-'));
  const lenasTone = 560;
  const danasTone = 760;
  const callersTone = 1_000;
  let bridge: TestBridge;
  const browsers: TestBrowser[] = [];
  const problems: (readonly string[])[] = [];
  let lena: Page;
  let dana: Page;
  let phone: ScriptedPhone;
  let call: ScriptedCall;

  async function desktop(username: string, tone: number): Promise<Page> {
    const browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, `${username}.wav`), tone, 2_000, 48_000) });
    browsers.push(browser);
    const opened = await browser.page(bridge.httpAddress);
    problems.push(opened.problems);
    await signIn(opened.page, username);
    return opened.page;
  }
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

  beforeAll(async () => {
    bridge = await startBridge();
    lena = await desktop('lena.hartmann', lenasTone);
    dana = await desktop('dana.whitlock', danasTone);
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    await becomeAvailable(lena);
    call = await phone.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
    await sees(lena, 'Margaret Okafor');
    await lena.keyboard.press('F2');
    await call.ears.tone(lenasTone, 10_000);
    call.mouth.playTone(callersTone);
  });

  afterAll(async () => {
    await phone?.close();
    for (const browser of browsers) await browser.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems.flat()).toEqual([]);
  });

  it('rings the colleague with the customer and the note on the screen, while the customer hears music', async () => {
    await expect.poll(() => lena.getByRole('button', { name: /^Transfer/ }).isEnabled(), { timeout: 5_000 }).toBe(true);
    await lena.keyboard.press('F6');
    await lena.getByRole('combobox').waitFor();
    await lena.keyboard.type('dana');
    await lena.getByRole('option', { name: /Dana Whitlock/, selected: true }).waitFor();
    await lena.getByLabel('Why').fill('A credit above my limit');
    await lena.getByLabel('What Dana Whitlock should know').fill('£1,284.00 for roaming, please approve.');
    await lena.getByRole('combobox').focus();
    await lena.keyboard.press('Enter');
    await sees(dana, 'Lena Hartmann asks for your advice');
    await sees(dana, 'A credit above my limit');
    await sees(dana, '£1,284.00 for roaming, please approve.');
    await sees(dana, 'Margaret Okafor');
    await sees(lena, 'Dana Whitlock is rung. Margaret Okafor hears music.');
    await call.ears.music();
  });

  it('lets both speak alone, and swaps between customer and colleague by F2', async () => {
    await dana.keyboard.press('F2');
    await pageHears(lena, danasTone);
    await pageHears(dana, lenasTone);
    await sees(dana, 'You and Lena Hartmann speak alone. The customer hears music.');
    await sees(lena, 'You and Dana Whitlock speak alone. Margaret Okafor hears music.');
    await lena.keyboard.press('F2');
    await call.ears.tone(lenasTone);
    await sees(dana, 'Lena Hartmann is with the customer. You hear music.');
    await sees(lena, 'You and Margaret Okafor speak. Dana Whitlock hears music.');
    await lena.keyboard.press('F2');
    await call.ears.music();
  });

  it('gives the customer to the colleague by F6, and the one who asked wraps up', async () => {
    await sees(lena, 'You and Dana Whitlock speak alone. Margaret Okafor hears music.');
    await lena.keyboard.press('F6');
    await call.ears.tone(danasTone);
    await pageHears(dana, callersTone);
    await lena.getByRole('tree').waitFor();
    await expect.poll(() => dana.getByText('speak alone').count()).toBe(0);
    await finishWrapUp(lena, 'Other', 'Information given');
    await dana.keyboard.press('F12');
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });
});
