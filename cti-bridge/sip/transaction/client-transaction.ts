import type { TimerHandle } from '../../kernel/index.ts';
import type { Header, ReceivedResponse, SipRequest } from '../message/index.ts';
import { headerLines, headerOf, serializeMessage } from '../message/index.ts';
import type { Flow } from '../transport/index.ts';
import type { ClientInput } from './invite-client.ts';
import { inviteClient } from './invite-client.ts';
import type { Effect } from './machine.ts';
import { MachineRunner } from './machine.ts';
import { nonInviteClient } from './non-invite-client.ts';
import type { LayerParts } from './transaction-layer.ts';

/** How a request without an answer ended. `encoding`: it could not be written (a line break in a header). */
export type ClientFailure = 'timeout' | 'transport' | 'encoding';

export interface ClientHandlers {
  /** Provisional and final responses; for an INVITE also every further 2xx, which the user must ACK. */
  onResponse(response: ReceivedResponse, receivedAt: number): void;
  onFailure(why: ClientFailure): void;
}

/** A request we sent. */
export interface ClientTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** INVITE only. Sent once a provisional response came (RFC 3261 §9.1); without a final response 64*T1 later the INVITE has failed. */
  cancel(headers?: readonly Header[]): void;
}

export class LiveClientTransaction implements ClientTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly #parts: LayerParts;
  readonly #handlers: ClientHandlers;
  readonly #runner: MachineRunner<{ readonly name: string }, ClientInput>;
  readonly #sendCancel: (cancel: SipRequest) => void;
  readonly #onAnswered: () => void;
  readonly #onTerminated: () => void;
  #bytes: Buffer | undefined;
  #incoming: { readonly response: ReceivedResponse; readonly receivedAt: number } | undefined;
  #hasProvisional = false;
  #isFinal = false;
  #isOver = false;
  #wasSent = false;
  #patience: TimerHandle | undefined;
  #pendingCancel: readonly Header[] | undefined;

  constructor(
    request: SipRequest,
    flow: Flow,
    handlers: ClientHandlers,
    parts: LayerParts,
    sendCancel: (cancel: SipRequest) => void,
    onAnswered: () => void,
    onTerminated: () => void,
  ) {
    this.request = request;
    this.flow = flow;
    this.#parts = parts;
    this.#handlers = handlers;
    this.#sendCancel = sendCancel;
    this.#onAnswered = onAnswered;
    this.#onTerminated = onTerminated;
    const machine = request.method === 'INVITE' ? inviteClient : nonInviteClient;
    const rules = { ...parts.timers, isReliable: flow.isReliable };
    this.#runner = new MachineRunner(
      machine as never,
      rules,
      parts.clock,
      (effect) => this.#perform(effect),
      () => this.#terminated(),
    );
  }

  /** Puts the request on the wire. */
  start(): void {
    const encoded = serializeMessage(this.request);
    if (!encoded.ok) {
      this.#parts.log.error('sip:request-refused-by-encoder', { method: this.request.method, why: encoded.error });
      this.#terminated();
      return this.#handlers.onFailure('encoding');
    }
    this.#bytes = encoded.value;
    this.#runner.start();
    if (this.flow.isClosed) this.input({ kind: 'transportError' });
  }

  stop(): void {
    this.#patience?.cancel();
    this.#runner.stop();
  }

  input(input: ClientInput): void {
    this.#runner.input(input);
  }

  receive(response: ReceivedResponse, receivedAt: number): void {
    if (response.status < 200) this.#hasProvisional = true;
    else {
      this.#isFinal = true;
      this.#patience?.cancel();
    }
    this.#incoming = { response, receivedAt };
    this.#runner.input({ kind: 'response', status: response.status });
    this.#incoming = undefined;
    if (this.#isFinal) this.#onAnswered();
    if (this.#pendingCancel && !this.#isFinal) this.#cancelNow(this.#pendingCancel);
  }

  cancel(headers: readonly Header[] = []): void {
    if (this.#isFinal || this.#isOver) return;
    if (this.#hasProvisional) this.#cancelNow(headers);
    else this.#pendingCancel = headers;
  }

  /** RFC 3261 §9.1: same branch, same CSeq number, To without what a response added. */
  #cancelNow(headers: readonly Header[]): void {
    this.#pendingCancel = undefined;
    const cancel = this.#companion('CANCEL', headerOf(this.request, 'To') ?? '');
    this.#sendCancel({ ...cancel, headers: [...cancel.headers, ...headers] });
    this.#patience = this.#parts.clock.timer(64 * this.#parts.timers.t1, () => this.#runner.input({ kind: 'transportError' }));
  }

  /** ACK of a refusal or CANCEL: both ride on the INVITE's branch (RFC 3261 §17.1.1.3, §9.1). */
  #companion(method: 'ACK' | 'CANCEL', to: string): SipRequest {
    const take = (name: string) => headerLines(this.request, name).map((value) => ({ name, value }));
    const cseq = (headerOf(this.request, 'CSeq') ?? '').split(' ')[0] ?? '';
    const headers: Header[] = [
      { name: 'Via', value: headerOf(this.request, 'Via') ?? '' },
      ...take('Route'),
      { name: 'Max-Forwards', value: '70' },
      ...take('From'),
      { name: 'To', value: to },
      ...take('Call-ID'),
      { name: 'CSeq', value: `${cseq} ${method}` },
    ];
    return { kind: 'request', method, uri: this.request.uri, headers, body: Buffer.alloc(0) };
  }

  #terminated(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#patience?.cancel();
    this.#onAnswered();
    this.#onTerminated();
  }

  #perform(effect: Exclude<Effect, { do: 'start' }>): void {
    const incoming = this.#incoming;
    switch (effect.do) {
      case 'transmit':
        this.#parts.counters.add('messagesOut');
        if (this.#wasSent) this.#parts.counters.add('retransmissionsOut');
        this.#wasSent = true;
        if (this.#bytes) this.flow.send(this.#bytes);
        return;
      case 'acknowledge': {
        if (!incoming) return;
        const ack = serializeMessage(this.#companion('ACK', headerOf(incoming.response, 'To') ?? ''));
        this.#parts.counters.add('messagesOut');
        if (ack.ok) this.flow.send(ack.value);
        return;
      }
      case 'deliver':
        if (incoming) this.#handlers.onResponse(incoming.response, incoming.receivedAt);
        return;
      case 'fail':
        this.#handlers.onFailure(effect.why);
    }
  }
}
