import type { ReceivedRequest, ResponseParts } from '../message/index.ts';
import { createResponse, serializeMessage } from '../message/index.ts';
import type { Flow } from '../transport/index.ts';
import { responseFlow } from '../transport/index.ts';
import type { ServerInput } from './invite-server.ts';
import { inviteServer } from './invite-server.ts';
import type { Effect } from './machine.ts';
import { MachineRunner } from './machine.ts';
import { nonInviteServer } from './non-invite-server.ts';
import type { LayerParts } from './transaction-layer.ts';

/** A request that reached us and the answer we owe. Repeats of the request get the same answer again without anybody noticing. */
export interface ServerTransaction {
  readonly request: ReceivedRequest;
  /** Where it came from. */
  readonly flow: Flow;
  readonly receivedAt: number;
  /** The tag of our side in every response but 100. */
  readonly toTag: string;
  /** A final response was sent. */
  readonly isAnswered: boolean;
  /** After the final response further ones are ignored. */
  respond(status: number, parts?: ResponseParts): void;
  /** Sends the 2xx once more (RFC 3261 §13.3.1.4: that is the dialog's business). */
  repeat(): void;
  /** An INVITE only; called at most once, while no final response was sent. */
  onCancel(listener: (cancel: ReceivedRequest) => void): void;
  /** No ACK for our refusal, or the flow closed before we answered. */
  onFailure(listener: (why: 'timeout' | 'transport') => void): void;
}

/** What the layer feeds it with. */
export class LiveServerTransaction implements ServerTransaction {
  readonly request: ReceivedRequest;
  readonly flow: Flow;
  readonly receivedAt: number;
  readonly toTag: string;
  readonly #parts: LayerParts;
  #replyFlow: Flow;
  readonly #runner: MachineRunner<{ readonly name: string }, ServerInput>;
  #lastResponse: Buffer | undefined;
  /** The last response is on the wire; sending it again is a repeat. */
  #isSent = false;
  #finalStatus: number | null = null;
  #cancelListener: ((cancel: ReceivedRequest) => void) | undefined;
  #failureListener: ((why: 'timeout' | 'transport') => void) | undefined;

  constructor(request: ReceivedRequest, flow: Flow, replyFlow: Flow, receivedAt: number, parts: LayerParts, onTerminated: () => void) {
    this.request = request;
    this.flow = flow;
    this.receivedAt = receivedAt;
    this.toTag = request.toTag ?? parts.names.tag();
    this.#parts = parts;
    this.#replyFlow = replyFlow;
    const machine = request.method === 'INVITE' ? inviteServer : nonInviteServer;
    const rules = { ...parts.timers, isReliable: flow.isReliable };
    this.#runner = new MachineRunner(machine as never, rules, parts.clock, (effect) => this.#perform(effect), onTerminated);
    this.#runner.start();
  }

  get isAnswered(): boolean {
    return this.#finalStatus !== null;
  }

  /** Answered with a 2xx. */
  get isAccepted(): boolean {
    return this.#finalStatus !== null && this.#finalStatus < 300;
  }

  /** A flow closed. Over TCP the answer may go by a new connection (RFC 3261 §18.2.2); when that fails too, or elsewhere, there is no way back. */
  flowClosed(flow: Flow): void {
    if (this.#replyFlow.id !== flow.id || (flow.transport === 'TCP' && flow.id === this.flow.id)) return;
    this.input({ kind: 'transportError' });
  }

  input(input: ServerInput): void {
    this.#runner.input(input);
  }

  stop(): void {
    this.#runner.stop();
  }

  respond(status: number, parts: ResponseParts = {}): void {
    if (this.isAnswered) return;
    const encoded = serializeMessage(createResponse(this.request, status, this.toTag, this.#parts.product, parts));
    if (!encoded.ok) {
      this.#parts.log.error('sip:response-refused-by-encoder', { status, why: encoded.error });
      // Still owed: an answer. Without the text that could not be written.
      if (status >= 200) this.respond(status >= 300 && parts !== bare ? status : 500, bare);
      return;
    }
    this.#lastResponse = encoded.value;
    this.#isSent = false;
    if (status >= 200) this.#finalStatus = status;
    this.#runner.input({ kind: 'respond', status });
  }

  repeat(): void {
    if (this.#finalStatus !== null) this.#runner.input({ kind: 'respond', status: this.#finalStatus });
  }

  onCancel(listener: (cancel: ReceivedRequest) => void): void {
    this.#cancelListener = listener;
  }

  onFailure(listener: (why: 'timeout' | 'transport') => void): void {
    this.#failureListener = listener;
  }

  cancelled(cancel: ReceivedRequest): void {
    if (!this.isAnswered) this.#cancelListener?.(cancel);
  }

  #perform(effect: Exclude<Effect, { do: 'start' }>): void {
    if (effect.do === 'fail') this.#failureListener?.(effect.why);
    if (effect.do !== 'transmit' || !this.#lastResponse) return;
    this.#parts.counters.add('messagesOut');
    if (this.#isSent) this.#parts.counters.add('retransmissionsOut');
    this.#isSent = true;
    if (this.#replyFlow.isClosed) this.#replyFlow = responseFlow(this.request.via, this.#replyFlow, this.#parts.outlets);
    this.#replyFlow.send(this.#lastResponse);
    if (this.#replyFlow.isClosed) this.input({ kind: 'transportError' });
  }
}

const bare: ResponseParts = {};
