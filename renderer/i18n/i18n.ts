import i18next, { type i18n, type PostProcessorModule } from 'i18next';
import { createContext, createElement, type ReactNode, use, useMemo } from 'react';
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next';
import { type Formats, formatsOf, type Language } from './formats.ts';
import type { Texts, Translate } from './texts.ts';

/** Chinese stands off from figures and Latin letters by a space, from Chinese by none: which of the two a name is shows when it is filled in. */
const hanSpacing: PostProcessorModule = {
  type: 'postProcessor',
  name: 'hanSpacing',
  process: (text, _key, _options, translator: { readonly language: string }) =>
    translator.language !== 'zh' ? text : text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ''),
};

/** The texts of a language are fetched when it is first shown: two thirds of the first script would be the other one's. */
const fetchTexts: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
};

/** One instance per page, with the languages it has texts of from the start. */
export function createI18n(language: Language, texts: Partial<Record<Language, Texts>>): i18n {
  const instance = i18next.createInstance();
  void instance
    .use(initReactI18next)
    .use(hanSpacing)
    .init({
      postProcess: hanSpacing.name,
      lng: language,
      fallbackLng: false,
      resources: Object.fromEntries(Object.entries(texts).map(([name, translation]) => [name, { translation }])),
      keySeparator: false,
      nsSeparator: false,
      // React escapes; doing it twice would show `&amp;` in names.
      interpolation: { escapeValue: false },
      initAsync: false,
    });
  return instance;
}

/** The instance of a page that begins in this language. Rejects when its texts cannot be fetched. */
export async function fetchI18n(language: Language): Promise<i18n> {
  return createI18n(language, { [language]: await fetchTexts[language]() });
}

/** Goes over to a language, at once where its texts are there. Where they cannot be fetched the page keeps the one it has: false. */
export async function showLanguage(instance: i18n, language: Language): Promise<boolean> {
  try {
    if (!instance.hasResourceBundle(language, 'translation'))
      instance.addResourceBundle(language, 'translation', await fetchTexts[language]());
    await instance.changeLanguage(language);
    return true;
  } catch {
    return false;
  }
}

const FormatsContext = createContext<Formats | null>(null);

export function TextProvider({
  i18n,
  language,
  children,
}: {
  readonly i18n: i18n;
  readonly language: Language;
  readonly children: ReactNode;
}) {
  const formats = useMemo(() => formatsOf(language), [language]);
  return createElement(I18nextProvider, { i18n }, createElement(FormatsContext, { value: formats }, children));
}

export interface Text {
  readonly t: Translate;
  readonly formats: Formats;
}

export function useText(): Text {
  const { t } = useTranslation();
  const formats = use(FormatsContext);
  if (!formats) throw new Error('useText needs a TextProvider above it');
  return useMemo(() => ({ t: t as unknown as Translate, formats }), [t, formats]);
}
