import type { MessageBoxOptions } from 'electron';
import { type DesktopSettings, type DesktopSignal, type DesktopSignalName, usualSettings } from '../shared/contracts/desktop-api.ts';
import type { OutsideState, OutsideWish, OutsideWords, RingThrough } from '../shared/contracts/outside.ts';
import type { Ring } from '../shared/contracts/strip-api.ts';
import type { Report } from './electron-api.ts';
import type { SettingsFile } from './settings/index.ts';
import { type DeskTray, type HotKeys, type MainRinger, stateChoices } from './system/index.ts';
import { type CallStrip, closingMeans, isStripShown, type MainWindow } from './windows/index.ts';

export interface DeskOutsideMeans {
  readonly window: Pick<MainWindow, 'browserWindow' | 'isInFront' | 'focus' | 'putAway'>;
  readonly strip: Pick<CallStrip, 'browserWindow' | 'show' | 'hide' | 'tell' | 'ring'>;
  readonly ringer: Pick<MainRinger, 'isRinging' | 'silence'>;
  readonly settings: Pick<SettingsFile, 'desktop'>;
  readonly openMenu: (items: ReturnType<typeof stateChoices>) => void;
  /** The number of the button that was pressed. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  readonly startAtLogin: (isWanted: boolean) => void;
  readonly quit: () => void;
  /** Takes away what else was made of the offers: notifications, badge. */
  readonly offersGone: () => void;
  readonly report: Report;
}

/**
 * The desk outside its window: the strip above other programs, the tray, the keys that work everywhere, and leaving. What it shows the page says;
 * what is pressed it hands to the page, which judges it. A page that is gone is nobody's desk.
 */
export class DeskOutside {
  readonly #means: DeskOutsideMeans;
  #tray: Pick<DeskTray, 'isThere' | 'show'> | null = null;
  #hotKeys: Pick<HotKeys, 'use' | 'listen'> | null = null;
  #words: OutsideWords | null = null;
  #isQuitting = false;
  #isAsking = false;
  #through: RingThrough = { deviceId: '', volume: 1 };
  state: OutsideState | null = null;

  constructor(means: DeskOutsideMeans) {
    this.#means = means;
    const { browserWindow } = means.window;
    const look = () => this.#showStrip();
    for (const event of ['focus', 'blur', 'show', 'hide', 'minimize', 'restore'] as const) browserWindow.on(event as 'focus', look);
    browserWindow.webContents.on('render-process-gone', () => this.pageGone());
    // A page that loads anew says what rings when it knows; what it said before is nobody's.
    browserWindow.webContents.on('did-start-navigation', (event) => {
      if (event.isMainFrame && !event.isSameDocument) this.pageGone();
    });
  }

  /** They press things here, so they are made after it. */
  use(tray: Pick<DeskTray, 'isThere' | 'show'>, hotKeys: Pick<HotKeys, 'use' | 'listen'>): void {
    this.#tray = tray;
    this.#hotKeys = hotKeys;
    this.settingsChanged(this.#means.settings.desktop);
  }

  get ring(): Ring {
    return { isRinging: this.#means.ringer.isRinging, ...this.#through };
  }

  /** On another device from now on, also while it rings. */
  ringThrough(through: RingThrough): void {
    this.#through = through;
    this.#means.strip.ring(this.ring);
  }

  show(state: OutsideState | null, words: OutsideWords | null): void {
    this.state = state;
    if (words) this.#words = words;
    this.#means.strip.tell(state);
    this.#tray?.show(state, this.#words);
    this.#hotKeys?.listen(state?.hasCall === true);
    this.#showStrip();
  }

  settingsChanged(settings: DesktopSettings): void {
    this.#hotKeys?.use(settings.hotKeys ?? usualSettings.hotKeys);
    this.#means.startAtLogin(settings.startAtLogin ?? usualSettings.startAtLogin);
    this.#showStrip();
  }

  wish(wish: OutsideWish, by: 'strip' | 'tray' | 'hotKey'): void {
    const action = wish.kind === 'action' ? wish.action : null;
    if (action === 'window.show' || action === 'app.palette') this.#means.window.focus();
    if (action !== 'window.show') this.tell('outside:wish', { wish, by });
  }

  openMenu(): void {
    if (this.state) this.#means.openMenu(stateChoices(this.state, (wish) => this.wish(wish, 'strip')));
  }

  tell<Name extends DesktopSignalName>(name: Name, content: DesktopSignal<Name>): void {
    const { webContents } = this.#means.window.browserWindow;
    if (!webContents.isDestroyed()) webContents.send(`desktop:${name}`, content);
  }

  /** Nothing of it is true any more: no sound, no keys, nobody on the strip. */
  pageGone(): void {
    this.#means.ringer.silence();
    this.#means.offersGone();
    this.show(null, null);
  }

  /** The window is about to be closed: true when it must stay. */
  holdsOpen(): boolean {
    const settings = this.#means.settings.desktop;
    const means = closingMeans({
      isQuitting: this.#isQuitting,
      isSignedIn: this.state !== null,
      hasCall: this.state?.hasCall === true,
      closesToTray: settings.closeToTray ?? usualSettings.closeToTray,
      hasTray: this.#tray?.isThere === true,
    });
    if (means === 'putAway') this.#means.window.putAway();
    if (means === 'ask') this.#askToQuit();
    return means !== 'end';
  }

  /** The program is about to end: true when it must not, because somebody is on the line. Asks then. */
  holdsUp(): boolean {
    if (this.#isQuitting || !this.state?.hasCall) {
      this.#isQuitting = true;
      return false;
    }
    this.#askToQuit();
    return true;
  }

  /** The computer goes down, or an update is put in place: nobody is asked. */
  letGo(): void {
    this.#isQuitting = true;
  }

  #askToQuit(): void {
    const words = this.#words;
    if (this.#isAsking || !words) return;
    this.#isAsking = true;
    const question = {
      type: 'warning',
      message: words.quitInCall,
      buttons: [words.stay, words.quitAnyway],
      defaultId: 0,
      cancelId: 0,
    } as const;
    this.#means
      .ask({ ...question, buttons: [...question.buttons], noLink: true })
      .then((pressed) => {
        if (pressed !== 1) return;
        this.#isQuitting = true;
        this.#means.quit();
      })
      .catch((error: unknown) => this.#means.report('quit:not-asked', { why: String(error) }))
      .finally(() => {
        this.#isAsking = false;
      });
  }

  #showStrip(): void {
    const { window, strip, settings } = this.#means;
    if (window.browserWindow.isDestroyed()) return;
    const isShown = isStripShown({
      isWanted: settings.desktop.stripShown ?? usualSettings.stripShown,
      isSignedIn: this.state !== null,
      isWindowInFront: window.isInFront,
    });
    if (isShown) strip.show(window.browserWindow.getBounds());
    else strip.hide();
  }
}
