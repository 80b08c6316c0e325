import { frameMs, frameSamples, type Law, translateG711 } from '../codec/g711.ts';
import type { OutboundStream } from '../rtp/outbound-stream.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../sdp/rtp-negotiation.ts';

/** After this long without a packet the frames of 20 ms go on, so that paths are kept open and a gap is concealed. */
const patienceMs = 3 * frameMs;
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
  #credit = mostPackets;

  constructor(outbound: OutboundStream) {
    this.#outbound = outbound;
  }

  /** The packet to send, or null when this one is not handed through. */
  forward(packet: RtpPacket, law: Law, terms: NegotiatedAudio, nowMs: number): RtpPacket | null {
    const { length } = packet.payload;
    if (length < shortestPayload || length > longestPayload || this.#credit < 1) return null;
    const payload = translateG711(law, terms.sends.law, packet.payload);
    const relayed = this.#outbound.relayed(packet, terms.sends.payloadType, payload);
    if (!relayed) return null;
    this.#credit--;
    this.#lastAt = nowMs;
    return relayed;
  }

  /** Once per frame: whether packets are being handed through, so that no frame of ours is to be sent. */
  isBusy(nowMs: number): boolean {
    this.#credit = Math.min(mostPackets, this.#credit + packetsPerFrame);
    return nowMs - this.#lastAt < patienceMs;
  }

  /** Something else has the leg's word. */
  interrupt(): void {
    this.#lastAt = Number.NEGATIVE_INFINITY;
  }
}
