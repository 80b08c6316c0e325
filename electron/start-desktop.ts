import { join } from 'node:path';
import { BridgeHost } from './bridge-host/index.ts';
import type { ElectronApi, Report } from './electron-api.ts';
import { desktopCallHandlers, handleCalls } from './ipc/index.ts';
import { appScheme, appUrl, grantPermissions, guardContents, privilegedScheme, serveApp } from './security/index.ts';
import { bridgeUrlFrom, SettingsFile } from './settings/index.ts';
import { OfferNotifications, sendPowerSignals } from './system/index.ts';
import { MainWindow, OfferAttention } from './windows/index.ts';

export interface DesktopPlaces {
  readonly preload: string;
  readonly rendererFolder: string;
  readonly commandLine: readonly string[];
  readonly report: Report;
}

/**
 * The program's life: one instance per person; sandbox and scheme before Electron is ready; then the doors (protocol, permissions,
 * navigation, ipc), and last the window. Ends with its window.
 */
export function startDesktop(electron: ElectronApi, places: DesktopPlaces): void {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([privilegedScheme]);
  let bridgeUrl: () => string | null = () => null;
  app.on('web-contents-created', (_, contents) => guardContents(contents, electron.shell, places.report, () => bridgeUrl()));
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(
    () => openDesktop(electron, places, (settings) => (bridgeUrl = () => settings.desktop.bridgeUrl)),
    (error: unknown) => giveUp(electron, places.report, error),
  );
}

async function openDesktop(electron: ElectronApi, places: DesktopPlaces, use: (settings: SettingsFile) => void): Promise<void> {
  const { app, session } = electron;
  try {
    const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'), {
      bridgeUrl: bridgeUrlFrom(places.commandLine),
      report: places.report,
    });
    use(settings);
    const host = new BridgeHost(settings.machine.localBridge, places.report);
    app.on('will-quit', () => host.stop());

    electron.protocol.handle(
      appScheme,
      serveApp(places.rendererFolder, () => settings.desktop.bridgeUrl),
    );
    grantPermissions(session.defaultSession);
    if (process.platform !== 'darwin') electron.Menu.setApplicationMenu(null);

    const window = new MainWindow(electron, { preload: places.preload, settings, report: places.report });
    const notifications = new OfferNotifications(electron.Notification, () => window.focus());
    const attention = new OfferAttention(window.browserWindow, app, notifications);
    const download = (address: string) => window.browserWindow.webContents.downloadURL(address);
    handleCalls(electron.ipcMain, desktopCallHandlers(settings, attention, download), places.report);
    sendPowerSignals(electron.powerMonitor, window.browserWindow.webContents);
    // Somebody started the program a second time: they want to see it, so here the focus is theirs.
    app.on('second-instance', () => window.focus());

    await host.ready;
    await window.load(appUrl);
  } catch (error) {
    giveUp(electron, places.report, error);
  }
}

function giveUp({ app }: ElectronApi, report: Report, error: unknown): void {
  report('desktop:failed', { why: error instanceof Error ? error.message : String(error) });
  app.exit(1);
}
