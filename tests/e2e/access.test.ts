import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumProgram } from '../support/browser.ts';
import { buildStage } from '../support/ui-stage/build-stage.ts';
import { serveFolder } from '../support/ui-stage/serve.ts';
import { unseenFocus } from '../support/unseen-focus.ts';

/** One of each screen, and what opens over it. In Chromium, because contrast, sizes and overlaps are only there when it is painted. */
const scenes = [
  ...['login', 'idle', 'ringing', 'talking', 'two-lines', 'wrap-up', 'what-next', 'palette', 'keys', 'transfer', 'check-done', 'guide'],
  ...['inbox', 'inbox-mail-reply', 'document-fax', 'knowledge-article', 'search-found', 'record', 'account', 'mine', 'cases'],
  ...['board', 'wallboard', 'admin', 'articles', 'flows', 'prompts', 'import', 'gallery'],
];
const withoutMain = ['login', 'gallery', 'wallboard'];
/** At twice the size everything is still there: a window of 1440 x 900 has room for 720 x 450. */
const zoomed = ['ringing', 'talking', 'wrap-up', 'transfer', 'inbox', 'palette', 'board', 'account'];

let browser: Browser;
let page: Page;
let site: Awaited<ReturnType<typeof serveFolder>>;
/** Kinds of controls that had the keyboard once: the same button looks the same on every screen. */
const looked = new Set<string>();

beforeAll(async () => {
  site = await serveFolder(await buildStage(console.log));
  browser = await chromium.launch({ executablePath: chromiumProgram, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  // axe is put into the page from outside, which the policy rightly forbids to the page itself.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true, reducedMotion: 'reduce' });
  // A busy machine is not a fault of the screen.
  context.setDefaultTimeout(30_000);
  await context.addInitScript(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  page = await context.newPage();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function show(scene: string): Promise<void> {
  await page.goto(`${site.url}/?scene=${scene}&lang=en&theme=light`);
  await page
    .locator(withoutMain.includes(scene) ? 'h1, h2' : 'main')
    .first()
    .waitFor();
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What is asked for when a scene opens has been answered and drawn.
    for (let frame = 0; frame < 12; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** What axe finds, one line each. `rules`: only these. */
const violations = (rules?: readonly string[]) =>
  page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, {
      // The lines between panes belong to neither of two landmarks.
      rules: { region: { enabled: false } },
      runOnly: only ? [...only] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 5)
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 140)} (${failureSummary?.replaceAll('\n', ' ').slice(0, 200)})`),
    );
  }, rules);

describe('every screen', () => {
  it.each(scenes)('can be read and used by everybody, in both themes: %s', async (scene) => {
    await show(scene);
    expect(await violations()).toEqual([]);
    expect(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0);
    const focus = await unseenFocus(page, looked);
    expect(focus.unseen).toEqual([]);
    expect(focus.controls > 0).toBe(scene !== 'wallboard');
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
    });
    expect(await violations(['color-contrast'])).toEqual([]);
  });

  it.each(zoomed)('has nothing outside the window at twice the size: %s', async (scene) => {
    await page.setViewportSize({ width: 720, height: 450 });
    await show(scene);
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }));
    expect([width, height]).toEqual([720, 450]);
  });
});
