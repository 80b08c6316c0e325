import type { Clock, Disposable, Log } from '../../kernel/index.ts';
import { Emitter } from '../../kernel/index.ts';
import type { Codecs, MediaEvents, MediaSession, RecordingOutcome, RecordingRequest, SoundSource, SrtpUse } from '../api.ts';
import { MediaError } from '../api.ts';
import type { LegNotice } from '../session/leg-notice.ts';
import { systemTimeMs } from '../session/system-time.ts';
import type { WorkerListener, WorkerProcess } from './worker-process.ts';

const defaultDigitMs = 160;

/** A call's sound, seen from the signalling process: every method is a message to the worker that does it. */
export class RemoteSession implements MediaSession, WorkerListener {
  readonly sessionId: string;
  readonly #worker: WorkerProcess;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #emitter: Emitter<MediaEvents>;
  readonly #plays = new Set<string>();
  #nextLeg = 1;
  #nextPlay = 1;
  #state: 'open' | 'ending' | 'closed' = 'open';

  constructor(sessionId: string, worker: WorkerProcess, clock: Clock, log: Log) {
    this.sessionId = sessionId;
    this.#worker = worker;
    this.#clock = clock;
    this.#log = log;
    this.#emitter = new Emitter((error) => log.error('media:listener-failed', { error: String(error) }));
    worker.attach(sessionId, this);
  }

  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable {
    return this.#emitter.on(name, listener);
  }

  async answerRtpLeg(
    offer: string,
    srtp: SrtpUse = 'never',
    codecs: 'g711' | 'withOpus' = 'g711',
  ): Promise<{ legId: string; sdp: string }> {
    const legId = this.#newLegId();
    const { sdp } = await this.#ask({ order: 'answerRtp', sessionId: this.sessionId, legId, sdp: offer, srtp, codecs });
    return { legId, sdp };
  }

  async offerRtpLeg(
    srtp: SrtpUse = 'never',
    key: string | null = null,
    codecs: 'g711' | 'withOpus' = 'g711',
  ): Promise<{ legId: string; sdp: string }> {
    const legId = this.#newLegId();
    const again = key === null ? {} : { key };
    const { sdp } = await this.#ask({ order: 'offerRtp', sessionId: this.sessionId, legId, srtp, codecs, ...again });
    return { legId, sdp };
  }

  async offerWebRtcLeg(): Promise<{ legId: string; sdp: string }> {
    const legId = this.#newLegId();
    const { sdp } = await this.#ask({ order: 'offerWebRtc', sessionId: this.sessionId, legId });
    return { legId, sdp };
  }

  async acceptAnswer(legId: string, sdp: string): Promise<void> {
    await this.#ask({ order: 'acceptAnswer', sessionId: this.sessionId, legId, sdp });
  }

