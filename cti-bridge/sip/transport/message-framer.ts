/** A header block that is longer is no SIP. */
export const maxHeadBytes = 64 * 1024;
/** What a body may be long. */
export const maxBodyBytes = 256 * 1024;
/** Nobody needs more for a request line; who sends that much without a line break speaks something else. */
const maxStartLineBytes = 8 * 1024;

export type Framed =
  /** One whole message. */
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** A double CRLF between messages: are you there (RFC 5626 §3.5.1)? */
  | { readonly kind: 'ping' }
  /** A single one: I am. */
  | { readonly kind: 'pong' }
  /** The head of a message whose end cannot be found, or that is too long. Its sender can be told, and then there is nothing more to read. */
  | { readonly kind: 'unframed'; readonly head: Buffer; readonly status: 400 | 513; readonly text: string }
  /** Not SIP. */
  | { readonly kind: 'garbage'; readonly why: string };

const cr = 13;
const lf = 10;
const none = Buffer.alloc(0);
const endOfHead = Buffer.from('\r\n\r\n');

/**
 * Finds the messages in a stream (RFC 3261 §18.3): a head, a blank line, and as many bytes as Content-Length says.
 *
 * ```
 *   CRLF*  start line CRLF  headers CRLF  CRLF  body(Content-Length)  CRLF*  start line ...
 * ```
 *
 * Holds what is incomplete, never more than one message of the greatest size. After `unframed` or `garbage` it is deaf.
 */
export class MessageFramer {
  #held: Buffer = none;
  /** Where to look on for the end of the head. */
  #searched = 0;
  /** A CRLF came and may be the first half of a ping. */
  #isHalfPing = false;
  /** Bytes of the message that is coming, once its head is here. */
  #wanted: number | null = null;
  #isDeaf = false;

  /** A message has begun that is not complete. */
  get isWithinMessage(): boolean {
    return this.#held.length > 0;
  }

  push(chunk: Buffer): Framed[] {
    if (this.#isDeaf) return [];
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const found: Framed[] = [];
    for (let next = this.#next(); next !== null; next = this.#next()) {
      found.push(next);
      if (next.kind !== 'garbage' && next.kind !== 'unframed') continue;
      this.#isDeaf = true;
      this.#held = none;
      break;
    }
    return found;
  }

  #next(): Framed | null {
    if (this.#wanted !== null) return this.#takeMessage(this.#wanted);
    if (this.#held.length === 0) return null;
    if (this.#held[0] === cr || this.#held[0] === lf) return this.#takeLineBreak();
    this.#isHalfPing = false;
    const end = this.#held.indexOf(endOfHead, Math.max(0, this.#searched - 3));
    this.#searched = this.#held.length;
    const problem = this.#judgeStart();
    if (problem !== null) return { kind: 'garbage', why: problem };
    if (end > maxHeadBytes || (end < 0 && this.#held.length > maxHeadBytes)) return { kind: 'garbage', why: 'header block too long' };
    if (end < 0) return null;
    const head = this.#held.subarray(0, end + endOfHead.length);
    const length = readContentLength(head.toString('latin1'));
    if (typeof length === 'string') return { kind: 'unframed', head, status: 400, text: length };
    if (length > maxBodyBytes) return { kind: 'unframed', head, status: 513, text: 'Message Too Large' };
    this.#wanted = head.length + length;
    return this.#takeMessage(this.#wanted);
  }

  #takeMessage(length: number): Framed | null {
    if (this.#held.length < length) return null;
    const bytes = this.#held.subarray(0, length);
    this.#advance(length);
    return { kind: 'message', bytes };
  }

  #takeLineBreak(): Framed | null {
    if (this.#held[0] !== cr) return { kind: 'garbage', why: 'bare line feed' };
    if (this.#held.length === 1) return null;
    if (this.#held[1] !== lf) return { kind: 'garbage', why: 'bare carriage return' };
    this.#advance(2);
    this.#isHalfPing = !this.#isHalfPing;
    return { kind: this.#isHalfPing ? 'pong' : 'ping' };
  }

  /** Null while the start line may still be one of SIP. */
  #judgeStart(): string | null {
    const end = this.#held.indexOf('\r\n');
    if (end < 0) return this.#held.length > maxStartLineBytes ? 'start line too long' : null;
    if (end > maxStartLineBytes) return 'start line too long';
    return /SIP\//i.test(this.#held.toString('latin1', 0, end)) ? null : 'not SIP';
  }

  #advance(length: number): void {
    this.#held = this.#held.length === length ? none : this.#held.subarray(length);
    this.#searched = 0;
    this.#wanted = null;
  }
}

/** Bytes of the body, or why they cannot be told. RFC 3261 §20.14: on a stream the header must be there. */
function readContentLength(head: string): number | string {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').matchAll(/^(?:content-length|l)[ \t]*:[ \t]*(.*?)[ \t]*\r$/gim);
  const values = new Set([...lines].map(([, value = '']) => value));
  const [value, other] = values;
  if (value === undefined) return 'Content-Length Missing';
  // Two different lengths: an attempt to be read in two ways.
  return other === undefined && /^\d{1,9}$/.test(value) ? Number(value) : 'Bad Content-Length';
}
