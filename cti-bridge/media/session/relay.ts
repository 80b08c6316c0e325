import { frameMs, frameSamples, type Law, sampleRate, translateG711 } from '../codec/g711.ts';
import type { OutboundStream } from '../rtp/outbound-stream.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../sdp/rtp-negotiation.ts';

/** After this long without a packet the frames of 20 ms go on, so that paths are kept open and a gap is concealed. */
const patienceMs = 3 * frameMs;
/** A sender of Opus may say nothing in a pause but every 400 ms (RFC 7587 section 3.1.3), and our frames would be of another codec. */
const opusPatienceMs = 1_000;
/** RFC 6716 section 3.4: a frame of Opus is of 1275 bytes at most; a packet may hold several, but not for a telephone. */
const longestOpus = 1_275;
/** Its clock runs at 48 kHz whatever it carries (RFC 7587 section 4.1). */
const opusTicks = 48_000 / sampleRate;
/** What a far side may hand through: packets of 10 to 60 ms, as many as 10 ms ones need, and what a stall of half a second held back. */
const shortestPayload = frameSamples / 2;
const longestPayload = 3 * frameSamples;
const packetsPerFrame = 2.5;
const mostPackets = 50;

/**
 * Hands packets of the only one a leg hears through at once, without jitter buffer and mixer: the usual case, two people talking. It costs
 * no delay (the receiver has a jitter buffer of its own) and little time. Frames of our own stop while it works, and go on when it does not:
 * a sound plays, a key is sent, a third one speaks, or nothing comes.
 */
export class Relay {
  readonly #outbound: OutboundStream;
  #lastAt = Number.NEGATIVE_INFINITY;
  #patienceMs = patienceMs;
  #credit = mostPackets;

  constructor(outbound: OutboundStream) {
    this.#outbound = outbound;
  }

  /** The packet to send, or null when this one is not handed through. */
  forward(packet: RtpPacket, law: Law, terms: NegotiatedAudio, nowMs: number): RtpPacket | null {
    const { length } = packet.payload;
    if (length < shortestPayload || length > longestPayload || this.#credit < 1) return null;
    const payload = translateG711(law, terms.sends.law, packet.payload);
    return this.#count(this.#outbound.relayed(packet, terms.sends.payloadType, payload), patienceMs, nowMs);
  }

  /** Opus, byte for byte; null also where this leg's far side did not agree on it. */
  forwardOpus(packet: RtpPacket, terms: NegotiatedAudio, nowMs: number): RtpPacket | null {
    const { payload } = packet;
    if (!terms.opus || payload.length === 0 || payload.length > longestOpus || this.#credit < 1) return null;
    return this.#count(this.#outbound.relayed(packet, terms.opus.payloadType, payload, opusTicks), opusPatienceMs, nowMs);
  }

  /** Once per frame: whether packets are being handed through, so that no frame of ours is to be sent. */
  isBusy(nowMs: number): boolean {
    this.#credit = Math.min(mostPackets, this.#credit + packetsPerFrame);
    return nowMs - this.#lastAt < this.#patienceMs;
  }

  #count(relayed: RtpPacket | null, patience: number, nowMs: number): RtpPacket | null {
    if (!relayed) return null;
    this.#credit--;
    this.#lastAt = nowMs;
    this.#patienceMs = patience;
    return relayed;
  }

  /** Something else has the leg's word. */
  interrupt(): void {
    this.#lastAt = Number.NEGATIVE_INFINITY;
  }
}
