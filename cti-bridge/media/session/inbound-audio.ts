import { CodedSound } from '../codec/coded-sound.ts';
import { type Law, sampleRate } from '../codec/g711.ts';
import { DigitReceiver, type ReceivedDigit } from '../dtmf/digit-receiver.ts';
import { JitterBuffer, type JitterFrame } from '../jitter/jitter-buffer.ts';
import { ReceiveStatistics } from '../rtp/receive-statistics.ts';
import { ReplayWindow } from '../rtp/replay-window.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../sdp/rtp-negotiation.ts';

/** A new source takes over after this many packets in a row, so that a single stray packet cannot cut the stream. */
const packetsToSwitchSource = 2;
/** More packets than this in one frame's time are a flood: ten times of what 10 ms packets need, with room for a stall. */
const packetsPerFrame = 60;

/** RFC 7587 section 4.1: whatever the rate of the sound. */
const opusClock = 48_000;

/** What a packet of sound is made of. */
export type Codec = Law | 'opus';

/** The receiving half of a leg: from RTP packets in any order to even frames of sound, and to key presses. */
export class InboundAudio {
  readonly statistics = new ReceiveStatistics();
  readonly #jitter = new JitterBuffer();
  readonly #digits = new DigitReceiver();
  #ssrc: number | null = null;
  #replay = new ReplayWindow();
  #candidate: { ssrc: number; packets: number } | null = null;
  #budget = packetsPerFrame;
  /** Repeated, replayed or flooding packets. */
  dropped = 0;
  /** Told each packet that is new, as it comes; `codec` is null for one that is no sound. */
  onPacket: (packet: RtpPacket, codec: Codec | null, arrivalMs: number) => void = () => {};

  get ssrc(): number | null {
    return this.#ssrc;
  }

  /** How long sound waits here for what is late. */
  get playoutMs(): number {
    return this.#jitter.targetMs;
  }

  /** Packets that came after their turn: as good as lost. */
  get late(): number {
    return this.#jitter.late;
  }

  receive(packet: RtpPacket, terms: NegotiatedAudio, arrivalMs: number): ReceivedDigit[] {
    if (this.#budget <= 0 || !this.#isFromSource(packet.ssrc)) {
      this.dropped++;
      return [];
    }
    this.#budget--;
    const sequence = this.#replay.accept(packet.sequence);
    if (sequence === null) {
      this.dropped++;
      return [];
    }
    const isWideEvent = packet.payloadType === terms.opus?.eventPayloadType;
    if (isWideEvent || packet.payloadType === terms.eventPayloadType) {
      // Event packets keep the timestamp of the press, so they would read as jitter: count them for loss only.
      this.statistics.count(sequence);
      this.onPacket(packet, null, arrivalMs);
      return this.#digits.receive(packet.timestamp, packet.payload, arrivalMs, isWideEvent ? opusClock : sampleRate);
    }
    if (packet.payloadType === terms.opus?.payloadType) {
      this.#receiveOpus(packet, sequence, terms, arrivalMs);
      return [];
    }
    const law = terms.receives.get(packet.payloadType);
    if (!law) {
      this.statistics.count(sequence);
      this.onPacket(packet, null, arrivalMs);
      return [];
    }
    this.statistics.add(sequence, packet.timestamp, arrivalMs);
    if (!terms.mayReceive) return [];
    this.#jitter.push(packet.timestamp, new CodedSound(law, packet.payload), arrivalMs);
    this.onPacket(packet, law, arrivalMs);
    return [];
  }

  /** Nothing is decoded here: who listens to this leg in any other way than packet by packet hears silence, never bytes taken for sound. */
  #receiveOpus(packet: RtpPacket, sequence: number, terms: NegotiatedAudio, arrivalMs: number): void {
    this.statistics.add(sequence, packet.timestamp, arrivalMs, opusClock);
    if (!terms.mayReceive) return;
    this.onPacket(packet, 'opus', arrivalMs);
  }

  /** The next frame, once every 20 ms. */
  pull(dueMs: number): JitterFrame {
    this.#budget = packetsPerFrame;
    return this.#jitter.pull(dueMs);
  }

  /** The next frame, when nobody listens to it. */
  pass(dueMs: number): void {
    this.#budget = packetsPerFrame;
    this.#jitter.pass(dueMs);
  }

  expireDigits(nowMs: number): ReceivedDigit[] {
    return this.#digits.expire(nowMs);
  }

  #isFromSource(ssrc: number): boolean {
    if (ssrc === this.#ssrc) {
      this.#candidate = null;
      return true;
    }
    if (this.#ssrc !== null) {
      this.#candidate = { ssrc, packets: this.#candidate?.ssrc === ssrc ? this.#candidate.packets + 1 : 1 };
      if (this.#candidate.packets < packetsToSwitchSource) return false;
    }
    this.#ssrc = ssrc;
    this.#candidate = null;
    this.#replay = new ReplayWindow();
    this.statistics.restart();
    this.#jitter.reset();
    return true;
  }
}
