import type { Clock, TimerHandle } from '../../kernel/index.ts';
import type { Header, SipRequest } from '../message/index.ts';
import { encodeUser } from '../message/index.ts';
import type { Names } from '../names.ts';
import type { TransactionLayer } from '../transaction/index.ts';
import { isWebSocket } from '../transport/index.ts';
import type { Binding, Bindings } from './bindings.ts';

const askEveryMs = 30_000;
/** Longer than a phone and a bad line need for an answer, repeats included. */
const patienceMs = 4_000;

export interface KeepAliveParts {
  readonly clock: Clock;
  readonly names: Names;
  readonly transactions: Pick<TransactionLayer, 'send'>;
  readonly bindings: Bindings;
  readonly domain: string;
  readonly product: string;
}

/**
 * Asks each desk phone every 30 s whether it is there (OPTIONS, RFC 3261 §11): neither UDP nor a connection tells of a plug that was pulled,
 * and a binding would stand for up to two hours. It also keeps a NAT's door open. Any final answer is a yes. A phone that says nothing for 4 s
 * is silent until it answers or registers again. One question at a time, whatever it answers: a phone costs two messages in half a minute.
 */
export class KeepAlive {
  readonly #parts: KeepAliveParts;
  readonly #next = new Map<string, TimerHandle>();
  readonly #patience = new Map<string, TimerHandle>();
  #isStopped = false;

  constructor(parts: KeepAliveParts) {
    this.#parts = parts;
    parts.bindings.on('bound', ({ extension, flow }) => {
      if (!isWebSocket(flow) && !this.#next.has(extension)) this.#askLater(extension);
    });
  }

  /** Asks now, and every 30 s from now on. */
  ask(extension: string): void {
    this.#next.get(extension)?.cancel();
    this.#next.delete(extension);
    const { bindings, clock } = this.#parts;
    const binding = bindings.known(extension);
    if (this.#isStopped || !binding || isWebSocket(binding.flow)) return;
    this.#askLater(extension);
    this.#patience.get(extension)?.cancel();
    this.#patience.set(
      extension,
      clock.timer(patienceMs, () => bindings.mark(binding, false)),
    );
    this.#put(binding, () => this.#patience.get(extension)?.cancel());
  }

  /**
   * The desktop around a browser's phone has lost its line, and what took the one may have taken the other: nobody is sent to the phone until it
   * answers or registers again. A dead connection is found by its own pings as well, ten seconds later.
   */
  doubt(extension: string): void {
    const { bindings } = this.#parts;
    const binding = bindings.known(extension);
    if (this.#isStopped || !binding || !isWebSocket(binding.flow)) return;
    bindings.mark(binding, false);
    this.#put(binding);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of [...this.#next.values(), ...this.#patience.values()]) timer.cancel();
    this.#next.clear();
    this.#patience.clear();
  }

  #put(binding: Binding, answered?: () => void): void {
    const { bindings, transactions } = this.#parts;
    transactions.send(this.#question(binding), binding.flow, {
      onResponse: ({ status }) => {
        if (status < 200) return;
        answered?.();
        bindings.mark(binding, true);
      },
      // Whoever does not answer is taken for silent long before the transaction gives up.
      onFailure() {},
    });
  }

  #askLater(extension: string): void {
    this.#next.set(
      extension,
      this.#parts.clock.timer(askEveryMs, () => this.ask(extension)),
    );
  }

  #question({ extension, contactUri, flow, routes = [] }: Binding): SipRequest {
    const { names, domain, product } = this.#parts;
    const headers: Header[] = [
      { name: 'Max-Forwards', value: '70' },
      ...routes.map((value) => ({ name: 'Route', value })),
      { name: 'From', value: `<sip:crosspoint@${domain}>;tag=${names.tag()}` },
      { name: 'To', value: `<sip:${encodeUser(extension)}@${domain}>` },
      { name: 'Call-ID', value: names.callId() },
      { name: 'CSeq', value: '1 OPTIONS' },
      { name: 'Contact', value: `<${names.contactUri(flow)}>` },
      { name: 'Accept', value: 'application/sdp' },
      { name: 'User-Agent', value: product },
    ];
    return { kind: 'request', method: 'OPTIONS', uri: contactUri, headers, body: Buffer.alloc(0) };
  }
}
