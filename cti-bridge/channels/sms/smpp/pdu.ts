import { err, ok, type Result } from '../../../kernel/index.ts';

/**
 * The least that travels in SMPP 3.4 (§3.2):
 *
 *     0        4        8        12       16
 *     | length | command| status |sequence| body …     all big-endian; length counts itself
 */
export interface Pdu {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export const headBytes = 16;
/** A message of 64 kB in one field, and what goes around it. What says that it is longer is no SMPP. */
export const mostPduBytes = 70_000;

/** §5.1.2.1. An answer has the command of what it answers and this bit. */
export const answerBit = 0x8000_0000;
export const commands = {
  genericNack: 0x8000_0000,
  bindReceiver: 0x0000_0001,
  bindTransmitter: 0x0000_0002,
  submit: 0x0000_0004,
  deliver: 0x0000_0005,
  unbind: 0x0000_0006,
  bindTransceiver: 0x0000_0009,
  enquireLink: 0x0000_0015,
  data: 0x0000_0103,
} as const;

export const answerTo = (command: number): number => (command | answerBit) >>> 0;
export const isAnswer = (command: number): boolean => command >= answerBit;

export function writePdu({ command, status, sequence, body }: Pdu): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(headBytes + body.length, 0);
  head.writeUInt32BE(command, 4);
  head.writeUInt32BE(status, 8);
  head.writeUInt32BE(sequence, 12);
  return Buffer.concat([head, body]);
}

/** Cuts a stream of bytes into PDUs. After an error nothing that follows can be trusted, and nothing more is read. */
export class PduFramer {
  #held: Buffer[] = [];
  #bytes = 0;
  #needed = headBytes;
  #broken: string | null = null;

  /** The PDUs that became whole, and why it went no further. */
  push(bytes: Uint8Array): { readonly pdus: readonly Pdu[]; readonly broken: string | null } {
    const pdus: Pdu[] = [];
    if (this.#broken !== null) return { pdus, broken: this.#broken };
    this.#held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#bytes += bytes.byteLength;
    while (this.#bytes >= this.#needed) {
      let held = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
      const length = held.readUInt32BE(0);
      if (length < headBytes || length > mostPduBytes) {
        this.#broken = `a length of ${length}`;
        this.#held = [];
        break;
      }
      this.#needed = length;
      if (held.length >= length) {
        pdus.push({
          command: held.readUInt32BE(4),
          status: held.readUInt32BE(8),
          sequence: held.readUInt32BE(12),
          body: held.subarray(headBytes, length),
        });
        held = held.subarray(length);
        this.#needed = headBytes;
      }
      this.#held = [held];
      this.#bytes = held.length;
    }
    return { pdus, broken: this.#broken };
  }
}

/** Reads the fields of a body one after the other; after the first that is not there, `isShort` stays true and all others are empty. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;
  isShort = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** Sixteen bits. */
  number(): number {
    const bytes = this.take(2);
    return bytes.length === 2 ? bytes.readUInt16BE(0) : 0;
  }

  take(length: number): Buffer {
    if (this.isShort || length > this.left) {
      this.isShort = true;
      return Buffer.alloc(0);
    }
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  /** Up to a zero byte. Lengths that the standard gives to fields are not insisted on: networks have longer ids and passwords. */
  text(): string {
    if (this.isShort) return '';
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) {
      this.isShort = true;
      return '';
    }
    const text = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return text;
  }
}

/** Fields that need not be there (§5.3): tag, length, value. */
export type Tlvs = ReadonlyMap<number, Buffer>;
export const tags = {
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarIndex: 0x020f,
  receiptedMessageId: 0x001e,
  networkError: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

/** Up to the end of the body. Of two with one tag the first counts. */
export function readTlvs(fields: FieldReader): Tlvs {
  const found = new Map<number, Buffer>();
  while (fields.left > 0 && !fields.isShort) {
    const tag = fields.number();
    const value = fields.take(fields.number());
    if (!fields.isShort && !found.has(tag)) found.set(tag, value);
  }
  return found;
}

export function writeTlvs(tlvs: Tlvs): Buffer {
  const parts: Buffer[] = [];
  for (const [tag, value] of tlvs) {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(tag, 0);
    head.writeUInt16BE(value.length, 2);
    parts.push(head, value);
  }
  return Buffer.concat(parts);
}

/** A text and its zero byte. A zero within it would end it there, so it is left out. */
export function writeText(text: string): Buffer {
  return Buffer.from(`${text.replaceAll('\0', '')}\0`, 'latin1');
}

/** `value`, unless a field was missing. */
export function whole<Value>(fields: FieldReader, value: Value): Result<Value, 'cutShort'> {
  return fields.isShort ? err('cutShort') : ok(value);
}
