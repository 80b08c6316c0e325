import { type ActionDefinition, type ActionId, type ActionMeans, type ActionState, actions, candidateAt } from './actions/index.ts';

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  /** 229 while an input method is at work, also where `isComposing` is not set. */
  readonly keyCode: number;
}

const isComposing = (press: KeyPress) => press.isComposing || press.keyCode === 229;

/** `Ctrl+Enter`, `Ctrl+Shift+L` and the like, from a key press; null while an input method composes and for keys without meaning here. */
export function shortcutOf(press: KeyPress): string | null {
  if (isComposing(press) || press.metaKey) return null;
  const digitOrLetter = /^(?:Digit|Numpad|Key)([0-9A-Z])$/.exec(press.code)?.[1];
  // With a modifier the place of the key counts: Alt and a letter write something else on many layouts.
  const key =
    (press.ctrlKey || press.altKey) && digitOrLetter
      ? digitOrLetter
      : press.key === '=' && press.altKey
        ? '+'
        : press.code === 'NumpadAdd'
          ? '+'
          : press.key;
  // Of letters only: with Shift another sign or digit is another key already.
  const isShifted = press.shiftKey && (press.ctrlKey || press.altKey) && /^Key/.test(press.code);
  return `${press.ctrlKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${isShifted ? 'Shift+' : ''}${key}`;
}

/** A key may mean one thing for calls and another for written work; what stands first in the table goes first. */
const byShortcut: ReadonlyMap<string | null, readonly ActionId[]> = Map.groupBy(
  (Object.keys(actions) as ActionId[]).filter((id) => !(actions[id] as ActionDefinition).isKeyOfPlace),
  (id): string | null => actions[id].shortcut,
);

/** Performs what the key is bound to. True when the key was ours, enabled or not: F12 must never open something else instead. */
export function pressKey(press: KeyPress, state: ActionState, means: ActionMeans): boolean {
  const shortcut = shortcutOf(press);
  if (shortcut === null) return false;
  const position = /^Alt\+([1-9])$/.exec(shortcut)?.[1];
  if (position) {
    const candidate = candidateAt(state, Number(position));
    if (candidate) {
      means.desk.chooseContact(candidate.interactionId, candidate.contactId);
      return true;
    }
  }
  // The dialog of transfers has a meaning of its own for it.
  if (shortcut === 'Ctrl+Enter' && state.view.open === 'transfer') return false;
  const ids = byShortcut.get(shortcut);
  if (!ids) return false;
  const id = ids.find((each) => actions[each].isEnabled(state));
  if (id) actions[id].perform(state, means);
  return true;
}
