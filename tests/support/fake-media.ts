import type { Disposable } from '../../cti-bridge/kernel/index.ts';
import { Emitter } from '../../cti-bridge/kernel/index.ts';
import type {
  Codecs,
  MediaEngine,
  MediaEvents,
  MediaSession,
  RecordingOutcome,
  RecordingRequest,
  SoundSource,
  SrtpUse,
} from '../../cti-bridge/media/api.ts';
import { MediaError } from '../../cti-bridge/media/api.ts';
import { makeOffer } from '../../cti-bridge/media/index.ts';

/** Media without packets: tests read what was asked for and tell what happened. */

export class FakeMediaSession implements MediaSession {
  readonly sessionId: string;
  readonly #events = new Emitter<MediaEvents>();
  readonly asked: string[] = [];
  /** How each leg of RTP was to be protected. */
  readonly srtp: { readonly srtp: SrtpUse | undefined; readonly key?: string | null | undefined }[] = [];
  /** The description of ours in place of the usual one. */
  description: string | undefined;
  readonly sounds: SoundSource[] = [];
  readonly joined: (readonly [string, string])[] = [];
  readonly closedLegs: string[] = [];
  readonly recordings = new Map<string, RecordingRequest>();
  hasEnded = false;
  /** Set to make the next calls of that kind fail. */
  refusal: Partial<Record<'answerRtpLeg' | 'offerWebRtcLeg' | 'acceptAnswer' | 'renegotiate' | 'startRecording', MediaError['code']>> = {};
  #legs = 0;
  #plays = 0;

  constructor(sessionId: string) {
    this.sessionId = sessionId;
  }

  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable {
    return this.#events.on(name, listener);
  }

  tell<Name extends keyof MediaEvents>(name: Name, event: MediaEvents[Name]): void {
    this.#events.emit(name, event);
  }

  listenerCount(): number {
    return (['digit', 'played', 'connected', 'firstAudio', 'lost', 'quality', 'recordingFailed', 'closed'] as const).reduce(
      (sum, name) => sum + this.#events.listenerCount(name),
      0,
    );
  }

  answerRtpLeg(_offer: string, srtp?: SrtpUse): Promise<{ readonly legId: string; readonly sdp: string }> {
    this.srtp.push({ srtp });
    return this.#leg('answerRtpLeg', 'rtp');
  }

  offerRtpLeg(srtp?: SrtpUse, key?: string | null): Promise<{ readonly legId: string; readonly sdp: string }> {
    this.srtp.push({ srtp, key });
    return this.#leg('offerRtpLeg', 'rtp');
  }

  offerWebRtcLeg(): Promise<{ readonly legId: string; readonly sdp: string }> {
    return this.#leg('offerWebRtcLeg', 'webrtc');
  }

  acceptAnswer(legId: string, sdp: string): Promise<void> {
    this.asked.push(`acceptAnswer ${legId} ${sdp}`);
    return this.refusal.acceptAnswer ? Promise.reject(new MediaError(this.refusal.acceptAnswer, 'refused')) : Promise.resolve();
  }

  offerAgain(legId: string, codecs: Codecs): Promise<string> {
    this.asked.push(`offerAgain ${legId} ${codecs}`);
    return Promise.resolve(makeOffer({ host: '127.0.0.1', port: 4000, sessionNumber: 1, version: 2 }, [], codecs));
  }

  renegotiate(legId: string, offer: string): Promise<{ readonly sdp: string; readonly isHeld: boolean }> {
    if (this.refusal.renegotiate) return Promise.reject(new MediaError(this.refusal.renegotiate, 'refused'));
    return Promise.resolve({
      sdp: this.description ?? `answer for ${legId}`,
      isHeld: offer.includes('sendonly') || offer.includes('inactive'),
    });
  }

  play(legId: string, source: SoundSource): string {
    this.asked.push(`play ${legId}`);
    this.sounds.push(source);
    return `play-${++this.#plays}`;
  }

  stop(legId: string): void {
    this.asked.push(`stop ${legId}`);
  }

  join(legA: string, legB: string): void {
    this.joined.push([legA, legB]);
  }

  part(legA: string, legB: string): void {
    this.asked.push(`part ${legA} ${legB}`);
  }

  hear(listenerLegId: string, speakerLegId: string, hears: boolean): void {
    this.asked.push(`hear ${listenerLegId} ${speakerLegId} ${hears}`);
  }

  maskDigits(legId: string, isMasked: boolean): void {
    this.asked.push(`maskDigits ${legId} ${isMasked}`);
  }

  startRecording(recordingId: string, request: RecordingRequest): Promise<void> {
    this.asked.push(`startRecording ${recordingId}`);
    this.recordings.set(recordingId, request);
    return this.refusal.startRecording ? Promise.reject(new MediaError(this.refusal.startRecording, 'refused')) : Promise.resolve();
  }

  pauseRecording(recordingId: string): void {
    this.asked.push(`pauseRecording ${recordingId}`);
  }

  resumeRecording(recordingId: string): void {
    this.asked.push(`resumeRecording ${recordingId}`);
  }

  stopRecording(recordingId: string): Promise<RecordingOutcome> {
    this.asked.push(`stopRecording ${recordingId}`);
    return Promise.resolve({ durationMs: 1000, pauses: [] });
  }

  sendDigit(legId: string, digit: string): void {
    this.asked.push(`sendDigit ${legId} ${digit}`);
  }

  closeLeg(legId: string): void {
    this.closedLegs.push(legId);
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.tell('closed', { why: 'ended' });
  }

  #leg(kind: 'answerRtpLeg' | 'offerRtpLeg' | 'offerWebRtcLeg', prefix: string): Promise<{ readonly legId: string; readonly sdp: string }> {
    this.asked.push(kind);
    const refusal = kind === 'offerRtpLeg' ? undefined : this.refusal[kind];
    if (refusal) return Promise.reject(new MediaError(refusal, 'refused'));
    const legId = `${prefix}-${++this.#legs}`;
    return Promise.resolve({ legId, sdp: this.description ?? `sdp of ${legId}` });
  }
}

export class FakeMediaEngine implements MediaEngine {
  readonly sessions: FakeMediaSession[] = [];
  /** For the sessions to come. */
  description: string | undefined;
  isFull = false;

  start(): Promise<void> {
    return Promise.resolve();
  }

  readiness() {
    return { ready: 1, of: 1, overloaded: 0 };
  }

  createSession(sessionId: string): FakeMediaSession | null {
    if (this.isFull) return null;
    const session = new FakeMediaSession(sessionId);
    session.description = this.description;
    this.sessions.push(session);
    return session;
  }

  stats(): ReturnType<MediaEngine['stats']> {
    return Promise.resolve([]);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
