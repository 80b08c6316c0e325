import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect as tlsConnect } from 'node:tls';
import { countingIds } from '../../../cti-bridge/kernel/index.ts';
import type { ReceivedMessage } from '../../../cti-bridge/sip/index.ts';
import { answerChallenge, headerOf, MessageFramer, parseMessage } from '../../../cti-bridge/sip/index.ts';
import { domain, within } from './bench.ts';

const names = countingIds('stream');

export interface StreamPhoneTarget {
  readonly transport: 'TCP' | 'TLS';
  readonly host: string;
  readonly port: number;
}

/** A desk phone, or a trunk, at the other end of a connection. */
export class StreamPhone {
  readonly name = names.next();
  readonly received: ReceivedMessage[] = [];
  /** What came between messages: `ping`, `pong`. */
  readonly between: string[] = [];
  readonly closed: Promise<void>;
  readonly socket: Socket;
  readonly #transport: 'TCP' | 'TLS';
  readonly #waiting = new Set<() => void>();
  readonly #framer = new MessageFramer();
  #cseq = 0;

  private constructor(socket: Socket, transport: 'TCP' | 'TLS') {
    this.socket = socket;
    this.#transport = transport;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      for (const framed of this.#framer.push(chunk)) {
        const parsed = framed.kind === 'message' ? parseMessage(framed.bytes) : null;
        if (parsed?.ok) this.received.push(parsed.value);
        else this.between.push(framed.kind);
      }
      for (const check of [...this.#waiting]) check();
    });
  }

  /** `authority`: whose signature is believed, PEM. */
  static async connect({ transport, host, port }: StreamPhoneTarget, authority?: string): Promise<StreamPhone> {
    const socket = transport === 'TLS' ? tlsConnect({ host, port, ...(authority ? { ca: authority } : {}) }) : connect({ host, port });
    const phone = new StreamPhone(socket, transport);
    await within(
      'connection',
      new Promise<void>((resolve, reject) => {
        socket.once(transport === 'TLS' ? 'secureConnect' : 'connect', () => resolve());
        socket.once('error', reject);
      }),
    );
    return phone;
  }

  /** One that was accepted: the bridge has connected to us. */
  static accepted(socket: Socket): StreamPhone {
    return new StreamPhone(socket, 'TCP');
  }

  get fingerprint(): string {
    return (this.socket as TLSSocket).getPeerCertificate().fingerprint256;
  }

  get sentBy(): string {
    const { localAddress = '', localPort } = this.socket;
    return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
  }

  until(what: string, isDone: () => boolean): Promise<void> {
    return within(
      what,
      new Promise((resolve) => {
        const check = () => {
          if (!isDone()) return;
          this.#waiting.delete(check);
          resolve();
        };
        this.#waiting.add(check);
        check();
      }),
    );
  }

  async next(what: string, matches: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage> {
    await this.until(what, () => this.received.some(matches));
    const found = this.received.find(matches);
    if (!found) throw new Error(`no ${what}`);
    return found;
  }

  status(status: number, method: string): Promise<ReceivedMessage> {
    return this.next(
      `${status} to ${method}`,
      (message) => message.kind === 'response' && message.status === status && message.cseq.method === method,
    );
  }

  /** Text of a request of ours, outside a dialog unless told otherwise. */
  request(
    method: string,
    options: {
      readonly user?: string;
      readonly to?: string;
      readonly callId?: string;
      readonly cseq?: number;
      readonly headers?: readonly string[];
      readonly body?: string;
      readonly contact?: string;
      readonly contactParams?: string;
    } = {},
  ): string {
    const { user = this.name, to = '4001', body = '' } = options;
    const cseq = options.cseq ?? ++this.#cseq;
    return [
      `${method} sip:${method === 'REGISTER' ? '' : `${to}@`}${domain} SIP/2.0`,
      `Via: SIP/2.0/${this.#transport} ${this.sentBy};branch=z9hG4bK-${this.name}-${cseq}-${method};rport`,
      'Max-Forwards: 70',
      `From: <sip:${user}@${domain}>;tag=${this.name}`,
      `To: <sip:${method === 'REGISTER' ? user : to}@${domain}>`,
      `Call-ID: ${options.callId ?? `call-${this.name}`}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${user}@${options.contact ?? this.sentBy};transport=${this.#transport.toLowerCase()}>${options.contactParams ?? ''}`,
      ...(options.headers ?? []),
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  /** `flow`: keeps several, this is one of them (RFC 5626). */
  async register(extension: string, flow?: { readonly instance: string; readonly regId: number }): Promise<ReceivedMessage> {
    const headers = ['Expires: 600', ...(flow ? ['Supported: path, outbound'] : [])];
    const contactParams = flow ? `;+sip.instance="${flow.instance}";reg-id=${flow.regId}` : '';
    const more = { user: extension, contactParams, callId: `register-${extension}-${flow?.instance ?? this.name}` };
    const bare = ++this.#cseq;
    this.socket.write(this.request('REGISTER', { ...more, cseq: bare, headers }));
    const challenge = await this.next('challenge', (message) => message.kind === 'response' && message.cseq.number === bare);
    const authorization = answerChallenge(headerOf(challenge, 'WWW-Authenticate') ?? '', {
      method: 'REGISTER',
      uri: `sip:${domain}`,
      username: extension,
      password: `secret-of-${extension}`,
      cnonce: 'abc',
      nonceCount: 1,
    });
    const cseq = ++this.#cseq;
    this.socket.write(this.request('REGISTER', { ...more, cseq, headers: [...headers, `Authorization: ${authorization}`] }));
    return this.next('answer to REGISTER', (message) => message.kind === 'response' && message.cseq.number === cseq);
  }

  respond(request: ReceivedMessage, status: string, body = ''): void {
    const to = headerOf(request, 'To') ?? '';
    this.socket.write(
      [
        `SIP/2.0 ${status}`,
        ...request.headers.filter((header) => header.name === 'Via').map((header) => `Via: ${header.value}`),
        `From: ${headerOf(request, 'From')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=${this.name}`}`,
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.cseq.number} ${request.cseq.method}`,
        `Contact: <sip:${this.name}@${this.sentBy};transport=${this.#transport.toLowerCase()}>`,
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  }
}
