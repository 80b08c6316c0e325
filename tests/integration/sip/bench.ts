import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Certificate } from '../../../cti-bridge/kernel/index.ts';
import { countingIds, createIdSource, silentLog, systemClock, withTimeLimit } from '../../../cti-bridge/kernel/index.ts';
import type { IncomingLeg, LegEnd, ReceivedMessage, SipConfig, SipStack } from '../../../cti-bridge/sip/index.ts';
import { answerChallenge, createSipStack, headerOf, parseMessage } from '../../../cti-bridge/sip/index.ts';

export const domain = 'crosspoint.invalid';
export const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n';

/** Every wait of these tests. */
export const within = <Value>(what: string, work: Promise<Value>, limitMs = 10_000): Promise<Value> =>
  withTimeLimit(systemClock, limitMs, what, work);

export interface Bench {
  readonly stack: SipStack;
  readonly port: number;
  readonly url: string;
  /** All calls that came in and what became of them. */
  readonly calls: { readonly leg: IncomingLeg; end: LegEnd | null }[];
  stop(): Promise<void>;
}

/** A stack on real sockets, with an HTTP server for the WebSockets. `onCall` plays the part of the flows. */
export async function startBench(
  onCall: (leg: IncomingLeg) => void,
  overrides: {
    readonly inviteRateLimit?: number;
    readonly sources?: readonly string[];
    readonly t1?: number;
    /** Beside UDP on IPv4. */
    readonly listeners?: SipConfig['listeners'];
    readonly connections?: SipConfig['connections'];
    readonly certificate?: Certificate;
  } = {},
): Promise<Bench> {
  const stack = createSipStack({
    config: {
      domain,
      product: 'Crosspoint/test',
      listeners: [{ transport: 'UDP', host: '127.0.0.1', port: 0 }, ...(overrides.listeners ?? [])],
      ...(overrides.connections ? { connections: overrides.connections } : {}),
      advertised: null,
      trunks: [{ trunkId: 'trunk-1', sources: overrides.sources ?? ['127.0.0.1'] }],
      inviteRateLimit: overrides.inviteRateLimit ?? 1_000,
      timers: { t1: overrides.t1 ?? 500 },
    },
    clock: systemClock,
    ids: createIdSource(systemClock),
    log: silentLog,
    certificate: overrides.certificate ?? null,
    credentials: (username) => (username === 'nobody' ? null : { password: `secret-of-${username}` }),
  });
  await stack.start();
  const http = createServer();
  http.on('upgrade', (request, socket, head) => stack.acceptUpgrade(request, socket, head));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const calls: Bench['calls'] = [];
  stack.onCall((leg) => {
    const call = { leg, end: null as LegEnd | null };
    calls.push(call);
    void leg.ended.then((end) => {
      call.end = end;
    });
    onCall(leg);
  });
  return {
    stack,
    calls,
    port: stack.udpAddress.port,
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sip`,
    async stop() {
      await stack.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const names = countingIds('phone');

/** A desktop's phone at the other end of a WebSocket: sends text, waits for what it wants to see. */
export class WebSocketPhone {
  readonly socket: WebSocket;
  readonly extension: string;
  readonly instance = names.next();
  readonly received: ReceivedMessage[] = [];
  readonly closed: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #cseq = 0;

  constructor(url: string, extension: string) {
    this.extension = extension;
    this.socket = new WebSocket(url, 'sip');
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.on('error', () => {});
    this.socket.on('message', (data: Buffer) => {
      const parsed = parseMessage(data);
      if (parsed.ok) this.received.push(parsed.value);
      for (const check of [...this.#waiting]) check();
    });
  }

  open(): Promise<void> {
    return within('WebSocket', new Promise((resolve) => this.socket.once('open', () => resolve())));
  }

  /** The first message received, from `from` on, that matches. */
  next(what: string, matches: (message: ReceivedMessage) => boolean, from = 0): Promise<ReceivedMessage> {
    return within(
      what,
      new Promise((resolve) => {
        const check = () => {
          const found = this.received.slice(from).find(matches);
          if (!found) return;
          this.#waiting.delete(check);
          resolve(found);
        };
        this.#waiting.add(check);
        check();
      }),
    );
  }

  async register(options: { readonly password?: string; readonly expires?: number } = {}): Promise<ReceivedMessage> {
    const challenge = await this.#register(options.expires ?? 600, null);
    if (challenge.kind !== 'response' || challenge.status !== 401) return challenge;
    const authorization = answerChallenge(headerOf(challenge, 'WWW-Authenticate') ?? '', {
      method: 'REGISTER',
      uri: `sip:${domain}`,
      username: this.extension,
      password: options.password ?? `secret-of-${this.extension}`,
      cnonce: 'abc',
      nonceCount: 1,
    });
    return this.#register(options.expires ?? 600, authorization);
  }

  #register(expires: number, authorization: string | null): Promise<ReceivedMessage> {
    const cseq = ++this.#cseq;
    this.send([
      `REGISTER sip:${domain} SIP/2.0`,
      `Via: SIP/2.0/WS ${this.instance}.invalid;branch=z9hG4bK-${this.instance}-${cseq}`,
      'Max-Forwards: 70',
      `From: <sip:${this.extension}@${domain}>;tag=${this.instance}`,
      `To: <sip:${this.extension}@${domain}>`,
      `Call-ID: register-${this.instance}`,
      `CSeq: ${cseq} REGISTER`,
      `Contact: <sip:${this.instance}@${this.instance}.invalid;transport=ws>;expires=${expires}`,
      ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    ]);
    return this.next(
      'answer to REGISTER',
      (message) => message.kind === 'response' && message.cseq.method === 'REGISTER' && message.cseq.number === cseq,
    );
  }

  send(lines: readonly string[], body = ''): void {
    const type = body === '' ? [] : ['Content-Type: application/sdp'];
    this.socket.send(`${[...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
  }

  /** Answers a request that was received. */
  respond(request: ReceivedMessage, status: string, body = ''): void {
    const to = headerOf(request, 'To') ?? '';
    this.send(
      [
        `SIP/2.0 ${status}`,
        ...request.headers.filter((header) => header.name === 'Via').map((header) => `Via: ${header.value}`),
        `From: ${headerOf(request, 'From')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=${this.instance}`}`,
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.cseq.number} ${request.cseq.method}`,
        `Contact: <sip:${this.instance}@${this.instance}.invalid;transport=ws>`,
      ],
      body,
    );
  }
}

export const isRequest =
  (method: string) =>
  (message: ReceivedMessage): boolean =>
    message.kind === 'request' && message.method === method;

/** sipp takes 5060 when nobody says otherwise. */
/** Free for UDP and for TCP: connections of whatever runs beside this take ports of the same range. */
export async function freePort(): Promise<number> {
  for (let tries = 20; tries > 0; tries--) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = createSocket('udp4');
    const isFree = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (isFree) return port;
  }
  throw new Error('no port is free for both UDP and TCP');
}

