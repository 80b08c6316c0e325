import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { juliaBrandt, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

const twoCallsAtOnce = (configuration: Configuration): Configuration => ({
  ...configuration,
  capacities: configuration.capacities.map((capacity) => ({
    ...capacity,
    channels: { ...capacity.channels, voice: { max: 2, weight: 50, interrupts: [] } },
  })),
});

/** An agent who may have two calls, with both of them on one desktop: by keyboard alone, each customer with a tone of their own. */
describe('two calls on one desktop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-lines-'));
  const agentsTone = 560;
  const tones = { margaret: 1_000, julia: 1_300 };
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  let margaret: ScriptedCall;
  let julia: ScriptedCall;

  const slot = (name: string) => page.getByRole('button', { name, exact: false }).first();

  beforeAll(async () => {
    bridge = await startBridge({ setUp: twoCallsAtOnce });
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), agentsTone, 2_000, 48_000) });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    await signIn(page);
    await becomeAvailable(page);
    margaret = await phone.call({ to: '1002', from: margaretOkafor.number });
    await margaret.answered();
    await page.getByText('Margaret Okafor').first().waitFor();
    await page.keyboard.press('F2');
    await margaret.ears.tone(agentsTone, 10_000);
    margaret.mouth.playTone(tones.margaret);
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('the second rings beside the first, and F2 answers it while the first hears music', async () => {
    julia = await phone.call({ to: '1002', from: juliaBrandt.number });
    await julia.answered();
    await slot('Line 2').waitFor();
    await page.getByRole('article', { name: 'Call with Margaret Okafor' }).waitFor();
    await page.keyboard.press('F2');
    await julia.ears.tone(agentsTone, 10_000);
    await margaret.ears.music();
    julia.mouth.playTone(tones.julia);
    await pageHears(page, tones.julia);
    await page.getByRole('article', { name: /^Call with Julia/ }).waitFor();
  });

  it('F2 turns to the first again, who alone hears the agent', async () => {
    await slot('Swap').waitFor();
    await page.keyboard.press('F2');
    await margaret.ears.tone(agentsTone, 5_000);
    await julia.ears.music();
    await page.getByRole('article', { name: 'Call with Margaret Okafor' }).waitFor();
  });

  it('F12 ends the one that is spoken in, and the other is taken back by F4', async () => {
    await page.keyboard.press('F12');
    expect(await margaret.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await slot('Resume').waitFor();
    await expect.poll(() => slot('Resume').isEnabled()).toBe(true);
    await page.keyboard.press('F4');
    await julia.ears.tone(agentsTone, 5_000);
    await page.keyboard.press('F12');
    expect(await julia.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });
});
