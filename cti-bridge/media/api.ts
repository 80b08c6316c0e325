import type { Disposable } from '../kernel/index.ts';

/** What the outside of this floor sees. SDP in, SDP out. */

export type SoundSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'music'; readonly path: string }
  | { readonly kind: 'ringback' };

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
  quality: { readonly legId: string; readonly lossPercent: number; readonly jitterMs: number };
  /** The worker died or the session was ended. Nothing follows. */
  closed: { readonly why: 'ended' | 'workerDied' };
}

export interface MediaSession {
  readonly sessionId: string;
  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable;
  /** A plain RTP leg answering an offer. Rejects with `MediaError('notAcceptable')` when no G.711 codec is offered. */
  answerRtpLeg(offer: string): Promise<{ readonly legId: string; readonly sdp: string }>;
  /** A plain RTP leg with our own offer (late offer); complete with `acceptAnswer`. */
  offerRtpLeg(): Promise<{ readonly legId: string; readonly sdp: string }>;
  /** A WebRTC leg with our offer (ICE-lite or full, DTLS-SRTP, PCMU/PCMA, telephone-event 8000). */
  offerWebRtcLeg(): Promise<{ readonly legId: string; readonly sdp: string }>;
  acceptAnswer(legId: string, sdp: string): Promise<void>;
  /** The far side's new offer on a leg (hold, resume, address change). Answer SDP, and whether the far side now holds us. */
  renegotiate(legId: string, offer: string): Promise<{ readonly sdp: string; readonly isHeld: boolean }>;
  /** Starts a sound on a leg, replacing the one that plays. Music and ringback loop. */
  play(legId: string, source: SoundSource): string;
  stop(legId: string): void;
  /** Both legs hear each other from the next frame; a sound playing on either stops. */
  join(legA: string, legB: string): void;
  part(legA: string, legB: string): void;
  sendDigit(legId: string, digit: string, durationMs?: number): void;
  closeLeg(legId: string): void;
  end(): void;
}

export interface MediaConfig {
  /** Address written into SDP and bound by sockets. */
  readonly host: string;
  /** Range of UDP ports, both ends included; RTP takes even ports. [0, 0] leaves the choice to the system. */
  readonly portRange: readonly [number, number];
  readonly workers: number;
  /** Calls per worker beyond which `createSession` refuses (`null`). */
  readonly callsPerWorker: number;
  readonly rtpTimeoutMs: number;
}

export interface MediaEngine {
  start(): Promise<void>;
  /** Null when every worker is full or down: answer 503. */
  createSession(sessionId: string): MediaSession | null;
  /** How many of its workers can take calls now: below `of` while one restarts, for good when it was given up. */
  readiness(): { readonly ready: number; readonly of: number };
  /** For metrics: resident bytes, event-loop delay p99, sessions, per worker. */
  stats(): Promise<
    readonly { readonly pid: number; readonly sessions: number; readonly residentBytes: number; readonly eventLoopP99Ms: number }[]
  >;
  stop(): Promise<void>;
}

/** `code` is stable; the message is for logs. */
export class MediaError extends Error {
  readonly code: 'notAcceptable' | 'noPorts' | 'workerDied' | 'badSdp' | 'unknownLeg';
  constructor(code: MediaError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