export interface SippOutcome {
  /** 0: every call went as its scenario says. */
  readonly code: number | null;
  readonly output: string;
}

/** Runs a scenario against the stack. The outside judge: a program that shares no line with ours. */
export async function runSipp(
  port: number,
  scenario: string,
  options: {
    readonly calls?: number;
    readonly rate?: number;
    /** One connection for all calls, or one for each. */
    readonly transport?: 't1' | 'tn';
    /** Where it is heard at; a free one if nobody needs to know. */
    readonly ownPort?: number;
    readonly args?: readonly string[];
  } = {},
): Promise<SippOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  try {
    const file = join(folder, 'scenario.xml');
    await writeFile(file, scenario);
    const calls = String(options.calls ?? 1);
    const args = [
      '-sf',
      file,
      '-i',
      '127.0.0.1',
      '-p',
      String(options.ownPort ?? (await freePort())),
      '-mi',
      '127.0.0.1',
      '-m',
      calls,
      '-l',
      calls,
      '-r',
      String(options.rate ?? 20),
      ...(options.transport ? ['-t', options.transport] : []),
      '-nostdin',
      '-timeout',
      '60s',
    ];
    const child = spawn('sipp', [`127.0.0.1:${port}`, ...args, '-timeout_error', ...(options.args ?? [])], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output: output.slice(-3_000) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
