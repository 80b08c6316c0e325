import { randomBytes } from 'node:crypto';
import type {
  Header,
  ReceivedMessage,
  ReceivedRequest,
  ReceivedResponse,
  ResponseParts,
  SipRequest,
} from '../../../cti-bridge/sip/message/index.ts';
import { branchOf, createResponse, headerOf, parseMessage, serializeMessage } from '../../../cti-bridge/sip/message/index.ts';
import type { SipLink } from './sip-link.ts';

const t1Ms = 500;
const t2Ms = 4_000;

export const token = (): string => randomBytes(8).toString('hex');
export const newBranch = (): string => `z9hG4bK${token()}`;

interface Sent {
  readonly onResponse: (response: ReceivedResponse) => void;
  /** RFC 3261 §17.1.1.3: the ACK to a failure repeats the INVITE's request line, Via and CSeq number. */
  readonly request: SipRequest;
  stopRetransmitting(): void;
}

export type Respond = (status: number, parts?: ResponseParts) => void;

/** What arrived that is not a response to something we sent. */
export interface PeerHandlers {
  /** `tag` is ours, on all responses to this request that had no To tag. */
  onRequest(request: ReceivedRequest, respond: Respond, tag: string): void;
  /** Told as `-> INVITE`, `<- 180 Ringing`: the phone's own trace. */
  onTraffic(line: string): void;
}

/**
 * The smallest SIP element that can be trusted to judge another: sends requests until they are answered, matches responses by branch,
 * ACKs failures, answers repeated requests with the same response. Messages are written and read by the bridge's own parser; timing and
 * state are not the bridge's, so that a fault there is not copied here.
 */
export class SipPeer {
  readonly link: SipLink;
  readonly #handlers: PeerHandlers;
  readonly #sent = new Map<string, Sent>();
  /** Last response by branch and method, and the tag it carried. */
  readonly #answered = new Map<string, Buffer | null>();
  readonly received: ReceivedMessage[] = [];

  constructor(link: SipLink, handlers: PeerHandlers) {
    this.link = link;
    this.#handlers = handlers;
    link.onMessage((bytes) => this.#onMessage(bytes));
  }

  /**
   * Sends a request with our Via on top; `onResponse` hears every response, retransmitted ones too. Sent again until one comes, for 64*T1
   * (RFC 3261 §17.1.1.2, §17.1.2.2); then `onSilence`.
   */
  send(
    request: Omit<SipRequest, 'kind'>,
    onResponse: (response: ReceivedResponse) => void,
    branch = newBranch(),
    onSilence: () => void = () => {},
  ): void {
    const whole: SipRequest = {
      kind: 'request',
      ...request,
      headers: [this.#via(branch), { name: 'Max-Forwards', value: '70' }, ...request.headers],
    };
    const bytes = this.#write(whole);
    this.#handlers.onTraffic(`-> ${request.method}`);
    this.link.send(bytes);
    let timer: NodeJS.Timeout | undefined;
    let waitMs = t1Ms;
    let waitedMs = 0;
    const again = () => {
      waitedMs += waitMs;
      if (waitedMs >= 63 * t1Ms) return onSilence();
      this.link.send(bytes);
      waitMs = request.method === 'INVITE' ? waitMs * 2 : Math.min(waitMs * 2, t2Ms);
      timer = setTimeout(again, waitMs);
    };
    if (!this.link.isReliable && request.method !== 'ACK') timer = setTimeout(again, waitMs);
    if (request.method !== 'ACK')
      this.#sent.set(`${branch} ${request.method}`, { request: whole, onResponse, stopRetransmitting: () => clearTimeout(timer) });
  }

  /** Bytes as they are: for what no phone should send. */
  sendRaw(bytes: Buffer | string): void {
    this.link.send(Buffer.from(bytes));
  }

  close(): void {
    for (const sent of this.#sent.values()) sent.stopRetransmitting();
    this.#sent.clear();
    this.link.close();
  }

  #via(branch: string): Header {
    return { name: 'Via', value: `SIP/2.0/${this.link.transport} ${this.link.sentBy};branch=${branch};rport` };
  }

  #write(message: Parameters<typeof serializeMessage>[0]): Buffer {
    const bytes = serializeMessage(message);
    if (!bytes.ok) throw new Error(`the scripted phone tried to send a bad message: ${bytes.error}`);
    return bytes.value;
  }

  #onMessage(bytes: Buffer): void {
    if (/^[\r\n]*$/.test(bytes.toString('latin1'))) return; // keep-alive
    const parsed = parseMessage(bytes);
    if (!parsed.ok) return this.#handlers.onTraffic(`<- something that is not SIP: ${parsed.error.text}`);
    this.received.push(parsed.value);
    if (parsed.value.kind === 'response') this.#onResponse(parsed.value);
    else this.#onRequest(parsed.value);
  }

  #onResponse(response: ReceivedResponse): void {
    const key = `${branchOf(response.via) ?? ''} ${response.cseq.method}`;
    const sent = this.#sent.get(key);
    this.#handlers.onTraffic(`<- ${response.status} ${response.reason} (${response.cseq.method})`);
    if (!sent) return;
    sent.stopRetransmitting();
    if (response.cseq.method === 'INVITE' && response.status >= 300) this.link.send(this.#write(ackOf(sent.request, response)));
    sent.onResponse(response);
  }

  #onRequest(request: ReceivedRequest): void {
    const key = `${branchOf(request.via) ?? ''} ${request.method}`;
    const before = this.#answered.get(key);
    if (before !== undefined && request.method !== 'ACK') {
      if (before) this.link.send(before);
      return;
    }
    this.#answered.set(key, null);
    this.#handlers.onTraffic(`<- ${request.method}${reasonOf(request)}`);
    const tag = token();
    const respond: Respond = (status, parts) => {
      const bytes = this.#write(createResponse(request, status, tag, 'scripted phone', parts));
      this.#answered.set(key, bytes);
      this.#handlers.onTraffic(`-> ${status} (${request.method})`);
      this.link.send(bytes);
    };
    this.#handlers.onRequest(request, respond, tag);
  }
}

function ackOf(invite: SipRequest, response: ReceivedResponse): SipRequest {
  const keep = (name: string): Header[] => invite.headers.filter((header) => header.name === name);
  return {
    kind: 'request',
    method: 'ACK',
    uri: invite.uri,
    headers: [
      ...keep('Via').slice(0, 1),
      { name: 'Max-Forwards', value: '70' },
      ...keep('From'),
      { name: 'To', value: headerOf(response, 'To') ?? '' },
      ...keep('Call-ID'),
      { name: 'CSeq', value: `${/^\d+/.exec(keep('CSeq')[0]?.value ?? '')?.[0] ?? '1'} ACK` },
      ...keep('Route'),
    ],
    body: Buffer.alloc(0),
  };
}

/** ` (Call completed elsewhere)`: the Reason header's text, for the journal. */
export function reasonOf(message: ReceivedMessage): string {
  const reason = headerOf(message, 'Reason');
  return reason === undefined ? '' : ` (${/text="([^"]*)"/.exec(reason)?.[1] ?? reason})`;
}
