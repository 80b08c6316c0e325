/**
 * This desktop's telephone: registers at the bridge over WebSocket, carries the sound. The only room that knows JsSIP and the microphone.
 *
 * Two things to know. Ringing happens on the offer, not on the INVITE: `offer-matching.ts` ties the two together, whichever comes first.
 * And Answer does only what is the agent's to decide: the microphone is opened at sign-in, the call's sound path is made while it rings,
 * both switched off, so that nothing is heard on either side before.
 */
export { playChime } from './chime.ts';
export { type ComputerSound, computerSound } from './computer-sound.ts';
export { type Headset, type HeadsetLamps, type HeadsetListener, openHeadset } from './headset/headset.ts';
export type { Hid } from './headset/hid.ts';
export { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
export { lazyPhone, type Phone, type PhoneAccount, type PhoneListener } from './phone.ts';
export { recordSound, type SoundRecording } from './record-sound.ts';
export { createRinger, type Ringer } from './ringer.ts';
export {
  type DeviceWatch,
  findDevice,
  noSoundDevices,
  readDevices,
  type SoundDevices,
  type SoundUse,
  soundUse,
  usualUse,
  watchDevices,
} from './sound-devices.ts';
export { type Loudness, speechLevel } from './sound-meter.ts';
export { isMicrophoneOpen, type Speaking, spokenIn } from './speaking.ts';
export { wavOf } from './wav-of.ts';

/** The real phone; its code is fetched when first called for. */
export const loadSipPhone = async () => (await import('./sip-phone.ts')).sipPhone();
