import type { MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { OutsideAction, OutsideState, OutsideWish, OutsideWords } from '../../shared/contracts/outside.ts';
import type { ElectronApi, Report } from '../electron-api.ts';
import { type StateSign, stateIcon } from './state-icon.ts';

export interface DeskTrayMeans {
  wish(wish: OutsideWish): void;
  show(): void;
  quit(): void;
}

const pixels = 16;

/** The states to choose from, as items of a menu. The tray and the strip have the same. */
export function stateChoices(state: OutsideState, wish: (wish: OutsideWish) => void): MenuItemConstructorOptions[] {
  return state.choices.map(({ label, isChosen, isEnabled, wish: wished }) => ({
    label,
    type: 'checkbox',
    checked: isChosen,
    enabled: isEnabled,
    click: () => wish(wished),
  }));
}

/** Before the page has said its own. */
const firstWords: Pick<OutsideWords, 'show' | 'quit'> = { show: 'Crosspoint', quit: 'Quit' };

/** What the menu of the tray has, from the top. */
export function trayMenu(
  state: OutsideState | null,
  words: OutsideWords | null,
  { wish, show, quit }: DeskTrayMeans,
): MenuItemConstructorOptions[] {
  const line = { type: 'separator' } as const;
  const perform = (action: OutsideAction) => () => wish({ kind: 'action', action });
  const said = words ?? firstWords;
  const desk: MenuItemConstructorOptions[] =
    state === null || words === null
      ? []
      : [
          ...stateChoices(state, wish),
          line,
          { label: words.mute, type: 'checkbox', checked: state.isMuted, enabled: state.hasCall, click: perform('call.mute') },
          line,
        ];
  return [{ label: said.show, click: show }, line, ...desk, { label: said.quit, click: quit }];
}

/** The tip of the tray: the state in words, and who it is about. Names are written by customers: cut, and on one line. */
export function trayTip(state: OutsideState | null): string {
  if (state === null) return 'Crosspoint';
  const title = state.hasCall ? ` · ${state.title}` : '';
  return `Crosspoint · ${state.name}${title}`.replace(/\s+/g, ' ').slice(0, 120);
}

/** The desk beside the clock of the computer: its state as a sign, and a menu. Some computers have no such place; then there is none. */
export class DeskTray {
  readonly #electron: Pick<ElectronApi, 'Menu' | 'nativeImage'>;
  readonly #means: DeskTrayMeans;
  readonly #tray: Tray | null;
  readonly #icons = new Map<StateSign, NativeImage>();
  #shown: string | null = null;

  constructor(electron: Pick<ElectronApi, 'Menu' | 'nativeImage' | 'Tray'>, means: DeskTrayMeans, report: Report) {
    this.#electron = electron;
    this.#means = means;
    this.#tray = this.#make(electron, report);
    this.show(null, null);
  }

  /** Whether a window that is hidden can be found again by it. */
  get isThere(): boolean {
    return this.#tray !== null;
  }

  show(state: OutsideState | null, words: OutsideWords | null): void {
    if (this.#tray === null) return;
    // The page says its state at every step of a call; a menu that is made anew closes under the pointer.
    const shown = JSON.stringify([state?.tone, trayTip(state), state?.choices, state?.isMuted, state?.hasCall, words]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(this.#icon(state?.tone ?? 'signedOut'));
    this.#tray.setToolTip(trayTip(state));
    this.#tray.setContextMenu(this.#electron.Menu.buildFromTemplate(trayMenu(state, words, this.#means)));
  }

  close(): void {
    this.#tray?.destroy();
  }

  #make(electron: Pick<ElectronApi, 'Tray'>, report: Report): Tray | null {
    try {
      const tray = new electron.Tray(this.#icon('signedOut'));
      tray.on('click', () => this.#means.show());
      return tray;
    } catch (error) {
      report('tray:none', { why: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

  #icon(sign: StateSign): NativeImage {
    const known = this.#icons.get(sign);
    if (known) return known;
    const icon = this.#electron.nativeImage.createEmpty();
    for (const scaleFactor of [1, 2]) {
      const size = pixels * scaleFactor;
      icon.addRepresentation({ scaleFactor, dataURL: `data:image/png;base64,${stateIcon(sign, size).toString('base64')}` });
    }
    this.#icons.set(sign, icon);
    return icon;
  }
}
