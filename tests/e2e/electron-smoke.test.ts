import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasScreen } from '../../tools/choose-desktop.ts';
import { findElectron } from '../../tools/electron-runtime.ts';
import { inProject } from '../../tools/project.ts';

/**
 * The built desktop in the real Electron: what no other test can show (the sandbox, the isolated preload, the app:// scheme and its policy, the strip).
 * Runs wherever the runtime is: `npx install-electron --no`, then `npm test -- electron-smoke`.
 */
test('the desktop starts in Electron, isolated and in its sandbox, and shows its first screen', async (context) => {
  const executablePath = findElectron();
  if (executablePath === null) return context.skip('the Electron runtime is not on this machine (npx install-electron --no fetches it)');
  if (!hasScreen(process.platform, process.env)) return context.skip('Electron needs a screen and this machine has none');
  if (process.getuid?.() === 0) return context.skip('Electron refuses its sandbox to root, and the sandbox is what is tested');

  const userData = mkdtempSync(join(tmpdir(), 'crosspoint-electron-'));
  const desktop = await _electron.launch({
    executablePath,
    args: [inProject('.'), `--user-data-dir=${userData}`],
    timeout: 30_000,
  });
  try {
    const page = await windowAt(desktop, 'index.html');
    await page.locator('#root > *').first().waitFor({ timeout: 10_000 });
    expect(
      await page.evaluate(() => ({
        desktop: window.desktop?.kind,
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      })),
    ).toEqual({ desktop: 'electron', node: [] });
    expect(await page.evaluate(() => window.desktop?.call('settings:read', {}))).toMatchObject({
      bridgeUrl: expect.stringContaining('http'),
    });
    const windows = await desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
        const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration, webSecurity };
      }),
    );
    expect(windows).toEqual(Array(2).fill({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }));

    // The strip is there before the first call, unseen, and cannot have the keyboard; the calls of the main page are refused to it.
    const strip = await windowAt(desktop, 'strip.html');
    expect(
      await desktop.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().endsWith('/strip.html'));
        return window && [window.isFocusable(), window.isAlwaysOnTop(), window.isVisible()];
      }),
    ).toEqual([false, true, false]);
    expect(
      await strip.evaluate(() =>
        window.desktop?.call('settings:read', {}).then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    ).toBe('refused');

    // A link of another program comes as a second start, and waits for the agent; nothing else of it is read.
    await desktop.evaluate(({ app }) => app.emit('second-instance', {}, ['crosspoint', '--no-sandbox', 'tel:+442079460123'], '/'));
    expect(await page.evaluate(() => window.desktop?.call('link:take', {}))).toEqual({ number: '+442079460123' });
  } finally {
    await desktop.close();
    rmSync(userData, { recursive: true, force: true });
  }
});

/** Both windows load at once; which is the first to be there is not said. */
async function windowAt(desktop: ElectronApplication, file: string): Promise<Page> {
  const found = () => desktop.windows().find((page) => page.url() === `app://crosspoint/${file}`);
  await expect.poll(() => found() !== undefined, { timeout: 30_000 }).toBe(true);
  return found() as Page;
}
