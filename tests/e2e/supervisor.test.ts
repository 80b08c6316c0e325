import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BridgeStage } from '../integration/bridge/bridge-stage.ts';
import { TestBrowser } from '../support/browser.ts';
import { signIn } from '../support/desktop-page.ts';
import type { ScriptedDesktop } from '../support/scripted-desktop.ts';
import type { ScriptedCall } from '../support/scripted-phone/index.ts';

/**
 * A supervisor at the live board in Chromium, over a whole bridge: a real caller waits, the board says so, the router says why, and the
 * supervisor makes somebody available. The agent is a scripted desktop with a real phone.
 */
describe('a supervisor at the board', () => {
  let stage: BridgeStage;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let agent: ScriptedDesktop;
  let call: ScriptedCall;

  beforeAll(async () => {
    stage = await BridgeStage.open();
    browser = await TestBrowser.open();
    ({ page, problems } = await browser.page(stage.bridge.httpAddress));
    await signIn(page, 'dana.whitlock');
    agent = await stage.signIn();
  });

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    expect(stage.bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  const queue = 'Key accounts, billing';
  const number = (figure: string, value: number) => page.getByRole('button', { name: `${figure}, ${queue}: ${value}`, exact: true });
  const side = () => page.getByRole('complementary');

  it('opens it and sees every queue and who is there', async () => {
    await page.keyboard.press('Alt+b');
    await page.getByRole('table', { name: 'Queues' }).waitFor();
    await number('Waiting', 0).waitFor();
    await page
      .getByRole('button', { name: 'All', exact: true })
      .or(page.getByText('All', { exact: true }))
      .first()
      .click();
    await page.getByRole('button', { name: /^Lena Hartmann/ }).waitFor();
  });

  it('sees a caller who waits, in the number and in the list behind it', async () => {
    call = await stage.callBilling();
    await stage.bridge.event('workItem:queued');
    // The bridge pushes within a second (its own tests, in virtual time); what is bounded here is the whole way to the screen.
    await number('Waiting', 1).waitFor({ timeout: 5_000 });
    await number('Waiting', 1).click();
    const list = side().getByRole('list', { name: 'Waiting' });
    await list.getByRole('button', { name: /Margaret Okafor/ }).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await side()
      .getByText(/no agent has taken yet/)
      .waitFor();
  });

  it('reads why the caller still waits, in sentences', async () => {
    await side()
      .getByRole('button', { name: /Margaret Okafor/ })
      .click();
    await side().getByRole('heading', { name: 'Why is Margaret Okafor waiting?' }).waitFor();
    await side()
      .getByText(/^It is number 1 of 1 in Key accounts, billing/)
      .waitFor();
    await side()
      .getByText(/^Those who could take it are not free/)
      .waitFor();
    expect(await side().innerText()).not.toMatch(/undefined|\{\{|NaN/);
  });

  it('makes an agent available, who gets the call', async () => {
    await page.getByRole('button', { name: /^Lena Hartmann/ }).click();
    await side()
      .getByText(/^Lena Hartmann is not ready/)
      .waitFor();
    await side().getByRole('button', { name: 'Available', exact: true }).click();
    await agent.answer();
    await stage.bridge.event('interaction:answered');
    await number('Waiting', 0).waitFor();
    await number('Answered', 1).waitFor();
    await side().getByText('In conversation').waitFor();
  });

  it('is kept up to date where nothing is painted', async () => {
    // As in a tab that stands behind another: hidden, and no frame is ever drawn. (A headless browser calls every tab visible.)
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      window.requestAnimationFrame = () => 0;
    });
    const second = await stage.callBilling('13900004126');
    await expect.poll(() => number('Waiting', 1).count(), { timeout: 5_000 }).toBe(1);
    await second.hangUp();
    await expect.poll(() => number('Waiting', 0).count(), { timeout: 5_000 }).toBe(1);
    await expect.poll(() => number('Abandoned', 1).count(), { timeout: 5_000 }).toBe(1);
    await call.hangUp();
    await side().getByText('Wrap-up', { exact: true }).waitFor();
  });

  it('is shown to the whole room on the wallboard, left by Escape, and opened by its own address', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Board' }).click();
    await page.getByRole('button', { name: 'Wallboard' }).click();
    const wall = page.getByRole('main', { name: 'Wallboard' });
    await wall.getByRole('row', { name: new RegExp(queue) }).waitFor();
    expect(await wall.getByRole('button').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Live board' }).waitFor();
    // A screen on the wall is opened by its address.
    await page.goto(`${stage.bridge.httpAddress}/wallboard`);
    await wall.getByRole('row', { name: new RegExp(queue) }).waitFor();
  });
});
