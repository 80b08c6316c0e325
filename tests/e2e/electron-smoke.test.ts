import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasScreen } from '../../tools/choose-desktop.ts';
import { findElectron } from '../../tools/electron-runtime.ts';
import { inProject } from '../../tools/project.ts';

/**
 * The built desktop in the real Electron: what no other test can show (the sandbox, the isolated preload, the app:// scheme and its policy).
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
    const page = await desktop.firstWindow({ timeout: 30_000 });
    await page.locator('#root > *').first().waitFor({ timeout: 10_000 });
    expect(page.url()).toMatch(/^app:\/\/crosspoint\//);
    expect(
      await page.evaluate(() => ({
        desktop: window.desktop?.kind,
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      })),
    ).toEqual({ desktop: 'electron', node: [] });
    expect(await page.evaluate(() => window.desktop?.call('settings:read', {}))).toMatchObject({
      bridgeUrl: expect.stringContaining('http'),
    });
    const preferences = await desktop.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity };
    });
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
  } finally {
    await desktop.close();
    rmSync(userData, { recursive: true, force: true });
  }
});
