/**
 * This desktop's telephone: registers at the bridge over WebSocket, carries the sound. The only room that knows JsSIP and the microphone.
 *
 * Two things to know. Ringing happens on the offer, not on the INVITE: `offer-matching.ts` ties the two together, whichever comes first.
 * And the microphone is opened at sign-in with its track switched off, so that Answer costs no permission and no device start.
 */
export { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
export { type Phone, type PhoneAccount, type PhoneListener, lazyPhone } from './phone.ts';
export { type Ringer, createRinger } from './ringer.ts';
