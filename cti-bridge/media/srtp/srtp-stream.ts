import { ReplayWindow } from '../rtp/replay-window.ts';
import { createPacketCipher, longestPacket, type PacketCipher } from './packet-cipher.ts';
import { deriveSessionKeys, type SrtpMaster, type SrtpProfile, type SrtpSessionKeys } from './session-keys.ts';

/** Where the payload of an RTP packet begins (RFC 3550 section 5.1); -1 when the packet ends before it. */
export function rtpHeaderLength(bytes: Buffer, end: number): number {
  if (end < 12) return -1;
  const first = bytes[0] as number;
  let length = 12 + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (length + 4 > end) return -1;
    length += 4 + bytes.readUInt16BE(length + 2) * 4;
  }
  return length <= end ? length : -1;
}

/** Protects what we send: one source, in order or nearly so. */
export class SrtpSender {
  readonly tagLength: number;
  readonly #cipher: PacketCipher;
  #source: { rollOver: number; highest: number } | null = null;

  constructor(master: SrtpMaster) {
    this.#cipher = createPacketCipher(master.profile, deriveSessionKeys(master, 'rtp'));
    this.tagLength = this.#cipher.tagLength;
  }

  /** Encrypts in place and writes the tag into the room of `tagLength` bytes behind `length`; both are the packet then. */
  protect(bytes: Buffer, length: number): void {
    const sequence = bytes.readUInt16BE(2);
    const source = this.#source ?? { rollOver: 0, highest: sequence };
    this.#source = source;
    const rollOver = Math.max(0, guessRollOver(source, sequence));
    advance(source, rollOver, sequence);
    this.#cipher.protect(bytes, length, rtpHeaderLength(bytes, length), rollOver);
  }
}

interface Counters {
  rollOver: number;
  highest: number;
}

interface Source extends Counters {
  readonly window: ReplayWindow;
}

/** Sources of one far side that are kept apart; a browser has one, after a change of device perhaps another. */
const maxSources = 8;
/**
 * A call that goes on in another worker is met in its middle: the far side has counted on, once in 22 minutes, and says nowhere how far. Six hours
 * are searched, until the first packet that opens; what never does costs only so much.
 */
const searchedRollOvers = 16;
const maxSearches = 250;

/**
 * Opens what comes in: knows each source's roll-over counter (RFC 3711 section 3.3.1 and appendix A) and which packets came before (section
 * 3.3.2). What was not made with the key leaves no trace.
 */
export class SrtpReceiver {
  readonly #cipher: PacketCipher;
  readonly #sources = new Map<number, Source>();
  /** Of sources under the key of before: where their counters stood. */
  readonly #stood: ReadonlyMap<number, Counters>;
  #searches = 0;
  /** Packets with a wrong tag, and packets that came before. */
  refused = 0;

  /**
   * With `before`, the receiver under another key of the same far side, a source that goes on is understood whether it sets its roll-over
   * counter back, as most do, or goes on counting, as RFC 3711 section 3.3.1 wants it.
   */
  constructor(master: SrtpMaster, keys: SrtpSessionKeys = deriveSessionKeys(master, 'rtp'), before?: SrtpReceiver) {
    this.#cipher = createPacketCipher(master.profile, keys);
    const sources = before ? [...before.#sources] : [];
    this.#stood = new Map(sources.map(([ssrc, { rollOver, highest }]) => [ssrc, { rollOver, highest }]));
  }

  /** Decrypts in place. The length of the RTP packet, or -1 for what is to be thrown away; then the bytes are as they came. */
  open(bytes: Buffer): number {
    const length = bytes.length - this.#cipher.tagLength;
    const headerLength = bytes.length <= longestPacket ? rtpHeaderLength(bytes, length) : -1;
    if (headerLength < 0) return this.#refuse();
    const sequence = bytes.readUInt16BE(2);
    const ssrc = bytes.readUInt32BE(8);
    const known = this.#sources.get(ssrc);
    let rollOver = known ? guessRollOver(known, sequence) : 0;
    if (known && (rollOver < 0 || !known.window.isNew(sequence))) return this.#refuse();
    if (!this.#cipher.open(bytes, length, headerLength, rollOver)) {
      rollOver = known ? -1 : this.#search(bytes, length, headerLength);
      if (rollOver < 0) return this.#refuse();
    }
    const source = known ?? this.#newSource(ssrc, sequence, rollOver);
    source.window.accept(sequence);
    advance(source, rollOver, sequence);
    return length;
  }

  /** Opens the first packet of a source whose counter is not 0; -1 when it has none that is likely. */
  #search(bytes: Buffer, length: number, headerLength: number): number {
    const stood = this.#stood.get(bytes.readUInt32BE(8));
    const likely = stood ? guessRollOver(stood, bytes.readUInt16BE(2)) : 0;
    if (likely > 0 && this.#cipher.open(bytes, length, headerLength, likely)) return likely;
    if (this.#sources.size > 0 || this.#searches >= maxSearches) return -1;
    this.#searches++;
    for (let rollOver = 1; rollOver <= searchedRollOvers; rollOver++)
      if (this.#cipher.open(bytes, length, headerLength, rollOver)) return rollOver;
    return -1;
  }

  #refuse(): -1 {
    this.refused++;
    return -1;
  }

  #newSource(ssrc: number, sequence: number, rollOver: number): Source {
    if (this.#sources.size >= maxSources) {
      const [oldest] = this.#sources.keys();
      if (oldest !== undefined) this.#sources.delete(oldest);
    }
    const source = { rollOver, highest: sequence, window: new ReplayWindow() };
    this.#sources.set(ssrc, source);
    return source;
  }
}

/** The counter that brings the packet's index nearest to the highest one seen; -1 when that is before the beginning. */
function guessRollOver({ rollOver, highest }: Counters, sequence: number): number {
  if (highest < 0x8000) return sequence - highest > 0x8000 ? rollOver - 1 : rollOver;
  return highest - 0x8000 > sequence ? rollOver + 1 : rollOver;
}

function advance(counters: Counters, rollOver: number, sequence: number): void {
  if (rollOver < counters.rollOver || (rollOver === counters.rollOver && sequence <= counters.highest)) return;
  counters.rollOver = rollOver;
  counters.highest = sequence;
}

/** By the number that DTLS agrees on (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
export function srtpProfileOf(dtlsCode: number): SrtpProfile | null {
  return dtlsCode === 0x0001 ? 'AES_CM_128_HMAC_SHA1_80' : dtlsCode === 0x0007 ? 'AEAD_AES_128_GCM' : null;
}
