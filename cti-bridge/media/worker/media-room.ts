import { randomBytes } from 'node:crypto';
import { type Codecs, MediaError, type RecordingRequest, type SoundSource, type SrtpUse } from '../api.ts';
import { frameMs } from '../codec/g711.ts';
import { Echo } from '../prompt/echo.ts';
import { Playback, ringbackSound } from '../prompt/playback.ts';
import { SoundLibrary } from '../prompt/sound-library.ts';
import { RecordingFile } from '../recording/recording-file.ts';
import { type Pacer, startPacer } from '../rtp/pacer.ts';
import { PortPool } from '../rtp/port-pool.ts';
import { RtpTransport } from '../rtp/rtp-transport.ts';
import { type Numbers, usualNumbers } from '../sdp/codec-lines.ts';
import { type CryptoLine, cryptoOffer, isSameAgreement, readCryptoLine, type SrtpAgreement } from '../sdp/crypto-line.ts';
import {
  answerOffer,
  type LocalEnd,
  makeOffer,
  type NegotiatedAudio,
  type NegotiationFailure,
  numbersAfter,
  readAnswer,
} from '../sdp/rtp-negotiation.ts';
import type { Leg } from '../session/leg.ts';
import type { LegNotice } from '../session/leg-notice.ts';
import { LegTable } from '../session/leg-table.ts';
import { readWebRtcTerms } from '../webrtc/webrtc-terms.ts';
import { ownNumbers, WebRtcTransport } from '../webrtc/webrtc-transport.ts';
import type { Order, Outcome, Report, WorkerConfig } from './messages.ts';

/** What a plain RTP leg said of itself in SDP. */
interface Described {
  readonly sessionNumber: number;
  readonly version: number;
  readonly srtp: SrtpUse;
  /** Of our offer, to choose from. */
  readonly keys: readonly CryptoLine[];
  readonly agreed: SrtpAgreement | null;
  /** Opus may be agreed on. */
  readonly mayUseOpus: boolean;
  /** How our last offer may be answered. */
  readonly offeredSrtp: SrtpUse;
  readonly offeredOpus: boolean;
  readonly numbers: Numbers;
}

/** Everything a media worker holds: the calls, the ports, the sounds, and one clock that moves all legs by 20 ms. */
export class MediaRoom {
  readonly #config: WorkerConfig;
  readonly #report: (report: Report) => void;
  readonly #ports: PortPool;
  readonly #sounds = new SoundLibrary();
  readonly #sessions = new Map<string, LegTable>();
  readonly #descriptions = new WeakMap<Leg, Described>();
  /** Payload types of legs to browsers. */
  readonly #browserNumbers = new WeakMap<Leg, Numbers>();
  /** The play a leg waits for while its file is read. */
  readonly #pending = new Map<Leg, string>();
  #pacer: Pacer | null = null;

