/**
 * The one noun every business module shares: an interaction is one contact with one customer on any channel.
 *
 * Two things to know: `events.ts` is the whole vocabulary of what can happen, and `ports.ts` holds the ports through which the stories in
 * `flows/` touch the world (`VoiceCall`, `AgentPhones`, `EventJournal`). Nothing here does I/O.
 */

export { maskCardNumbers, maskCardNumbersOfHtml } from '../../shared/card-numbers.ts';
export type * from './conversations.ts';
export * from './events.ts';
export { faxSender } from './fax-sender.ts';
export type * from './live-calls.ts';
export * from './long-texts.ts';
export type * from './look-ups.ts';
export * from './mail-loops.ts';
export * from './mail-subjects.ts';
export * from './mail-threads.ts';
export { stepOf } from './main-path.ts';
export * from './message-rules.ts';
export type * from './messages.ts';
export type * from './pages.ts';
export * from './ports.ts';
export type * from './prompt-sounds.ts';
export { findProviderId, providerIdForms, sameProviderId } from './provider-ids.ts';
export type * from './recording.ts';
export { type ConsentWord, readConsentWord } from './stop-words.ts';
export type * from './surveys.ts';
export type * from './text-messages.ts';
export * from './try-message-rules.ts';
export { isNamed, unnamedKey } from './unnamed-keys.ts';
export { writtenLanguage } from './written-language.ts';
