import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { deriveSessionKeys, type SrtpMaster, type SrtpSessionKeys } from './session-keys.ts';

/**
 * RTCP under the same master key (RFC 3711 section 3.4, RFC 7714 section 9). A leg has one report in five seconds each way, so this is written
 * for reading and not for speed. Always encrypted; an index that is not higher than the last is a replay.
 *
 *     AES-CM:  header (8 bytes) | encrypted | E and index (4) | tag (10, whatever RTP's has: RFC 4568 section 6.2.2)
 *     AES-GCM: header (8 bytes) | encrypted | tag (16) | E and index (4)
 */
export class Srtcp {
  readonly #master: SrtpMaster;
  readonly #keys: SrtpSessionKeys;
  #sent = 0;
  readonly #received = new Map<number, number>();

  constructor(master: SrtpMaster) {
    this.#master = master;
    this.#keys = deriveSessionKeys(master, 'rtcp');
  }

  protect(report: Buffer): Buffer {
    this.#sent = (this.#sent + 1) & 0x7fffffff;
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32BE((this.#sent | 0x80000000) >>> 0);
    const header = report.subarray(0, 8);
    const body = report.subarray(8);
    if (this.#isGalois) {
      const cipher = createCipheriv('aes-128-gcm', this.#keys.encryption, this.#galoisStart(report, this.#sent));
      cipher.setAAD(Buffer.concat([header, trailer]));
      const encrypted = cipher.update(body);
      cipher.final();
      return Buffer.concat([header, encrypted, cipher.getAuthTag(), trailer]);
    }
    const encrypted = createCipheriv(this.#counterMode, this.#keys.encryption, this.#counterStart(report, this.#sent)).update(body);
    const signed = Buffer.concat([header, encrypted, trailer]);
    return Buffer.concat([signed, this.#tag(signed)]);
  }

  /** The report, or null for what is not from who has the key or came before. */
  open(bytes: Buffer): Buffer | null {
    const overhead = this.#isGalois ? 20 : 14;
    if (bytes.length < 8 + overhead) return null;
    const end = bytes.length - overhead;
    const trailerAt = this.#isGalois ? bytes.length - 4 : end;
    const index = bytes.readUInt32BE(trailerAt) & 0x7fffffff;
    const isEncrypted = (bytes[trailerAt] as number) >= 0x80;
    const source = bytes.readUInt32BE(4);
    if (!isEncrypted || index <= (this.#received.get(source) ?? -1)) return null;
    const body = this.#isGalois ? this.#openGalois(bytes, end, index) : this.#openCounter(bytes, end, index);
    if (!body) return null;
    if (this.#received.size >= 8 && !this.#received.has(source)) this.#received.clear();
    this.#received.set(source, index);
    return Buffer.concat([bytes.subarray(0, 8), body]);
  }

  #openCounter(bytes: Buffer, end: number, index: number): Buffer | null {
    if (!timingSafeEqual(this.#tag(bytes.subarray(0, end + 4)), bytes.subarray(end + 4))) return null;
    return createCipheriv(this.#counterMode, this.#keys.encryption, this.#counterStart(bytes, index)).update(bytes.subarray(8, end));
  }

  #openGalois(bytes: Buffer, end: number, index: number): Buffer | null {
    const decipher = createDecipheriv('aes-128-gcm', this.#keys.encryption, this.#galoisStart(bytes, index), { authTagLength: 16 });
    decipher.setAAD(Buffer.concat([bytes.subarray(0, 8), bytes.subarray(end + 16)]));
    decipher.setAuthTag(bytes.subarray(end, end + 16));
    const body = decipher.update(bytes.subarray(8, end));
    try {
      decipher.final();
    } catch {
      return null; // the tag is wrong: this is how Node says so
    }
    return body;
  }

  get #isGalois(): boolean {
    return this.#master.profile === 'AEAD_AES_128_GCM';
  }

  get #counterMode(): 'aes-128-ctr' | 'aes-256-ctr' {
    return this.#keys.encryption.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr';
  }

  #tag(signed: Buffer): Buffer {
    return createHmac('sha1', this.#keys.authentication).update(signed).digest().subarray(0, 10);
  }

  #counterStart(packet: Buffer, index: number): Buffer {
    const start = Buffer.alloc(16);
    packet.copy(start, 4, 4, 8);
    start.writeUInt32BE(index, 10);
    return withSalt(start, this.#keys.salt);
  }

  #galoisStart(packet: Buffer, index: number): Buffer {
    const start = Buffer.alloc(12);
    packet.copy(start, 2, 4, 8);
    start.writeUInt32BE(index, 8);
    return withSalt(start, this.#keys.salt);
  }
}

function withSalt(start: Buffer, salt: Buffer): Buffer {
  for (let i = 0; i < salt.length; i++) start[i] = (start[i] as number) ^ (salt[i] as number);
  return start;
}
