import type { TimerHandle } from '../../kernel/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { readSessionInterval, repeatUntilAck } from '../dialog/index.ts';
import type { Header, ReceivedRequest, ReceivedResponse } from '../message/index.ts';
import { headerOf, sdpOf } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { allow, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import type { LegSession } from './leg-session.ts';

export type OfferAnswer = { readonly sdp: string } | { readonly status: number };
export type ReinviteOutcome = { readonly ok: true; readonly sdp: string } | { readonly ok: false; readonly status: number };

/** How long the owner of the leg may think about an offer before the far side is told 500. */
const answerLimitMs = 10_000;

/**
 * Changing the media of a confirmed call: re-INVITE and UPDATE, in and out (RFC 3261 §14, RFC 3311, RFC 3264 §4). One exchange at a time:
 * offers that cross are refused with 491, our own wait their turn.
 */
export class OfferExchange {
  /** Last description we sent: our offer when the far side asks for one by an empty re-INVITE. */
  localSdp: string | null = null;
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

  /** The far side's re-INVITE or UPDATE. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    // RFC 3261 §14.2: ours is under way: glare; theirs is: they must wait.
    if (this.#direction === 'ours') return transaction.respond(491);
    if (this.#direction === 'theirs') {
      const retryAfter = String(Math.floor(this.#parts.names.fraction() * 11));
      return transaction.respond(500, { headers: [{ name: 'Retry-After', value: retryAfter }] });
    }
    const interval = readSessionInterval(request);
    if (interval.kind === 'tooSmall') return transaction.respond(422, { headers: interval.headers });
    const refreshed: Header[] = interval.kind === 'watched' ? [...interval.headers] : [];
    const accept = (sdp: string | null) => {
      if (this.#session.isEnded) return transaction.respond(487); // RFC 3261 §15.1.2: a BYE ends what is pending
      this.#session.dialog?.refreshTarget(request);
      if (interval.kind === 'watched') this.#session.watchInterval(interval.endsAfterMs);
      if (sdp !== null) this.localSdp = sdp;
      const body = sdp === null ? undefined : { type: 'application/sdp', content: sdp };
      transaction.respond(200, { headers: [this.#session.contact, allow, supported, ...refreshed], body });
    };

    const offer = sdpOf(request);
    if (offer === null && request.method === 'UPDATE') return accept(null); // a refresh, RFC 4028 §7.4
    this.#direction = 'theirs';
    if (request.method === 'INVITE') transaction.respond(100);
    transaction.onCancel(() => {
      transaction.respond(487);
      this.#settle();
    });
    if (offer === null) return this.#offerLate(transaction, accept);
    void this.#ask(offer).then((answer) => {
      if (transaction.isAnswered) return;
      if ('status' in answer) transaction.respond(answer.status);
      else {
        accept(answer.sdp);
        if (request.method === 'INVITE' && !this.#session.isEnded) this.expectAck(transaction, () => {});
      }
      this.#settle();
    });
  }

  /** A re-INVITE without offer: ours is what we last said, theirs comes as the answer in the ACK. */
  #offerLate(transaction: ServerTransaction, accept: (sdp: string | null) => void): void {
    if (this.localSdp === null) transaction.respond(488);
    else accept(this.localSdp);
    if (this.localSdp === null || this.#session.isEnded) return this.#settle();
    this.expectAck(
      transaction,
      (ack) => {
        this.#settle();
        const answer = sdpOf(ack);
        if (answer !== null) void this.#ask(answer);
      },
      () => this.#settle(),
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
  reinvite(sdp: string): Promise<ReinviteOutcome> {
    const mine = this.#turn.then(() => this.#offerWithRetry(sdp));
    this.#turn = mine;
    return mine;
  }

  async #offerWithRetry(sdp: string): Promise<ReinviteOutcome> {
    await this.#idle();
    const first = await this.#offer(sdp);
    if (first.ok || first.status !== 491 || this.#session.isEnded) return first;
    // RFC 3261 §14.1: the side that made the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.
    const steps = this.#parts.names.fraction();
    const pauseMs = this.#session.madeCallId ? 2_100 + Math.floor(steps * 191) * 10 : Math.floor(steps * 201) * 10;
    await this.#pause(pauseMs);
    await this.#idle();
    return this.#offer(sdp);
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

  #settle(): void {
    this.#direction = 'none';
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #offer(sdp: string): Promise<ReinviteOutcome> {
    if (!this.#session.isConfirmed) return Promise.resolve({ ok: false, status: 481 });
    return new Promise((resolve) => {
      this.#direction = 'ours';
      let patience: TimerHandle | undefined;
      let isSettled = false;
      const settle = (outcome: ReinviteOutcome) => {
        if (isSettled) return;
        isSettled = true;
        patience?.cancel();
        this.#settle();
        resolve(outcome);
      };
      // A provisional answer must not hold the offer open for ever.
      patience = this.#parts.clock.timer(64 * this.#parts.timers.t1 + 1_000, () => settle({ ok: false, status: 408 }));
      let ackAgain: (() => void) | undefined;
      const body = { type: 'application/sdp', content: sdp };
      this.#session.send(
        'INVITE',
        { headers: [this.#session.contact, allow, supported], body },
        {
          onResponse: (response) => {
            if (response.status < 200) return;
            if (response.status < 300) {
              if (ackAgain) return ackAgain();
              ackAgain = this.#acknowledge(response);
              const answer = sdpOf(response);
              if (answer === null) return settle({ ok: false, status: 500 });
              this.localSdp = sdp;
              return settle({ ok: true, sdp: answer });
            }
            this.#session.noticeGone(response);
            settle({ ok: false, status: response.status });
          },
          onFailure: (why) => settle({ ok: false, status: why === 'timeout' ? 408 : 503 }),
        },
      );
    });
  }

  #acknowledge(response: ReceivedResponse): () => void {
    const dialog = this.#session.dialog;
    if (!dialog) return () => {};
    if (headerOf(response, 'Contact') !== undefined) dialog.refreshTarget(response);
    const ack = dialog.request('ACK', { headers: [this.#session.userAgent] }, response.cseq.number);
    return this.#parts.transactions.sendAck(ack, dialog.flow(this.#parts.outlets));
  }
}
