import type { Header, ReceivedRequest, ReceivedResponse, SipRequest } from '../message/index.ts';
import { headerOf, headerValues, parseNameAddr, parseUri } from '../message/index.ts';
import type { Flow, Outlets } from '../transport/index.ts';
import { nextHopFlow } from '../transport/index.ts';

export interface RequestParts {
  readonly headers?: readonly Header[];
  readonly body?: { readonly type: string; readonly content: string };
}

/** All that a dialog is, but its flow: plain data. */
export interface DialogState {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string | null;
  /** From and To of our requests. */
  readonly local: string;
  readonly remote: string;
  readonly routes: readonly string[];
  readonly target: string;
  readonly localSeq: number;
  readonly remoteSeq: number | null;
  readonly isBehindNat: boolean;
}

interface Start extends DialogState {
  readonly flow: Flow;
}

/** Requests that may have left between the last snapshot and the end of a bridge: the far side must not take a new one for an old one. */
const seqReserve = 100;

const none = Buffer.alloc(0);

/** What two user agents remember of each other between requests (RFC 3261 §12): tags, sequence numbers, the way back. */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  /** Null for an element of RFC 2543 that sent none. */
  readonly remoteTag: string | null;
  readonly #local: string;
  readonly #remote: string;
  #routes: readonly string[];
  readonly #isBehindNat: boolean;
  #target: string;
  #localSeq: number;
  #remoteSeq: number | null;
  #flow: Flow;

  private constructor(start: Start) {
    this.callId = start.callId;
    this.localTag = start.localTag;
    this.remoteTag = start.remoteTag;
    this.#local = start.local;
    this.#remote = start.remote;
    this.#routes = start.routes;
    this.#target = start.target;
    this.#localSeq = start.localSeq;
    this.#remoteSeq = start.remoteSeq;
    this.#flow = start.flow;
    this.#isBehindNat = start.isBehindNat;
  }

  /** RFC 3261 §12.1.1: we answered. */
  static asServer(request: ReceivedRequest, localTag: string, flow: Flow): Dialog {
    return new Dialog({
      callId: request.callId,
      localTag,
      remoteTag: request.fromTag,
      local: `${headerOf(request, 'To') ?? ''};tag=${localTag}`,
      remote: headerOf(request, 'From') ?? '',
      routes: headerValues(request, 'Record-Route'),
      target: contactUri(request) ?? request.from.uri,
      localSeq: 0,
      remoteSeq: request.cseq.number,
      flow,
      isBehindNat: request.via.host !== flow.remote.host,
    });
  }

  /** RFC 3261 §12.1.2: our INVITE was answered. Each fork makes a dialog of its own. */
  static asClient(request: SipRequest, response: ReceivedResponse, flow: Flow): Dialog {
    return new Dialog({
      callId: response.callId,
      localTag: response.fromTag ?? '',
      remoteTag: response.toTag,
      local: headerOf(request, 'From') ?? '',
      remote: headerOf(response, 'To') ?? '',
      routes: headerValues(response, 'Record-Route').reverse(),
      target: contactUri(response) ?? request.uri,
      localSeq: response.cseq.number,
      remoteSeq: null,
      flow,
      // What was registered from behind a NAT has an unreachable Contact; the flow of the binding is the way (RFC 5626).
      isBehindNat: true,
    });
  }

  /** Taken up again after a restart. */
  static restore(state: DialogState, flow: Flow): Dialog {
    return new Dialog({ ...state, localSeq: state.localSeq + seqReserve, flow });
  }

  get state(): DialogState {
    return {
      callId: this.callId,
      localTag: this.localTag,
      remoteTag: this.remoteTag,
      local: this.#local,
      remote: this.#remote,
      routes: this.#routes,
      target: this.#target,
      localSeq: this.#localSeq,
      remoteSeq: this.#remoteSeq,
      isBehindNat: this.#isBehindNat,
    };
  }

  /** The 2xx of an early dialog of ours: its route set is that of the dialog from now on (RFC 3261 §13.2.2.4). */
  confirmedBy(response: ReceivedResponse): void {
    this.#routes = headerValues(response, 'Record-Route').reverse();
    this.refreshTarget(response);
  }

  /** The flow its messages go out on: a WebSocket, or the UDP address of the next hop. */
  flow(outlets: Outlets): Flow {
    const first = this.#routes[0] === undefined ? null : parseNameAddr(this.#routes[0]);
    const uri = parseUri(first?.ok ? first.value.uri : this.#target);
    return nextHopFlow(uri.ok ? uri.value : null, this.#flow, this.#isBehindNat, outlets);
  }

  /** The far side came back on another flow, which may lead over proxies. */
  moveTo(flow: Flow, target: string, routes: readonly string[] = []): void {
    this.#flow = flow;
    this.#target = target;
    if (routes.length > 0) this.#routes = routes;
  }

  get heardOn(): Flow {
    return this.#flow;
  }

  /** A request within the dialog (RFC 3261 §12.2.1.1), without Via. `seq` is given for an ACK only: that of its INVITE. */
  request(method: string, parts: RequestParts = {}, seq?: number): SipRequest {
    const number = seq ?? ++this.#localSeq;
    const { uri, routes } = this.#route();
    const headers: Header[] = [
      { name: 'Max-Forwards', value: '70' },
      ...routes.map((value) => ({ name: 'Route', value })),
      { name: 'From', value: this.#local },
      { name: 'To', value: this.#remote },
      { name: 'Call-ID', value: this.callId },
      { name: 'CSeq', value: `${number} ${method}` },
      ...(parts.headers ?? []),
    ];
    if (parts.body) headers.push({ name: 'Content-Type', value: parts.body.type });
    return { kind: 'request', method, uri, headers, body: parts.body ? Buffer.from(parts.body.content, 'utf8') : none };
  }

  /** Loose routing, or strict where the first proxy is of RFC 2543 and knows no `lr`. */
  #route(): { readonly uri: string; readonly routes: readonly string[] } {
    const first = this.#routes[0] === undefined ? null : parseNameAddr(this.#routes[0]);
    const parsed = first?.ok ? parseUri(first.value.uri) : null;
    if (!first?.ok || !parsed?.ok || parsed.value.params.has('lr')) return { uri: this.#target, routes: this.#routes };
    return { uri: first.value.uri, routes: [...this.#routes.slice(1), `<${this.#target}>`] };
  }

  /** RFC 3261 §12.2.2: a number that does not grow is an old request, to be refused with 500. */
  acceptsSequence(request: ReceivedRequest): boolean {
    if (this.#remoteSeq !== null && request.cseq.number <= this.#remoteSeq) return false;
    this.#remoteSeq = request.cseq.number;
    return true;
  }

  isOf(request: ReceivedRequest): boolean {
    return request.callId === this.callId && request.toTag === this.localTag && request.fromTag === this.remoteTag;
  }

  /** Target refresh by re-INVITE or UPDATE and their 2xx (RFC 3261 §12.2, RFC 3311 §5.1). */
  refreshTarget(message: ReceivedRequest | ReceivedResponse): void {
    this.#target = contactUri(message) ?? this.#target;
  }
}

/** URI of the only Contact; null when there is none that can be used. */
export function contactUri(message: ReceivedRequest | ReceivedResponse): string | null {
  const [value] = headerValues(message, 'Contact');
  if (value === undefined || value === '*') return null;
  const address = parseNameAddr(value);
  return address.ok && parseUri(address.value.uri).ok ? address.value.uri : null;
}
