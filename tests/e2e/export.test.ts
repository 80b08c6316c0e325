import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { signIn } from '../support/desktop-page.ts';

it('downloads the list of customers as a file, from the palette, and stays where it was', async () => {
  const bridge = await startBridge({ people: 600 });
  onTestFinished(() => bridge.dispose());
  const browser = await TestBrowser.open();
  onTestFinished(() => browser.close());
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));

  const { page, problems } = await browser.page(bridge.httpAddress);
  await signIn(page, 'dana.whitlock');
  const address = page.url();
  const downloading = page.waitForEvent('download', { timeout: 20_000 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Export customers');
  await page.getByRole('option', { name: /Export customers as CSV/ }).waitFor();
  await page.keyboard.press('Enter');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('customers.csv');
  await download.saveAs(join(folder, 'customers.csv'));
  const lines = readFileSync(join(folder, 'customers.csv'), 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('contactId,name,title,company');
  expect(lines.length - 1).toBeGreaterThanOrEqual(600);
  // What is not held in the page cannot have been made of a blob in it.
  expect(download.url()).toContain(`${bridge.httpAddress}/api/exports/files/`);
  expect(page.url()).toBe(address);
  expect(problems).toEqual([]);
  expect(bridge.bugs).toEqual([]);
});
