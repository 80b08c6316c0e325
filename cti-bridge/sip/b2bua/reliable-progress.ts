import type { TimerHandle } from '../../kernel/index.ts';
import type { Header, ReceivedRequest, ResponseParts } from '../message/index.ts';
import { headerOf, headerTokens } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { LegParts } from './leg-parts.ts';

interface Provisional {
  readonly status: number;
  readonly parts: ResponseParts;
  readonly hasSdp: boolean;
}

/** How far the caller goes with provisional responses that are acknowledged. */
export function reliabilityOf(invite: ReceivedRequest): 'demanded' | 'possible' | 'none' {
  if (headerTokens(invite, 'Require').includes('100rel')) return 'demanded';
  return headerTokens(invite, 'Supported').includes('100rel') ? 'possible' : 'none';
}

/**
 * Provisional responses of ours that must arrive (RFC 3262 §3): repeated after T1, 2*T1, 4*T1... until their PRACK comes, one at a time. One
 * that was never acknowledged for 64*T1 means that nobody is there any more.
 */
export class ReliableProgress {
  readonly #parts: LegParts;
  readonly #invite: ServerTransaction;
  readonly #onNoPrack: () => void;
  readonly #queue: Provisional[] = [];
  readonly #whenAcknowledged: (() => void)[] = [];
  #sequence: number;
  #open: Provisional | null = null;
  #repeat: TimerHandle | undefined;
  #limit: TimerHandle | undefined;

  constructor(parts: LegParts, invite: ServerTransaction, onNoPrack: () => void) {
    this.#parts = parts;
    this.#invite = invite;
    this.#onNoPrack = onNoPrack;
    // RFC 3262 §3: chosen from the lower half, so that there is room to count.
    this.#sequence = Math.floor(parts.names.fraction() * (2 ** 31 - 1));
  }

  send(status: number, parts: ResponseParts, hasSdp: boolean): void {
    this.#queue.push({ status, parts, hasSdp });
    if (!this.#open) this.#sendNext();
  }

  /** A description of ours is not acknowledged yet, or has still to be sent: no 2xx before it (RFC 3262 §3). */
  get owesSdp(): boolean {
    return (this.#open?.hasSdp ?? false) || this.#queue.some(({ hasSdp }) => hasSdp);
  }

  /** Told once, when all that was sent so far is acknowledged. */
  whenAcknowledged(listener: () => void): void {
    this.#whenAcknowledged.push(listener);
  }

  /** Null for a PRACK that acknowledges nothing of ours. Who calls this answers it, then calls `proceed`. */
  acknowledge(prack: ReceivedRequest): { readonly hadSdp: boolean } | null {
    const match = /^(\d{1,10})\s+(\d{1,10})\s+(\S+)$/.exec((headerOf(prack, 'RAck') ?? '').trim());
    const open = this.#open;
    const { cseq } = this.#invite.request;
    if (!open || Number(match?.[1]) !== this.#sequence || Number(match?.[2]) !== cseq.number || match?.[3] !== cseq.method) return null;
    this.#open = null;
    this.#repeat?.cancel();
    this.#limit?.cancel();
    return { hadSdp: open.hasSdp };
  }

  /** After the PRACK was answered. */
  proceed(): void {
    if (this.#queue.length > 0) return this.#sendNext();
    for (const listener of this.#whenAcknowledged.splice(0)) listener();
  }

  /** A final response goes out: nothing more is repeated. What is open may still be acknowledged. */
  stop(): void {
    this.#queue.length = 0;
    this.#repeat?.cancel();
    this.#limit?.cancel();
  }

  #sendNext(): void {
    const next = this.#queue.shift();
    if (!next || this.#invite.isAnswered) return;
    this.#open = next;
    this.#sequence++;
    const { clock, timers } = this.#parts;
    const reliable: Header[] = [
      { name: 'Require', value: '100rel' },
      { name: 'RSeq', value: String(this.#sequence) },
    ];
    const parts = { ...next.parts, headers: [...(next.parts.headers ?? []), ...reliable] };
    let pauseMs = timers.t1;
    const send = () => {
      this.#invite.respond(next.status, parts);
      this.#repeat = clock.timer(pauseMs, send);
      pauseMs *= 2;
    };
    send();
    this.#limit = clock.timer(64 * timers.t1, () => {
      this.stop();
      this.#onNoPrack();
    });
  }
}
