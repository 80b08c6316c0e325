/**
 * Speaks facts: a text such as `-105.03`, `2026-11-22` or `C-1042` becomes the names of the shipped fragments that say it, in English or
 * Chinese. Pure: what the fragments sound like is in `assets/prompts`, made by `tools/make-assets`.
 *
 * Two things to know: any text may come in, since callers and other systems write it; what is not what it should be is spelled, character by
 * character. And nothing is ever named that `fragmentNames` does not list, so that a test can prove that every sound is there.
 */

export { fragmentNames } from './fragment-names.ts';
export { type SpeechLocale, type SpokenAs, spoken } from './spoken.ts';
