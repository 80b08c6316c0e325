import type { GlobalShortcut } from 'electron';
import type { HotKeys as Keys } from '../../shared/contracts/desktop-api.ts';
import type { OutsideAction } from '../../shared/contracts/outside.ts';

const actions = { answer: 'call.answer', mute: 'call.mute', end: 'call.end' } as const satisfies Record<keyof Keys, OutsideAction>;

export interface HotKeysMeans {
  readonly globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>;
  pressed(action: OutsideAction): void;
  /** Another program, or the computer, has these: each is told once. */
  taken(keys: readonly string[]): void;
}

/** Keys that work in every program, taken from the others only while there is a call. */
export class HotKeys {
  readonly #means: HotKeysMeans;
  #keys: Keys;
  #held: string[] = [];
  #isOn = false;
  readonly #told = new Set<string>();

  constructor(means: HotKeysMeans, keys: Keys) {
    this.#means = means;
    this.#keys = keys;
  }

  /** Others were chosen; a key left empty is none. */
  use(keys: Keys): void {
    const isSame = (Object.keys(actions) as (keyof Keys)[]).every((each) => keys[each] === this.#keys[each]);
    if (isSame) return;
    this.#keys = keys;
    if (!this.#isOn) return;
    this.#release();
    this.#take();
  }

  listen(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    if (isOn) this.#take();
    else this.#release();
  }

  #take(): void {
    const taken: string[] = [];
    for (const name of Object.keys(actions) as (keyof Keys)[]) {
      const key = this.#keys[name];
      if (key === '') continue;
      if (this.#register(key, () => this.#means.pressed(actions[name]))) this.#held.push(key);
      else taken.push(key);
    }
    const untold = taken.filter((key) => !this.#told.has(key));
    for (const key of untold) this.#told.add(key);
    if (untold.length > 0) this.#means.taken(untold);
  }

  #release(): void {
    for (const key of this.#held) this.#means.globalShortcut.unregister(key);
    this.#held = [];
  }

  #register(key: string, pressed: () => void): boolean {
    try {
      return this.#means.globalShortcut.register(key, pressed);
    } catch {
      // Not a key at all: somebody wrote it into the settings by hand.
      return false;
    }
  }
}
