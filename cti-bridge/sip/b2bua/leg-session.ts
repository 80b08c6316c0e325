import type { Disposable } from '../../kernel/index.ts';
import type { CallLeg, LegEnd, LegSnapshot } from '../api.ts';
import type { Credentials } from '../auth/index.ts';
import type { Dialog, RequestParts } from '../dialog/index.ts';
import { minSeconds, readAgreedInterval, SessionTimer, sessionExpiresHeaders } from '../dialog/index.ts';
import type { Header, ReceivedRequest, ReceivedResponse } from '../message/index.ts';
import { contentType, headerOf, headerValues } from '../message/index.ts';
import type { Binding } from '../registrar/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { isWebSocket } from '../transport/index.ts';
import { acceptSdp, allow, checkCapabilities, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import type { RequestHandlers } from './leg-requests.ts';
import { LegRequests } from './leg-requests.ts';
import { awaitReturn } from './lost-flow.ts';
import { OfferExchange } from './offer-exchange.ts';
import type { Reason } from './reason-header.ts';
import { reasonHeader, reasonText } from './reason-header.ts';
import { Referrals } from './referrals.ts';

/** Who decides about a BYE or PRACK that comes before the leg is confirmed, and a PRACK that comes late. */
export type EarlyRequests = (transaction: ServerTransaction, dialog: Dialog) => void;

/** A refresh that failed is tried again so much later, while the session lasts. */
const refreshAgainMs = 10_000;

/**
 * The part of a leg that is the same for both directions: what the far side asks within its dialogs, what we ask, and the end.
 *
 *     new --early--> early --confirm--> confirmed --finish--> ended        (finish may come from anywhere, only the first counts)
 *
 * A leg of ours that is answered by several phones at once has an early dialog with each; one of them is confirmed. A leg leaves the
 * registry of legs when it ended and owes nothing any more: neither an ACK it waits for nor the answer to its BYE.
 */
export class LegSession {
  readonly callId: string;
  readonly localTag: string;
  /** We sent the first INVITE. */
  readonly madeCallId: boolean;
  readonly ended: Promise<LegEnd>;
  readonly requests: LegRequests;
  readonly offers: OfferExchange;
  readonly referrals: Referrals;
  readonly timer: SessionTimer;
  /** A first description was agreed on reliably before the answer (RFC 3311 §5.1). */
  mayUpdateEarly = false;
  /** What others see of it. Set by who makes the leg. */
  leg: CallLeg | null = null;
  readonly #parts: LegParts;
  readonly #extension: string | null;
  readonly #resolveEnded: (end: LegEnd) => void;
  readonly #owned: Disposable[] = [];
  readonly #early = new Map<string | null, Dialog>();
  #onInfo: (contentType: string, body: string) => void = () => {};
  #onEarlyRequest: EarlyRequests = (transaction) => transaction.respond(481);
  #dialog: Dialog | null = null;
  #end: LegEnd | null = null;
  /** Theirs, which ended the leg. */
  #bye: ReceivedRequest | null = null;
  /** Set while our 2xx waits for its ACK: a BYE must wait for it as well (RFC 3261 §15). */
  #heldBye: { reason: Reason | undefined } | null = null;
  #isAwaitingAck = false;
  /** Our BYE is under way. */
  #isLeaving = false;
  #remoteMethods: ReadonlySet<string> | null = null;
  /** Longest smallest interval that a 422 named. */
  #minInterval = 0;
  /** Waits to say BYE to a phone that lost its flow. */
  #farewell: Disposable | undefined;

  constructor(
    parts: LegParts,
    leg: {
      readonly callId: string;
      readonly localTag: string;
      readonly extension: string | null;
      readonly madeCallId: boolean;
      /** What the far side may ask us for; looked up when it does. */
      readonly credentials?: () => Credentials | null;
    },
  ) {
    this.#parts = parts;
    this.callId = leg.callId;
    this.localTag = leg.localTag;
    this.#extension = leg.extension;
    this.requests = new LegRequests(parts, leg.credentials ?? (() => null));
    this.madeCallId = leg.madeCallId;
    const { promise, resolve } = Promise.withResolvers<LegEnd>();
    this.ended = promise;
    this.#resolveEnded = resolve;
    this.offers = new OfferExchange(parts, this);
    this.referrals = new Referrals(parts, this);
    this.timer = new SessionTimer(parts.clock, { refresh: () => void this.#refresh(), expired: () => this.#expired() });
    parts.legs.add(this);
  }

  /** The confirmed one; before, the early one that was heard of last. */
  get dialog(): Dialog | null {
    return this.#dialog ?? [...this.#early.values()].at(-1) ?? null;
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

  /** A dialog that a provisional response made (RFC 3261 §12.1); the one there is for that far side. */
  early(remoteTag: string | null, make: () => Dialog): Dialog {
    const known = this.#early.get(remoteTag);
    if (known) return known;
    const dialog = make();
    this.#early.set(remoteTag, dialog);
    return dialog;
  }

  hasRemoteTag(tag: string): boolean {
    return this.#dialog ? this.#dialog.remoteTag === tag : this.#early.has(tag);
  }

  earlyDialog(remoteTag: string | null): Dialog | undefined {
    return this.#early.get(remoteTag);
  }

  confirm(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#early.clear();
    this.#watchFlow(dialog);
  }

  /** What the far side says that it can. */
  learn(message: ReceivedRequest | ReceivedResponse): void {
    if (headerOf(message, 'Allow') === undefined) return;
    this.#remoteMethods = new Set(headerValues(message, 'Allow').map((method) => method.toUpperCase()));
  }

  /** False also for a far side that never said. */
  remoteAllows(method: string): boolean {
    return this.#remoteMethods?.has(method) ?? false;
  }

  get remoteMethods(): readonly string[] | null {
    return this.#remoteMethods && [...this.#remoteMethods];
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
    this.timer.stop();
    for (const owned of this.#owned.splice(0)) void owned.dispose();
    this.referrals.legEnded();
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
    this.referrals.stop();
    this.timer.stop();
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
      dialog.moveTo(binding.flow, binding.contactUri, binding.routes);
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

  byeHeader(name: string): string | undefined {
    return this.#bye ? headerOf(this.#bye, name) : undefined;
  }

  /** A request of ours within a dialog; false when there is none. */
  send(method: string, parts: RequestParts, handlers: RequestHandlers, dialog: Dialog | null = this.dialog): boolean {
    if (!dialog) return false;
    this.requests.send(dialog, method, parts, handlers);
    return true;
  }

  contactOn(dialog: Dialog): Header {
    return { name: 'Contact', value: `<${this.#parts.names.contactUri(dialog.heardOn)}>` };
  }

  /** RFC 3261 §12.2.1.2: 481 says that the far side has no such call any more. */
  noticeGone(response: ReceivedResponse): void {
    if (response.status === 481)
      this.finish({ cause: 'rejected', by: 'remote', status: 481, text: reasonText(response) ?? response.reason });
  }

  /** A request of the far side within a dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const dialog = this.#dialog ?? this.#early.get(request.fromTag);
    if (!dialog?.isOf(request)) return transaction.respond(481);
    if (!dialog.acceptsSequence(request)) return transaction.respond(500, { text: 'Out Of Order' });
    const refusal = checkCapabilities(request);
    if (refusal) return transaction.respond(refusal.status, refusal.parts);
    switch (request.method) {
      case 'BYE':
        return this.#receiveBye(transaction, dialog);
      case 'INVITE':
        if (this.#end) return transaction.respond(481);
        if (this.#dialog) return this.offers.receive(transaction, dialog);
        // RFC 3261 §14.2: the first INVITE is still open; ours makes it glare, theirs has to wait.
        return this.madeCallId ? transaction.respond(491) : this.offers.askToWait(transaction);
      case 'UPDATE':
        return this.#end ? transaction.respond(481) : this.offers.receive(transaction, dialog);
      case 'PRACK':
        return this.#onEarlyRequest(transaction, dialog);
      case 'INFO':
        transaction.respond(200);
        if (!this.#end && request.body.length > 0) this.#onInfo(contentType(request) ?? '', request.body.toString('utf8'));
        return;
      case 'REFER':
        return this.#end ? transaction.respond(481) : this.referrals.receiveRefer(transaction);
      case 'NOTIFY':
        return this.referrals.receiveNotify(transaction);
      case 'SUBSCRIBE':
        return this.referrals.receiveSubscribe(transaction);
      case 'OPTIONS':
        return transaction.respond(200, { headers: [allow, supported, acceptSdp] });
      default:
        return transaction.respond(405, { headers: [allow] });
    }
  }

  #receiveBye(transaction: ServerTransaction, dialog: Dialog): void {
    if (!this.#dialog) return this.#onEarlyRequest(transaction, dialog);
    transaction.respond(200);
    this.#heldBye = null; // theirs does for both
    if (this.#end) {
      this.offers.stop();
      return this.forget();
    }
    this.#bye = transaction.request;
    this.finish({ cause: 'bye', by: 'remote', status: null, text: reasonText(transaction.request) });
  }

  receiveAck(ack: ReceivedRequest): void {
    if (this.#dialog?.isOf(ack)) this.offers.receiveAck(ack);
  }

  /** Session-Expires and Min-SE of a request of ours that refreshes the session, where there is one to refresh. */
  intervalHeaders(): readonly Header[] {
    const agreed = this.timer.agreed;
    if (!agreed) return [];
    const refresher = agreed.isOursToRefresh ? 'uac' : 'uas';
    return sessionExpiresHeaders({ seconds: agreed.seconds, minimum: this.#minInterval, refresher });
  }

  /** 422: the interval was too small for somebody on the way (RFC 4028 §7.3). */
  raiseInterval(response: ReceivedResponse): void {
    this.#minInterval = Math.max(this.#minInterval, minSeconds(response));
  }

  get minInterval(): number {
    return this.#minInterval;
  }

  /** A 2xx to a request that refreshes the session. Without a word about an interval there is none any more (RFC 4028 §7.2). */
  refreshed(response: ReceivedResponse): void {
    this.learn(response);
    if (this.isConfirmed && this.timer.agreed) this.timer.restart(readAgreedInterval(response));
  }

  /** RFC 4028 §7.4 and §10: UPDATE where it can be. A far side that knows nothing of the call, or says nothing at all, has left it. */
  async #refresh(): Promise<void> {
    const outcome = await this.offers.update(null);
    if (outcome.ok || this.#end || !this.timer.agreed) return;
    if (outcome.status === 408) this.#expired();
    else this.timer.refreshAgainIn(refreshAgainMs);
  }

  #expired(): void {
    this.bye(
      { cause: 'timeout', by: 'network', status: null, text: 'session expired' },
      { protocol: 'SIP', cause: 408, text: 'Session expired' },
    );
  }

  snapshot(): LegSnapshot | null {
    const dialog = this.#dialog;
    if (!dialog || this.#end) return null;
    const { transport, remote } = dialog.heardOn;
    return {
      ...dialog.state,
      flow: { transport, host: remote.host, port: remote.port },
      extension: this.#extension,
      madeCallId: this.madeCallId,
      localSdp: this.offers.localSdp,
      remoteSdp: this.offers.remoteSdp,
      remoteMethods: this.remoteMethods,
      interval: this.timer.agreed,
    };
  }

  /** What a snapshot knows beside its dialog. */
  resume(snapshot: LegSnapshot, dialog: Dialog): void {
    this.offers.localSdp = snapshot.localSdp;
    this.offers.remoteSdp = snapshot.remoteSdp;
    this.#remoteMethods = snapshot.remoteMethods && new Set(snapshot.remoteMethods);
    this.confirm(dialog);
    this.timer.restart(snapshot.interval);
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
            dialog.moveTo(binding.flow, binding.contactUri, binding.routes);
            this.#watchFlow(dialog);
          },
          gone,
        );
        this.own(back);
      }),
    );
  }
}