  async offerAgain(legId: string, codecs: Codecs): Promise<string> {
    return (await this.#ask({ order: 'offerAgain', sessionId: this.sessionId, legId, codecs })).sdp;
  }

  renegotiate(legId: string, offer: string): Promise<{ sdp: string; isHeld: boolean }> {
    return this.#ask({ order: 'renegotiate', sessionId: this.sessionId, legId, sdp: offer });
  }

  play(legId: string, source: SoundSource): string {
    const playId = `${this.sessionId}.p${this.#nextPlay++}`;
    this.#plays.add(playId);
    this.#tell({ order: 'play', legId, playId, source });
    return playId;
  }

  stop(legId: string): void {
    this.#tell({ order: 'stop', legId });
  }

  join(legA: string, legB: string): void {
    this.#tell({ order: 'join', legId: legA, otherLegId: legB });
  }

  part(legA: string, legB: string): void {
    this.#tell({ order: 'part', legId: legA, otherLegId: legB });
  }

  hear(listenerLegId: string, speakerLegId: string, hears: boolean): void {
    this.#tell({ order: 'hear', legId: listenerLegId, otherLegId: speakerLegId, hears });
  }

  maskDigits(legId: string, isMasked: boolean): void {
    this.#tell({ order: 'maskDigits', legId, isMasked });
  }

  async startRecording(recordingId: string, request: RecordingRequest): Promise<void> {
    await this.#ask({ order: 'startRecording', sessionId: this.sessionId, recordingId, request });
  }

  pauseRecording(recordingId: string): void {
    this.#tell({ order: 'pauseRecording', recordingId });
  }

  resumeRecording(recordingId: string): void {
    this.#tell({ order: 'resumeRecording', recordingId });
  }

  async stopRecording(recordingId: string): Promise<RecordingOutcome> {
    return (await this.#ask({ order: 'stopRecording', sessionId: this.sessionId, recordingId })).recorded;
  }

  sendDigit(legId: string, digit: string, durationMs: number = defaultDigitMs): void {
    this.#tell({ order: 'sendDigit', legId, digit, durationMs });
  }

  closeLeg(legId: string): void {
    this.#tell({ order: 'closeLeg', legId });
  }

  /** `closed` follows when the worker has freed everything. */
  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#worker.ask({ order: 'end', sessionId: this.sessionId }).then(
      () => this.#close('ended'),
      (error: unknown) => {
        this.#log.warn('media:end-unanswered', { sessionId: this.sessionId, error: String(error) });
        this.#close('workerDied');
      },
    );
  }

  notice(notice: LegNotice): void {
    if (this.#state === 'closed') return;
    switch (notice.name) {
      case 'played':
        if (this.#plays.delete(notice.event.playId)) this.#emitter.emit('played', notice.event);
        return;
      case 'firstAudio': {
        const at = notice.event.at - systemTimeMs() + this.#clock.monotonic();
        return this.#emitter.emit('firstAudio', { toLegId: notice.event.toLegId, at });
      }
      case 'digit':
        return this.#emitter.emit('digit', notice.event);
      case 'connected':
        return this.#emitter.emit('connected', notice.event);
      case 'lost':
        return this.#emitter.emit('lost', notice.event);
      case 'opusUnheard':
        return this.#emitter.emit('opusUnheard', notice.event);
      case 'quality':
        return this.#emitter.emit('quality', notice.event);
      case 'recordingFailed':
        return this.#emitter.emit('recordingFailed', notice.event);
    }
  }

  workerGone(why: 'ended' | 'workerDied'): void {
    this.#close(why);
  }

  #close(why: MediaEvents['closed']['why']): void {
    if (this.#state === 'closed') return;
    for (const playId of this.#plays) this.#emitter.emit('played', { playId, outcome: 'stopped' });
    this.#plays.clear();
    this.#state = 'closed';
    this.#worker.detach(this.sessionId);
    this.#emitter.emit('closed', { why });
  }

  #newLegId(): string {
    return `${this.sessionId}.${this.#nextLeg++}`;
  }

  async #ask(question: Parameters<WorkerProcess['ask']>[0]): Promise<{ sdp: string; isHeld: boolean; recorded: RecordingOutcome }> {
    if (this.#state !== 'open') throw new MediaError(this.#state === 'closed' ? 'workerDied' : 'unknownLeg', 'the media session is over');
    const { sdp = '', isHeld = false, recorded = { durationMs: 0, pauses: [] } } = await this.#worker.ask(question);
    return { sdp, isHeld, recorded };
  }

  #tell(order: SessionOrder): void {
    if (this.#state === 'open') this.#worker.tell({ ...order, sessionId: this.sessionId });
    else if (order.order === 'play') this.#neverPlayed(order.playId);
  }

  /** Told later, as every other end of a sound is, so that the caller has the id in hand. */
  #neverPlayed(playId: string): void {
    queueMicrotask(() => {
      if (this.#plays.delete(playId)) this.#emitter.emit('played', { playId, outcome: 'stopped' });
    });
  }
}

type Told = Parameters<WorkerProcess['tell']>[0];
type SessionOrder = Told extends infer Each ? (Each extends { sessionId: string } ? Omit<Each, 'sessionId'> : never) : never;
