/** What was pressed: a key to be kept, one that needs Ctrl or Alt beside it, nothing any more, or only a part of one. */
export type PressedKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'bare' }
  | { readonly kind: 'none' }
  | { readonly kind: 'partial' };

interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The name by which the system knows a key: letters and digits by their place, the rest by what they do. */
function nameOf({ key, code }: Press): string | null {
  const plain = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (plain) return plain;
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  const named: Readonly<Record<string, string>> = {
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ' ': 'Space',
  };
  return named[key] ?? (['Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Pause'].includes(key) ? key : null);
}

/** A key press as Electron writes keys: `Control+Alt+F2`. What every program uses by itself is not taken from all of them. */
export function keyOf(press: Press): PressedKey {
  if (press.key === 'Backspace' || press.key === 'Delete') return { kind: 'none' };
  const name = nameOf(press);
  if (name === null) return { kind: 'partial' };
  const beside = [press.ctrlKey && 'Control', press.altKey && 'Alt', press.shiftKey && 'Shift', press.metaKey && 'Super'].filter(Boolean);
  const isFree = press.ctrlKey || press.altKey || press.metaKey || /^F\d/.test(name);
  return isFree && beside.length > 0 ? { kind: 'key', key: [...beside, name].join('+') } : { kind: 'bare' };
}
