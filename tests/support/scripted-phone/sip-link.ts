import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How a scripted phone's messages travel. */
export interface SipLink {
  readonly transport: 'UDP' | 'WS';
  /** Lost packets are sent again by the phone only where the transport may lose them. */
  readonly isReliable: boolean;
  /** `host:port` for Via and Contact. */
  readonly sentBy: string;
  send(bytes: Buffer): void;
  onMessage(handler: (bytes: Buffer) => void): void;
  /** The other end is not there (any more): refused, reset, closed. */
  onLost(handler: (why: string) => void): void;
  close(): void;
  /** Breaks the connection, as a network does, and makes a new one in its place after `meanwhile`. Only where there is a connection. */
  reopen?(meanwhile: () => Promise<void>): Promise<void>;
  /** Where to send to, for a link that was made before its far end. */
  aim?(target: Address): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * A UDP socket on loopback. With a target it talks with that address only, so that "nobody listens there" is heard (ICMP port
 * unreachable); without one it answers whoever wrote last.
 */
export async function udpLink(target: Address | null, bindHost = '127.0.0.1', bindPort = 0): Promise<SipLink> {
  const socket: Socket = createSocket('udp4');
  socket.bind(bindPort, bindHost);
  await once(socket, 'listening');
  if (target) {
    socket.connect(target.port, target.host);
    await once(socket, 'connect');
  }
  let lost: (why: string) => void = () => {};
  let last: Address | undefined;
  let isClosed = false;
  socket.on('error', (error: NodeJS.ErrnoException) => lost(error.code === 'ECONNREFUSED' ? 'nobody listens there' : error.message));
  const { address, port } = socket.address();
  return {
    transport: 'UDP',
    isReliable: false,
    sentBy: `${address}:${port}`,
    send: (bytes) => {
      if (isClosed) return;
      if (target) socket.send(bytes);
      else if (last) socket.send(bytes, last.port, last.host);
    },
    onMessage: (handler) => {
      socket.on('message', (bytes, from) => {
        last = { host: from.address, port: from.port };
        handler(bytes);
      });
    },
    onLost: (handler) => {
      lost = handler;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      socket.close();
    },
    aim: (address) => {
      last = address;
    },
  };
}

/** SIP over WebSocket (RFC 7118), as a browser opens it: sub-protocol `sip` and an Origin. */
export async function webSocketLink(url: string, origin: string, limitMs = 5_000): Promise<SipLink> {
  let lost: (why: string) => void = () => {};
  let heard: (bytes: Buffer) => void = () => {};
  let isBroken = false;
  let socket = await open();

  async function open(): Promise<WebSocket> {
    const opening = new WebSocket(url, 'sip', { origin, handshakeTimeout: limitMs });
    await new Promise<void>((resolve, reject) => {
      opening.once('open', resolve);
      opening.once('error', reject);
      opening.once('unexpected-response', (_request, response) => reject(new Error(`${url} answered ${response.statusCode}`)));
    });
    opening.on('error', (error) => isBroken || lost(error.message));
    opening.on('close', (code) => isBroken || lost(`closed (${code})`));
    opening.on('message', (data: Buffer) => heard(Buffer.from(data)));
    return opening;
  }

  return {
    transport: 'WS',
    isReliable: true,
    // RFC 7118 §5.2.1: a browser does not know its address; it writes a random name that nobody can route to.
    sentBy: `${randomBytes(6).toString('hex')}.invalid`,
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes.toString('utf8'));
    },
    onMessage: (handler) => {
      heard = handler;
    },
    onLost: (handler) => {
      lost = handler;
    },
    close: () => socket.terminate(),
    async reopen(meanwhile) {
      isBroken = true;
      socket.terminate();
      await meanwhile();
      socket = await open();
      isBroken = false;
    },
  };
}
