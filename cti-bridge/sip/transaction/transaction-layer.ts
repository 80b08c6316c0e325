import type { Clock, Log } from '../../kernel/index.ts';
import type { Counters } from '../counters.ts';
import type { Header, ReceivedMessage, ReceivedRequest, ReceivedResponse, ResponseParts, SipRequest } from '../message/index.ts';
import { branchOf, createResponse, formatHostPort, headerLines, headerOf, parseVia, serializeMessage } from '../message/index.ts';
import type { Names } from '../names.ts';
import type { Flow, Outlets } from '../transport/index.ts';
import { responseFlow } from '../transport/index.ts';
import type { ClientHandlers, ClientTransaction } from './client-transaction.ts';
import { LiveClientTransaction } from './client-transaction.ts';
import type { BaseTimers } from './machine.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { LiveServerTransaction } from './server-transaction.ts';

export interface LayerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: BaseTimers;
  readonly names: Names;
  readonly counters: Counters;
  readonly outlets: Outlets;
  /** Value of the Server header in our answers. */
  readonly product: string;
}

/** Who uses the transactions: the user agent core (RFC 3261 §5). */
export interface TransactionUser {
  /** Asked for each new request before any state is kept. A status is sent without state; `drop` says nothing at all; null lets it in. */
  screen(request: ReceivedRequest, flow: Flow): { readonly status: number; readonly parts?: ResponseParts } | 'drop' | null;
  /** Asked before what the layer answers by itself: a request that comes again, or by a second way. Without it, always. */
  mayAnswer?(flow: Flow): boolean;
  onRequest(transaction: ServerTransaction): void;
  /** ACK of a 2xx, which is no part of any transaction. */
  onAck(ack: ReceivedRequest, flow: Flow): void;
}

/** A flood must not eat the memory: beyond this, new requests are refused without state. */
const maxServerTransactions = 20_000;

/** Matches what comes in to what is under way (RFC 3261 §17.1.3, §17.2.3) and keeps every transaction until its machine has ended. */
export class TransactionLayer {
  readonly #parts: LayerParts;
  readonly #user: TransactionUser;
  readonly #clients = new Map<string, LiveClientTransaction>();
  readonly #servers = new Map<string, LiveServerTransaction>();
  /** From tag, Call-ID and CSeq of live requests, to recognise one that took two ways (RFC 3261 §8.2.2.2). */
  readonly #merge = new Map<string, string>();
  /** Keys of clients without a final response. */
  readonly #unanswered = new Set<string>();
  readonly #idle = new Set<() => void>();

  constructor(parts: LayerParts, user: TransactionUser) {
    this.#parts = parts;
    this.#user = user;
  }

  get live(): number {
    return this.#clients.size + this.#servers.size;
  }

