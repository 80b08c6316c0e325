import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageSource } from '../../renderer/ui/page-source.ts';
import { buildDesktop } from '../../tools/build-desktop.ts';
import { inProject } from '../../tools/project.ts';
import { TestBrowser } from '../support/browser.ts';
import { madePdf } from '../support/ui-stage/made-pdf.ts';
import { serveFolder } from '../support/ui-stage/serve.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));

interface Drawn {
  readonly pages: number;
  readonly found: readonly number[];
  readonly png: string | null;
}

/** The reader of PDFs as it was built, under the policy of our pages: no compiling, nothing from elsewhere. */
describe('a PDF in the built desktop', () => {
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  const asked: string[] = [];

  beforeAll(async () => {
    await buildDesktop(() => {});
    site = await serveFolder(inProject('dist', 'renderer'));
    browser = await TestBrowser.open();
    ({ page, problems } = await browser.page(`${site.url}/`));
    page.on('request', (request) => asked.push(request.url()));
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** The ink of the first page, as a share of it; null: it cannot be opened. */
  async function open(bytes: Buffer, words: string) {
    const chunk = readdirSync(inProject('dist', 'renderer', 'assets')).find((name) => /^pdf-pages-.*\.js$/.test(name));
    // As text: an `import` in this file is not the page's.
    const reader = await page.evaluateHandle<Record<string, unknown>>(`import('/assets/${chunk}')`);
    const drawn = await page.evaluate(
      async ([module, base64, wanted]): Promise<Drawn | null> => {
        const openPdf = Object.values(module).find((each) => typeof each === 'function') as (data: ArrayBuffer) => Promise<PageSource>;
        const source = await openPdf(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer).catch(() => null);
        if (!source) return null;
        const picture = await source.draw(0, 400);
        const found = (await source.find?.(wanted)) ?? [];
        source.close();
        const letters = [...new Uint8Array((await picture?.arrayBuffer()) ?? [])].map((byte) => String.fromCharCode(byte));
        return { pages: source.pages.length, found, png: picture && btoa(letters.join('')) };
      },
      [reader, bytes.toString('base64'), words] as const,
    );
    if (!drawn?.png) return null;
    const { channels } = await sharp(Buffer.from(drawn.png, 'base64')).flatten({ background: 'white' }).greyscale().stats();
    return { pages: drawn.pages, found: drawn.found, ink: 1 - (channels[0]?.mean ?? 255) / 255 };
  }

  it.each([
    ['a fax in group 4', 'fax-pages.pdf', 3],
    ['a scan in JBIG2', 'scanned-jbig2.pdf', 1],
  ])('is drawn: %s', async (_, name, pages) => {
    const drawn = await open(fixture(name), 'cancel');
    expect(drawn).toMatchObject({ pages, found: [] });
    expect(drawn?.ink).toBeGreaterThan(0.01);
    expect(drawn?.ink).toBeLessThan(0.2);
  });

  it('is drawn and searched where it brings no fonts, Chinese too, and does nothing that it asks for', async () => {
    const drawn = await open(Buffer.from(madePdf()), '解除合同');
    expect(drawn).toMatchObject({ pages: 3, found: [0, 1, 2] });
    expect(drawn?.ink).toBeGreaterThan(0.002);
    expect(await open(Buffer.from(madePdf()), 'signature')).toMatchObject({ found: [2] });
    expect(asked.filter((url) => !url.startsWith(site.url) && !url.startsWith('blob:'))).toEqual([]);
    expect(problems.filter((problem) => /policy/i.test(problem))).toEqual([]);
  });

  it('is none where it is broken', async () => {
    expect(await open(Buffer.from('%PDF-1.7 and nothing more'), 'x')).toBeNull();
  });
});
