/**
 * Floor 1: sound. RTP and G.711 towards trunks, WebRTC (werift) towards desktops, DTMF by RFC 4733, prompts, music, a jitter buffer.
 *
 * Two things to know: all packets live in worker processes (`worker.ts`), the signalling process only sends them short messages; and one
 * call is one `MediaSession`, whose legs live in the same worker, so that joining two legs never crosses a process.
 *
 * Promises: ignorant of SIP and of the business; ending a session frees its ports, sockets and timers; a dead worker is told as the end of
 * its sessions. The pieces below the engine are pure and serve scripted phones too.
 */
export type * from './api.ts';
export { MediaError } from './api.ts';
export type { Law } from './codec/g711.ts';
export { decodeG711, encodeG711, frameMs, frameSamples, sampleRate } from './codec/g711.ts';
export type { ReceivedDigit } from './dtmf/digit-receiver.ts';
export { DigitReceiver } from './dtmf/digit-receiver.ts';
export { DigitSender } from './dtmf/digit-sender.ts';
export type { TelephoneEvent } from './dtmf/telephone-event.ts';
export { digitOfEvent, eventOfDigit, readTelephoneEvent, writeTelephoneEvent } from './dtmf/telephone-event.ts';
export { ToneDigits } from './dtmf/tone-digits.ts';
export { createMediaEngine } from './engine.ts';
export type { JitterFrame } from './jitter/jitter-buffer.ts';
export { JitterBuffer, type Sound } from './jitter/jitter-buffer.ts';
export { mix } from './mixer/mix.ts';
export { Playback } from './prompt/playback.ts';
export { preparePromptInThread } from './prompt/prepare-in-thread.ts';
export type { PreparedPrompt, PromptFault } from './prompt/prepare-prompt.ts';
export type { Wav } from './prompt/wav.ts';
export { readWav, writeWav } from './prompt/wav.ts';
export { OutboundStream } from './rtp/outbound-stream.ts';
export type { Pacer } from './rtp/pacer.ts';
export { startPacer } from './rtp/pacer.ts';
export type { RtpPacket } from './rtp/rtp-packet.ts';
export { parseRtp, writeRtp } from './rtp/rtp-packet.ts';
export type { RelayConfig } from './rtpengine/relay-engine.ts';
export { createRelayEngine } from './rtpengine/relay-engine.ts';
export { hasOpus } from './sdp/audio-terms.ts';
export { isProtected, ownKeyLine, plainOffer, withoutKeys } from './sdp/plain-offer.ts';
export type { LocalEnd, NegotiatedAudio } from './sdp/rtp-negotiation.ts';
export { answerOffer, makeOffer, readAnswer } from './sdp/rtp-negotiation.ts';
export { rootMeanSquare, ToneListener, toneAmplitude } from './tones/tone-detector.ts';
export { addTones, tone } from './tones/tone-generator.ts';
