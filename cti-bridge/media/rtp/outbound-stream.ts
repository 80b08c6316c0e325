import { randomBytes } from 'node:crypto';
import { frameSamples } from '../codec/g711.ts';
import type { RtpPacket } from './rtp-packet.ts';

/** Packets of one far side handed through one after the other: what was added to their counters. */
interface Run {
  readonly ssrc: number;
  readonly timestampOffset: number;
  /** Ticks of its clock in one sample of G.711: 6 for Opus. */
  readonly ticks: number;
  sequenceOffset: number;
  highest: number;
  /** Sequence numbers since the run began. */
  length: number;
}

/** Further apart than this and the far side has begun anew: packets, and samples (two seconds). */
const jumpPackets = 100;
const jumpSamples = 16_000;

/**
 * Counters of one stream we send. Audio and telephone events share them (RFC 4733 section 2.1), and the timestamp moves with time whether or
 * not something is sent, so that the far end's buffer keeps its place.
 */
export class OutboundStream {
  readonly #random: (size: number) => Buffer;
  #ssrc: number;
  #sequence: number;
  #timestamp: number;
  #isTalkspurtStart = true;
  #run: Run | null = null;

  constructor(random: (size: number) => Buffer = randomBytes) {
    this.#random = random;
    const seed = random(10);
    this.#ssrc = seed.readUInt32BE(0);
    this.#timestamp = seed.readUInt32BE(4);
    // RFC 3711 section 3.3.1: a start below 2^15 keeps the roll-over counter unambiguous when early packets are lost.
    this.#sequence = seed.readUInt16BE(8) & 0x7fff;
  }

  get ssrc(): number {
    return this.#ssrc;
  }

  /**
   * Another source from the next packet on. A new key begins with roll-over counter 0 for whoever gets it with a description (RFC 4568 section
   * 6.4), while one that a source has reached must not be set back (RFC 3711 section 3.3.1): a new source has both right.
   */
  restart(): void {
    const seed = this.#random(6);
    this.#ssrc = seed.readUInt32BE(0);
    this.#sequence = seed.readUInt16BE(4) & 0x7fff;
    this.#isTalkspurtStart = true;
    this.#run = null;
  }

  /** Now, on the clock of what is sent. */
  get timestamp(): number {
    return this.timestampAt(this.#run?.ticks ?? 1);
  }

  /** Now, on a clock with so many ticks in one sample of G.711. */
  timestampAt(ticks: number): number {
    return Math.imul(this.#timestamp, ticks) >>> 0;
  }

  /** What is handed through has this many ticks in one sample of G.711; 1 when nothing is. */
  get ticks(): number {
    return this.#run?.ticks ?? 1;
  }

  /** The next audio packet; the first after a pause carries the marker (RFC 3551 section 4.1). */
  audio(payloadType: number, payload: Uint8Array): RtpPacket {
    const marker = this.#isTalkspurtStart;
    this.#isTalkspurtStart = false;
    return this.#packet(payloadType, payload, marker, this.#timestamp);
  }

  /** A packet of a telephone event: stamped with the event's start, not with now. */
  event(payloadType: number, payload: Uint8Array, marker: boolean, startTimestamp: number): RtpPacket {
    this.#isTalkspurtStart = true;
    return this.#packet(payloadType, payload, marker, startTimestamp);
  }

  /**
   * A packet that is handed through as it came: gaps, order and timing of the far side stay what they are, so that the receiver's own jitter
   * buffer can deal with them. Null when it is from before the run began, where our numbers are used up. A codec on another clock (`ticks` in
   * one sample of G.711) has its timestamps on that clock, in the same source: a browser plays no other (RFC 7160 section 4).
   */
  relayed(packet: RtpPacket, payloadType: number, payload: Uint8Array, ticks = 1): RtpPacket | null {
    const { sequence, timestamp, ssrc } = packet;
    let run = this.#run;
    if (run) {
      const ahead = signed16(sequence - run.highest);
      const drift = (timestamp + run.timestampOffset - this.timestampAt(ticks)) | 0;
      if (run.ssrc !== ssrc || run.ticks !== ticks || Math.abs(ahead) > jumpPackets || Math.abs(drift) > jumpSamples * ticks) run = null;
      else if (-ahead > run.length) return null;
    }
    const isStart = run === null;
    run ??= {
      ssrc,
      timestampOffset: (this.timestampAt(ticks) - timestamp) | 0,
      ticks,
      sequenceOffset: (this.#sequence - sequence) & 0xffff,
      highest: sequence,
      length: 0,
    };
    this.#run = run;
    const stamp = (timestamp + run.timestampOffset) >>> 0;
    const ahead = signed16(sequence - run.highest);
    if (isStart || ahead > 0) {
      run.highest = sequence;
      run.length += ahead;
      this.#sequence = (sequence + run.sequenceOffset + 1) & 0xffff;
      // How long a packet of another codec is, is not looked at: our own time goes on from frame to frame.
      if (ticks === 1) this.#timestamp = (stamp + payload.length) >>> 0;
    }
    const marker = packet.marker || isStart;
    this.#isTalkspurtStart = false;
    return { payloadType, marker, sequence: (sequence + run.sequenceOffset) & 0xffff, timestamp: stamp, ssrc: this.ssrc, payload };
  }

  /** A packet of the far side that is not handed through (a key press): no gap is to be seen where it was. */
  swallowed(packet: RtpPacket): void {
    const run = this.#run;
    if (!run || run.ssrc !== packet.ssrc || signed16(packet.sequence - run.highest) !== 1) return;
    run.highest = packet.sequence;
    run.length++;
    run.sequenceOffset = (run.sequenceOffset - 1) & 0xffff;
  }

  /** Nothing is sent in this frame. */
  pause(): void {
    this.#isTalkspurtStart = true;
  }

  /** Once per frame, whatever was sent. */
  advance(samples: number = frameSamples): void {
    this.#timestamp = (this.#timestamp + samples) >>> 0;
  }

  #packet(payloadType: number, payload: Uint8Array, marker: boolean, timestamp: number): RtpPacket {
    this.#run = null;
    const sequence = this.#sequence;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return { payloadType, marker, sequence, timestamp, ssrc: this.ssrc, payload };
  }
}

function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
