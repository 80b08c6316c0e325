import { createContext, useContext } from 'react';
import type { Language } from '../../i18n/index.ts';

export const GalleryLanguage = createContext<Language>('en');

/** The words of an example in the language that is shown. They are nobody's text but the gallery's, and so stand beside what they are of. */
export function useSay(): (en: string, zh: string) => string {
  const language = useContext(GalleryLanguage);
  return (en, zh) => (language === 'zh' ? zh : en);
}
