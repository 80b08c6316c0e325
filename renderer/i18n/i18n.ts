import i18next, { type i18n, type PostProcessorModule } from 'i18next';
import { createContext, createElement, type ReactNode, use, useMemo } from 'react';
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import { type Formats, formatsOf, type Language } from './formats.ts';
import type { Translate } from './texts.ts';
import { zh } from './zh.ts';

/** Chinese stands off from figures and Latin letters by a space, from Chinese by none: which of the two a name is shows when it is filled in. */
const hanSpacing: PostProcessorModule = {
  type: 'postProcessor',
  name: 'hanSpacing',
  process: (text, _key, _options, translator: { readonly language: string }) =>
    translator.language !== 'zh' ? text : text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ''),
};

/** One instance per page. Texts are in the bundle: a language is there at once and offline. */
export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  void instance
    .use(initReactI18next)
    .use(hanSpacing)
    .init({
      postProcess: hanSpacing.name,
      lng: language,
      fallbackLng: false,
      resources: { en: { translation: en }, zh: { translation: zh } },
      keySeparator: false,
      nsSeparator: false,
      // React escapes; doing it twice would show `&amp;` in names.
      interpolation: { escapeValue: false },
      initAsync: false,
    });
  return instance;
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
