import { type Cipheriv, createCipheriv } from 'node:crypto';
import { Ghash } from './ghash.ts';
import { HmacSha1 } from './hmac-sha1.ts';
import type { SrtpProfile, SrtpSessionKeys } from './session-keys.ts';

/** Protects and opens RTP packets in place, given their index; keeps nothing from packet to packet. */
export interface PacketCipher {
  /** Bytes a packet grows by. */
  readonly tagLength: number;
  /** `bytes` has room for the tag behind `length`. */
  protect(bytes: Buffer, length: number, headerLength: number, rollOver: number): void;
  /** `length` without the tag. False: not from who has the key, and nothing was changed. */
  open(bytes: Buffer, length: number, headerLength: number, rollOver: number): boolean;
}

export function createPacketCipher(profile: SrtpProfile, keys: SrtpSessionKeys): PacketCipher {
  if (profile === 'AEAD_AES_128_GCM') return new GaloisCipher(keys);
  return new CounterModeCipher(keys, profile === 'AES_CM_128_HMAC_SHA1_32' ? 4 : 10);
}

/** The longest packet: what an Ethernet frame holds, and some. */
export const longestPacket = 2048;
const longestStream = longestPacket / 16 + 2;
/** Streams that are made in one go for packets in their order: of sixteen with 20 ms of G.711 each. */
const packetsAhead = 16;
const mostBlocks = Math.max(longestStream, packetsAhead * 12);

/** The four words of a packet's first counter block; the last one counts on from block to block. */
type CounterOf = (ssrc: number, rollOver: number, sequence: number) => readonly [number, number, number, number];

/**
 * The key stream of AES in counter mode, from one cipher object that lives as long as the key: the counter blocks are written by us and
 * encrypted in one go. A counter-mode cipher of Node's would have to be made for each packet, at twenty times the cost. A call into this one
 * costs more than the blocks it makes, so for packets that follow each other the streams of those to come are made along.
 */
class KeyStream {
  readonly #cipher: Cipheriv;
  readonly #counterOf: CounterOf;
  readonly #counters = Buffer.alloc(mostBlocks * 16);
  /** Whose streams `bytes` holds: `#packets` of them from sequence number `#first` on, each of `#blocks`. */
  #ssrc = 0;
  #rollOver = 0;
  #first = 0;
  #packets = 0;
  #blocks = 0;
  bytes: Buffer = Buffer.alloc(0);

  constructor(key: Buffer, counterOf: CounterOf) {
    this.#cipher = createCipheriv(key.length === 32 ? 'aes-256-ecb' : 'aes-128-ecb', key, null).setAutoPadding(false);
    this.#counterOf = counterOf;
  }

  encryptBlock(block: Buffer): Buffer {
    return this.#cipher.update(block);
  }

