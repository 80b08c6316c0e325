import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';

/** A desktop without its styles still has every word and button on it, so no other test would miss them. */
describe.each([
  ['light', 'rgb(243, 244, 246)', 'rgb(21, 122, 69)'],
  ['dark', 'rgb(12, 14, 17)', 'rgb(27, 127, 75)'],
] as const)('the look of the built desktop, %s', (colorScheme, ground, answer) => {
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  const overflows = () =>
    page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return scrollWidth > innerWidth || scrollHeight > innerHeight;
    });

  beforeAll(async () => {
    bridge = await startBridge();
    browser = await TestBrowser.open({ colorScheme });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    expect(problems).toEqual([]);
  });

  it('has its ground and its own type on the log-in page', async () => {
    await page.locator('[name=username]').waitFor();
    const body = await page.evaluate(() => {
      const { backgroundColor, fontFamily } = getComputedStyle(document.body);
      return { backgroundColor, fontFamily, token: getComputedStyle(document.documentElement).getPropertyValue('--bg').trim() };
    });
    expect(body).toMatchObject({ backgroundColor: ground, fontFamily: expect.stringContaining('Inter') });
    expect(body.token).toMatch(/^#/);
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => [...document.fonts].some(({ status }) => status === 'loaded'))).toBe(true);
  });

  it('has a green Answer while it rings, three panes beside each other, and nothing outside the window', async () => {
    await signIn(page);
    await becomeAvailable(page);
    const call = await phone.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
    await page.getByRole('heading', { name: margaretOkafor.name }).first().waitFor();
    const button = page.getByRole('button', { name: 'Answer' }).first();
    await expect.poll(() => button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(answer);
    const panes = await page.locator('.pane').evaluateAll((all) => all.map((pane) => pane.getBoundingClientRect().toJSON()));
    expect(panes.map(({ width }) => Math.round(width))).toEqual([288, expect.any(Number), 448]);
    expect(new Set(panes.map(({ top }) => top)).size).toBe(1);
    for (const [width, height] of [
      [1_440, 900],
      [1_366, 768],
      // 200 % zoom of 1440 x 900.
      [720, 450],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect({ width, height, overflows: await overflows() }).toEqual({ width, height, overflows: false });
    }
    await call.hangUp();
  });
});