  /** Resolves when none of our requests waits for its answer any more. */
  whenAnswered(): Promise<void> {
    if (this.#unanswered.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.add(resolve));
  }

  /** Sends a request in a transaction of its own; its Via is added here. On the wire when this returns. */
  send(request: SipRequest, flow: Flow, handlers: ClientHandlers): ClientTransaction {
    const branch = this.#parts.names.branch();
    const headers = [{ name: 'Via', value: this.#parts.names.via(flow, branch) }, ...request.headers];
    return this.#start(`${branch}|${request.method}`, { ...request, headers }, flow, handlers);
  }

  #start(key: string, request: SipRequest, flow: Flow, handlers: ClientHandlers): ClientTransaction {
    const branch = key.slice(0, key.indexOf('|'));
    const ignore: ClientHandlers = { onResponse() {}, onFailure() {} };
    const transaction = new LiveClientTransaction(
      request,
      flow,
      handlers,
      this.#parts,
      (cancel) => void this.#start(`${branch}|CANCEL`, cancel, flow, ignore),
      () => {
        this.#unanswered.delete(key);
        if (this.#unanswered.size > 0) return;
        for (const resolve of this.#idle) resolve();
        this.#idle.clear();
      },
      () => this.#clients.delete(key),
    );
    this.#clients.set(key, transaction);
    this.#unanswered.add(key);
    transaction.start();
    return transaction;
  }

  /** Sends an ACK for a 2xx (RFC 3261 §13.2.2.4); returns a function that sends the same bytes again. */
  sendAck(ack: SipRequest, flow: Flow): () => void {
    const via = { name: 'Via', value: this.#parts.names.via(flow, this.#parts.names.branch()) };
    const encoded = serializeMessage({ ...ack, headers: [via, ...ack.headers] });
    const again = () => {
      if (!encoded.ok) return;
      this.#parts.counters.add('messagesOut');
      flow.send(encoded.value);
    };
    again();
    return again;
  }

  receive(message: ReceivedMessage, flow: Flow, receivedAt: number): void {
    if (message.kind === 'response') this.#receiveResponse(message, receivedAt);
    else if (message.method === 'ACK') this.#receiveAck(message, flow);
    else if (message.method === 'CANCEL') this.#receiveCancel(message, flow, receivedAt);
    else this.#receiveRequest(message, flow, receivedAt);
  }

  /** What was under way on a flow that closed has failed. */
  flowClosed(flow: Flow): void {
    for (const client of [...this.#clients.values()]) if (client.flow.id === flow.id) client.input({ kind: 'transportError' });
    for (const server of [...this.#servers.values()]) server.flowClosed(flow);
  }

  /** Forgets everything and stops every timer. */
  stop(): void {
    for (const transaction of [...this.#clients.values(), ...this.#servers.values()]) transaction.stop();
    this.#clients.clear();
    this.#servers.clear();
    this.#merge.clear();
  }

  /** Answers without keeping anything (RFC 3261 §8.2.7). */
  reply(request: ReceivedRequest, flow: Flow, status: number, parts?: ResponseParts): void {
    const tag = request.toTag ?? this.#parts.names.statelessTag(request);
    this.#sendReply(request.headers, flow, status, tag, parts);
  }

  /** Answers a request that could only be read in part. */
  replyUnread(headers: readonly Header[], flow: Flow, status: number, text: string): void {
    this.#sendReply(headers, flow, status, this.#parts.names.tag(), { text });
  }

  #sendReply(headers: readonly Header[], flow: Flow, status: number, tag: string, parts?: ResponseParts): void {
    const via = parseVia(headerOf({ headers }, 'Via') ?? '');
    const encoded = serializeMessage(createResponse({ headers }, status, tag, this.#parts.product, parts));
    if (!via.ok || !encoded.ok) return;
    this.#parts.counters.add('messagesOut');
    responseFlow(via.value, flow, this.#parts.outlets).send(encoded.value);
  }

  #receiveResponse(response: ReceivedResponse, receivedAt: number): void {
    const transaction = this.#clients.get(`${response.via.params.get('branch')}|${response.cseq.method}`);
    if (transaction) transaction.receive(response, receivedAt);
    else this.#parts.counters.add('strayResponses');
  }

  #receiveAck(ack: ReceivedRequest, flow: Flow): void {
    const transaction = this.#servers.get(serverKey(ack, 'INVITE'));
    // Some phones reuse the INVITE's branch in the ACK of a 2xx; that one belongs to the dialog all the same.
    if (transaction && !transaction.isAccepted) transaction.input({ kind: 'ack' });
    else this.#user.onAck(ack, flow);
  }

  /** RFC 3261 §9.2: 200 for the CANCEL itself, whatever becomes of the INVITE; 481 when there is none. */
  #receiveCancel(cancel: ReceivedRequest, flow: Flow, receivedAt: number): void {
    const key = serverKey(cancel, 'CANCEL');
    const repeated = this.#servers.get(key);
    if (repeated) return this.#mayAnswer(flow) ? repeated.input({ kind: 'request' }) : undefined;
    const invite = this.#servers.get(serverKey(cancel, 'INVITE'));
    if (!invite) return this.#user.screen(cancel, flow) === 'drop' ? undefined : this.reply(cancel, flow, 481);
    const transaction = this.#open(key, cancel, flow, receivedAt);
    transaction.respond(200);
    invite.cancelled(cancel);
  }

  #receiveRequest(request: ReceivedRequest, flow: Flow, receivedAt: number): void {
    const key = serverKey(request, request.method);
    const repeated = this.#servers.get(key);
    if (repeated) {
      this.#parts.counters.add('retransmissionsIn');
      return this.#mayAnswer(flow) ? repeated.input({ kind: 'request' }) : undefined;
    }
    const mergeKey = request.toTag === null ? mergeKeyOf(request) : null;
    if (mergeKey !== null && (this.#merge.has(mergeKey) || this.#isLoop(request))) return this.#answerAlone(request, flow, 482);
    if (this.#servers.size >= maxServerTransactions)
      return this.#answerAlone(request, flow, 503, { headers: [{ name: 'Retry-After', value: '10' }] });
    const verdict = this.#user.screen(request, flow);
    if (verdict === 'drop') return;
    if (verdict !== null) return this.reply(request, flow, verdict.status, verdict.parts);
    const transaction = this.#open(key, request, flow, receivedAt, mergeKey);
    this.#user.onRequest(transaction);
  }

  #mayAnswer(flow: Flow): boolean {
    return this.#user.mayAnswer?.(flow) ?? true;
  }

  /** What the user of the layer never sees. */
  #answerAlone(request: ReceivedRequest, flow: Flow, status: number, parts?: ResponseParts): void {
    if (this.#mayAnswer(flow)) this.reply(request, flow, status, parts);
  }

  /**
   * A request of ours that came back as it left: a branch of ours below the top, and the same Request-URI. With another one it is a spiral,
   * which is allowed (RFC 3261 §16.3 step 4).
   */
  #isLoop(request: ReceivedRequest): boolean {
    return headerLines(request, 'Via')
      .slice(1)
      .some((line) => {
        const via = parseVia(line);
        const own = via.ok && this.#clients.get(`${via.value.params.get('branch')}|${request.method}`);
        return own ? own.request.uri === request.uri : false;
      });
  }

  #open(key: string, request: ReceivedRequest, flow: Flow, receivedAt: number, mergeKey: string | null = null): LiveServerTransaction {
    const replyFlow = responseFlow(request.via, flow, this.#parts.outlets);
    const transaction = new LiveServerTransaction(request, flow, replyFlow, receivedAt, this.#parts, () => {
      this.#servers.delete(key);
      if (mergeKey !== null) this.#merge.delete(mergeKey);
    });
    this.#servers.set(key, transaction);
    if (mergeKey !== null) this.#merge.set(mergeKey, key);
    return transaction;
  }
}

/** RFC 3261 §17.2.3: branch, sent-by and method; for elements of RFC 2543, which have no such branches, what identifies the request itself. */
function serverKey(request: ReceivedRequest, method: string): string {
  const { via } = request;
  const sentBy = formatHostPort(via.host.toLowerCase(), via.port);
  const branch = branchOf(via);
  if (branch !== null) return `${branch}|${sentBy}|${method}`;
  return `2543|${sentBy}|${request.callId}|${request.fromTag}|${request.cseq.number}|${request.uri}|${method}`;
}

const mergeKeyOf = (request: ReceivedRequest): string => `${request.fromTag}|${request.callId}|${request.cseq.number}|${request.method}`;
