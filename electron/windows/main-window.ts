import type { BrowserWindow } from 'electron';
import type { ElectronApi, Report } from '../electron-api.ts';
import type { SettingsFile } from '../settings/index.ts';
import { boundsOnScreen } from './window-bounds.ts';
import { windowOptions } from './window-options.ts';

export interface MainWindowParts {
  readonly preload: string;
  readonly settings: Pick<SettingsFile, 'machine' | 'rememberBounds'>;
  readonly report: Report;
  /** It is about to be closed: true when it must not be. */
  holdsOpen?(): boolean;
}

const reloadsPerMinute = 5;

/** The agent's window. Remembers where it was; comes back by itself when its page's process dies, but not for ever. */
export class MainWindow {
  readonly browserWindow: BrowserWindow;

  constructor(electron: Pick<ElectronApi, 'BrowserWindow' | 'screen'>, { preload, settings, report, holdsOpen }: MainWindowParts) {
    const workAreas = electron.screen.getAllDisplays().map((display) => display.workArea);
    const window = new electron.BrowserWindow(windowOptions(preload, boundsOnScreen(settings.machine.windowBounds, workAreas)));
    this.browserWindow = window;
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => {
      settings.rememberBounds(window.getNormalBounds());
      if (holdsOpen?.()) event.preventDefault();
    });

    let deaths: number[] = [];
    window.webContents.on('render-process-gone', (_, { reason }) => {
      report('page:gone', { reason });
      if (reason === 'clean-exit') return;
      const now = performance.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length <= reloadsPerMinute) window.webContents.reload();
    });
  }

  load(address: string): Promise<void> {
    return this.browserWindow.loadURL(address);
  }

  /** Away from the screen; its page goes on. */
  putAway(): void {
    this.browserWindow.hide();
  }

  get isInFront(): boolean {
    const window = this.browserWindow;
    return !window.isDestroyed() && window.isVisible() && window.isFocused();
  }

  /** For when the agent asked for the window: by a click on a notification, the tray or the strip, by a link, or by starting the program again. */
  focus(): void {
    const window = this.browserWindow;
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }
}
