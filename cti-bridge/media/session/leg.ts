import type { MediaEvents } from '../api.ts';
import { encodeG711, frameMs, frameSamples, type Law } from '../codec/g711.ts';
import type { ReceivedDigit } from '../dtmf/digit-receiver.ts';
import { DigitSender } from '../dtmf/digit-sender.ts';
import { KeyToneGate } from '../dtmf/key-tone-gate.ts';
import { ToneDigits } from '../dtmf/tone-digits.ts';
import type { JitterFrame } from '../jitter/jitter-buffer.ts';
import { mix } from '../mixer/mix.ts';
import type { Playing } from '../prompt/playback.ts';
import { QualityWatch } from '../quality/leg-quality.ts';
import type { RecordedLeg } from '../recording/call-recordings.ts';
import { OutboundStream } from '../rtp/outbound-stream.ts';
import { type FarReport, ntpOffsetSeconds, type OwnReport } from '../rtp/rtcp.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../sdp/rtp-negotiation.ts';
import { type Codec, InboundAudio } from './inbound-audio.ts';
import type { LegNotice } from './leg-notice.ts';
import type { LegTransport, TransportListener } from './leg-transport.ts';
import { Relay } from './relay.ts';
import { systemTimeMs } from './system-time.ts';

const silence = new Int16Array(frameSamples);
/** A browser checks its path every few seconds and sends sound all the time: silent for this long, it is gone. */
const webRtcSilenceMs = 12_000;
const qualityFrames = 2000 / frameMs;
const reportFrames = 5000 / frameMs;
/** So many packets of Opus in a row that reached nobody are no moment between two agreements any more. */
const unheardOpusPackets = 25;

/**
 * One side of a call in the worker. Every 20 ms the session first pulls a frame out of every leg (`pull`), then sends one into every leg
 * (`send`): a key press if one is being sent, else the sound that plays, else what the joined legs say, else silence. Something is always
 * sent, so that far ends and NATs keep the path open; except to a browser before it is joined or played to: its path may be up while it
 * rings, its own checks keep it open, and so its first packet is the first sound of the call.
 *
 * Between two who hear nobody else, packets do not wait for the frame: see `Relay`.
 */
export class Leg implements TransportListener, RecordedLeg {
  readonly legId: string;
  readonly #tell: (notice: LegNotice) => void;
  readonly #timeoutMs: number;
  readonly #onFault: (error: unknown) => void;
  readonly #inbound = new InboundAudio();
  readonly #outbound = new OutboundStream();
  readonly #relay = new Relay(this.#outbound);
  readonly #digits = new DigitSender();
  readonly #toneDigits = new ToneDigits();
  readonly #quality = new QualityWatch();
  #transport: LegTransport | null = null;
  #terms: NegotiatedAudio | null = null;
  #playback: Playing | null = null;
  #digitStart = 0;
  #digitTicks = 1;
  #unheardOpus = 0;
  #isConnected = false;
  #isLost = false;
  #isClosed = false;
  #awaitsFirstAudio = false;
  #hasBegun = false;
  #silentSince: number;
  #frames = 0;
  #sent = { packets: 0, octets: 0 };
  #lastSenderReport: { compactNtp: number; at: number } | null = null;
  /** There while keys are masked. */
  #keyTones: KeyToneGate | null = null;
  /** Those who hear this leg and nobody else. */
  followers: readonly Leg[] = [];
  /** Of the frame that nobody has listened to yet. */
  #unheardDueMs: number | null = null;
  #heard: JitterFrame = { samples: silence, kind: 'silence' };
  /** Null when it is what those say that this leg hears. */
  #spoken: Int16Array | null = silence;
  #hears: readonly Leg[] = [];

