import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { serveFolder } from './serve.ts';

/**
 * Takes a picture of every scene and runs axe over it:
 *   node tests/support/ui-stage/pictures.ts --out FOLDER [--scene ringing] [--lang en] [--theme dark] [--size 1440x900] [--axe] [--folder BUILT]
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'dist/ui-pictures' },
    folder: { type: 'string', default: fileURLToPath(new URL('../../../dist/ui-stage', import.meta.url)) },
    scene: { type: 'string', multiple: true },
    lang: { type: 'string', multiple: true },
    theme: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    axe: { type: 'boolean', default: false },
  },
});
const scenes = values.scene ?? ['login', 'idle', 'ringing', 'candidates', 'unknown', 'anonymous', 'talking', 'held', 'wrap-up'];
const languages = values.lang ?? ['en', 'zh'];
const themes = values.theme ?? ['light', 'dark'];
const sizes = values.size ?? ['1440x900'];

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(values.out, { recursive: true });
const site = await serveFolder(values.folder);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let problems = 0;
try {
  for (const size of sizes) {
    const [width = 1440, height = 900] = size.split('x').map(Number);
    // axe is put into the page from outside, which the policy rightly forbids to the page itself.
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: values.axe, reducedMotion: 'reduce' });
    for (const scene of scenes) {
      for (const lang of languages) {
        for (const theme of themes) {
          const page = await context.newPage();
          page.on('console', (message) => {
            if (message.type() !== 'error' && message.type() !== 'warning') return;
            problems += 1;
            console.log(`${scene} ${lang} ${theme}: ${message.text()}`);
          });
          page.on('pageerror', (error) => {
            problems += 1;
            console.log(`${scene} ${lang} ${theme}: ${error.message}`);
          });
          await page.goto(`${site.url}/?scene=${scene}&lang=${lang}&theme=${theme}`);
          await page.locator('h1, h2').first().waitFor({ timeout: 10_000 });
          if (/^(account|mine|import|prompts|flows)/.test(scene)) await page.locator('main').waitFor({ timeout: 10_000 });
          if (scene.startsWith('admin')) await page.locator('.admin-head').waitFor({ timeout: 10_000 });
          if (scene.startsWith('inbox-mail')) await page.locator('.mail-frame').first().waitFor({ timeout: 10_000 });
          await page.evaluate(() => document.fonts.ready);
          // What is asked for when a scene opens has been answered and drawn.
          await page.waitForTimeout(400);
          await page.screenshot({ path: `${values.out}/${scene}.${lang}.${theme}.${size}.png` });
          if (values.axe) {
            await page.evaluate(axeSource);
            const found = await page.evaluate(async () => {
              const { axe } = globalThis as unknown as {
                axe: {
                  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
                };
              };
              return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
                id,
                impact,
                nodes: nodes
                  .slice(0, 4)
                  .map((node) => `${node.html.slice(0, 160)} :: ${node.failureSummary.replaceAll('\n', ' ').slice(0, 220)}`),
              }));
            });
            for (const { id, impact, nodes } of found) {
              problems += 1;
              console.log(`axe ${scene} ${lang} ${theme}: ${impact} ${id}\n  ${nodes.join('\n  ')}`);
            }
          }
          await page.close();
        }
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
  await site.close();
}
console.log(`${problems} problems`);
