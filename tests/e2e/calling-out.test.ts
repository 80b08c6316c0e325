import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tone } from '../../cti-bridge/media/index.ts';
import { demoConfiguration } from '../../cti-bridge/store/seed/organisation.ts';
import { type DemoProvider, startDemoProvider } from '../../tools/demo-provider.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { writeToneFile } from '../support/tones.ts';

/** A number typed into the palette, in a real browser: what the agent hears and reads from the click to the end. */
describe('calling out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-out-'));
  const customersTone = 900;
  const ringbackTone = 425;
  let provider: DemoProvider;
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];

  beforeAll(async () => {
    provider = await startDemoProvider({ host: '127.0.0.1', port: 0, ringsMs: 8_000, voice: tone(customersTone, 1_000) });
    const trunks = demoConfiguration().trunks.map((trunk) => (trunk.direction === 'out' ? { ...trunk, port: provider.port } : trunk));
    bridge = await startBridge({ setUp: (configuration) => ({ ...configuration, trunks }) });
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 560, 2_000, 48_000) });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    await signIn(page);
    await becomeAvailable(page);
  });

  afterAll(async () => {
    await browser?.close();
    await bridge?.dispose();
    await provider?.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  async function dial(number: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(number);
    await page.getByRole('option', { name: `Call ${number}` }).click();
  }

  it('shows that it rings and lets hear it, and then the customer', async () => {
    await dial('+447700900142');
    await page.getByRole('heading', { name: /^Calling / }).waitFor();
    await page.getByText(/^It rings at /).waitFor();
    await pageHears(page, ringbackTone, 8_000);
    await pageHears(page, customersTone, 10_000);
    await page.getByRole('heading', { name: /^Call with / }).waitFor();
    await page.keyboard.press('F12');
    await page.getByRole('tree').waitFor();
    await finishWrapUp(page, 'Other', 'Information given');
  });

  it('says in words that the line is busy, and that nobody has the number', async () => {
    await page.getByText('You are available').waitFor();
    await dial('+447700900186');
    await page.getByText('The line is busy.').waitFor();
    await page.getByText('You are available').waitFor();
    await dial('+447700900188');
    await page.getByText('Nobody has this number.').waitFor();
  });
});
