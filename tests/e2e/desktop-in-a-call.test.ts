import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kempSwitchboard } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/** What agents do to a desktop in the middle of a call: reload it, hang up by themselves, choose who is calling. By keyboard alone. */
describe('a desktop in a call', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-e2e-'));
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let phone: ScriptedPhone;
  let call: ScriptedCall;

  beforeAll(async () => {
    bridge = await startBridge();
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
    ({ page } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    await signIn(page);
    await becomeAvailable(page);
  });

  // What the bridge saw of it, where the page does not show why.
  beforeEach(({ onTestFailed }) => onTestFailed(() => console.log(bridge.logged.slice(-60).join(''))));

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
  });

  it('shows several candidates, is answered by F2, and takes the one chosen', async () => {
    call = await phone.call({ to: '1002', from: kempSwitchboard.number });
    await call.answered();
    await page.getByText('Joanna Reid').first().waitFor();
    await page.keyboard.press('F2');
    await call.ears.tone(440);
    await page.getByText('Ask, then choose. The choice opens the record.').waitFor();
    await page.getByText('Joanna Reid').first().click();
    expect(await bridge.event('interaction:contactChosen')).toMatchObject({ contactId: kempSwitchboard.people[1]?.contactId });
    await page.getByRole('heading', { name: 'Joanna Reid' }).first().waitFor();
  });

  it('gets its call back after a reload, the note it typed included, while the customer hears music', async () => {
    await page.getByRole('textbox').last().fill('Wants the quote by Friday.');
    expect(await lyingHere(page)).toEqual({ isReadable: false, isKeyExtractable: false });
    await expect.poll(() => page.getByText(/^Saved/).count()).toBeGreaterThan(0);
    const before = call.journal.length;
    await page.reload();
    await call.journal.wait(/music/, 10_000, before);
    await bridge.event('call:agentRejoined', undefined, 8_000);
    await call.journal.wait(/440/, 5_000, call.journal.length - 1);
    call.mouth.playTone(1_000);
    await pageHears(page, 1_000);
    await expect.poll(() => page.getByRole('textbox').last().inputValue()).toBe('Wants the quote by Friday.');
  });

  it('hangs up by F12, and wraps up by keys', async () => {
    await page.keyboard.press('F12');
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expect((await bridge.event('interaction:ended')).end).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
    await finishWrapUp(page, 'Other', 'Information given');
    expect(await bridge.event('interaction:completed')).toMatchObject({ dispositionCode: 'information' });
  });
});

/** What whoever opens the storage of this browser finds of the note, and of the key it is kept by. */
function lyingHere(page: Page): Promise<{ isReadable: boolean; isKeyExtractable: boolean }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('crosspoint');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const kept = opening.result.transaction(['keys', 'texts']);
          const key = kept.objectStore('keys').get('texts');
          const texts = kept.objectStore('texts').getAll();
          kept.onerror = () => reject(kept.error);
          kept.oncomplete = () => {
            opening.result.close();
            const isReadable = JSON.stringify([localStorage, texts.result]).includes('quote');
            resolve({ isReadable, isKeyExtractable: (key.result as CryptoKey).extractable });
          };
        };
      }),
  );
}
