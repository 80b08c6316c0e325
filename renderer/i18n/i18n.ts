import i18next, { type i18n, type PostProcessorModule } from 'i18next';
import { createContext, createElement, type ReactNode, use, useMemo } from 'react';
import { type Formats, formatsOf, type Language } from './formats.ts';
import { signInEn } from './sign-in.en.ts';
import { signInZh } from './sign-in.zh.ts';
import type { Texts, Translate } from './texts.ts';

/** Chinese stands off from figures and Latin letters by a space, from Chinese by none: which of the two a name is shows when it is filled in. */
const hanSpacing: PostProcessorModule = {
  type: 'postProcessor',
  name: 'hanSpacing',
  process: (text, _key, _options, translator: { readonly language: string }) =>
    translator.language !== 'zh' ? text : text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ''),
};

/** The texts of a language are fetched when it is first needed: three quarters of the first script would be texts nobody reads before signing in. */
const fetchTexts: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
};

/** All words of the desk; beside them lie those of the sign-in card, which are there from the start. */
const desk = 'desk';
const signIn = 'signIn';

/** One instance per page, with the languages it has all texts of already. */
export function createI18n(language: Language, texts: Partial<Record<Language, Texts>> = {}): i18n {
  const instance = i18next.createInstance();
  void instance.use(hanSpacing).init({
    postProcess: hanSpacing.name,
    lng: language,
    fallbackLng: false,
    ns: [desk, signIn],
    defaultNS: desk,
    fallbackNS: signIn,
    resources: { en: { [signIn]: signInEn }, zh: { [signIn]: signInZh } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes; doing it twice would show `&amp;` in names.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  for (const [name, all] of Object.entries(texts)) instance.addResourceBundle(name, desk, all);
  return instance;
}

export const hasTexts = (instance: i18n, language: Language): boolean => instance.hasResourceBundle(language, desk);

/** Rejects when the texts cannot be fetched. */
export async function addTexts(instance: i18n, language: Language): Promise<void> {
  if (!hasTexts(instance, language)) instance.addResourceBundle(language, desk, await fetchTexts[language]());
}

export interface Text {
  readonly t: Translate;
  readonly formats: Formats;
}

const TextContext = createContext<Text | null>(null);

/** One for the whole page: a part that needs words only reads it, and is drawn anew when the language is another. */
export function TextProvider({
  i18n,
  language,
  children,
}: {
  readonly i18n: i18n;
  readonly language: Language;
  readonly children: ReactNode;
}) {
  const text = useMemo(() => ({ t: translateOf(i18n, language), formats: formatsOf(language) }), [i18n, language]);
  return createElement(TextContext, { value: text }, children);
}

const mostKnown = 2_000;

/** Each is looked up and filled in once: a screen asks for hundreds each time it is drawn, mostly with the facts of before. */
function translateOf(i18n: i18n, language: Language): Translate {
  const translate = i18n.getFixedT(language) as unknown as Translate;
  const known = new Map<string, string>();
  return (key, facts) => {
    const asked = facts ? `${key} ${JSON.stringify(facts)}` : key;
    const text = known.get(asked) ?? translate(key, facts);
    if (known.size >= mostKnown) known.clear();
    // What has no words yet, because they are being fetched, is shown as its own name.
    if (text !== key) known.set(asked, text);
    return text;
  };
}

export function useText(): Text {
  const text = use(TextContext);
  if (!text) throw new Error('useText needs a TextProvider above it');
  return text;
}
