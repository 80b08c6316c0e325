import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tone, writeWav } from '../../cti-bridge/media/index.ts';
import { demoPassword, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import type { LoginAnswer } from '../../shared/contracts/bridge-events.ts';
import { promptSoundPath } from '../../shared/contracts/ivr/prompts.ts';
import { contractVersion } from '../../shared/contracts/version.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';

/** An administrator tries the hotline by hand and keeps the run as a test; a caller takes it, and the agent who talked with them sees their way. */
describe('a flow that is tried, and taken', () => {
  let bridge: TestBridge;
  let browser: TestBrowser;
  let studio: Page;
  let desk: Page;
  let phone: ScriptedPhone;
  let call: ScriptedCall;
  const problems: (readonly string[])[] = [];
  const runs = () => studio.getByRole('region', { name: 'Runs of this flow' });
  const node = (name: RegExp) => studio.getByRole('group', { name });

  beforeAll(async () => {
    bridge = await startBridge({ people: 20 });
    browser = await TestBrowser.open();
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    const opened = await browser.page(bridge.httpAddress);
    studio = opened.page;
    problems.push(opened.problems);
    await studio.locator('[name=username]').fill('admin');
    await studio.locator('[name=password]').fill(demoPassword);
    await studio.keyboard.press('Enter');
    await studio.getByRole('button', { name: 'Call flows' }).click();
    await studio.getByRole('button', { name: 'Open English hotline' }).click();
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    expect(bridge.bugs).toEqual([]);
    expect(problems.flat()).toEqual([]);
  });

  it('is stepped through with the keys of the keyboard, and says what the prompts say', async () => {
    await runs().getByText('Waits for a key.').waitFor();
    // What the prompts say comes from the library, which is asked for when the first is played.
    await expect.poll(() => runs().getByRole('log').innerText(), { timeout: 10_000 }).toContain('Welcome');
    await node(/^Menu, Menu\..*/)
      .locator('.is-standing')
      .waitFor();
    await runs().getByRole('button', { name: 'Stay silent' }).focus();
    await studio.keyboard.press('1');
    await runs()
      .getByText(/^Waits in the queue .*billing/i)
      .waitFor();
  });

  it('is kept as a test that holds, beside those that the flow has', async () => {
    await runs().getByRole('button', { name: 'Keep as test' }).click();
    await studio.keyboard.type('Bills come to billing');
    await studio.keyboard.press('Enter');
    const kept = runs().getByRole('listitem').filter({ hasText: 'Bills come to billing' });
    await kept.getByLabel('holds').waitFor();
    await runs().getByLabel('being run').first().waitFor({ state: 'hidden' });
    expect(await runs().getByLabel('fails').count()).toBe(0);
    await studio.getByText('Saved', { exact: true }).waitFor();
  });

  it('is taken by a caller, and counted on the drawing', async () => {
    call = await phone.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    await call.ears.prompt('menu-main');
    await call.press('1');
    await bridge.event('workItem:queued', ({ queueId }) => queueId === 'billing');
    await studio.getByRole('switch', { name: 'Heat map' }).click();
    await studio.getByText('1 caller', { exact: true }).waitFor();
    expect(await studio.locator('.flow-edge.heat-4').count()).toBeGreaterThan(3);
    await node(/^Menu, Menu\./).click();
    await studio.locator('.flow-exit-line').filter({ hasText: 'Bills and payments' }).getByText('100%').waitFor();
  });

  it('leaves the way of the caller on the timeline of the customer, for the agent who talked with them', async () => {
    const opened = await browser.page(bridge.httpAddress);
    desk = opened.page;
    problems.push(opened.problems);
    await signIn(desk);
    await becomeAvailable(desk);
    await desk.getByRole('button', { name: 'Answer' }).first().click();
    await bridge.event('interaction:answered');
    await call.hangUp();
    await finishWrapUp(desk, 'Billing', 'Bill explained');
    await bridge.event('interaction:completed');
    await desk.keyboard.press('Control+k');
    await desk.keyboard.type('okafor');
    await desk.getByRole('option', { name: /Margaret Okafor/ }).waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { level: 1, name: 'Margaret Okafor' }).waitFor();
    await desk.locator('.stream-entry').first().click();
    await desk.getByRole('button', { name: 'Way through the IVR' }).click();
    const way = desk.locator('.call-trace').getByRole('listitem');
    await way.filter({ hasText: 'Queue' }).waitFor();
    const steps = await way.allInnerTexts();
    expect(steps.map((step) => /Language|Answer|Play|Menu|Queue/.exec(step)?.[0])).toEqual([
      ...['Language', 'Language', 'Answer', 'Play', 'Menu', 'Play', 'Queue'],
    ]);
    expect(steps[4]?.split('\n')).toContain('1');
  });

  it('is called by the administrator from the very page, who is no agent: they hear it, press a key, and hear what follows', async () => {
    const token = await signedIn(bridge.httpAddress);
    await giveTone(bridge.httpAddress, token, 'menu-main', 700);
    await giveTone(bridge.httpAddress, token, 'goodbye', 1_100);
    await studio.bringToFront();
    await runs().getByRole('button', { name: 'Try it' }).click();
    await runs().getByRole('button', { name: 'Call the draft' }).click();
    await studio.getByRole('button', { name: 'Call it from here' }).click();
    await studio.getByText('You are on the line with the draft.').waitFor();
    await pageHears(studio, 700, 15_000);
    await studio.keyboard.press('1');
    await pageHears(studio, 1_100, 10_000);
    await studio.getByText('The call is over.').waitFor();
    const contacts = bridge.events.filter(({ type }) => type === 'interaction:received').length;
    expect(contacts).toBe(1);
  });
});

async function signedIn(httpAddress: string): Promise<string> {
  const answered = await fetch(new URL('/api/login', httpAddress), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: demoPassword, takeOver: false, contractMajor: contractVersion.major }),
  });
  return ((await answered.json()) as LoginAnswer).token;
}

async function giveTone(httpAddress: string, token: string, promptId: string, frequency: number): Promise<void> {
  const answered = await fetch(new URL(promptSoundPath(promptId, 'en', 'uploaded'), httpAddress), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'audio/wav' },
    body: new Uint8Array(writeWav(tone(frequency, 4_000))),
  });
  expect(await answered.json()).toMatchObject({ ok: true, value: { taken: true } });
}
