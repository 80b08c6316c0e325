import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BridgeStage } from '../integration/bridge/bridge-stage.ts';
import { TestBrowser } from '../support/browser.ts';
import { signIn } from '../support/desktop-page.ts';
import type { ScriptedCall } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/** A supervisor in Chromium, in the call of an agent: who hears their microphone is for them to say, and it starts with nobody. */
describe('a supervisor in a call of somebody else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-supervise-'));
  let stage: BridgeStage;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let call: ScriptedCall;
  let agent: ScriptedCall;

  beforeAll(async () => {
    stage = await BridgeStage.open();
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'supervisor.wav'), 880, 2_000, 48_000) });
    ({ page, problems } = await browser.page(stage.bridge.httpAddress));
    await signIn(page, 'dana.whitlock');
    ({ call, agent } = await stage.talking(await stage.signIn()));
    call.mouth.playTone(1_000);
    agent.mouth.playTone(440);
    await Promise.all([agent.ears.tone(1_000), call.ears.tone(440)]);
  });

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    rmSync(folder, { recursive: true, force: true });
    expect(stage.bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  const panel = () => page.getByRole('region', { name: 'The call you are in' });

  it('listens from the agent’s row, and is heard by nobody', async () => {
    await page.keyboard.press('Alt+b');
    await page.getByRole('button', { name: /^Lena Hartmann/ }).click();
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    await panel().getByText('Neither side hears you. Your microphone is closed.').waitFor();
    await stage.bridge.event('call:supervised', ({ how }) => how === 'monitor');
    await Promise.all([agent.ears.noTone(880), call.ears.noTone(880)]);
  });

  it('whispers to the agent by 2, and speaks to both by 3', async () => {
    await page.keyboard.press('2');
    await agent.ears.tone(880, 8_000);
    await call.ears.noTone(880);
    await page.keyboard.press('3');
    await call.ears.tone(880, 8_000);
    await panel().getByText('Both sides hear you.').waitFor();
  });

  it('leaves by F12, and the two go on', async () => {
    await page.keyboard.press('F12');
    await panel().waitFor({ state: 'hidden' });
    await Promise.all([agent.ears.noTone(880), call.ears.noTone(880)]);
    await Promise.all([agent.ears.tone(1_000), call.ears.tone(440)]);
  });

  it('takes the call over: the agent is out of it, and the customer hears the supervisor', async () => {
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    await panel().waitFor();
    await page.keyboard.press('4');
    await page.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
    await call.ears.tone(880, 8_000);
    await call.ears.noTone(440);
    await page.locator('[data-place=notes]').waitFor();
    await call.hangUp();
  });
});
