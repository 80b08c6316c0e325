/**
 * The scripted phone: a telephone that does what a test says and tells what it hears. It is the outside judge of the bridge's SIP and
 * sound, so its transactions and dialogs are its own; only message syntax and codecs are the bridge's.
 *
 * Two things to know: every wait has a limit and fails with the whole story of the call so far (`journal`); and sounds are recognised
 * by themselves: recordings by name, tones by frequency, so a test says `await call.ears.prompt('welcome')`.
 */
export { Ears } from './ears.ts';
export { Journal, WaitError } from './journal.ts';
export { KnownSounds, knownSoundsOf } from './known-sounds.ts';
export { Mouth } from './mouth.ts';
export { NoMedia } from './no-media.ts';
export type { PhoneMedia } from './phone-media.ts';
export { RtpMedia, type RtpMediaOptions } from './rtp-media.ts';
export type { Ending, OutgoingCallOptions } from './scripted-call.ts';
export { ScriptedCall } from './scripted-call.ts';
export type { MediaFactory, TrunkPhoneOptions, WebSocketPhoneOptions } from './scripted-phone.ts';
export { ScriptedPhone } from './scripted-phone.ts';
export { WebRtcMedia } from './webrtc-media.ts';
