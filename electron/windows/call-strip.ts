import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { OutsideState } from '../../shared/contracts/outside.ts';
import type { Ring } from '../../shared/contracts/strip-api.ts';
import type { ElectronApi, Report } from '../electron-api.ts';
import { secureWebPreferences } from '../security/index.ts';
import type { SettingsFile } from '../settings/index.ts';
import { type Screen, stripBounds, withPlace } from './strip-place.ts';

export interface CallStripParts {
  readonly preload: string;
  readonly settings: Pick<SettingsFile, 'machine' | 'rememberStripPlace'>;
  readonly report: Report;
  readonly platform: NodeJS.Platform;
}

const reloadsPerMinute = 5;

/** The strip as it is made: hidden, secure, without a frame, and not able to have the keyboard at all. */
export function stripOptions(preload: string, bounds: Rectangle, platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    show: false,
    frame: false,
    transparent: true,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    focusable: false,
    acceptFirstMouse: true,
    alwaysOnTop: true,
    title: 'Crosspoint',
    // On macOS only a panel floats over the full screen of another program without bringing its own to the front.
    ...(platform === 'darwin' ? { type: 'panel' } : {}),
    webPreferences: secureWebPreferences(preload),
  };
}

/**
 * The few pixels of the desk that stay above every other program. It is there from the start, hidden: its page also makes the sound of an offer,
 * so it must be ready before the first one. Nothing here ever shows it with the focus.
 */
export class CallStrip {
  readonly browserWindow: BrowserWindow;
  readonly #screen: ElectronApi['screen'];
  readonly #settings: CallStripParts['settings'];
  #isHung = false;

  constructor(electron: Pick<ElectronApi, 'BrowserWindow' | 'screen'>, { preload, settings, report, platform }: CallStripParts) {
    this.#screen = electron.screen;
    this.#settings = settings;
    const window = new electron.BrowserWindow(stripOptions(preload, this.#bounds(electron.screen.getPrimaryDisplay()), platform));
    this.browserWindow = window;
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    window.on('moved', () => this.#remember());
    // The program closes it; a person can only hide it, by the setting.
    let deaths: number[] = [];
    window.webContents.on('render-process-gone', (_, { reason }) => {
      report('strip:gone', { reason });
      if (reason === 'clean-exit') return;
      const now = performance.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length <= reloadsPerMinute) window.webContents.reload();
    });
    window.on('unresponsive', () => {
      this.#isHung = true;
    });
    window.on('responsive', () => {
      this.#isHung = false;
    });
  }

  /** Its page runs and can make a sound. */
  get isAlive(): boolean {
    const window = this.browserWindow;
    return !window.isDestroyed() && !window.webContents.isCrashed() && !this.#isHung;
  }

  load(address: string): Promise<void> {
    return this.browserWindow.loadURL(address);
  }

  /** Above everything on that screen, without the focus. Stays where it lies while it is shown there. */
  show(beside: Rectangle): void {
    const window = this.browserWindow;
    if (window.isDestroyed() || window.isVisible()) return;
    window.setBounds(this.#bounds(this.#screen.getDisplayMatching(beside)));
    window.showInactive();
    // Some window managers forget it while a window is hidden.
    window.setAlwaysOnTop(true, 'screen-saver');
  }

  hide(): void {
    if (!this.browserWindow.isDestroyed()) this.browserWindow.hide();
  }

  tell(state: OutsideState | null): void {
    this.#send('strip:changed', { state });
  }

  ring(ring: Ring): void {
    this.#send('ring:changed', ring);
  }

  close(): void {
    if (!this.browserWindow.isDestroyed()) this.browserWindow.destroy();
  }

  #send(signal: string, content: unknown): void {
    if (this.isAlive) this.browserWindow.webContents.send(`desktop:${signal}`, content);
  }

  #bounds(display: Screen): Rectangle {
    return stripBounds(this.#settings.machine.stripPlaces ?? {}, display);
  }

  #remember(): void {
    const bounds = this.browserWindow.getBounds();
    const display = this.#screen.getDisplayMatching(bounds);
    this.#settings.rememberStripPlace(withPlace(this.#settings.machine.stripPlaces ?? {}, display, bounds));
  }
}
