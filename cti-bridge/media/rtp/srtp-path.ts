import type { SrtpAgreement } from '../sdp/crypto-line.ts';
import { Srtcp } from '../srtp/srtcp.ts';
import { SrtpReceiver, SrtpSender } from '../srtp/srtp-stream.ts';
import { parseRtp, type RtpPacket, writeRtp } from './rtp-packet.ts';

interface Inbound {
  readonly packets: SrtpReceiver;
  readonly reports: Srtcp;
}

/**
 * The packets of a leg under the keys of its descriptions. Both ends change keys at slightly different moments, so those of before still open
 * what is under way, until the first packet under the new ones.
 */
export class SrtpPath {
  #agreement: SrtpAgreement;
  #sender: SrtpSender;
  #reportsOut: Srtcp;
  #inbound: Inbound;
  #before: Inbound | null = null;

  constructor(agreement: SrtpAgreement) {
    this.#agreement = agreement;
    this.#sender = new SrtpSender(agreement.ours);
    this.#reportsOut = new Srtcp(agreement.ours);
    this.#inbound = inboundOf(agreement);
  }

  /** The same agreement changes nothing: neither counters nor what has come before are forgotten in a call that is held. */
  agree(agreement: SrtpAgreement): void {
    if (agreement === this.#agreement) return;
    this.#agreement = agreement;
    this.#sender = new SrtpSender(agreement.ours);
    this.#reportsOut = new Srtcp(agreement.ours);
    this.#before = this.#inbound;
    this.#inbound = inboundOf(agreement, this.#before.packets);
  }

  /** Decrypts in place. Null for what was not made with the key, came before, or is no RTP. */
  open(bytes: Buffer): RtpPacket | null {
    const length = this.#inbound.packets.open(bytes);
    if (length >= 0) this.#before = null;
    const opened = length < 0 && this.#before ? this.#before.packets.open(bytes) : length;
    return opened < 0 ? null : parseRtp(bytes, opened);
  }

  openReports(bytes: Buffer): Buffer | null {
    return this.#inbound.reports.open(bytes) ?? this.#before?.reports.open(bytes) ?? null;
  }

  close(packet: RtpPacket): Buffer {
    const { tagLength } = this.#sender;
    const bytes = writeRtp(packet, tagLength);
    this.#sender.protect(bytes, bytes.length - tagLength);
    return bytes;
  }

  closeReports(bytes: Buffer): Buffer {
    return this.#reportsOut.protect(bytes);
  }
}

function inboundOf({ theirs }: SrtpAgreement, before?: SrtpReceiver): Inbound {
  return { packets: new SrtpReceiver(theirs, undefined, before), reports: new Srtcp(theirs) };
}
