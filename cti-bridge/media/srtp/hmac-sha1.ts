/**
 * HMAC-SHA1 (RFC 2104) for packets, without an object per packet: the state after the key's block is computed once and each packet goes on
 * from there. Node's own HMAC is made anew for every message, which costs more than ten times what the hash does at the size of a voice
 * packet; and a packet's authentication is asked for a hundred times a second on every leg.
 *
 * One instance per key; the digest it returns is overwritten by the next call.
 */
export class HmacSha1 {
  readonly #inner = initialState();
  readonly #outer = initialState();
  readonly #state = new Int32Array(5);
  readonly #tail = Buffer.alloc(128);
  readonly #digest = Buffer.alloc(20);

  /** Keys of SRTP have 20 bytes; longer ones than a block are not taken. */
  constructor(key: Uint8Array) {
    if (key.length > 64) throw new RangeError('key is longer than a block');
    const block = Buffer.alloc(64);
    block.set(key);
    for (let i = 0; i < 64; i++) block[i] = (block[i] ?? 0) ^ 0x36;
    addBlock(this.#inner, block, 0);
    for (let i = 0; i < 64; i++) block[i] = (block[i] ?? 0) ^ 0x36 ^ 0x5c;
    addBlock(this.#outer, block, 0);
  }

  /** The digest of the first `length` bytes followed by a 32-bit number (SRTP: the roll-over counter). */
  digest(bytes: Uint8Array, length: number, trailer: number): Buffer {
    const state = this.#state;
    const tail = this.#tail;
    state.set(this.#inner);
    let at = 0;
    for (; at + 64 <= length; at += 64) addBlock(state, bytes, at);
    let rest = length - at;
    for (let i = 0; i < rest; i++) tail[i] = bytes[at + i] ?? 0;
    writeWord(tail, rest, trailer);
    rest += 4;
    this.#finish(state, rest, 64 + length + 4);
    const digest = this.#digest;
    for (let i = 0; i < 5; i++) writeWord(tail, i * 4, state[i] ?? 0);
    state.set(this.#outer);
    this.#finish(state, 20, 64 + 20);
    for (let i = 0; i < 5; i++) writeWord(digest, i * 4, state[i] ?? 0);
    return digest;
  }

  /** The last `rest` bytes are in the tail; a message ends with a one bit, zeros and its length in bits (FIPS 180-4 section 5.1.1). */
  #finish(state: Int32Array, rest: number, total: number): void {
    const tail = this.#tail;
    const end = rest + 9 <= 64 ? 64 : 128;
    tail[rest] = 0x80;
    tail.fill(0, rest + 1, end - 4);
    writeWord(tail, end - 4, total * 8);
    addBlock(state, tail, 0);
    if (end === 128) addBlock(state, tail, 64);
  }
}

function initialState(): Int32Array {
  return Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

const schedule = new Int32Array(80);

/** One block of 64 bytes (FIPS 180-4 section 6.1.2). */
function addBlock(state: Int32Array, bytes: Uint8Array, from: number): void {
  const w = schedule;
  for (let i = 0, at = from; i < 16; i++, at += 4)
    w[i] = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  for (let i = 16; i < 80; i++) {
    const mixed = (w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number);
    w[i] = (mixed << 1) | (mixed >>> 31);
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let next = 0;
  for (let i = 0; i < 20; i++) {
    next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + (w[i] as number) + 0x5a827999) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 20; i < 40; i++) {
    next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + (w[i] as number) + 0x6ed9eba1) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 40; i < 60; i++) {
    next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + (w[i] as number) + 0x8f1bbcdc) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 60; i < 80; i++) {
    next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + (w[i] as number) + 0xca62c1d6) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
}
