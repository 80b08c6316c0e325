import { join } from 'node:path';
import { desktopCalls } from '../shared/contracts/desktop-api.ts';
import { safetyCalls } from '../shared/contracts/desktop-safety.ts';
import { stripCalls } from '../shared/contracts/strip-api.ts';
import { BridgeHost } from './bridge-host/index.ts';
import { type Failing, ReportLog, watchForCrashes, withoutSecrets } from './crash/index.ts';
import type { DeskOutside } from './desk-outside.ts';
import type { ElectronApi, Report } from './electron-api.ts';
import { desktopCallHandlers, handleCalls, safetyCallHandlers, stripCallHandlers } from './ipc/index.ts';
import { SecretStore } from './secrets/index.ts';
import { appScheme, appUrl, grantPermissions, guardContents, privilegedScheme, serveApp, stripUrl } from './security/index.ts';
import { bridgeUrlFrom, managedPath, readManaged, SettingsFile } from './settings/index.ts';
import { standOutside } from './stand-outside.ts';
import { CallLinks, OfferNotifications, offerForLinks, sendPowerSignals, taskBadge } from './system/index.ts';
import { type LibraryUpdater, libraryUpdater, Updates } from './updates/index.ts';
import { CallStrip, MainWindow, OfferAttention } from './windows/index.ts';

export interface DesktopPlaces {
  readonly preload: string;
  readonly rendererFolder: string;
  readonly commandLine: readonly string[];
  readonly platform: NodeJS.Platform;
  /** What the system starts to start this program. */
  readonly program: string;
  /** What fetches and installs new versions; made when it is first asked for. */
  readonly updater: () => LibraryUpdater;
  /** The process this runs in. */
  readonly self: Failing;
  /** A line for whoever started the program; the same lines are kept on this computer, both without secrets. */
  readonly report: Report;
}

/**
 * The program's life: one instance per person; sandbox and scheme before Electron is ready; then the doors (protocol, permissions,
 * navigation, ipc), and last the windows. Ends with the agent's window, unless that is only put away.
 */
export function startDesktop(electron: ElectronApi, given: DesktopPlaces): void {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const log = new ReportLog(join(app.getPath('userData'), 'reports'));
  const report: Report = (event, facts = {}) => {
    const clean = withoutSecrets(facts);
    given.report(event, clean);
    log.write(event, clean);
  };
  const places = { ...given, report };
  watchForCrashes(electron, places.self, report);
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([privilegedScheme]);
  let bridgeUrl: () => string | null = () => null;
  let wakeWindow: () => void = () => undefined;
  const links = new CallLinks({ waits: () => wakeWindow() });
  // macOS hands links over as events, the first before anything is ready; the others as arguments.
  app.on('open-url', (event, address) => {
    event.preventDefault();
    links.opened(address);
  });
  links.openedBy(places.commandLine);
  const guard = { shell: electron.shell, report, bridgeUrl: () => bridgeUrl(), openNumber: (link: string) => links.opened(link) };
  app.on('web-contents-created', (_, contents) => guardContents(contents, guard));
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(
    () =>
      openDesktop(electron, places, links, {
        settings: (settings) => (bridgeUrl = () => settings.desktop.bridgeUrl),
        link: (waits) => (wakeWindow = waits),
      }),
    (error: unknown) => giveUp(electron, places.report, error),
  );
}

interface Use {
  settings(settings: SettingsFile): void;
  link(waits: () => void): void;
}

async function openDesktop(electron: ElectronApi, places: DesktopPlaces, links: CallLinks, use: Use): Promise<void> {
  const { app, session } = electron;
  try {
    const managed = readManaged(managedPath(places.platform), places);
    const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'), {
      bridgeUrl: bridgeUrlFrom(places.commandLine),
      fixed: managed.settings ?? {},
      report: places.report,
    });
    use.settings(settings);
    const host = new BridgeHost(settings.machine.localBridge, places.report);
    app.on('will-quit', () => host.stop());

    electron.protocol.handle(
      appScheme,
      serveApp(places.rendererFolder, () => settings.desktop.bridgeUrl),
    );
    grantPermissions(session.defaultSession);
    if (places.platform !== 'darwin') electron.Menu.setApplicationMenu(null);

    const { preload, platform, report } = places;
    let outsideOf: DeskOutside | null = null;
    const window = new MainWindow(electron, { preload, settings, report, holdsOpen: () => outsideOf?.holdsOpen() === true });
    const strip = new CallStrip(electron, { preload, settings, report, platform });
    const notifications = new OfferNotifications(electron.Notification, platform, () => window.focus());
    const attention = new OfferAttention(window.browserWindow, taskBadge(platform, app, window.browserWindow, electron), notifications);
    const { outside, ringer } = standOutside(electron, places, { window, strip, settings, attention });
    outsideOf = outside;
    const download = (address: string) => window.browserWindow.webContents.downloadURL(address);
    const desktopHandlers = desktopCallHandlers({ settings, attention, ringer, links, outside, download });
    const { id: contentsId } = window.browserWindow.webContents;
    handleCalls(electron.ipcMain, { calls: desktopCalls, handlers: desktopHandlers, contentsId }, report);
    const stripHandlers = stripCallHandlers(outside);
    handleCalls(electron.ipcMain, { calls: stripCalls, handlers: stripHandlers, contentsId: strip.browserWindow.webContents.id }, report);
    const secrets = new SecretStore(join(app.getPath('userData'), 'secrets.json'), { safeStorage: electron.safeStorage, platform, report });
    // What a crash may go on with, nobody else goes on with after the program was closed.
    app.on('will-quit', () => secrets.forgetNow('session'));
    const updates = new Updates({
      source: managed.updates ? { updater: libraryUpdater(places.updater(), managed.updates.url), key: managed.updates.key } : null,
      report,
      tell(state) {
        const { webContents } = window.browserWindow;
        if (!webContents.isDestroyed()) webContents.send('desktop:update:changed', state);
      },
      later(ms, deed) {
        const timer = setTimeout(deed, ms);
        return () => clearTimeout(timer);
      },
    });
    const safetyHandlers = safetyCallHandlers({ secrets, report, settings, updates });
    handleCalls(electron.ipcMain, { calls: safetyCalls, handlers: safetyHandlers, contentsId }, report);
    updates.start();
    app.on('will-quit', () => updates.stop());
    sendPowerSignals(electron.powerMonitor, window.browserWindow.webContents);
    electron.powerMonitor.on('shutdown', () => outside.letGo());
    app.on('before-quit', (event) => {
      if (outside.holdsUp()) event.preventDefault();
    });
    // The strip is no window of its own: it goes with the agent's.
    window.browserWindow.on('closed', () => app.quit());

    offerForLinks(app);
    use.link(() => {
      window.focus();
      outside.tell('link:opened', {});
    });
    // Somebody started the program a second time: they want to see it, so here the focus is theirs.
    app.on('second-instance', (_, commandLine) => {
      if (!links.openedBy(commandLine.slice(1))) window.focus();
    });
    // Without it there is no ring of ours; the computer's beep is left.
    strip.load(stripUrl).catch((error: unknown) => report('strip:not-loaded', { why: String(error) }));

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
