import { decodeG711Into, type Law } from './g711.ts';

/** G.711 as it came, decoded where it is read: most of it never is, because packets between two people are handed through as they are. */
export class CodedSound {
  readonly #law: Law;
  readonly #bytes: Uint8Array;

  constructor(law: Law, bytes: Uint8Array) {
    this.#law = law;
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  read(from: number, to: number, target: Int16Array, at: number): void {
    decodeG711Into(this.#law, this.#bytes, from, to, target, at);
  }
}
