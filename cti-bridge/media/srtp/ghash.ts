/**
 * GHASH, the authenticator of AES-GCM (NIST SP 800-38D section 6.4): a polynomial over GF(2^128) evaluated at H, with a table of the 256
 * multiples of H. As `HmacSha1`, it is here because a cipher object of Node's per packet costs ten times what its arithmetic does.
 *
 * One instance per key. The sum is four words, most significant first; the first bit of the field is the highest bit of the first word.
 */
export class Ghash {
  readonly #multiples = new Int32Array(256 * 4);
  readonly sum = new Int32Array(4);

  constructor(h: Buffer) {
    const element = Int32Array.of(h.readInt32BE(0), h.readInt32BE(4), h.readInt32BE(8), h.readInt32BE(12));
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      this.#multiples.set(element, bit * 4);
      timesX(element);
    }
    for (let byte = 2; byte < 256; byte++) {
      const lowest = byte & -byte;
      if (lowest === byte) continue;
      for (let word = 0; word < 4; word++)
        this.#multiples[byte * 4 + word] =
          (this.#multiples[lowest * 4 + word] as number) ^ (this.#multiples[(byte ^ lowest) * 4 + word] as number);
    }
  }

  start(): void {
    this.sum.fill(0);
  }

  /** Bytes from `from` to `to`, the last block filled up with zeros. */
  add(bytes: Uint8Array, from: number, to: number): void {
    const { sum } = this;
    let at = from;
    for (; at + 16 <= to; at += 16) {
      sum[0] = (sum[0] as number) ^ word(bytes, at);
      sum[1] = (sum[1] as number) ^ word(bytes, at + 4);
      sum[2] = (sum[2] as number) ^ word(bytes, at + 8);
      sum[3] = (sum[3] as number) ^ word(bytes, at + 12);
      this.#timesH();
    }
    if (at === to) return;
    for (let i = 0; at + i < to; i++) sum[i >> 2] = (sum[i >> 2] as number) ^ ((bytes[at + i] as number) << (24 - 8 * (i & 3)));
    this.#timesH();
  }

  /** The closing block: both lengths in bits, as 64-bit numbers. */
  addLengths(authenticated: number, encrypted: number): void {
    const { sum } = this;
    sum[1] = (sum[1] as number) ^ (authenticated * 8);
    sum[3] = (sum[3] as number) ^ (encrypted * 8);
    this.#timesH();
  }

  /** Horner's rule over the sixteen bytes, the last first; what is shifted out comes back by the field's polynomial. */
  #timesH(): void {
    const { sum } = this;
    const multiples = this.#multiples;
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let index = 3; index >= 0; index--) {
      const value = sum[index] as number;
      for (let shift = 0; shift < 32; shift += 8) {
        const out = z3 & 0xff;
        z3 = (z3 >>> 8) | (z2 << 24);
        z2 = (z2 >>> 8) | (z1 << 24);
        z1 = (z1 >>> 8) | (z0 << 24);
        z0 = (z0 >>> 8) ^ (reductions[out] as number);
        const entry = ((value >>> shift) & 0xff) * 4;
        z0 ^= multiples[entry] as number;
        z1 ^= multiples[entry + 1] as number;
        z2 ^= multiples[entry + 2] as number;
        z3 ^= multiples[entry + 3] as number;
      }
    }
    sum[0] = z0;
    sum[1] = z1;
    sum[2] = z2;
    sum[3] = z3;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}

/** One step up in the field: a shift to the right, and x^128 = x^7 + x^2 + x + 1. */
function timesX(element: Int32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = element;
  element[3] = (d >>> 1) | (c << 31);
  element[2] = (c >>> 1) | (b << 31);
  element[1] = (b >>> 1) | (a << 31);
  element[0] = (a >>> 1) ^ (d & 1 ? 0xe1000000 : 0);
}

/** What eight bits that are shifted out leave in the first word. */
const reductions = Int32Array.from({ length: 256 }, (_, byte) => {
  const element = Int32Array.of(0, 0, 0, byte);
  for (let i = 0; i < 8; i++) timesX(element);
  return element[0] as number;
});
