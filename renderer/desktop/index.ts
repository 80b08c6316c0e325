/**
 * The program around the page: Electron's `window.desktop` where there is one, otherwise a stand-in made of what a browser has. The only
 * room that touches `window.desktop`.
 */
import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import { browserDesktop } from './browser-desktop.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopApi;
  }
}

export function connectDesktop(): DesktopApi {
  return window.desktop ?? browserDesktop(window);
}

export { browserDesktop } from './browser-desktop.ts';
export { clearJournals, draftJournal, outboxJournal, type SessionKeeper, sessionKeeper } from './keepers.ts';
export { type KeptTexts, type KeptTextsOptions, openKeptTexts } from './kept-texts.ts';
export { type PageReport, pageReport } from './page-report.ts';
export { textKey } from './text-key.ts';
