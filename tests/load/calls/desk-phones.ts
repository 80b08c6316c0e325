import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { answerChallenge } from '../../support/scripted-phone/digest.ts';

/** What a desk phone got or sent, by the wall clock, as sipp writes its times. */
export interface PhoneEvent {
  readonly kind: 'rang' | 'hungUp';
  readonly extension: string;
  /** Whose call, as the phone is shown it. */
  readonly caller: string;
  readonly at: number;
}

/**
 * A registered desk phone on a UDP port of its own, as light as can be: says 180 and 200 at once, hangs up after the given time. sipp cannot be
 * these phones: it takes the first challenge, which is one with SHA-256, and knows MD5 alone.
 */
export class DeskPhone {
  readonly extension: string;
  readonly port: number;
  talkMs = 1_000;
  readonly #socket: Socket;
  readonly #sip: { readonly host: string; readonly port: number };
  readonly #password: string;
  readonly #onEvent: (event: PhoneEvent) => void;
  readonly #waiting = new Map<string, (message: string) => void>();
  readonly #calls = new Map<string, string>();

  static async open(
    extension: string,
    sip: { readonly host: string; readonly port: number },
    password: string,
    onEvent: (event: PhoneEvent) => void,
  ): Promise<DeskPhone> {
    const socket = createSocket('udp4');
    const bound = once(socket, 'listening');
    socket.bind(0, '127.0.0.1');
    await bound;
    return new DeskPhone(extension, socket, sip, password, onEvent);
  }

  private constructor(
    extension: string,
    socket: Socket,
    sip: { readonly host: string; readonly port: number },
    password: string,
    onEvent: (event: PhoneEvent) => void,
  ) {
    this.extension = extension;
    this.#socket = socket;
    this.#sip = sip;
    this.#password = password;
    this.#onEvent = onEvent;
    this.port = socket.address().port;
    socket.on('message', (bytes) => {
      // Sound comes to the same port, and is not listened to.
      if ((bytes[0] ?? 0) < 0x80) this.#hear(bytes.toString(), performance.timeOrigin + performance.now());
    });
  }

  #hear(message: string, at: number): void {
    const callId = header(message, 'Call-ID');
    if (message.startsWith('SIP/2.0 ')) {
      if (!message.startsWith('SIP/2.0 1')) this.#waiting.get(`${callId} ${header(message, 'CSeq')}`)?.(message);
      return;
    }
    if (message.startsWith('INVITE ')) {
      const isRepeated = this.#calls.has(callId);
      this.#calls.set(callId, message);
      if (!isRepeated)
        this.#onEvent({ kind: 'rang', extension: this.extension, caller: /sip:\+?(\d+)@/.exec(header(message, 'From'))?.[1] ?? '', at });
      this.#send(reply(message, '180 Ringing', this.#contact, ''));
      this.#send(reply(message, '200 OK', this.#contact, this.#sdp));
    } else if (message.startsWith('ACK ')) {
      const invite = this.#calls.get(callId);
      if (invite === undefined) return;
      // A lifted phone is heard; a packet may come before the bridge has read our answer, so one is not enough.
      const speaking = setInterval(() => this.#speak(invite), 50);
      setTimeout(() => {
        clearInterval(speaking);
        this.#hangUp(callId, invite);
      }, this.talkMs);
    } else {
      if (message.startsWith('BYE ')) {
        this.#calls.delete(callId);
        this.#waiting.get(`${callId} BYE`)?.(message);
      }
      this.#send(reply(message, '200 OK', this.#contact, ''));
    }
  }

  /** With its first packet the phone counts as connected. What is measured is signalling: fewer packets than a real one sends will do. */
  #speak(invite: string): void {
    const port = Number(/^m=audio (\d+)/m.exec(invite)?.[1] ?? 0);
    const packet = Buffer.alloc(172, 0xff);
    packet.set([0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    if (port > 0) this.#socket.send(packet, port, this.#sip.host, () => {});
  }

  #hangUp(callId: string, invite: string): void {
    if (!this.#calls.delete(callId)) return;
    const target = /<(sip:[^>]+)>/.exec(header(invite, 'Contact'))?.[1] ?? '';
    this.#send(
      [
        `BYE ${target} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${this.port};branch=z9hG4bK-bye-${callId}`,
        `From: ${withTag(header(invite, 'To'))}`,
        `To: ${header(invite, 'From')}`,
        `Call-ID: ${callId}`,
        'CSeq: 1 BYE',
        'Max-Forwards: 70',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const at = performance.timeOrigin + performance.now();
    this.#onEvent({ kind: 'hungUp', extension: this.extension, caller: '', at });
  }

  get #sdp(): string {
    return `v=0\r\no=desk 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${this.port} RTP/AVP 0\r\n`;
  }

  get #contact(): string {
    return `Contact: <sip:${this.extension}@127.0.0.1:${this.port}>`;
  }

