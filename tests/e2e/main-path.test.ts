import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainPathSteps, stepOf } from '../../cti-bridge/interactions/index.ts';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/**
 * The main path, real from end to end: a scripted phone calls over UDP with a tone of 1000 Hz; the desktop in Chromium speaks through a
 * fake microphone with 440 Hz. Ten steps, each looked at where a person would see or hear it.
 */
describe('the main path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-e2e-'));
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  let call: ScriptedCall;

  beforeAll(async () => {
    bridge = await startBridge();
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    await signIn(page);
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  const name = () => page.getByRole('heading', { name: 'Margaret Okafor' }).first();

  it('1 received', async () => {
    call = await phone.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    expect(await bridge.event('interaction:received')).toMatchObject({ dnis: '1000', channel: 'voice' });
  });

  it('2 identified', async () => {
    expect(await bridge.event('interaction:identified')).toMatchObject({ match: 'certain', contactId: margaretOkafor.contactId });
  });

  it('3 in IVR', async () => {
    await call.ears.prompt('welcome');
    await call.ears.prompt('menu-main');
    await call.press('1');
    await bridge.event('ivr:left', ({ exit }) => exit === 'queue', 10_000);
  });

  it('4 queued', async () => {
    await bridge.event('workItem:queued', ({ queueId }) => queueId === 'billing');
    await call.ears.music();
  });

  it('5 reserved', async () => {
    await becomeAvailable(page);
    await bridge.event('reservation:offered');
  });

  it('6 popped', async () => {
    await name().waitFor();
    await page.getByRole('button', { name: 'Answer' }).first().waitFor();
    await bridge.event('pop:delivered');
    await bridge.event('pop:painted');
    expect(bridge.events.some((event) => event.type === 'interaction:answered')).toBe(false);
    expect(call.journal.has('hears 440')).toBe(false);
  });

  it('7 answered', async () => {
    call.mouth.playTone(1_000);
    await page.getByRole('button', { name: 'Answer' }).first().click();
    await bridge.event('interaction:answered');
  });

  it('8 talking', async () => {
    await pageHears(page, 1_000);
    await call.ears.tone(440);
    await bridge.event('call:audioFlowing');

    await page.getByRole('button', { name: 'Mute' }).first().click();
    await call.ears.silence();
    await page.getByRole('button', { name: 'Mute' }).first().click();
    const unmuted = call.journal.length;
    await call.journal.wait(/440/, 5_000, unmuted - 1);

    await page.getByRole('button', { name: 'Hold' }).first().click();
    await call.ears.music();
    await page.getByRole('button', { name: 'Resume' }).first().click();
    await call.journal.wait(/440/, 5_000, call.journal.length - 1);

    await page.getByRole('textbox').last().fill('Roaming charges explained.');
    await expect.poll(() => page.getByText(/^Saved/).count()).toBeGreaterThan(0);
  });

  it('9 ended', async () => {
    await call.hangUp();
    expect((await bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    await page
      .getByText(/Wrap-up/)
      .first()
      .waitFor();
  });

  it('10 wrapped up', async () => {
    await finishWrapUp(page, 'Billing', 'Bill explained');
    expect(await bridge.event('interaction:completed')).toMatchObject({ dispositionCode: 'billExplained', isAutomatic: false });

    const steps = bridge.events.flatMap((event) => stepOf(event.type) ?? []);
    const inOrder = steps.filter((step, index) => steps.indexOf(step) === index);
    expect(inOrder).toEqual([...mainPathSteps]);
  });
});
