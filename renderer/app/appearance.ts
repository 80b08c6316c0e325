import type { Locale } from '../../shared/contracts/contact.ts';
import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { Language } from '../i18n/index.ts';

/** The language of the screen: what was chosen, otherwise that of the account, otherwise that of the computer. */
export function languageOf(setting: DesktopSettings['language'], account: Locale | null, computer: string): Language {
  if (setting !== 'system') return setting;
  return account ?? (computer.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}

/** Sets the theme on the document and follows the computer's while that is what was chosen. Returns how to stop following. */
export function applyTheme(theme: DesktopSettings['theme'], page: Window): () => void {
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    page.document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  show();
  if (theme !== 'system') return () => undefined;
  dark.addEventListener('change', show);
  return () => dark.removeEventListener('change', show);
}

export function applyLanguage(language: Language, page: Window): void {
  page.document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