  /** `onFault` gets what a packet of this leg made us throw: a bug, which must end this call and no other. */
  constructor(legId: string, timeoutMs: number, tell: (notice: LegNotice) => void, onFault: (error: unknown) => void) {
    this.legId = legId;
    this.#timeoutMs = timeoutMs;
    this.#tell = tell;
    this.#onFault = onFault;
    this.#silentSince = performance.now();
    this.#inbound.onPacket = (packet, codec, arrivalMs) => {
      let isHeard = false;
      if (!this.#keyTones) for (const follower of this.followers) isHeard = follower.#handThrough(packet, codec, arrivalMs) || isHeard;
      if (codec === 'opus') this.#receivedOpus(isHeard);
      else if (codec !== null) this.#quality.heard(codec, packet.payload);
    };
  }

  /** Packets thrown away: of strangers, and repeated or flooding ones of the far side. */
  get refused(): { readonly strangers: number; readonly dropped: number } {
    return { strangers: this.#transport?.strangers ?? 0, dropped: this.#inbound.dropped };
  }

  get transport(): LegTransport | null {
    return this.#transport;
  }

  get isAgreed(): boolean {
    return this.#terms !== null;
  }

  attach(transport: LegTransport): void {
    this.#transport = transport;
  }

  /** After every negotiation. */
  agree(terms: NegotiatedAudio): void {
    if (this.#terms && terms.srtp && terms.srtp !== this.#terms.srtp) this.#outbound.restart();
    this.#terms = terms;
    this.#unheardOpus = 0;
    this.#silentSince = performance.now();
  }

  packet(packet: RtpPacket, arrivalMs: number): void {
    if (!this.#terms || this.#isClosed) return;
    this.#silentSince = arrivalMs;
    this.#isLost = false;
    this.#quality.received();
    if (this.#transport?.kind === 'rtp') this.connected();
    try {
      this.#tellDigits(this.#inbound.receive(packet, this.#terms, arrivalMs));
    } catch (error) {
      this.#onFault(error);
    }
  }

  report(report: FarReport, arrivalMs: number): void {
    this.#quality.reported(report, ntpSeconds());
    if (report.compactNtp !== null) this.#lastSenderReport = { compactNtp: report.compactNtp, at: arrivalMs };
  }

  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#silentSince = performance.now();
    this.#tell({ name: 'connected', event: { legId: this.legId } });
  }

  failed(why: 'iceFailed' | 'dtlsFailed'): void {
    this.#lose(why);
  }

  play(playback: Playing): void {
    this.stopSound();
    this.#playback = playback;
  }

  stopSound(): void {
    this.#endSound('stopped');
  }

  /** The next frame with a joined leg's voice is told as `firstAudio`. */
  expectFirstAudio(): void {
    this.#awaitsFirstAudio = true;
  }

  sendDigit(digit: string, durationMs: number): void {
    this.#digits.enqueue(digit, durationMs);
  }

  /**
   * Masked, the tones of keys reach nobody, and a recording gets nothing of this leg at all. The keys themselves (RFC 4733) never are sound
   * here; they are told as ever, to whoever takes the payment.
   */
  maskDigits(isMasked: boolean): void {
    if (isMasked) this.#keyTones ??= new KeyToneGate();
    else this.#keyTones = null;
  }

  /** What this leg says in the current frame, as the others hear it. It costs nothing where nobody asks. */
  get heard(): JitterFrame {
    if (this.#unheardDueMs !== null) this.#listen(this.#unheardDueMs);
    return this.#heard;
  }

  get recorded(): Int16Array {
    return this.#keyTones ? silence : this.heard.samples;
  }

  get spoken(): Int16Array {
    this.#spoken ??= mix(this.#hears.filter((other) => other.heard.kind !== 'silence').map((other) => other.heard.samples));
    return this.#spoken;
  }

  get law(): Law | null {
    return this.#terms?.sends.law ?? null;
  }

  /** Begins a frame: what came is there to be `heard`, until `watch` ends it. */
  pull(dueMs: number): void {
    this.#unheardDueMs = dueMs;
    this.#tellDigits(this.#inbound.expireDigits(dueMs));
    if (this.#keyTones || this.#saysKeysInSound) this.#listen(dueMs);
  }

  #listen(dueMs: number): void {
    this.#unheardDueMs = null;
    const frame = this.#inbound.pull(dueMs);
    this.#heard = this.#keyTones ? this.#keyTones.pass(frame) : frame;
    if (this.#saysKeysInSound) this.#tellDigits(this.#toneDigits.hear(frame.samples));
  }

  /** A far side that cannot send its keys as events: what it says is then all there is to listen to. */
  get #saysKeysInSound(): boolean {
    return this.#terms !== null && this.#terms.eventPayloadType === null;
  }

  /** Sends one frame, unless packets are being handed through; `others` are those this leg hears. */
  send(others: readonly Leg[], dueMs: number): void {
    this.#frames++;
    this.#spoken = silence;
    this.#hears = others;
    const isRelaying = this.#relay.isBusy(dueMs) && others.length === 1;
    const transport = this.#transport;
    const terms = this.#terms;
    if (!transport?.isReady || !terms) return this.skip(1);
    const sound = this.#nextSound();
    this.#hasBegun ||= transport.kind === 'rtp' || sound !== null || others.length > 0;
    if (!terms.maySend || !this.#hasBegun) return this.skip(1);

    if (this.#digits.isBusy && terms.eventPayloadType !== null) this.#sendDigitFrame(transport, terms, terms.eventPayloadType);
    else if (sound || !isRelaying) this.#speak(transport, terms, sound);
    else this.#spoken = null;
    this.#outbound.advance();
    if (this.#frames % reportFrames === 0) transport.sendReport(this.#report());
  }

  /** Our own frame: the sound that plays, or what others say. */
  #speak(transport: LegTransport, { sends }: NegotiatedAudio, sound: Int16Array | null): void {
    this.#spoken = sound;
    this.#sendPacket(transport, this.#outbound.audio(sends.payloadType, encodeG711(sends.law, this.spoken)));
    if (!sound && this.#hears.some((other) => other.heard.kind === 'audio')) this.#tellFirstAudio();
  }

  /** Frames in which nothing is sent; the next packet begins a new talkspurt at its right time. */
  skip(frames: number): void {
    this.#outbound.pause();
    this.#outbound.advance(frames * frameSamples);
  }

  /** Ends a frame: what is judged over time. */
  watch(nowMs: number): void {
    if (this.#unheardDueMs !== null) this.#inbound.pass(this.#unheardDueMs);
    this.#unheardDueMs = null;
    const expectsSound = this.#terms?.mayReceive === true && !this.#terms.isHeld;
    // A trunk that never sends anything is judged as well; a browser has to be there first.
    const isThere = this.#isConnected || (expectsSound && this.#transport?.kind === 'rtp' && this.#transport.isReady);
    if (this.#frames % qualityFrames === 0 && isThere) {
      const { statistics, playoutMs, late } = this.#inbound;
      const quality = this.#quality.sumUp({
        at: nowMs,
        lossPercent: statistics.takeIntervalLoss(),
        jitterMs: statistics.jitterMs,
        playoutMs,
        late,
        expectsSound,
      });
      this.#tell({ name: 'quality', event: { legId: this.legId, ...quality } });
    }
    if (!this.#terms || !this.#transport) return;
    if (this.#transport.kind === 'webrtc') {
      if (this.#isConnected && this.#transport.silentForMs(nowMs) > Math.min(webRtcSilenceMs, this.#timeoutMs)) this.#lose('iceFailed');
      return;
    }
    if (this.#terms.isHeld || !this.#terms.mayReceive) this.#silentSince = nowMs;
    else if (nowMs - this.#silentSince > this.#timeoutMs) this.#lose('rtpTimeout');
  }

  async close(): Promise<void> {
    this.stopSound();
    this.#isClosed = true;
    await this.#transport?.close();
  }

  #lose(why: MediaEvents['lost']['why']): void {
    if (this.#isLost || this.#isClosed) return;
    this.#isLost = true;
    this.#tell({ name: 'lost', event: { legId: this.legId, why } });
  }

  #nextSound(): Int16Array | null {
    const frame = this.#playback?.next() ?? null;
    if (!frame) this.#endSound('finished');
    return frame;
  }

  #endSound(outcome: 'finished' | 'stopped'): void {
    const playback = this.#playback;
    this.#playback = null;
    if (playback) this.#tell({ name: 'played', event: { playId: playback.playId, outcome } });
  }

  /** A key among packets of Opus is on their clock, where the far side has a number for it. */
  #sendDigitFrame(transport: LegTransport, { opus }: NegotiatedAudio, payloadType: number): void {
    const wide = opus?.eventPayloadType ?? null;
    if (!this.#digits.isUnderWay) this.#digitTicks = wide === null ? 1 : this.#outbound.ticks;
    const start = this.#outbound.timestampAt(this.#digitTicks);
    const frame = this.#digits.next(this.#digitTicks);
    if (!frame) return this.#outbound.pause();
    if (frame.isFirst) this.#digitStart = start;
    const type = this.#digitTicks === 1 || wide === null ? payloadType : wide;
    this.#sendPacket(transport, this.#outbound.event(type, frame.payload, frame.isFirst, this.#digitStart));
  }

  /** A packet of the only one this leg hears; with `codec` null one that is no sound. Answers whether its sound went on. */
  #handThrough(packet: RtpPacket, codec: Codec | null, nowMs: number): boolean {
    const transport = this.#transport;
    const terms = this.#terms;
    if (codec === null) {
      this.#outbound.swallowed(packet);
      return false;
    }
    if (!transport?.isReady || !terms?.maySend || this.#playback || this.#digits.isBusy) {
      this.#relay.interrupt();
      return false;
    }
    const relayed = codec === 'opus' ? this.#relay.forwardOpus(packet, terms, nowMs) : this.#relay.forward(packet, codec, terms, nowMs);
    if (!relayed) return false;
    this.#hasBegun = true;
    this.#sendPacket(transport, relayed);
    this.#tellFirstAudio();
    return true;
  }

  #receivedOpus(isHeard: boolean): void {
    this.#quality.receivedUndecoded();
    this.#unheardOpus = isHeard ? 0 : this.#unheardOpus + 1;
    if (this.#unheardOpus === unheardOpusPackets) this.#tell({ name: 'opusUnheard', event: { legId: this.legId } });
  }

  #tellFirstAudio(): void {
    if (!this.#awaitsFirstAudio) return;
    this.#awaitsFirstAudio = false;
    this.#tell({ name: 'firstAudio', event: { toLegId: this.legId, at: systemTimeMs() } });
  }

  #sendPacket(transport: LegTransport, packet: RtpPacket): void {
    transport.send(packet);
    this.#quality.sent();
    this.#sent.packets++;
    this.#sent.octets += packet.payload.length;
  }

  #tellDigits(digits: readonly ReceivedDigit[]): void {
    for (const digit of digits) this.#tell({ name: 'digit', event: { legId: this.legId, ...digit } });
  }

  #report(): OwnReport {
    const { statistics, ssrc } = this.#inbound;
    const last = this.#lastSenderReport;
    const reception =
      ssrc === null
        ? null
        : {
            ssrc,
            fractionLost: statistics.takeReportFraction(),
            lost: statistics.lost,
            highestSequence: statistics.highestSequence,
            jitterSamples: statistics.jitterSamples,
            lastReport: last?.compactNtp ?? 0,
            delaySinceLastReport: last ? ((performance.now() - last.at) * 65536) / 1000 : 0,
          };
    return { ssrc: this.#outbound.ssrc, ntpSeconds: ntpSeconds(), rtpTimestamp: this.#outbound.timestamp, ...this.#sent, reception };
  }
}

function ntpSeconds(): number {
  return (performance.timeOrigin + performance.now()) / 1000 + ntpOffsetSeconds;
}
