import type { Clock, Disposable, Log, TimerHandle } from '../../../kernel/index.ts';
import { Emitter } from '../../../kernel/index.ts';
import type {
  MediaEngine,
  MediaEvents,
  MediaSession,
  RecordingOutcome,
  RecordingRequest,
  SoundSource,
  SrtpUse,
} from '../../../media/index.ts';
import { hasOpus, MediaError, ownKeyLine } from '../../../media/index.ts';
import { LegCodec, OpusChoice } from '../opus/index.ts';
import type { FarSide } from './far-side.ts';
import { goOn, type LastingLeg, lastingLeg } from './lasting-leg.ts';
import { LastingRecordings } from './lasting-recordings.ts';
import { comfort, endComfort, restoreSound } from './leg-sound.ts';
import { reofferOf } from './reoffer.ts';

export interface LastingSessionParts {
  readonly session: MediaSession;
  readonly engine: Pick<MediaEngine, 'createSession'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly music: SoundSource;
}

/** What those who lead a call may ask of its sound: which codec it is in is not theirs to say. */
export type CallMedia = Omit<MediaSession, 'offerAgain'>;

/** Another worker, or the same one started anew, is looked for this long; a worker needs less than a second to start. */
const workerLimitMs = 8_000;
const lookEveryMs = 50;
/** A session that kills whichever worker it is put into is a bug of ours and ends. */
const movesAtMost = 5;

/**
 * A call's media session that outlives the worker it is in. When the worker dies, every leg is made anew in another one and offered to its
 * far side; what played plays again, music and prompts from their beginning, and who was joined is joined. To its user nothing happened but
 * `moved`. A leg whose far side does not take the offer is told as `lost`; without a worker in time the session is `closed`.
 *
 *     open --worker died--> moving --another worker--> open        moving --none in 8 s--> closed
 */
export class LastingSession implements CallMedia {
  readonly sessionId: string;
  readonly #parts: LastingSessionParts;
  readonly #emitter: Emitter<MediaEvents & { moving: null; moved: { readonly tookMs: number } }>;
  readonly #legs = new Map<string, LastingLeg>();
  readonly #byInner = new Map<string, LastingLeg>();
  readonly #recordings: LastingRecordings;
  readonly #opus: OpusChoice;
  /** Recordings that wait for what they are to hear. */
  #recordingsDue = 0;
  /** Null while it moves and after the end. */
  #session: MediaSession | null;
  /** Somebody wants it to end; a worker that dies over it ends it as well. */
  #isEnding = false;
  #isOver = false;
  #moves = 0;
  #opened = 0;
  #plays = 0;
  #listening: Disposable[] = [];
  #whenSettled: (() => void)[] = [];
  #look: TimerHandle | undefined;

