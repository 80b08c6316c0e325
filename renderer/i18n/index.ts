/**
 * Every word on the screen, in English and Simplified Chinese. Two things to know: the keys are typed, so a missing text does not
 * compile, and what the bridge says as a code with facts becomes a sentence here (`sentences.ts`) and nowhere else.
 */

export { customChoices, customValueText, customValueTyped } from './custom-fields.ts';
export { daysUntil, type Formats, formatsOf, isSameDay, type Language } from './formats.ts';
export { addTexts, createI18n, hasTexts, type Text, TextProvider, useText } from './i18n.ts';
export { candidateReasonSentence, likenessSentence } from './identity.ts';
export { notReadyReasonName } from './not-ready-reasons.ts';
export { needsText, reasonName, skillName, type Voice, voiceOf, type WhyParts, whyParts, whySentence, whyText } from './reasons.ts';
export { recordFieldName, recordValueText } from './record-words.ts';
export { scoreRuleSentence } from './score-rules.ts';
export {
  callerName,
  dispositionPath,
  knowSentence,
  type PathSentence,
  pathSentence,
  pathSteps,
} from './sentences.ts';
export { callSign, channelSigns, entrySigns, followUpSigns, identifierSigns } from './signs.ts';
export { soundWords } from './sound-words.ts';
export type { TextKey, Texts, Translate } from './texts.ts';
export { scoreReasonText } from './value.ts';
