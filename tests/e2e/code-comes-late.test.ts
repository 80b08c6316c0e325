import { expect, it, onTestFinished } from 'vitest';
import { startBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { signIn } from '../support/desktop-page.ts';

it('keeps the desk on the screen while the code of a place cannot be had, and shows the place, with its styles, once it can', async () => {
  const bridge = await startBridge();
  onTestFinished(() => bridge.dispose());
  const browser = await TestBrowser.open();
  onTestFinished(() => browser.close());
  const { page } = await browser.page(bridge.httpAddress);
  await signIn(page, 'dana.whitlock');
  const refused: string[] = [];
  await page.route(/\/assets\/.*\.(js|css)$/, (route) => {
    refused.push(new URL(route.request().url()).pathname);
    return route.abort('internetdisconnected');
  });
  await page.getByRole('button', { name: 'Administration' }).click();
  // Asked for once more by itself.
  await expect.poll(() => refused.length - new Set(refused).size, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(refused.some((path) => path.endsWith('.css'))).toBe(true);
  expect(await page.getByRole('button', { name: 'Mute' }).count()).toBe(1);

  await page.unroute(/\/assets\/.*\.(js|css)$/);
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.waitFor();
  await expect.poll(() => sections.evaluate((element) => getComputedStyle(element).overflowY)).toBe('auto');
  expect(bridge.bugs).toEqual([]);
});