  constructor(parts: LastingSessionParts) {
    this.#parts = parts;
    this.sessionId = parts.session.sessionId;
    this.#emitter = new Emitter((error) => parts.log.error('media:listener-failed', { error: String(error) }));
    this.#recordings = new LastingRecordings(parts.clock, parts.log, (legId) => this.#legs.get(legId)?.inner ?? null);
    this.#opus = new OpusChoice({
      clock: parts.clock,
      log: parts.log,
      legs: () => [...this.#legs.values()],
      isRecorded: () => this.#recordingsDue > 0 || this.#recordings.isAnyRunning,
    });
    this.#session = parts.session;
    this.#listen(parts.session);
  }

  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable {
    return this.#emitter.on(name, listener as never);
  }

  /** Told at the worker's death: what was offered and is not on its way to anybody should be thrown away. */
  onMoving(listener: () => void): Disposable {
    return this.#emitter.on('moving', listener);
  }

  /** Told when every far side that could be told has answered, or not; at once when one took the place of another. */
  onMoved(listener: (tookMs: number) => void): Disposable {
    return this.#emitter.on('moved', ({ tookMs }) => listener(tookMs));
  }

  /** From its far side's 200 on a leg can be moved. What lost its worker before that is renewed now. */
  reach(legId: string, farSide: FarSide): void {
    const leg = this.#legs.get(legId);
    if (!leg) return;
    leg.farSide = farSide;
    if (leg.inner === null && this.#session) void this.#renew(leg, this.#session);
    this.#opus.consider();
  }

  answerRtpLeg(offer: string, srtp?: SrtpUse, codecs?: 'g711' | 'withOpus'): Promise<{ readonly legId: string; readonly sdp: string }> {
    return this.#open('rtp', (session) => session.answerRtpLeg(offer, srtp, codecs), offer);
  }

  offerRtpLeg(
    srtp?: SrtpUse,
    key?: string | null,
    codecs?: 'g711' | 'withOpus',
  ): Promise<{ readonly legId: string; readonly sdp: string }> {
    return this.#open('rtp', (session) => session.offerRtpLeg(srtp, key, codecs));
  }

  offerWebRtcLeg(): Promise<{ readonly legId: string; readonly sdp: string }> {
    return this.#open('webrtc', (session) => session.offerWebRtcLeg());
  }

  /** An answer to an offer whose worker is gone means nothing: the far side is offered anew as soon as it can be. */
  async acceptAnswer(legId: string, sdp: string): Promise<void> {
    const leg = this.#known(legId);
    const session = this.#session;
    if (!session || leg.inner === null) return;
    try {
      await session.acceptAnswer(leg.inner, sdp);
      leg.key = ownKeyLine(leg.own, sdp);
      leg.codec.agreed(hasOpus(leg.own) && hasOpus(sdp));
    } catch (error) {
      if (this.#session === session || this.#isOver) throw error;
    }
  }

  async renegotiate(legId: string, offer: string): Promise<{ readonly sdp: string; readonly isHeld: boolean }> {
    const leg = this.#known(legId);
    if (!this.#session || leg.inner === null) throw new MediaError('workerDied', 'the leg is being made anew');
    const answered = await this.#session.renegotiate(leg.inner, offer);
    leg.own = answered.sdp;
    leg.key = ownKeyLine(answered.sdp, offer);
    leg.isHeld = answered.isHeld;
    leg.codec.agreed(hasOpus(offer) && hasOpus(answered.sdp));
    this.#opus.consider();
    return { ...answered, sdp: goOn(leg, answered.sdp) };
  }

  play(legId: string, source: SoundSource): string {
    const leg = this.#legs.get(legId);
    const playId = `${this.sessionId}.s${++this.#plays}`;
    if (!leg || this.#isOver) {
      queueMicrotask(() => this.#emitter.emit('played', { playId, outcome: 'stopped' }));
      return playId;
    }
    this.#forgetSound(leg);
    leg.comfort = null;
    const sound: NonNullable<LastingLeg['sound']> = { playId, source, inner: null };
    leg.sound = sound;
    this.#whenHeard([leg], () => {
      if (leg.sound === sound && sound.inner === null && leg.inner !== null && this.#session)
        sound.inner = this.#session.play(leg.inner, source);
    });
    return playId;
  }

  stop(legId: string): void {
    const leg = this.#legs.get(legId);
    if (!leg) return;
    if (leg.inner !== null && leg.sound?.inner !== null) this.#session?.stop(leg.inner);
    else this.#forgetSound(leg);
    this.#opus.consider();
  }

  join(legA: string, legB: string): void {
    const [a, b] = [this.#legs.get(legA), this.#legs.get(legB)];
    if (!a || !b) return;
    a.hears.add(b);
    b.hears.add(a);
    for (const leg of [a, b]) if (leg.sound?.inner === null) this.#forgetSound(leg);
    this.#whenHeard([...a.hears, ...b.hears], () => {
      const [aHears, bHears] = [a.hears.has(b), b.hears.has(a)];
      if (this.#session && a.inner !== null && b.inner !== null) {
        if (aHears && bHears) return this.#session.join(a.inner, b.inner);
        if (aHears) return this.#session.hear(a.inner, b.inner, true);
        if (bHears) this.#session.hear(b.inner, a.inner, true);
        return;
      }
      comfort(a, this.#session, this.#parts.music);
      comfort(b, this.#session, this.#parts.music);
    });
  }

  hear(listenerLegId: string, speakerLegId: string, hears: boolean): void {
    const [listener, speaker] = [this.#legs.get(listenerLegId), this.#legs.get(speakerLegId)];
    if (!listener || !speaker || listener === speaker) return;
    if (hears) {
      listener.hears.add(speaker);
      if (listener.sound?.inner === null) this.#forgetSound(listener);
      return this.#whenHeard([...listener.hears], () => {
        if (!listener.hears.has(speaker)) return;
        if (listener.inner !== null && speaker.inner !== null) this.#session?.hear(listener.inner, speaker.inner, true);
        else comfort(listener, this.#session, this.#parts.music);
      });
    }
    listener.hears.delete(speaker);
    endComfort(listener, this.#session);
    if (listener.inner !== null && speaker.inner !== null) this.#session?.hear(listener.inner, speaker.inner, false);
    this.#opus.consider();
  }

  part(legA: string, legB: string): void {
    const [a, b] = [this.#legs.get(legA), this.#legs.get(legB)];
    if (!a || !b) return;
    a.hears.delete(b);
    b.hears.delete(a);
    if (a.inner !== null && b.inner !== null) this.#session?.part(a.inner, b.inner);
    for (const leg of [a, b]) endComfort(leg, this.#session);
    this.#opus.consider();
  }

  /**
   * Gives a leg the far side and the sound of another, which is none any more: whoever heard the one hears the other, and what played to it
   * plays again. False, and nothing changed, when one of them is gone.
   */
  takePlace(newcomerId: string, legId: string): boolean {
    const [newcomer, leg] = [this.#legs.get(newcomerId), this.#legs.get(legId)];
    const session = this.#session;
    if (!newcomer || !leg || newcomer.inner === null || !session) return false;
    const before = leg.inner;
    this.#legs.delete(newcomerId);
    leg.kind = newcomer.kind;
    leg.inner = newcomer.inner;
    leg.origin = newcomer.origin;
    leg.own = newcomer.own;
    leg.key = newcomer.key;
    leg.farSide = newcomer.farSide;
    leg.comfort = null;
    leg.isQuiet = false;
    leg.isHeld = newcomer.isHeld;
    leg.codec = this.#codecOf(leg, newcomer.codec.canOpus);
    this.#byInner.set(newcomer.inner, leg);
    this.#restore(leg, session);
    if (before !== null) {
      this.#byInner.delete(before);
      session.closeLeg(before);
    }
    this.#emitter.emit('moved', { tookMs: 0 });
    return true;
  }

  sendDigit(legId: string, digit: string, durationMs?: number): void {
    const inner = this.#legs.get(legId)?.inner ?? null;
    if (inner !== null) this.#session?.sendDigit(inner, digit, durationMs);
  }

  maskDigits(legId: string, isMasked: boolean): void {
    const leg = this.#legs.get(legId);
    if (!leg) return;
    leg.isMasked = isMasked;
    this.#opus.consider();
    if (leg.inner !== null) this.#session?.maskDigits(leg.inner, isMasked);
  }

  /** Rejects with `notHeard` where a far side does not come back to G.711 in time: better no recording than one of silence. */
  async startRecording(recordingId: string, request: RecordingRequest): Promise<void> {
    this.#recordingsDue++;
    try {
      this.#opus.consider();
      if (!(await this.#opus.heard([...this.#legs.values()]))) throw new MediaError('notHeard', 'a far side stays on Opus');
      const session = await this.#carrying();
      await this.#recordings.start(session, recordingId, request);
    } finally {
      this.#recordingsDue--;
      this.#opus.consider();
    }
  }

  pauseRecording(recordingId: string): void {
    this.#recordings.pause(recordingId, true);
  }

  resumeRecording(recordingId: string): void {
    this.#recordings.pause(recordingId, false);
  }

  async stopRecording(recordingId: string): Promise<RecordingOutcome> {
    try {
      return await this.#recordings.stop(recordingId);
    } finally {
      this.#opus.consider();
    }
  }

  closeLeg(legId: string): void {
    const leg = this.#legs.get(legId);
    if (!leg) return;
    this.#legs.delete(legId);
    for (const other of this.#legs.values()) if (other.hears.delete(leg)) endComfort(other, this.#session);
    this.#forgetSound(leg);
    if (leg.inner !== null) {
      this.#session?.closeLeg(leg.inner);
      this.#byInner.delete(leg.inner);
      leg.inner = null;
    }
    this.#opus.consider();
  }

  /** `closed` follows. */
  end(): void {
    if (this.#isOver || this.#isEnding) return;
    this.#isEnding = true;
    if (this.#session) return this.#session.end();
    this.#close('ended');
  }

  #listen(session: MediaSession): void {
    const stable = (inner: string): string | null => this.#byInner.get(inner)?.legId ?? null;
    const told = <Name extends 'digit' | 'connected' | 'lost' | 'quality'>(name: Name) =>
      session.on(name, (event) => {
        const legId = stable(event.legId);
        if (legId !== null) this.#emitter.emit(name, { ...event, legId } as never);
      });
    this.#listening = [
      told('digit'),
      told('connected'),
      told('lost'),
      told('quality'),
      session.on('quality', ({ legId, silence }) => this.#onQuality(legId, silence === 'noPackets')),
      session.on('opusUnheard', ({ legId }) => {
        const leg = this.#byInner.get(legId);
        if (leg) this.#opus.unheard(leg);
      }),
      session.on('firstAudio', ({ toLegId, at }) => {
        const legId = stable(toLegId);
        if (legId !== null) this.#emitter.emit('firstAudio', { toLegId: legId, at });
      }),
      session.on('played', (event) => this.#onPlayed(session, event)),
      session.on('recordingFailed', (event) => this.#emitter.emit('recordingFailed', event)),
      session.on('closed', ({ why }) => this.#onClosed(why)),
    ];
  }

  /** Whoever hears nobody but an agent whose network is away hears music until it is back, or the leg is lost. */
  #onQuality(inner: string, hasNoPackets: boolean): void {
    const leg = this.#byInner.get(inner);
    if (leg?.kind !== 'webrtc' || leg.isQuiet === hasNoPackets) return;
    leg.isQuiet = hasNoPackets;
    for (const other of this.#legs.values()) {
      if (!other.hears.has(leg)) continue;
      if (hasNoPackets) comfort(other, this.#session, this.#parts.music);
      else endComfort(other, this.#session);
    }
    this.#opus.consider();
  }

  /** A dying worker says that every sound was stopped, and closes in the same tick: those sounds are to go on. */
  #onPlayed(session: MediaSession, { playId, outcome }: MediaEvents['played']): void {
    const leg = [...this.#legs.values()].find(({ sound }) => sound?.inner === playId);
    const sound = leg?.sound;
    if (!leg || !sound) return;
    const end = () => {
      if (leg.sound !== sound) return;
      leg.sound = null;
      this.#emitter.emit('played', { playId: sound.playId, outcome });
      this.#opus.consider();
    };
    if (outcome !== 'stopped') return end();
    queueMicrotask(() => {
      if (this.#session === session || this.#isOver) end();
    });
  }

  #onClosed(why: MediaEvents['closed']['why']): void {
    for (const listening of this.#listening.splice(0)) void listening.dispose();
    if (this.#isEnding) return this.#close('ended');
    if (why === 'ended' || ++this.#moves > movesAtMost) return this.#close(why);
    const { clock, log } = this.#parts;
    const diedAt = clock.monotonic();
    this.#session = null;
    this.#recordings.interrupted();
    this.#byInner.clear();
    for (const leg of this.#legs.values()) {
      leg.inner = null;
      leg.comfort = null;
      leg.isQuiet = false;
      leg.codec = this.#codecOf(leg, leg.codec.canOpus);
      if (leg.sound) leg.sound.inner = null;
    }
    this.#opus.consider();
    log.warn('media:moving', { sessionId: this.sessionId, legs: this.#legs.size });
    this.#emitter.emit('moving', null);
    this.#lookForWorker(diedAt);
  }

  #lookForWorker(diedAt: number): void {
    const { engine, clock, log } = this.#parts;
    if (this.#isOver) return;
    const session = engine.createSession(`${this.sessionId}~${this.#moves}`, 'established');
    if (session) {
      this.#session = session;
      this.#listen(session);
      void this.#moveInto(session, diedAt);
      return;
    }
    if (clock.monotonic() - diedAt >= workerLimitMs) {
      log.error('media:no-other-worker', { sessionId: this.sessionId });
      return this.#close('workerDied');
    }
    this.#look = clock.timer(lookEveryMs, () => this.#lookForWorker(diedAt));
  }

  async #moveInto(session: MediaSession, diedAt: number): Promise<void> {
    this.#settle();
    const reachable = [...this.#legs.values()].filter(({ farSide }) => farSide !== null);
    await Promise.all(reachable.map((leg) => this.#renew(leg, session)));
    if (this.#session !== session) return;
    this.#recordings.carryOn(session);
    const tookMs = Math.round(this.#parts.clock.monotonic() - diedAt);
    this.#parts.log.info('media:moved', { sessionId: this.sessionId, legs: reachable.length, tookMs });
    this.#emitter.emit('moved', { tookMs });
  }

  async #renew(leg: LastingLeg, session: MediaSession): Promise<void> {
    let inner: string | null = null;
    try {
      const made = await (leg.kind === 'rtp'
        ? session.offerRtpLeg(leg.key === null ? 'never' : 'required', leg.key, leg.codec.canOpus ? 'withOpus' : 'g711')
        : session.offerWebRtcLeg());
      inner = made.legId;
      if (!this.#isWanted(leg, session)) return session.closeLeg(inner);
      const answer = await leg.farSide?.renew(goOn(leg, made.sdp));
      if (!this.#isWanted(leg, session)) return session.closeLeg(inner);
      if (answer === undefined || answer === null) throw new MediaError('notAcceptable', 'the far side does not take the new offer');
      this.#byInner.set(inner, leg);
      await session.acceptAnswer(inner, answer);
      if (!this.#isWanted(leg, session)) return;
      leg.inner = inner;
      leg.codec = this.#codecOf(leg, hasOpus(made.sdp) && hasOpus(answer));
      this.#restore(leg, session);
    } catch (error) {
      // The next worker died as well: the next move sees to it.
      if (!this.#isWanted(leg, session)) return;
      this.#parts.log.warn('media:leg-not-moved', { legId: leg.legId, error: String(error) });
      if (inner !== null) session.closeLeg(inner);
      this.#emitter.emit('lost', { legId: leg.legId, why: leg.kind === 'rtp' ? 'rtpTimeout' : 'iceFailed' });
    }
  }

  #isWanted(leg: LastingLeg, session: MediaSession): boolean {
    return this.#session === session && this.#legs.get(leg.legId) === leg;
  }

  #restore(leg: LastingLeg, session: MediaSession): void {
    restoreSound(leg, this.#legs.values(), session);
    comfort(leg, this.#session, this.#parts.music);
    this.#recordings.legIsBack(leg.legId, session);
    this.#opus.consider();
  }

  /** Does what needs the sound of these legs when it can be had. Who is still on Opus then is silence to it, and the log says so. */
  #whenHeard(legs: readonly LastingLeg[], act: () => void): void {
    this.#opus.consider();
    if (legs.every(({ codec, isQuiet }) => codec.isNarrow || isQuiet)) return act();
    void this.#opus.heard(legs).then(() => {
      if (!this.#isOver) act();
    });
  }

  #codecOf(leg: LastingLeg, canOpus: boolean): LegCodec {
    const carrier = {
      session: () => this.#session,
      carries: (each: LastingLeg, session: MediaSession) => this.#isWanted(each, session),
      log: this.#parts.log,
    };
    return new LegCodec(reofferOf(leg, carrier), canOpus);
  }

  #forgetSound(leg: LastingLeg): void {
    const { sound } = leg;
    leg.sound = null;
    if (sound) queueMicrotask(() => this.#emitter.emit('played', { playId: sound.playId, outcome: 'stopped' }));
  }

  async #open(
    kind: LastingLeg['kind'],
    make: (session: MediaSession) => Promise<{ readonly legId: string; readonly sdp: string }>,
    offer: string | null = null,
  ): Promise<{ readonly legId: string; readonly sdp: string }> {
    for (;;) {
      const session = await this.#carrying();
      try {
        const { legId: inner, sdp } = await make(session);
        if (this.#session === session) {
          const legId = `${this.sessionId}:${++this.#opened}`;
          const canOpus = offer !== null && hasOpus(offer) && hasOpus(sdp);
          const leg = lastingLeg(legId, kind, { inner, sdp }, offer, (opened) => this.#codecOf(opened, canOpus));
          this.#legs.set(legId, leg);
          this.#byInner.set(inner, leg);
          return { legId, sdp };
        }
      } catch (error) {
        const hasMoved = error instanceof MediaError && error.code === 'workerDied' && this.#session !== session && !this.#isOver;
        if (!hasMoved) throw error;
      }
    }
  }

  /** The session that carries the call now; waits while it moves. */
  async #carrying(): Promise<MediaSession> {
    while (!this.#session && !this.#isOver) await new Promise<void>((resolve) => this.#whenSettled.push(resolve));
    if (!this.#session) throw new MediaError('workerDied', 'the media session is over');
    return this.#session;
  }

  #settle(): void {
    for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  #known(legId: string): LastingLeg {
    const leg = this.#legs.get(legId);
    if (!leg) throw new MediaError(this.#isOver ? 'workerDied' : 'unknownLeg', 'the leg is over');
    return leg;
  }

  #close(why: MediaEvents['closed']['why']): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#look?.cancel();
    this.#opus.stop();
    this.#session = null;
    for (const leg of this.#legs.values()) this.#forgetSound(leg);
    this.#legs.clear();
    this.#byInner.clear();
    this.#settle();
    this.#emitter.emit('closed', { why });
  }
}
