/**
 * Every word on the screen, in English and Simplified Chinese. Two things to know: the keys are typed, so a missing text does not
 * compile, and what the bridge says as a code with facts becomes a sentence here (`sentences.ts`) and nowhere else.
 */
export { type Formats, type Language, daysUntil, formatsOf, isSameDay } from './formats.ts';
export { type Text, TextProvider, createI18n, useText } from './i18n.ts';
export { type PathSentence, callerName, dispositionPath, knowSentence, pathSentence, whySentence, whyText } from './sentences.ts';
export type { TextKey, Texts, Translate } from './texts.ts';
