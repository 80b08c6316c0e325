/** Something the agent can do: what a control, a key and a line of the palette share. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** As `Ctrl+Enter`, `F2`, `Alt+N`; null where no key is bound. */
  readonly shortcut: string | null;
  readonly isEnabled: boolean;
  perform(): void;
}

const signs: Readonly<Record<string, string>> = { Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** The form of a shortcut that is printed on controls: `Ctrl ↵`. */
export function shortcutText(shortcut: string): string {
  return shortcut
    .split(/\+(?=.)/)
    .map((part) => signs[part] ?? part)
    .join(' ');
}

/** The form that `aria-keyshortcuts` wants. */
export function ariaShortcut(shortcut: string): string {
  return shortcut.replace('Ctrl', 'Control');
}
