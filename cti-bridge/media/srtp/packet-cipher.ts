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

/**
 * The key stream of AES in counter mode, from one cipher object that lives as long as the key: the counter blocks are written by us and
 * encrypted in one go. A counter-mode cipher of Node's would have to be made for each packet, at twenty times the cost.
 */
class KeyStream {
  readonly #cipher: Cipheriv;
  readonly #counters = Buffer.alloc(longestStream * 16);

  constructor(key: Buffer) {
    this.#cipher = createCipheriv(key.length === 32 ? 'aes-256-ecb' : 'aes-128-ecb', key, null).setAutoPadding(false);
  }

  encryptBlock(block: Buffer): Buffer {
    return this.#cipher.update(block);
  }

  /** `blocks` blocks from counters a, b, c, d on; d counts. */
  blocks(blocks: number, a: number, b: number, c: number, d: number): Buffer {
    const counters = this.#counters;
    for (let at = 0, end = blocks * 16; at < end; at += 16, d++) {
      write(counters, at, a);
      write(counters, at + 4, b);
      write(counters, at + 8, c);
      write(counters, at + 12, d);
    }
    return this.#cipher.update(counters.subarray(0, blocks * 16));
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
  readonly #salt: readonly [number, number, number, number];

  constructor(keys: SrtpSessionKeys, tagLength: number) {
    this.tagLength = tagLength;
    this.#stream = new KeyStream(keys.encryption);
    this.#hmac = new HmacSha1(keys.authentication);
    const { salt } = keys;
    this.#salt = [salt.readInt32BE(0), salt.readInt32BE(4), salt.readInt32BE(8), salt.readUInt16BE(12) << 16];
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
    const [a, b, c, d] = this.#salt;
    const sequence = bytes.readUInt16BE(2);
    const stream = this.#stream.blocks(blocks, a, b ^ bytes.readInt32BE(8), c ^ rollOver, d ^ (sequence << 16));
    mask(bytes, headerLength, length, stream, 0);
  }
}

/** AES-GCM with its whole tag (RFC 7714 section 8). */
class GaloisCipher implements PacketCipher {
  readonly tagLength = 16;
  readonly #stream: KeyStream;
  readonly #ghash: Ghash;
  readonly #salt: readonly [number, number, number];
  readonly #tag = Buffer.alloc(16);

  constructor(keys: SrtpSessionKeys) {
    this.#stream = new KeyStream(keys.encryption);
    this.#ghash = new Ghash(this.#stream.encryptBlock(Buffer.alloc(16)));
    const { salt } = keys;
    this.#salt = [salt.readInt32BE(0), salt.readInt32BE(4), salt.readInt32BE(8)];
  }

  protect(bytes: Buffer, length: number, headerLength: number, rollOver: number): void {
    const stream = this.#keyStream(bytes, length, headerLength, rollOver);
    mask(bytes, headerLength, length, stream, 16);
    this.#authenticate(bytes, length, headerLength, stream);
    for (let i = 0; i < 16; i++) bytes[length + i] = this.#tag[i] as number;
  }

  open(bytes: Buffer, length: number, headerLength: number, rollOver: number): boolean {
    const stream = this.#keyStream(bytes, length, headerLength, rollOver);
    this.#authenticate(bytes, length, headerLength, stream);
    let difference = 0;
    for (let i = 0; i < 16; i++) difference |= (bytes[length + i] as number) ^ (this.#tag[i] as number);
    if (difference !== 0) return false;
    mask(bytes, headerLength, length, stream, 16);
    return true;
  }

  /** The first block hides the tag, the others the payload. */
  #keyStream(bytes: Buffer, length: number, headerLength: number, rollOver: number): Buffer {
    const blocks = 1 + ((length - headerLength + 15) >> 4);
    const [a, b, c] = this.#salt;
    const ssrc = bytes.readInt32BE(8);
    // Two zero bytes, the source, the roll-over counter and the sequence number, twelve in all.
    return this.#stream.blocks(
      blocks,
      a ^ (ssrc >>> 16),
      b ^ (ssrc << 16) ^ (rollOver >>> 16),
      c ^ (rollOver << 16) ^ bytes.readUInt16BE(2),
      1,
    );
  }

  #authenticate(bytes: Buffer, length: number, headerLength: number, stream: Buffer): void {
    const ghash = this.#ghash;
    ghash.start();
    ghash.add(bytes, 0, headerLength);
    ghash.add(bytes, headerLength, length);
    ghash.addLengths(headerLength, length - headerLength);
    for (let i = 0; i < 4; i++) write(this.#tag, i * 4, ghash.sum[i] as number);
    mask(this.#tag, 0, 16, stream, 0);
  }
}
