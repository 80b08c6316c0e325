import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { BaresipCall } from '../support/baresip.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { expectTone, msOfTone, writeToneFile } from '../support/tones.ts';

/** The main path once more, the caller being somebody else's program: Debian's baresip, speaking from a file and recording what it hears. */
describe('the main path with baresip as the caller', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-e2e-'));
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let call: BaresipCall;

  beforeAll(async () => {
    bridge = await startBridge();
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
    ({ page } = await browser.page(bridge.httpAddress));
    await signIn(page);
    await becomeAvailable(page);
  });

  afterAll(async () => {
    await call?.dispose();
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is identified, hears the menu, presses 1 and is popped on the desktop', async () => {
    const wavFile = writeToneFile(join(folder, 'caller.wav'), 1_000, 30_000);
    call = new BaresipCall({ sip: bridge.sip, to: '1000', from: margaretOkafor.number, wavFile });
    await call.answered();
    call.press('1');
    await page.getByRole('heading', { name: margaretOkafor.name }).first().waitFor();
    expect(await bridge.event('interaction:identified')).toMatchObject({ match: 'certain', contactId: margaretOkafor.contactId });
  });

  it('talks with the agent after one click, and each hears the other', async () => {
    await page.getByRole('button', { name: 'Answer' }).first().click();
    await pageHears(page, 1_000);
    await bridge.event('call:audioFlowing');
  });

  it('hangs up: the ending says who, and its recording holds the agent’s voice', async () => {
    await expect.poll(() => msOfTone(call.heardSoFar(), 440), { timeout: 10_000 }).toBeGreaterThan(1_000);
    call.hangUp();
    expect((await bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    await page
      .getByText(/Wrap-up/)
      .first()
      .waitFor();
    expectTone(await call.heard(), 440, 1_000);
    expect(bridge.bugs).toEqual([]);
  });
});
