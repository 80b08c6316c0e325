import type { Disposable } from '../kernel/index.ts';
import type { LegQuality } from './quality/leg-quality.ts';
import type { OverloadLimits } from './worker/overload.ts';

/** What the outside of this floor sees. SDP in, SDP out. */

export type SoundSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'music'; readonly path: string }
  | { readonly kind: 'ringback' }
  /** What the leg itself said so long ago. */
  | { readonly kind: 'echo'; readonly delayMs: number };

/**
 * SRTP with keys in SDP (RFC 4568) on a leg of plain RTP. `never`: only packets in clear; `offered`: our offers have keys, and an offer or an
 * answer is taken with them or without; `required`: nothing is sent or heard in clear.
 */
export type SrtpUse = 'never' | 'offered' | 'required';

/**
 * What a recording holds: on the left the legs `left` (the customer), on the right the legs `right`, or, `asHeard`, everything that the left
 * leg is sent: whoever of ours talks to them, through transfers and conferences, and what is played to them.
 */
export interface RecordingRequest {
  /** A WAV of G.711 in two channels, whole at any moment. A file that an earlier worker left behind is continued. Folders are made. */
  readonly path: string;
  readonly left: readonly string[];
  readonly right: readonly string[] | 'asHeard';
  /** Begins paused: for a pause that outlived the worker it was ordered from. */
  readonly isPaused?: boolean;
}

export interface RecordingOutcome {
  /** Of what this worker wrote; pauses included, which are silence of their length. */
  readonly durationMs: number;
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number }[];
}

export interface MediaEvents {
  /** A key pressed on a leg (RFC 4733), once per press. */
  digit: { readonly legId: string; readonly digit: string; readonly durationMs: number };
  played: { readonly playId: string; readonly outcome: 'finished' | 'stopped' | 'missing' };
  /** A leg can carry media now: DTLS is up, or for RTP the first packet came. */
  connected: { readonly legId: string };
  /** First audio packet that left towards `legId` with the other leg's sound after `join`; `at` is on the scale of the engine's `clock.monotonic()`. */
  firstAudio: { readonly toLegId: string; readonly at: number };
  /** No RTP on a leg for the media time-out (30 s trunk while not held; DTLS or ICE consent loss for WebRTC). */
  lost: { readonly legId: string; readonly why: 'rtpTimeout' | 'iceFailed' | 'dtlsFailed' };
  /**
   * For half a second Opus has come on a leg and reached nobody: somebody needs its sound, or the other side did not agree on Opus. Told once
   * after each agreement.
   */
  opusUnheard: { readonly legId: string };
  /** Every two seconds of a leg that is connected. */
  quality: { readonly legId: string } & LegQuality;
  /** The disk took no more of a recording; what it took is a whole file, and the call goes on. */
  recordingFailed: { readonly recordingId: string; readonly why: 'diskFull' | 'notWritable' };
  /** The worker died or the session was ended. Nothing follows. */
  closed: { readonly why: 'ended' | 'workerDied' };
}

/** G.711 alone; Opus after it; or Opus first, which asks the far side to send that. We ourselves never send any but what another leg sent. */
export type Codecs = 'g711' | 'withOpus' | 'opusFirst';