  /** Where in `bytes` the stream of a packet begins, at least so many blocks long; valid until the next is asked for. */
  of(ssrc: number, rollOver: number, sequence: number, blocks: number): number {
    const isSame = ssrc === this.#ssrc && rollOver === this.#rollOver;
    const index = sequence - this.#first;
    if (isSame && index >= 0 && index < this.#packets && blocks <= this.#blocks) return index * this.#blocks * 16;
    // Not for what comes out of order, or from somebody without the key: that would only make work.
    const isNext = isSame && index === this.#packets;
    this.#packets = isNext ? Math.max(1, Math.min(packetsAhead, 0x10000 - sequence, Math.floor(mostBlocks / blocks))) : 1;
    this.#ssrc = ssrc;
    this.#rollOver = rollOver;
    this.#first = sequence;
    this.#blocks = blocks;
    for (let i = 0; i < this.#packets; i++) this.#count(i * blocks * 16, blocks, this.#counterOf(ssrc, rollOver, sequence + i));
    this.bytes = this.#cipher.update(this.#counters.subarray(0, this.#packets * blocks * 16));
    return 0;
  }

  #count(from: number, blocks: number, [a, b, c, d]: readonly [number, number, number, number]): void {
    const counters = this.#counters;
    for (let i = 0, at = from; i < blocks; i++, at += 16) {
      write(counters, at, a);
      write(counters, at + 4, b);
      write(counters, at + 8, c);
      write(counters, at + 12, d + i);
    }
  }
}

function write(bytes: Buffer, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

function mask(bytes: Buffer, from: number, to: number, stream: Buffer, skip: number): void {
  for (let at = from, i = skip; at < to; at++, i++) bytes[at] = (bytes[at] as number) ^ (stream[i] as number);
}

/** AES-CM with HMAC-SHA1, of which the first bytes are the tag (RFC 3711 sections 4.1.1 and 4.2.1). */
class CounterModeCipher implements PacketCipher {
  readonly tagLength: number;
  readonly #stream: KeyStream;
  readonly #hmac: HmacSha1;

  constructor(keys: SrtpSessionKeys, tagLength: number) {
    this.tagLength = tagLength;
    this.#hmac = new HmacSha1(keys.authentication);
    const { salt } = keys;
    const [a, b, c, d] = [salt.readInt32BE(0), salt.readInt32BE(4), salt.readInt32BE(8), salt.readUInt16BE(12) << 16];
    this.#stream = new KeyStream(keys.encryption, (ssrc, rollOver, sequence) => [a, b ^ ssrc, c ^ rollOver, d ^ (sequence << 16)]);
  }

  protect(bytes: Buffer, length: number, headerLength: number, rollOver: number): void {
    this.#mask(bytes, length, headerLength, rollOver);
    const digest = this.#hmac.digest(bytes, length, rollOver);
    for (let i = 0; i < this.tagLength; i++) bytes[length + i] = digest[i] as number;
  }

  open(bytes: Buffer, length: number, headerLength: number, rollOver: number): boolean {
    const digest = this.#hmac.digest(bytes, length, rollOver);
    let difference = 0;
    for (let i = 0; i < this.tagLength; i++) difference |= (bytes[length + i] as number) ^ (digest[i] as number);
    if (difference !== 0) return false;
    this.#mask(bytes, length, headerLength, rollOver);
    return true;
  }

  #mask(bytes: Buffer, length: number, headerLength: number, rollOver: number): void {
    const blocks = (length - headerLength + 15) >> 4;
    if (blocks === 0) return;
    const at = this.#stream.of(bytes.readInt32BE(8), rollOver, bytes.readUInt16BE(2), blocks);
    mask(bytes, headerLength, length, this.#stream.bytes, at);
  }
}

/** AES-GCM with its whole tag (RFC 7714 section 8). */
class GaloisCipher implements PacketCipher {
  readonly tagLength = 16;
  readonly #stream: KeyStream;
  readonly #ghash: Ghash;
  readonly #tag = Buffer.alloc(16);

  constructor(keys: SrtpSessionKeys) {
    const { salt } = keys;
    const [a, b, c] = [salt.readInt32BE(0), salt.readInt32BE(4), salt.readInt32BE(8)];
    // Two zero bytes, the source, the roll-over counter and the sequence number, twelve in all; the blocks are counted from one.
    this.#stream = new KeyStream(keys.encryption, (ssrc, rollOver, sequence) => [
      a ^ (ssrc >>> 16),
      b ^ (ssrc << 16) ^ (rollOver >>> 16),
      c ^ (rollOver << 16) ^ sequence,
      1,
    ]);
    this.#ghash = new Ghash(this.#stream.encryptBlock(Buffer.alloc(16)));
  }

  protect(bytes: Buffer, length: number, headerLength: number, rollOver: number): void {
    const at = this.#streamOf(bytes, length, headerLength, rollOver);
    mask(bytes, headerLength, length, this.#stream.bytes, at + 16);
    this.#authenticate(bytes, length, headerLength, at);
    for (let i = 0; i < 16; i++) bytes[length + i] = this.#tag[i] as number;
  }

  open(bytes: Buffer, length: number, headerLength: number, rollOver: number): boolean {
    const at = this.#streamOf(bytes, length, headerLength, rollOver);
    this.#authenticate(bytes, length, headerLength, at);
    let difference = 0;
    for (let i = 0; i < 16; i++) difference |= (bytes[length + i] as number) ^ (this.#tag[i] as number);
    if (difference !== 0) return false;
    mask(bytes, headerLength, length, this.#stream.bytes, at + 16);
    return true;
  }

  /** The first block hides the tag, the others the payload. */
  #streamOf(bytes: Buffer, length: number, headerLength: number, rollOver: number): number {
    return this.#stream.of(bytes.readInt32BE(8), rollOver, bytes.readUInt16BE(2), 1 + ((length - headerLength + 15) >> 4));
  }

  #authenticate(bytes: Buffer, length: number, headerLength: number, at: number): void {
    const ghash = this.#ghash;
    ghash.start();
    ghash.add(bytes, 0, headerLength);
    ghash.add(bytes, headerLength, length);
    ghash.addLengths(headerLength, length - headerLength);
    for (let i = 0; i < 4; i++) write(this.#tag, i * 4, ghash.sum[i] as number);
    mask(this.#tag, 0, 16, this.#stream.bytes, at);
  }
}
