import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { applyTheme, languageOf } from './app/appearance.ts';
import { composeDesk } from './app/compose.ts';
import {
  clearJournals,
  connectDesktop,
  openKeptTexts,
  openTextDisk,
  pageReport,
  reportPageErrors,
  sessionSecret,
  textKey,
} from './desktop/index.ts';
import { createI18n } from './i18n/index.ts';
import './ui/index.ts';

/** Settings first, so that the first picture already has its language and theme. */
async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root');
  if (/\/gallery$/.test(window.location.pathname)) {
    const { Gallery } = await import('./app/Gallery.tsx');
    createRoot(root).render(<Gallery />);
    return;
  }
  const desktop = connectDesktop();
  const report = pageReport((event, facts) => void desktop.call('report:write', { event, facts }).catch(() => undefined));
  reportPageErrors(window, report);
  const [settings, key, disk, secret] = await Promise.all([
    desktop.call('settings:read', {}),
    textKey(desktop, window),
    openTextDisk(window),
    sessionSecret(desktop),
  ]);
  applyTheme(settings.theme, window)();
  const i18n = createI18n(languageOf(settings.language, null, navigator.language));
  const texts = await openKeptTexts({ disk, key, earlier: { storage: window.localStorage, clearPrefixes: clearJournals }, report });
  const desk = composeDesk(desktop, settings, i18n, { texts, secret, report }, window);
  desk.start();
  createRoot(root).render(
    <StrictMode>
      <App desk={desk} i18n={i18n} />
    </StrictMode>,
  );
}

void main();