  async register(): Promise<void> {
    const { extension } = this;
    const uri = `sip:${this.#sip.host}:${this.#sip.port}`;
    const answer = await this.#proved('REGISTER', uri, extension, ['Expires: 3600'], '');
    if (!answer.startsWith('SIP/2.0 200')) throw new Error(`REGISTER of ${extension}: ${answer.split('\r\n')[0]}`);
  }

  /** Dials, listens to the end and is hung up. */
  async dial(code: string): Promise<void> {
    const { extension } = this;
    const uri = `sip:${code}@${this.#sip.host}:${this.#sip.port}`;
    const callId = `code-${extension}`;
    const over = this.#wait(`${callId} BYE`);
    const answer = await this.#proved('INVITE', uri, extension, ['Content-Type: application/sdp'], this.#sdp, callId);
    if (!answer.startsWith('SIP/2.0 200')) throw new Error(`${code} of ${extension}: ${answer.split('\r\n')[0]}`);
    const target = /<(sip:[^>]+)>/.exec(header(answer, 'Contact'))?.[1] ?? uri;
    this.#send(this.#request('ACK', target, extension, callId, 2, header(answer, 'To'), [], ''));
    await over;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  async #proved(
    method: string,
    uri: string,
    extension: string,
    headers: readonly string[],
    body: string,
    callId = `reg-${extension}`,
  ): Promise<string> {
    const to = `<sip:${method === 'INVITE' ? uri.slice(4) : `${extension}@${this.#sip.host}`}>`;
    const challenged = await this.#ask(this.#request(method, uri, extension, callId, 1, to, headers, body), `${callId} 1 ${method}`);
    if (method === 'INVITE') this.#send(this.#request('ACK', uri, extension, callId, 1, header(challenged, 'To'), [], ''));
    const challenge = header(challenged, 'WWW-Authenticate');
    const proof = answerChallenge(challenge, method, uri, { username: extension, password: this.#password });
    if (proof === null) throw new Error(`no challenge: ${challenged.split('\r\n')[0]}`);
    return this.#ask(
      this.#request(method, uri, extension, callId, 2, to, [...headers, `Authorization: ${proof}`], body),
      `${callId} 2 ${method}`,
    );
  }

  #ask(message: string, key: string): Promise<string> {
    const answered = this.#wait(key);
    this.#send(message);
    return answered;
  }

  #wait(key: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no answer to ${key}`)), 20_000);
      this.#waiting.set(key, (message) => {
        clearTimeout(limit);
        this.#waiting.delete(key);
        resolve(message);
      });
    });
  }

  #request(
    method: string,
    uri: string,
    extension: string,
    callId: string,
    cseq: number,
    to: string,
    headers: readonly string[],
    body: string,
  ): string {
    return [
      `${method} ${uri} SIP/2.0`,
      // An ACK of a refusal belongs to the transaction of its INVITE.
      `Via: SIP/2.0/UDP 127.0.0.1:${this.port};branch=z9hG4bK-${callId}-${cseq}${method === 'ACK' && cseq === 2 ? '-ack' : ''}`,
      `From: <sip:${extension}@${this.#sip.host}>;tag=desk-${extension}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${extension}@127.0.0.1:${this.port}>`,
      'Max-Forwards: 70',
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  #send(message: string): void {
    this.#socket.send(message, this.#sip.port, this.#sip.host, () => {});
  }
}

function header(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(message)?.[1] ?? '';
}

const withTag = (to: string): string => (to.includes(';tag=') ? to : `${to};tag=desk`);

function reply(request: string, status: string, contact: string, body: string): string {
  const lines = request
    .split('\r\n')
    .filter((line) => /^(Via|From|To|Call-ID|CSeq|Record-Route):/i.test(line))
    .map((line) => (/^To:/i.test(line) ? withTag(line) : line));
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [`SIP/2.0 ${status}`, ...lines, contact, ...type, `Content-Length: ${body.length}`, '', body].join('\r\n');
}
