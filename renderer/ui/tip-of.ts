import { ariaShortcut } from './action.ts';

/** What gives a control a tip: its words, its key where one is bound, and what else there is to say. To be spread over the element. */
export function tipOf(words: string, shortcut?: string | null, note?: string) {
  return { 'data-tip': words, 'aria-keyshortcuts': shortcut ? ariaShortcut(shortcut) : undefined, 'data-tip-note': note };
}
