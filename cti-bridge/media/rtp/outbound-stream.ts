import { randomBytes } from 'node:crypto';
import { frameSamples } from '../codec/g711.ts';
import type { RtpPacket } from './rtp-packet.ts';

/**
 * Counters of one stream we send. Audio and telephone events share them (RFC 4733 section 2.1), and the timestamp moves with time whether or
 * not something is sent, so that the far end's buffer keeps its place.
 */
export class OutboundStream {
  readonly ssrc: number;
  #sequence: number;
  #timestamp: number;
  #isTalkspurtStart = true;

  constructor(random: (size: number) => Buffer = randomBytes) {
    const seed = random(10);
    this.ssrc = seed.readUInt32BE(0);
    this.#timestamp = seed.readUInt32BE(4);
    // RFC 3711 section 3.3.1: a start below 2^15 keeps the roll-over counter unambiguous when early packets are lost.
    this.#sequence = seed.readUInt16BE(8) & 0x7fff;
  }

  get timestamp(): number {
    return this.#timestamp;
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

  /** Nothing is sent in this frame. */
  pause(): void {
    this.#isTalkspurtStart = true;
  }

  /** Once per frame, whatever was sent. */
  advance(samples: number = frameSamples): void {
    this.#timestamp = (this.#timestamp + samples) >>> 0;
  }

  #packet(payloadType: number, payload: Uint8Array, marker: boolean, timestamp: number): RtpPacket {
    const sequence = this.#sequence;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return { payloadType, marker, sequence, timestamp, ssrc: this.ssrc, payload };
  }
}
