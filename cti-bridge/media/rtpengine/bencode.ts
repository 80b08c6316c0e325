import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';

/**
 * The notation of the ng protocol:
 *
 *     integer     i42e
 *     string      4:ping              length in bytes of UTF-8
 *     list        l4:pingi42ee
 *     dictionary  d7:command4:pinge   keys are strings, in order
 */
export type BencodeValue = number | string | readonly BencodeValue[] | BencodeDictionary;
export interface BencodeDictionary {
  readonly [key: string]: BencodeValue;
}

const deepest = 32;

export function encodeBencode(value: BencodeValue): string {
  if (typeof value === 'number') return `i${Math.trunc(value)}e`;
  if (typeof value === 'string') return `${Buffer.byteLength(value)}:${value}`;
  if (isList(value)) return `l${value.map(encodeBencode).join('')}e`;
  const entries = Object.entries(value).sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `d${entries.map(([key, each]) => encodeBencode(key) + encodeBencode(each)).join('')}e`;
}

/** Exactly one value. Never throws: anybody may send to a UDP port. */
export function decodeBencode(bytes: Uint8Array): Result<BencodeValue, string> {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const value = reader.value(0);
  if (value === null) return err(`cannot be read at byte ${reader.at}`);
  return reader.isAtEnd ? ok(value) : err(`goes on at byte ${reader.at}`);
}

export const isDictionary = (value: BencodeValue | undefined): value is BencodeDictionary =>
  typeof value === 'object' && !Array.isArray(value);

export const isList = (value: BencodeValue | undefined): value is readonly BencodeValue[] => Array.isArray(value);

const code = { d: 100, e: 101, i: 105, l: 108, colon: 58 } as const;

/** Null where something does not fit, with `at` standing there. */
class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at === this.#bytes.length;
  }

  value(depth: number): BencodeValue | null {
    if (depth > deepest) return null;
    switch (this.#bytes[this.at]) {
      case code.i:
        return this.#integer();
      case code.l:
        return this.#list(depth);
      case code.d:
        return this.#dictionary(depth);
      default:
        return this.#string();
    }
  }

  #integer(): number | null {
    const end = this.#bytes.indexOf(code.e, this.at);
    const digits = end < 0 || end - this.at > 20 ? '' : this.#bytes.toString('latin1', this.at + 1, end);
    if (!/^-?\d+$/.test(digits)) return null;
    this.at = end + 1;
    return Number(digits) + 0;
  }

  #string(): string | null {
    const colon = this.#bytes.subarray(this.at, this.at + 11).indexOf(code.colon);
    const digits = colon < 1 ? '' : this.#bytes.toString('latin1', this.at, this.at + colon);
    if (!/^\d+$/.test(digits)) return null;
    const start = this.at + colon + 1;
    const end = start + Number(digits);
    if (end > this.#bytes.length) return null;
    this.at = end;
    return this.#bytes.toString('utf8', start, end);
  }

  #list(depth: number): BencodeValue[] | null {
    this.at++;
    const items: BencodeValue[] = [];
    while (this.#bytes[this.at] !== code.e) {
      const item = this.value(depth + 1);
      if (item === null) return null;
      items.push(item);
    }
    this.at++;
    return items;
  }

  #dictionary(depth: number): BencodeDictionary | null {
    this.at++;
    const entries = new Map<string, BencodeValue>();
    while (this.#bytes[this.at] !== code.e) {
      const key = this.#string();
      const value = key === null ? null : this.value(depth + 1);
      if (key === null || value === null) return null;
      entries.set(key, value);
    }
    this.at++;
    // A key of `__proto__` is a key like any other.
    return Object.fromEntries(entries);
  }
}
