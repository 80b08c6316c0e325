import type { Disposable, TimerHandle } from '../../kernel/index.ts';
import type { LegEnd } from '../api.ts';
import type { Dialog, RequestParts } from '../dialog/index.ts';
import type { Header, ReceivedRequest, ReceivedResponse } from '../message/index.ts';
import { contentType } from '../message/index.ts';
import type { Binding } from '../registrar/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { isWebSocket } from '../transport/index.ts';
import { acceptSdp, allow, checkCapabilities, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import { awaitReturn } from './lost-flow.ts';
import { OfferExchange } from './offer-exchange.ts';
import type { Reason } from './reason-header.ts';
import { reasonHeader, reasonText } from './reason-header.ts';

/** Who decides about requests that come before the leg is confirmed. */
export type EarlyRequests = (transaction: ServerTransaction) => void;

/**
 * The confirmed part of a leg, the same for both directions: what the far side asks within the dialog, what we ask, and the end.
 *
 *     early --confirm--> confirmed --finish--> ended        (finish may come from anywhere, only the first counts)
 *
 * A leg leaves the registry of legs when it ended and owes nothing any more: neither an ACK it waits for nor the answer to its BYE.
 */
export class LegSession {
  readonly callId: string;
  readonly localTag: string;
  /** We sent the first INVITE. */
  readonly madeCallId: boolean;
  readonly ended: Promise<LegEnd>;
  readonly offers: OfferExchange;
  readonly #parts: LegParts;
  readonly #extension: string | null;
  readonly #resolveEnded: (end: LegEnd) => void;
  readonly #owned: Disposable[] = [];
  #onInfo: (contentType: string, body: string) => void = () => {};
  #onEarlyRequest: EarlyRequests = (transaction) => transaction.respond(481);
  #dialog: Dialog | null = null;
  #end: LegEnd | null = null;
  /** Set while our 2xx waits for its ACK: a BYE must wait for it as well (RFC 3261 §15). */
  #heldBye: { reason: Reason | undefined } | null = null;
  #isAwaitingAck = false;
  /** Our BYE is under way. */
  #isLeaving = false;
  #interval: TimerHandle | undefined;
  /** Waits to say BYE to a phone that lost its flow. */
  #farewell: Disposable | undefined;

  constructor(
    parts: LegParts,
    leg: { readonly callId: string; readonly localTag: string; readonly extension: string | null; readonly madeCallId: boolean },
  ) {
    this.#parts = parts;
    this.callId = leg.callId;
    this.localTag = leg.localTag;
    this.#extension = leg.extension;
    this.madeCallId = leg.madeCallId;
    const { promise, resolve } = Promise.withResolvers<LegEnd>();
    this.ended = promise;
    this.#resolveEnded = resolve;
    this.offers = new OfferExchange(parts, this);
    parts.legs.add(this);
  }

  get dialog(): Dialog | null {
    return this.#dialog;
  }

  get isEnded(): boolean {
    return this.#end !== null;
  }

  get isConfirmed(): boolean {
    return this.#dialog !== null && this.#end === null;
  }

  onInfo(handler: (contentType: string, body: string) => void): void {
    this.#onInfo = handler;
  }

  onEarlyRequest(handler: EarlyRequests): void {
    this.#onEarlyRequest = handler;
  }

  /** Disposed with the end of the leg; at once when it has ended. */
  own(disposable: Disposable): void {
    if (this.#end) void disposable.dispose();
    else this.#owned.push(disposable);
  }

  confirm(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#watchFlow(dialog);
  }

  /** Our 2xx to the first INVITE is out and unacknowledged. */
  awaitAck(): void {
    this.#isAwaitingAck = true;
  }

  /** The ACK came, or we gave it up. */
  ackSettled(): void {
    this.#isAwaitingAck = false;
    const held = this.#heldBye;
    this.#heldBye = null;
    if (held) this.#sendBye(held.reason);
  }

  /** Ends the leg, once. It stays known while a BYE is under way, see `bye`. */
  finish(end: LegEnd): void {
    if (this.#end) return;
    this.#end = end;
    for (const owned of this.#owned.splice(0)) void owned.dispose();
    this.#parts.log.debug('sip:leg-ended', { callId: this.callId, cause: end.cause, by: end.by, status: end.status });
    this.#resolveEnded(end);
    if (!this.#heldBye) this.offers.stop();
    if (!this.#heldBye && !this.#isLeaving) this.forget();
  }

  forget(): void {
    this.#parts.legs.remove(this);
  }

  /** The house closes: nothing more is repeated or waited for. */
  abandon(): void {
    this.offers.stop();
    void this.#farewell?.dispose();
    this.forget();
  }

  /** Ends a confirmed leg with a BYE. */
  bye(end: LegEnd, reason?: Reason): void {
    if (this.#end) return;
    if (this.#isAwaitingAck) this.#heldBye = { reason };
    else this.#sendBye(reason);
    this.finish(end);
  }

  #sendBye(reason: Reason | undefined): void {
    this.#isLeaving = true;
    const dialog = this.#dialog;
    if (!dialog?.heardOn.isClosed || this.#extension === null) return this.#sendByeNow(reason);
    // Its WebSocket is gone: should it come back in time, it must not believe that the call goes on.
    const move = (binding: Binding) => {
      dialog.moveTo(binding.flow, binding.contactUri);
      this.#sendByeNow(reason);
    };
    this.#farewell = awaitReturn(this.#parts.bindings, this.#parts.clock, this.#extension, move, () => this.forget());
  }

  #sendByeNow(reason: Reason | undefined): void {
    const over = () => this.forget();
    const sent = this.send(
      'BYE',
      { headers: reason ? [reasonHeader(reason)] : [] },
      { onResponse: (response) => response.status >= 200 && over(), onFailure: over },
    );
    if (!sent) over();
  }

  sendInfo(type: string, body: string): void {
    if (this.isConfirmed)
      this.send('INFO', { body: { type, content: body } }, { onResponse: (response) => this.noticeGone(response), onFailure() {} });
  }

  /** A request of ours within the dialog. False when there is no dialog. */
  send(
    method: string,
    parts: RequestParts,
    handlers: { onResponse(response: ReceivedResponse): void; onFailure(why: string): void },
  ): boolean {
    const dialog = this.#dialog;
    if (!dialog) return false;
    const headers = [...(parts.headers ?? []), this.userAgent];
    this.#parts.transactions.send(dialog.request(method, { ...parts, headers }), dialog.flow(this.#parts.outlets), handlers);
    return true;
  }

  get userAgent(): Header {
    return { name: 'User-Agent', value: this.#parts.product };
  }

  get contact(): Header {
    const flow = this.#dialog?.heardOn;
    return { name: 'Contact', value: flow ? `<${this.#parts.names.contactUri(flow)}>` : '' };
  }

  /** RFC 3261 §12.2.1.2: 481 says that the far side has no such call any more. */
  noticeGone(response: ReceivedResponse): void {
    if (response.status === 481)
      this.finish({ cause: 'rejected', by: 'remote', status: 481, text: reasonText(response) ?? response.reason });
  }

  /** A request of the far side within the dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const dialog = this.#dialog;
    if (!dialog) return this.#onEarlyRequest(transaction);
    if (!dialog.isOf(request)) return transaction.respond(481);
    if (!dialog.acceptsSequence(request)) return transaction.respond(500, { text: 'Out Of Order' });
    const refusal = checkCapabilities(request);
    if (refusal) return transaction.respond(refusal.status, refusal.parts);
    switch (request.method) {
      case 'BYE':
        transaction.respond(200);
        this.#heldBye = null; // theirs does for both
        if (this.#end) {
          this.offers.stop();
          return this.forget();
        }
        return this.finish({ cause: 'bye', by: 'remote', status: null, text: reasonText(request) });
      case 'INVITE':
      case 'UPDATE':
        if (this.#end) return transaction.respond(481);
        return this.offers.receive(transaction);
      case 'INFO':
        transaction.respond(200);
        if (!this.#end && request.body.length > 0) this.#onInfo(contentType(request) ?? '', request.body.toString('utf8'));
        return;
      case 'OPTIONS':
        return transaction.respond(200, { headers: [allow, supported, acceptSdp] });
      default:
        return transaction.respond(405, { headers: [allow] });
    }
  }

  receiveAck(ack: ReceivedRequest): void {
    if (this.#dialog?.isOf(ack)) this.offers.receiveAck(ack);
  }

  /** RFC 4028 §10: nobody refreshed the session in time. */
  watchInterval(endsAfterMs: number): void {
    this.#interval?.cancel();
    const timer = this.#parts.clock.timer(endsAfterMs, () =>
      this.bye(
        { cause: 'timeout', by: 'network', status: null, text: 'session expired' },
        { protocol: 'SIP', cause: 408, text: 'Session expired' },
      ),
    );
    this.#interval = timer;
    this.own({ dispose: () => timer.cancel() });
  }

  #watchFlow(dialog: Dialog): void {
    const flow = dialog.heardOn;
    // UDP never closes; a trunk's connection is made again when there is something to say (RFC 3261 §18.2.2).
    if (!isWebSocket(flow) && this.#extension === null) return;
    const gone = () => this.finish({ cause: 'flowClosed', by: 'network', status: null, text: null });
    this.own(
      flow.onClose(() => {
        if (this.#end) return;
        if (this.#extension === null) return gone();
        this.#parts.log.info('sip:leg-waits-for-return', { callId: this.callId });
        const back = awaitReturn(
          this.#parts.bindings,
          this.#parts.clock,
          this.#extension,
          (binding) => {
            dialog.moveTo(binding.flow, binding.contactUri);
            this.#watchFlow(dialog);
          },
          gone,
        );
        this.own(back);
      }),
    );
  }
}
