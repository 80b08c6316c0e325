import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { LongTexts } from '../../cti-bridge/interactions/index.ts';
import { systemClock } from '../../cti-bridge/kernel/index.ts';
import { SimulatedSmsc, type SmscOptions, type TakenPart } from './smsc.ts';

export interface ServeSmscOptions extends Partial<SmscOptions> {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where customers' telephones are, see `npm run sms`; null: there are none. */
  readonly phonesPort: number | null;
}

export interface ServedSmsc {
  readonly smsc: SimulatedSmsc;
  readonly port: number;
  readonly phonesPort: number | null;
  stop(): Promise<void>;
}

/** A text that a customer's telephone shows. */
export interface PhoneText {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** The demo's network: SMPP on one port of this machine, customers' telephones on another. Rejects when a port is taken. */
export async function serveSmsc({ host, port, tls, phonesPort, ...options }: ServeSmscOptions): Promise<ServedSmsc> {
  const smsc = new SimulatedSmsc({ clock: systemClock, account: null, deliveredAfterMs: 1_500, ...options });
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const client = smsc.accept({
      write: (bytes) => void socket.write(bytes),
      // What was written before arrives.
      close: () => void socket.end(),
    });
    socket.on('data', (chunk: Buffer) => client.bytes(chunk));
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      client.closed();
    });
  };
  const server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
  const phones = phonesPort === null ? null : servePhones(smsc);
  await listen(server, host, port);
  if (phones) {
    try {
      await listen(phones, host, phonesPort ?? 0);
    } catch (error) {
      server.close();
      throw error;
    }
  }
  const portOf = (of: Server) => (of.address() as AddressInfo).port;
  return {
    smsc,
    port: portOf(server),
    phonesPort: phones ? portOf(phones) : null,
    async stop() {
      for (const socket of sockets) socket.destroy();
      phones?.closeAllConnections();
      await Promise.all([server, phones].map((each) => each && new Promise((closed) => each.close(closed))));
    },
  };
}

/** `POST /texts` of `{ from, to, text }` sends one, and is answered with a line of JSON for each that comes to this telephone from then on. */
function servePhones(smsc: SimulatedSmsc) {
  const screens = new Set<(text: PhoneText) => void>();
  const long = new LongTexts();
  smsc.onTaken(({ from, to, text, part }: TakenPart) => {
    const arrived = { sourceId: 'phone', onceKey: null, receivedAt: Date.now(), from, to, text, part };
    for (const whole of long.add(arrived)) for (const show of screens) show({ from, to, text: whole.text });
  });
  return createHttpServer((request, response) => {
    void readText(request).then((sent) => {
      if (!sent) return void response.writeHead(400).end();
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      const show = showOn(response, sent.from);
      screens.add(show);
      response.once('close', () => screens.delete(show));
      smsc.text(sent.from, sent.to, sent.text);
    });
  });
}

const digits = (number: string): string => number.replace(/\D/g, '');

function showOn(response: ServerResponse, owner: string): (text: PhoneText) => void {
  // The network writes the country before it, the customer may not.
  const own = digits(owner);
  return (text) => {
    if (digits(text.to).endsWith(own)) response.write(`${JSON.stringify(text)}\n`);
  };
}

/** Null: no such request. A page in a browser cannot send this type unasked. */
async function readText(request: IncomingMessage): Promise<PhoneText | null> {
  if (request.method !== 'POST' || request.url !== '/texts' || request.headers['content-type'] !== 'application/json') return null;
  let body = '';
  try {
    for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) if ((body += chunk).length > 100_000) return null;
    const { from, to, text } = JSON.parse(body) as Record<string, unknown>;
    const isText = typeof from === 'string' && typeof to === 'string' && typeof text === 'string' && digits(from) !== '';
    return isText ? { from, to, text } : null;
  } catch {
    return null;
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      listening();
    });
  });
}
