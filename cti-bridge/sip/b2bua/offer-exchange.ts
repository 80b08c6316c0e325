import type { TimerHandle } from '../../kernel/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import type { OfferOutcome } from '../api.ts';
import type { Dialog } from '../dialog/index.ts';
import { readSessionInterval, repeatUntilAck } from '../dialog/index.ts';
import type { ReceivedRequest, ReceivedResponse, SipRequest } from '../message/index.ts';
import { headerOf, sdpOf } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { allow, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import type { LegSession } from './leg-session.ts';

export type OfferAnswer = { readonly sdp: string } | { readonly status: number };

type Exchange = OfferOutcome<string | null> & { readonly retryAfterMs?: number };

/** How long the owner of the leg may think about an offer before the far side is told 500. */
const answerLimitMs = 10_000;

/**
 * Descriptions that pass within a call: re-INVITE, UPDATE and PRACK, in and out (RFC 3261 §14, RFC 3311, RFC 3262 §5, RFC 3264 §4). One
 * exchange at a time: offers that cross are refused with 491, our own wait their turn.
 */
export class OfferExchange {
  /** Last description we sent: our offer when the far side asks for one by an empty re-INVITE. */
  localSdp: string | null = null;
  /** Last description of the far side. */
  remoteSdp: string | null = null;
  readonly #parts: LegParts;
  readonly #session: LegSession;
  #handler: ((sdp: string) => Promise<OfferAnswer>) | null = null;
  #direction: 'none' | 'ours' | 'theirs' = 'none';
  #turn: Promise<unknown> = Promise.resolve();
  #whenIdle: (() => void)[] = [];
  /** CSeq of INVITEs whose 2xx of ours waits for its ACK. */
  readonly #unacked = new Map<number, { readonly stop: () => void; readonly onAck: (ack: ReceivedRequest) => void }>();

  constructor(parts: LegParts, session: LegSession) {
    this.#parts = parts;
    this.#session = session;
  }

  onOffer(handler: (sdp: string) => Promise<OfferAnswer>): void {
    this.#handler = handler;
  }

  /** The first INVITE carries an offer, or our provisional response does; until `settle` no other offer may be made. */
  open(direction: 'ours' | 'theirs'): void {
    this.#direction = direction;
  }

  settle(): void {
    this.#direction = 'none';
    this.#wake();
  }

  /** Repeats the 2xx just sent until its ACK. Without one the call is no call: BYE. */
  expectAck(transaction: ServerTransaction, onAck: (ack: ReceivedRequest) => void, onNoAck: () => void = () => {}): void {
    const number = transaction.request.cseq.number;
    const stop = repeatUntilAck(transaction, this.#parts.clock, this.#parts.timers, () => {
      this.#unacked.delete(number);
      onNoAck();
      this.#wake();
      this.#session.bye({ cause: 'noAck', by: 'network', status: null, text: 'no ACK' }, { protocol: 'SIP', cause: 408, text: 'No ACK' });
    });
    this.#unacked.set(number, { stop, onAck });
  }

  /** The call is over and nothing is owed: no more repeats. */
  stop(): void {
    for (const { stop } of this.#unacked.values()) stop();
    this.#unacked.clear();
  }

  receiveAck(ack: ReceivedRequest): void {
    const waiting = this.#unacked.get(ack.cseq.number);
    if (!waiting) return;
    this.#unacked.delete(ack.cseq.number);
    waiting.stop();
    waiting.onAck(ack);
    this.#wake();
  }

  /** The far side's re-INVITE, UPDATE, or PRACK with an offer. */
  receive(transaction: ServerTransaction, dialog: Dialog): void {
    const { request } = transaction;
    const offer = sdpOf(request);
    const isRefresh = offer === null && request.method === 'UPDATE'; // RFC 4028 §7.4, RFC 3311 §5.2: no offer, nothing to cross
    // RFC 3261 §14.2: ours is under way: glare; theirs is: they must wait.
    if (!isRefresh && this.#direction === 'ours') return transaction.respond(491);
    if (!isRefresh && this.#direction === 'theirs') return this.askToWait(transaction);
    const interval = readSessionInterval(request);
    if (interval.kind === 'tooSmall') return transaction.respond(422, { headers: interval.headers });
    const accept = (sdp: string | null) => {
      if (this.#session.isEnded) return transaction.respond(487); // RFC 3261 §15.1.2: a BYE ends what is pending
      if (sdp !== null) this.localSdp = sdp;
      const body = sdp === null ? undefined : { type: 'application/sdp', content: sdp };
      if (request.method === 'PRACK') return transaction.respond(200, { body });
      dialog.refreshTarget(request);
      this.#session.learn(request);
      if (this.#session.isConfirmed) this.#session.timer.restart(interval.kind === 'agreed' ? interval.agreed : null);
      const timerHeaders = interval.kind === 'agreed' ? interval.headers : [];
      transaction.respond(200, { headers: [this.#session.contactOn(dialog), allow, supported, ...timerHeaders], body });
    };

    if (isRefresh) return accept(null);
    this.#direction = 'theirs';
    if (request.method === 'INVITE') transaction.respond(100);
    transaction.onCancel(() => {
      transaction.respond(487);
      this.settle();
    });
    if (offer === null) return this.#offerLate(transaction, accept);
    void this.#ask(offer).then((answer) => {
      if (transaction.isAnswered) return;
      if ('status' in answer) transaction.respond(answer.status);
      else {
        this.remoteSdp = offer;
        accept(answer.sdp);
        if (request.method === 'INVITE' && !this.#session.isEnded) this.expectAck(transaction, () => {});
      }
      this.settle();
    });
  }

  /** 500 with a Retry-After of up to 10 s: theirs is under way already. */
  askToWait(transaction: ServerTransaction): void {
    const retryAfter = String(Math.floor(this.#parts.names.fraction() * 11));
    transaction.respond(500, { headers: [{ name: 'Retry-After', value: retryAfter }] });
  }

  /** A re-INVITE without offer: ours is what we last said, theirs comes as the answer in the ACK. */
  #offerLate(transaction: ServerTransaction, accept: (sdp: string | null) => void): void {
    if (this.localSdp === null) transaction.respond(488);
    else accept(this.localSdp);
    if (this.localSdp === null || this.#session.isEnded) return this.settle();
    this.expectAck(
      transaction,
      (ack) => {
        this.settle();
        const answer = sdpOf(ack);
        if (answer === null) return;
        this.remoteSdp = answer;
        void this.#ask(answer);
      },
      () => this.settle(),
    );
  }

  async #ask(offer: string): Promise<OfferAnswer> {
    if (!this.#handler) return { status: 488 };
    try {
      return await withTimeLimit(this.#parts.clock, answerLimitMs, 'answer to an offer', this.#handler(offer));
    } catch (error) {
      this.#parts.log.error('sip:offer-handler-failed', { callId: this.#session.callId, error: String(error) });
      return { status: 500 };
    }
  }

  /** Our own offer; waits for what is under way. */
  reinvite(sdp: string): Promise<OfferOutcome> {
    return this.#inTurn(async () => {
      const outcome = await this.#withRetry('INVITE', sdp);
      return outcome.ok && outcome.sdp === null ? { ok: false, status: 500 } : (outcome as OfferOutcome);
    });
  }

  /** UPDATE where the far side takes it, else a re-INVITE. Without SDP the session is refreshed: with what was agreed, in a re-INVITE. */
  update(sdp: string | null): Promise<OfferOutcome<string | null>> {
    return this.#inTurn(() => {
      if (this.#session.remoteAllows('UPDATE')) return this.#withRetry('UPDATE', sdp);
      const said = sdp ?? this.localSdp;
      if (!this.#session.isConfirmed || said === null) return Promise.resolve({ ok: false, status: 481 } as const);
      return this.#withRetry('INVITE', said);
    });
  }

  #inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const mine = this.#turn.then(work);
    this.#turn = mine;
    return mine;
  }

  async #withRetry(method: 'INVITE' | 'UPDATE', sdp: string | null): Promise<OfferOutcome<string | null>> {
    if (!this.#isPossible(method)) return { ok: false, status: 481 };
    await this.#idle();
    const first = await this.#exchange(method, sdp);
    if (first.ok || this.#session.isEnded) return first;
    const pauseMs = this.#pauseAfter(first);
    if (pauseMs === null) return first;
    await this.#pause(pauseMs);
    await this.#idle();
    return this.#exchange(method, sdp);
  }

  /** How long to wait before another try; null: no use. */
  #pauseAfter(failed: Exclude<Exchange, { readonly ok: true }>): number | null {
    if (failed.status === 422) return 0;
    if (failed.status === 500) return failed.retryAfterMs ?? null;
    if (failed.status !== 491) return null;
    // RFC 3261 §14.1: the side that made the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.
    const steps = this.#parts.names.fraction();
    return this.#session.madeCallId ? 2_100 + Math.floor(steps * 191) * 10 : Math.floor(steps * 201) * 10;
  }

  /** Until neither side has an offer open and our first 2xx is acknowledged. */
  async #idle(): Promise<void> {
    while (!this.#session.isEnded && (this.#direction !== 'none' || this.#unacked.size > 0)) {
      const settled = new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      await Promise.race([settled, this.#session.ended]);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.timer(ms, resolve));
  }

  #wake(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #isPossible(method: 'INVITE' | 'UPDATE'): boolean {
    const { isConfirmed, isEnded, mayUpdateEarly } = this.#session;
    return isConfirmed || (method === 'UPDATE' && mayUpdateEarly && !isEnded);
  }

  #exchange(method: 'INVITE' | 'UPDATE', sdp: string | null): Promise<Exchange> {
    const session = this.#session;
    const dialog = session.dialog;
    if (!this.#isPossible(method) || !dialog) return Promise.resolve({ ok: false, status: 481 });
    return new Promise((resolve) => {
      if (sdp !== null) this.#direction = 'ours';
      let patience: TimerHandle | undefined;
      let isSettled = false;
      const settle = (outcome: Exchange) => {
        if (isSettled) return;
        isSettled = true;
        patience?.cancel();
        if (sdp !== null) this.settle();
        resolve(outcome);
      };
      // A provisional answer must not hold the offer open for ever.
      patience = this.#parts.clock.timer(64 * this.#parts.timers.t1 + 1_000, () => settle({ ok: false, status: 408 }));
      // Who waits for it need not wait for a far side that has hung up. Its 2xx, should one still come, is acknowledged all the same.
      void session.ended.then(() => settle({ ok: false, status: 481 }));
      let ackAgain: (() => void) | undefined;
      let invite: SipRequest | undefined;
      session.send(
        method,
        {
          headers: [session.contactOn(dialog), allow, supported, ...session.intervalHeaders()],
          ...(sdp === null ? {} : { body: { type: 'application/sdp', content: sdp } }),
        },
        {
          onResponse: (response) => {
            if (response.status < 200) return;
            if (response.status < 300) {
              if (ackAgain) return ackAgain();
              const outcome = this.#succeeded(response, dialog, sdp);
              if (invite && method === 'INVITE') ackAgain = session.requests.acknowledge(invite, response, dialog);
              settle(outcome);
              return;
            }
            session.noticeGone(response);
            if (response.status === 422) session.raiseInterval(response);
            settle({ ok: false, status: response.status, ...retryAfterOf(response) });
          },
          onFailure: (why) => settle({ ok: false, status: why === 'timeout' ? 408 : 503 }),
          onSent(request) {
            invite = request;
          },
        },
      );
    });
  }

  #succeeded(response: ReceivedResponse, dialog: Dialog, sdp: string | null): Exchange {
    dialog.refreshTarget(response);
    this.#session.refreshed(response);
    const answer = sdpOf(response);
    if (sdp === null) return { ok: true, sdp: null };
    if (answer === null) return { ok: false, status: 500 };
    this.localSdp = sdp;
    this.remoteSdp = answer;
    return { ok: true, sdp: answer };
  }
}

/** RFC 3261 §14.2: up to 10 s, where the far side has an offer of its own open. Longer waits are not ours to keep. */
function retryAfterOf(response: ReceivedResponse): { readonly retryAfterMs?: number } {
  const seconds = /^(\d{1,2})\b/.exec(headerOf(response, 'Retry-After') ?? '')?.[1];
  return seconds !== undefined && Number(seconds) <= 10 ? { retryAfterMs: Number(seconds) * 1_000 } : {};
}