export interface MediaSession {
  readonly sessionId: string;
  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable;
  /**
   * A plain RTP leg answering an offer, and later ones of the same far side. Rejects with `MediaError('notAcceptable')` when no G.711 codec is
   * offered, or not with the protection that is wanted. Without `srtp`: `never`. With `withOpus`, an offered Opus is agreed on beside G.711.
   */
  answerRtpLeg(offer: string, srtp?: SrtpUse, codecs?: 'g711' | 'withOpus'): Promise<{ readonly legId: string; readonly sdp: string }>;
  /**
   * A plain RTP leg with our own offer (late offer); complete with `acceptAnswer`. `key`, the value of an `a=crypto` line of ours, is offered
   * again in place of new ones: not every far side takes another key in the middle of a call.
   */
  offerRtpLeg(srtp?: SrtpUse, key?: string | null, codecs?: 'g711' | 'withOpus'): Promise<{ readonly legId: string; readonly sdp: string }>;
  /** A WebRTC leg with our offer (ICE-lite or full, DTLS-SRTP, PCMU/PCMA, then Opus). */
  offerWebRtcLeg(): Promise<{ readonly legId: string; readonly sdp: string }>;
  acceptAnswer(legId: string, sdp: string): Promise<void>;
  /** Our new offer on a leg that is up, of the same place under the same keys; complete with `acceptAnswer`, and nothing changes before. */
  offerAgain(legId: string, codecs: Codecs): Promise<string>;
  /** The far side's new offer on a leg (hold, resume, address change). Answer SDP, and whether the far side now holds us. */
  renegotiate(legId: string, offer: string): Promise<{ readonly sdp: string; readonly isHeld: boolean }>;
  /** Starts a sound on a leg, replacing the one that plays. Music and ringback loop. */
  play(legId: string, source: SoundSource): string;
  stop(legId: string): void;
  /** One direction: `listenerLegId` hears `speakerLegId` from the next frame, and a sound playing on it stops; or does not hear it any more. */
  hear(listenerLegId: string, speakerLegId: string, hears: boolean): void;
  /** Both legs hear each other from the next frame; a sound playing on either stops. */
  join(legA: string, legB: string): void;
  part(legA: string, legB: string): void;
  sendDigit(legId: string, digit: string, durationMs?: number): void;
  /** Masked, the leg's key tones reach neither another leg nor a recording, which gets silence of the leg; `digit` events are told as ever. */
  maskDigits(legId: string, isMasked: boolean): void;
  /** Resolves when the file is there. Rejects with `MediaError`: `diskFull`, `notWritable`, or `unknownLeg` when the session is over. */
  startRecording(recordingId: string, request: RecordingRequest): Promise<void>;
  pauseRecording(recordingId: string): void;
  resumeRecording(recordingId: string): void;
  /** Resolves when everything is on disk. Recordings that run when the session ends are stopped by that. */
  stopRecording(recordingId: string): Promise<RecordingOutcome>;
  closeLeg(legId: string): void;
  end(): void;
}

export interface MediaConfig {
  /** Address bound by sockets. */
  readonly host: string;
  /** Address written into SDP and ICE candidates where others reach us at another one (1:1 NAT); `host` without it. */
  readonly advertisedHost?: string | null;
  /** Range of UDP ports, both ends included; RTP takes even ports. [0, 0] leaves the choice to the system. */
  readonly portRange: readonly [number, number];
  readonly workers: number;
  /** Calls per worker beyond which `createSession` refuses (`null`). */
  readonly callsPerWorker: number;
  readonly rtpTimeoutMs: number;
  /** When a worker has too much to do to take new calls; `overloadLimits` where nothing is said. */
  readonly overload?: Partial<OverloadLimits>;
}

export interface MediaEngine {
  start(): Promise<void>;
  /** Null when every worker is full, down or (for a new call) has too much to do: answer 503. A call that is up is worth more than a good ear. */
  createSession(sessionId: string, call?: 'new' | 'established'): MediaSession | null;
  /** How many of its workers run now: below `of` while one restarts, for good when it was given up. `overloaded` ones take no new calls. */
  readiness(): { readonly ready: number; readonly of: number; readonly overloaded: number };
  /** For metrics: resident bytes, event-loop delay p99, sessions, per worker. */
  stats(): Promise<
    readonly { readonly pid: number; readonly sessions: number; readonly residentBytes: number; readonly eventLoopP99Ms: number }[]
  >;
  stop(): Promise<void>;
}

/** `code` is stable; the message is for logs. `notRelayed`: a relay takes no such call, our own engine does; `notHeard`: it talks in Opus. */
export class MediaError extends Error {
  readonly code:
    | 'notAcceptable'
    | 'notRelayed'
    | 'noPorts'
    | 'workerDied'
    | 'badSdp'
    | 'unknownLeg'
    | 'diskFull'
    | 'notWritable'
    | 'notHeard';
  constructor(code: MediaError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
