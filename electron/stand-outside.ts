import { usualSettings } from '../shared/contracts/desktop-api.ts';
import type { OutsideAction, OutsideWish } from '../shared/contracts/outside.ts';
import { DeskOutside } from './desk-outside.ts';
import type { ElectronApi, Report } from './electron-api.ts';
import type { SettingsFile } from './settings/index.ts';
import { DeskTray, HotKeys, MainRinger, startAtLogin } from './system/index.ts';
import type { CallStrip, MainWindow, OfferAttention } from './windows/index.ts';

export interface OutsideParts {
  readonly window: MainWindow;
  readonly strip: CallStrip;
  readonly settings: SettingsFile;
  readonly attention: OfferAttention;
}

/** Puts the strip, the tray, the keys and the ring around the window, and connects them. */
export function standOutside(
  electron: Pick<ElectronApi, 'app' | 'dialog' | 'globalShortcut' | 'Menu' | 'nativeImage' | 'shell' | 'Tray'>,
  { platform, program, report }: { readonly platform: NodeJS.Platform; readonly program: string; readonly report: Report },
  { window, strip, settings, attention }: OutsideParts,
): { readonly outside: DeskOutside; readonly ringer: MainRinger } {
  const { app } = electron;
  const bell = {
    get isAlive() {
      return strip.isAlive;
    },
    ring: (isRinging: boolean) => strip.ring({ ...outside.ring, isRinging }),
  };
  const ringer = new MainRinger(bell, () => electron.shell.beep());
  const outside: DeskOutside = new DeskOutside({
    ...{ window, strip, ringer, settings, report },
    openMenu: (items) => electron.Menu.buildFromTemplate(items).popup({ window: strip.browserWindow }),
    ask: async (question) => (await electron.dialog.showMessageBox(question)).response,
    startAtLogin: (isWanted) => startAtLogin({ app, platform, program, report }, isWanted),
    quit: () => app.quit(),
    offersGone: () => attention.clearAll(),
  });
  const trayMeans = { wish: (wish: OutsideWish) => outside.wish(wish, 'tray'), show: () => window.focus(), quit: () => app.quit() };
  const keyMeans = {
    globalShortcut: electron.globalShortcut,
    pressed: (action: OutsideAction) => outside.wish({ kind: 'action', action }, 'hotKey'),
    taken: (keys: readonly string[]) => outside.tell('hotKeys:taken', { keys: [...keys] }),
  };
  outside.use(new DeskTray(electron, trayMeans, report), new HotKeys(keyMeans, settings.desktop.hotKeys ?? usualSettings.hotKeys));
  return { outside, ringer };
}
