/**
 * This desktop's telephone: registers at the bridge over WebSocket, carries the sound. The only room that knows JsSIP and the microphone.
 *
 * Two things to know. Ringing happens on the offer, not on the INVITE: `offer-matching.ts` ties the two together, whichever comes first.
 * And the microphone is opened at sign-in with its track switched off, so that Answer costs no permission and no device start.
 */
export { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
export { lazyPhone, type Phone, type PhoneAccount, type PhoneListener } from './phone.ts';
export { createRinger, type Ringer } from './ringer.ts';

/** The real phone; its code is fetched when first called for. */
export const loadSipPhone = async () => (await import('./sip-phone.ts')).sipPhone();
