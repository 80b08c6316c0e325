import type { Clock, TimerHandle } from '../../kernel/index.ts';
import { type BencodeDictionary, decodeBencode, encodeBencode, isDictionary } from './bencode.ts';

/** What became of a command. `silent`: no answer within the limit, however often it was asked. */
export type NgReply =
  | { readonly kind: 'ok'; readonly reply: BencodeDictionary }
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'silent' };

export interface NgClientParts {
  readonly clock: Clock;
  /** Sends one datagram to the daemon. */
  readonly send: (datagram: Buffer) => void;
  /** Another text for each command, without spaces. */
  readonly cookie: () => string;
  readonly limitMs?: number;
}

/** The first pause; each one is twice the one before. */
const firstPauseMs = 250;
const usualLimitMs = 3_000;

interface Pending {
  readonly resolve: (reply: NgReply) => void;
  readonly limit: TimerHandle;
  again: TimerHandle;
}

/**
 * Commands of rtpengine's ng protocol, one datagram each: a cookie, a space, a dictionary. A command without an answer is sent again under the
 * same cookie, by which the daemon knows it and repeats what it answered in place of doing it twice.
 */
export class NgClient {
  readonly #parts: NgClientParts;
  readonly #pending = new Map<string, Pending>();

  constructor(parts: NgClientParts) {
    this.#parts = parts;
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** Never rejects. */
  ask(command: string, values: BencodeDictionary = {}): Promise<NgReply> {
    const { clock, send, cookie, limitMs = usualLimitMs } = this.#parts;
    const name = cookie();
    const datagram = Buffer.from(`${name} ${encodeBencode({ ...values, command })}`, 'utf8');
    return new Promise((resolve) => {
      const repeat = (pauseMs: number): TimerHandle =>
        clock.timer(pauseMs, () => {
          send(datagram);
          pending.again = repeat(pauseMs * 2);
        });
      const limit = clock.timer(limitMs, () => this.#settle(name, { kind: 'silent' }));
      const pending: Pending = { resolve, limit, again: repeat(firstPauseMs) };
      this.#pending.set(name, pending);
      send(datagram);
    });
  }

  /** What came from the daemon's address. Anything that answers nothing of ours is dropped. */
  receive(datagram: Uint8Array): void {
    const space = datagram.indexOf(32);
    const name = Buffer.from(datagram.subarray(0, Math.max(0, space))).toString('latin1');
    if (!this.#pending.has(name)) return;
    const decoded = decodeBencode(datagram.subarray(space + 1));
    if (!decoded.ok || !isDictionary(decoded.value)) return this.#settle(name, { kind: 'error', reason: 'an answer that cannot be read' });
    const { result, 'error-reason': reason } = decoded.value;
    if (result === 'error') return this.#settle(name, { kind: 'error', reason: typeof reason === 'string' ? reason : 'no reason given' });
    this.#settle(name, { kind: 'ok', reply: decoded.value });
  }

  /** Everything that waits is told that nothing comes. */
  stop(): void {
    for (const name of [...this.#pending.keys()]) this.#settle(name, { kind: 'silent' });
  }

  #settle(name: string, reply: NgReply): void {
    const pending = this.#pending.get(name);
    if (!pending) return;
    this.#pending.delete(name);
    pending.limit.cancel();
    pending.again.cancel();
    pending.resolve(reply);
  }
}
