/**
 * The program around the page: Electron's `window.desktop` where there is one, otherwise a stand-in made of what a browser has. The only
 * room that touches `window.desktop`.
 */
import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { StripApi } from '../../shared/contracts/strip-api.ts';
import { browserDesktop } from './browser-desktop.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopApi;
  }
}

export function connectDesktop(): DesktopApi {
  return window.desktop ?? browserDesktop(window);
}

/** Of the call strip's page, which has other calls; null in a browser, where there is no strip. */
export function connectStrip(): StripApi | null {
  return (window.desktop as unknown as StripApi | undefined) ?? null;
}

export { browserDesktop } from './browser-desktop.ts';
export {
  clearJournals,
  draftJournal,
  outboxJournal,
  type SessionKeeper,
  type SessionSecret,
  sessionKeeper,
  sessionSecret,
} from './keepers.ts';
export { type KeptTexts, type KeptTextsOptions, openKeptTexts } from './kept-texts.ts';
export { reportPageErrors } from './page-errors.ts';
export { type PageReport, pageReport } from './page-report.ts';
export { openTextDisk, type TextDisk } from './text-disk.ts';
export { textKey } from './text-key.ts';