  constructor(config: WorkerConfig, report: (report: Report) => void) {
    this.#config = config;
    this.#report = report;
    this.#ports = new PortPool(config.portRange);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Orders that bring something back. */
  async perform(order: Extract<Order, { requestId: number }>): Promise<Outcome> {
    switch (order.order) {
      case 'answerRtp':
        return this.#answerRtp(order.sessionId, order.legId, order.sdp, order.srtp, order.codecs);
      case 'offerRtp':
        return this.#offerRtp(order.sessionId, order.legId, order.srtp, order.codecs, order.key);
      case 'offerWebRtc':
        return this.#offerWebRtc(order.sessionId, order.legId);
      case 'acceptAnswer':
        return this.#acceptAnswer(this.#leg(order), order.sdp);
      case 'offerAgain':
        return this.#offerAgain(this.#leg(order), order.codecs);
      case 'renegotiate':
        return this.#renegotiate(this.#leg(order), order.sdp);
      case 'startRecording':
        return this.#startRecording(order.sessionId, order.recordingId, order.request);
      case 'stopRecording': {
        const recorded = await this.#sessions.get(order.sessionId)?.recordings.stop(order.recordingId);
        return recorded ? { recorded } : {};
      }
      case 'end':
        await this.#end(order.sessionId);
        return {};
      case 'stats':
      case 'isAlive':
        return {};
    }
  }

  /** Orders nobody waits for; those for a leg that is gone are late and mean nothing. */
  follow(order: Exclude<Order, { requestId: number } | { order: 'configure' }>): void {
    const table = this.#sessions.get(order.sessionId);
    if (order.order === 'pauseRecording') return table?.recordings.pause(order.recordingId);
    if (order.order === 'resumeRecording') return table?.recordings.resume(order.recordingId);
    const leg = table?.get(order.legId);
    if (!table || !leg) {
      if (order.order === 'play') this.#tell(order.sessionId, { name: 'played', event: { playId: order.playId, outcome: 'stopped' } });
      return;
    }
    switch (order.order) {
      case 'play':
        void this.#play(table.sessionId, leg, order.playId, order.source);
        return;
      case 'stop':
        this.#stopSound(table.sessionId, leg);
        return;
      case 'join':
      case 'part': {
        const other = table.get(order.otherLegId);
        if (!other) return;
        if (order.order === 'part') return table.part(leg, other);
        this.#stopSound(table.sessionId, leg);
        this.#stopSound(table.sessionId, other);
        table.join(leg, other);
        return;
      }
      case 'hear': {
        const speaker = table.get(order.otherLegId);
        if (!speaker) return;
        if (order.hears) this.#stopSound(table.sessionId, leg);
        return table.hear(leg, speaker, order.hears);
      }
      case 'maskDigits':
        return leg.maskDigits(order.isMasked);
      case 'sendDigit':
        leg.sendDigit(order.digit, order.durationMs);
        return;
      case 'closeLeg':
        this.#stopSound(table.sessionId, leg);
        void this.#remove(table, leg);
        return;
    }
  }

  async #answerRtp(sessionId: string, legId: string, offer: string, srtp: SrtpUse, codecs: Codecs): Promise<Outcome> {
    const { leg, table } = this.#newLeg(sessionId, legId);
    return this.#orRemove(table, leg, async () => {
      const transport = await RtpTransport.open(this.#ports, this.#config.host, leg);
      leg.attach(transport);
      this.#descriptions.set(leg, newDescription(srtp, [], codecs));
      return this.#agreeOnOffer(leg, transport, offer);
    });
  }

  async #offerRtp(sessionId: string, legId: string, srtp: SrtpUse, codecs: Codecs, key?: string): Promise<Outcome> {
    const { leg, table } = this.#newLeg(sessionId, legId);
    return this.#orRemove(table, leg, async () => {
      const transport = await RtpTransport.open(this.#ports, this.#config.host, leg);
      leg.attach(transport);
      const again = key === undefined ? null : readCryptoLine(key);
      const keys = srtp === 'never' ? [] : again ? [again] : cryptoOffer(randomBytes);
      this.#descriptions.set(leg, newDescription(srtp, keys, codecs));
      return { sdp: makeOffer(this.#localEnd(leg, transport), keys, codecs) };
    });
  }

  async #offerWebRtc(sessionId: string, legId: string): Promise<Outcome> {
    const { leg, table } = this.#newLeg(sessionId, legId);
    return this.#orRemove(table, leg, async () => {
      const transport = await WebRtcTransport.open(
        this.#ports,
        this.#config.host,
        newSessionNumber(),
        leg,
        this.#config.advertisedHost ?? undefined,
      );
      leg.attach(transport);
      this.#browserNumbers.set(leg, ownNumbers);
      return { sdp: await transport.offer() };
    });
  }

  async #acceptAnswer(leg: Leg, sdp: string): Promise<Outcome> {
    if (leg.transport instanceof WebRtcTransport) {
      const terms = readWebRtcTerms(sdp);
      if (!terms.ok) throw asMediaError(terms.error);
      if (!leg.isAgreed) await leg.transport.acceptAnswer(sdp);
      this.#agreeWithBrowser(leg, terms.value);
    } else {
      const { offeredSrtp, keys, offeredOpus } = this.#described(leg);
      const audio = readAnswer(sdp, offeredSrtp, keys, offeredOpus);
      if (!audio.ok) throw asMediaError(audio.error);
      if (leg.transport instanceof RtpTransport) this.#agree(leg, leg.transport, audio.value);
    }
    return {};
  }

  async #renegotiate(leg: Leg, offer: string): Promise<Outcome> {
    if (leg.transport instanceof RtpTransport) return this.#agreeOnOffer(leg, leg.transport, offer);
    const terms = readWebRtcTerms(offer);
    if (!terms.ok) throw asMediaError(terms.error);
    if (!(leg.transport instanceof WebRtcTransport)) throw new MediaError('unknownLeg', 'leg has no transport yet');
    const sdp = await leg.transport.renegotiate(offer, terms.value.opus);
    this.#agreeWithBrowser(leg, terms.value);
    return { sdp, isHeld: terms.value.isHeld };
  }

  /** Told nowhere but to the far side: until it answers, what was agreed on goes on to hold. */
  #offerAgain(leg: Leg, codecs: Codecs): Outcome {
    if (!leg.isAgreed) throw new MediaError('unknownLeg', `nothing is agreed on yet on ${leg.legId}`);
    if (leg.transport instanceof WebRtcTransport) {
      return { sdp: leg.transport.offerAgain(codecs, this.#browserNumbers.get(leg) ?? ownNumbers) };
    }
    if (!(leg.transport instanceof RtpTransport)) throw new MediaError('unknownLeg', 'leg has no transport yet');
    const { agreed, numbers } = this.#described(leg);
    // As it is now: under the same keys, or in clear.
    const keys = agreed ? [{ tag: agreed.tag, master: agreed.ours }] : [];
    const offeredSrtp = agreed ? 'required' : 'never';
    this.#descriptions.set(leg, { ...this.#described(leg), keys, offeredSrtp, offeredOpus: codecs !== 'g711' });
    return { sdp: makeOffer(this.#localEnd(leg, leg.transport), keys, codecs, numbers) };
  }

  #agreeWithBrowser(leg: Leg, audio: NegotiatedAudio): void {
    this.#browserNumbers.set(leg, numbersAfter(this.#browserNumbers.get(leg) ?? ownNumbers, audio));
    leg.agree(audio);
  }

  #agreeOnOffer(leg: Leg, transport: RtpTransport, offer: string): Outcome {
    const { srtp, agreed, mayUseOpus } = this.#described(leg);
    const answer = answerOffer(offer, this.#localEnd(leg, transport), { use: srtp, before: agreed }, mayUseOpus);
    if (!answer.ok) throw asMediaError(answer.error);
    const { audio, sdp } = answer.value;
    this.#agree(leg, transport, audio);
    return { sdp, isHeld: audio.isHeld };
  }

  /** An answer may be told twice, in a 183 and in the 200: the same keys are not begun with anew. */
  #agree(leg: Leg, transport: RtpTransport, audio: NegotiatedAudio): void {
    const described = this.#described(leg);
    const { agreed } = described;
    const srtp = audio.srtp && agreed && isSameAgreement(audio.srtp, agreed) ? agreed : audio.srtp;
    this.#descriptions.set(leg, { ...described, agreed: srtp, numbers: numbersAfter(described.numbers, audio) });
    transport.expect(audio.remoteAddress, audio.remotePort);
    transport.protect(srtp);
    leg.agree({ ...audio, srtp });
  }

  #localEnd(leg: Leg, transport: RtpTransport): LocalEnd {
    const before = this.#described(leg);
    const { sessionNumber } = before;
    const version = before.version + 1;
    this.#descriptions.set(leg, { ...before, version });
    return { host: this.#config.advertisedHost ?? this.#config.host, port: transport.port, sessionNumber, version };
  }

  #described(leg: Leg): Described {
    const described = this.#descriptions.get(leg);
    if (!described) throw new MediaError('unknownLeg', `${leg.legId} is no leg of plain RTP`);
    return described;
  }

  async #play(sessionId: string, leg: Leg, playId: string, source: SoundSource): Promise<void> {
    this.#stopSound(sessionId, leg);
    if (source.kind === 'ringback') return leg.play(new Playback(playId, ringbackSound(), true));
    if (source.kind === 'echo') return leg.play(new Echo(playId, source.delayMs, () => leg.heard.samples));
    this.#pending.set(leg, playId);
    const sound = await this.#sounds.load(source.path);
    // Stopped or replaced while the file was read: told already.
    if (this.#pending.get(leg) !== playId) return;
    this.#pending.delete(leg);
    if (sound.ok) return leg.play(new Playback(playId, sound.value, source.kind === 'music'));
    this.#report({ report: 'log', level: 'warn', event: 'media:sound-missing', fields: { path: source.path, why: sound.error } });
    this.#tell(sessionId, { name: 'played', event: { playId, outcome: 'missing' } });
  }

  #stopSound(sessionId: string, leg: Leg): void {
    leg.stopSound();
    const playId = this.#pending.get(leg);
    if (playId === undefined) return;
    this.#pending.delete(leg);
    this.#tell(sessionId, { name: 'played', event: { playId, outcome: 'stopped' } });
  }

  async #startRecording(
    sessionId: string,
    recordingId: string,
    { path, left, right, isPaused = false }: RecordingRequest,
  ): Promise<Outcome> {
    const table = this.#sessions.get(sessionId);
    if (!table) throw new MediaError('unknownLeg', `no legs in ${sessionId}`);
    if (table.recordings.has(recordingId)) return {};
    const failed = (error: unknown): 'diskFull' | 'notWritable' => {
      this.#report({ report: 'log', level: 'error', event: 'media:recording-failed', fields: { recordingId, path, why: String(error) } });
      return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT') ? 'diskFull' : 'notWritable';
    };
    const onFailure = (error: unknown): void =>
      this.#tell(sessionId, { name: 'recordingFailed', event: { recordingId, why: failed(error) } });
    const file = await RecordingFile.open(path, table.recordings.lawFor(left), onFailure).catch((error: unknown) => {
      throw new MediaError(failed(error), error instanceof Error ? error.message : String(error));
    });
    if (this.#sessions.get(sessionId) !== table) {
      await file.close();
      throw new MediaError('unknownLeg', 'the session was ended');
    }
    table.recordings.start({ recordingId, left, right, isPaused }, file);
    return {};
  }

  /** What is recorded up to now goes to the disk; for a worker that is asked to end. */
  async closeRecordings(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((table) => table.recordings.stopAll()));
  }

  #leg(order: { readonly sessionId: string; readonly legId: string }): Leg {
    const leg = this.#sessions.get(order.sessionId)?.get(order.legId);
    if (!leg) throw new MediaError('unknownLeg', `no leg ${order.legId}`);
    return leg;
  }

  #newLeg(sessionId: string, legId: string): { table: LegTable; leg: Leg } {
    let table = this.#sessions.get(sessionId);
    if (!table) {
      const tell = (notice: LegNotice) => this.#tell(sessionId, notice);
      table = new LegTable(sessionId, this.#config.rtpTimeoutMs, tell, (error) => this.#onFault(sessionId, error));
      this.#sessions.set(sessionId, table);
    }
    this.#pacer ??= startPacer(frameMs, (dueAt, skipped) => {
      for (const each of this.#sessions.values()) {
        if (skipped > 0) each.skip(skipped);
        each.tick(dueAt);
      }
    });
    return { table, leg: table.add(legId) };
  }

  async #orRemove(table: LegTable, leg: Leg, open: () => Promise<Outcome>): Promise<Outcome> {
    try {
      const outcome = await open();
      // The session was ended, or the leg closed, while its sockets were opened.
      if (this.#sessions.get(table.sessionId) === table && table.get(leg.legId) === leg) return outcome;
      throw new MediaError('unknownLeg', `leg ${leg.legId} was closed`);
    } catch (error) {
      await table.remove(leg);
      throw error;
    }
  }

  async #end(sessionId: string): Promise<void> {
    const table = this.#sessions.get(sessionId);
    if (!table) return;
    this.#sessions.delete(sessionId);
    if (this.#sessions.size === 0) {
      this.#pacer?.stop();
      this.#pacer = null;
    }
    await Promise.all([table.recordings.stopAll(), ...table.legs.map((leg) => this.#remove(table, leg))]);
  }

  async #remove(table: LegTable, leg: Leg): Promise<void> {
    await table.remove(leg);
    const { strangers, dropped } = leg.refused;
    if (strangers + dropped === 0) return;
    this.#report({ report: 'log', level: 'info', event: 'media:packets-refused', fields: { legId: leg.legId, strangers, dropped } });
  }

  /** A bug ends the call it happened in; the others go on. */
  #onFault(sessionId: string, error: unknown): void {
    if (!this.#sessions.has(sessionId)) return;
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#report({ report: 'log', level: 'error', event: 'media:session-fault', fields: { sessionId, why } });
    void this.#end(sessionId).finally(() => this.#report({ report: 'gone', sessionId }));
  }

  #tell(sessionId: string, notice: LegNotice): void {
    this.#report({ report: 'notice', sessionId, notice });
  }
}

function asMediaError(failure: NegotiationFailure): MediaError {
  return new MediaError(failure.code, failure.message);
}

function newDescription(srtp: SrtpUse, keys: readonly CryptoLine[], codecs: Codecs): Described {
  const mayUseOpus = codecs !== 'g711';
  return {
    sessionNumber: newSessionNumber(),
    version: 0,
    srtp,
    keys,
    agreed: null,
    mayUseOpus,
    offeredSrtp: srtp,
    offeredOpus: mayUseOpus,
    numbers: usualNumbers,
  };
}

/** Any number will do as long as it differs from leg to leg. */
function newSessionNumber(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
