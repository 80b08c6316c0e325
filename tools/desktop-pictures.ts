import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { chromiumProgram } from '../tests/support/browser.ts';
import { buildStage } from '../tests/support/ui-stage/build-stage.ts';
import { serveFolder } from '../tests/support/ui-stage/serve.ts';
import { inProject } from './project.ts';
import { type Screen, screens } from './screens.ts';

/** A small laptop and a large monitor. */
const sizes = ['1366x768', '2560x1440'];

/**
 * Takes a picture of every main screen, on scripted outsides and with a clock that stands still, so that a picture changes only where the
 * screen did: both languages, both themes, a small laptop and a large monitor. Writes them and the page that shows them, `docs/screens.md`;
 * what stands in that page from its last heading on is kept.
 *
 *   node tools/bootstrap.mjs tools/desktop-pictures.ts [FOLDER] [--only ringing] [--lang zh] [--theme dark] [--size 1366x768]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    lang: { type: 'string', multiple: true, default: ['en', 'zh'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    size: { type: 'string', multiple: true, default: sizes },
  },
});
/** A Monday morning, 10:42 where the agents sit. */
const moments: Readonly<Record<string, { readonly at: string; readonly zone: string; readonly locale: string }>> = {
  en: { at: '2026-11-23T10:42:00Z', zone: 'Europe/London', locale: 'en-GB' },
  zh: { at: '2026-11-23T10:42:00+08:00', zone: 'Asia/Shanghai', locale: 'zh-CN' },
};
const target = positionals[0] ?? inProject('docs', 'screens');
const wanted = screens.filter(({ name }) => options.only.length === 0 || options.only.includes(name));

mkdirSync(target, { recursive: true });
// A copy, because a test that runs meanwhile may build the stage anew.
const stage = mkdtempSync(join(tmpdir(), 'crosspoint-screens-'));
cpSync(await buildStage(console.log), stage, { recursive: true });
const site = await serveFolder(stage);
const browser = await chromium.launch({ executablePath: chromiumProgram, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
let bytes = 0;
let problems = 0;
try {
  for (const lang of options.lang) for (const theme of options.theme) await takeAll(browser, lang, theme);
} finally {
  await browser.close();
  await site.close();
  rmSync(stage, { recursive: true, force: true });
}
if (positionals.length === 0) writePage();
console.log(`${(bytes / 1e6).toFixed(1)} MB, ${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;

async function takeAll(from: Browser, lang: string, theme: string): Promise<void> {
  const moment = moments[lang];
  if (!moment) throw new Error(`${lang} is no language of the desktop`);
  const context = await from.newContext({ reducedMotion: 'reduce', locale: moment.locale, timezoneId: moment.zone });
  context.setDefaultTimeout(60_000);
  for (const screen of wanted) {
    const page = await context.newPage();
    const complain = (text: string) => {
      problems += 1;
      console.log(`${screen.name} ${lang} ${theme}: ${text}`);
    };
    // The clock that stands still may not be set inside a mail, where no script runs.
    page.on('console', (message) => message.type() === 'error' && !/about:(srcdoc|blank)/.test(message.text()) && complain(message.text()));
    page.on('pageerror', (error) => complain(error.message));
    await page.clock.setFixedTime(moment.at);
    // A screen that does not fill the window is the same in every window.
    for (const [at, size] of (screen.only ? options.size.slice(0, 1) : options.size).entries()) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      await page.setViewportSize({ width, height });
      if (at === 0 || screen.isDrawn) {
        await page.goto(`${site.url}/?scene=${screen.scene}&lang=${lang}&theme=${theme}`);
        await page.locator(screen.ready).first().waitFor();
      }
      await settle(page).catch((error: unknown) => complain(String(error)));
      const shot = screen.only ? await page.locator(screen.only).screenshot() : await page.screenshot();
      const file = join(target, fileName(screen, lang, theme, size));
      await sharp(shot).webp({ quality: 66, effort: 6, smartSubsample: true }).toFile(file);
      bytes += statSync(file).size;
    }
    await page.close();
  }
  console.log(`${lang} ${theme}: ${wanted.length} screens`);
  await context.close();
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What is asked for when a screen opens is answered and drawn some frames later, and may bring a part that is fetched when first needed.
    let fetched = -1;
    for (let quiet = 0; quiet < 24; quiet++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.getEntriesByType('resource').length;
      if (now !== fetched) quiet = 0;
      fetched = now;
    }
    await document.fonts.ready;
  });
}

function fileName(screen: Screen, lang: string, theme: string, size: string): string {
  return `${screen.name}.${lang}.${theme}${screen.only ? '' : `.${size}`}.webp`;
}

/** One table for each screen: a row for each language, a column for each theme and size. */
function writePage(): void {
  const page = inProject('docs', 'screens.md');
  const themes = { light: 'light', dark: 'dark' };
  const tables = screens.map((screen) => {
    const columns = (screen.only ? [''] : sizes).flatMap((size) => Object.keys(themes).map((theme) => ({ size, theme })));
    const cell = (lang: string, { size, theme }: (typeof columns)[number]) => {
      const name = `screens/${fileName(screen, lang, theme, size)}`;
      return `<a href="${name}"><img src="${name}" width="210" alt="${screen.title}, ${lang}, ${theme}${size && `, ${size}`}"></a>`;
    };
    return [
      `## ${screen.title}`,
      '',
      screen.shows,
      '',
      `| | ${columns.map(({ size, theme }) => `${theme}${size && ` ${size.replace('x', ' x ')}`}`).join(' | ')} |`,
      `|---|${columns.map(() => '---').join('|')}|`,
      ...[
        ['en', 'English'],
        ['zh', '中文'],
      ].map(([lang = '', name]) => `| ${name} | ${columns.map((column) => cell(lang, column)).join(' | ')} |`),
    ].join('\n');
  });
  const head = [
    '# The screens',
    '',
    'Every main screen in English and Chinese, light and dark, on a small laptop (1366 x 768) and a large monitor (2560 x 1440). A picture',
    'opens in its full size. They are the real screens on made-up people; `node tools/bootstrap.mjs tools/desktop-pictures.ts` takes them again.',
  ].join('\n');
  const before = readOr(page, '');
  const kept = before.includes('\n## Looked at') ? before.slice(before.indexOf('\n## Looked at')) : '';
  rmSync(page, { force: true });
  writeFileSync(page, `${[head, ...tables].join('\n\n')}\n${kept}`);
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
