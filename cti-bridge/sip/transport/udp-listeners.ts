import { isIPv6 } from 'node:net';
import type { BytesListener, DatagramTransport, Flow } from './flow.ts';

/** UDP sockets side by side, IPv4 and IPv6 among them. The first of a family is where we speak from when nobody of that family has spoken to us. */
export interface UdpListeners {
  start(listener: BytesListener): Promise<void>;
  flowTo(host: string, port: number): Flow;
  stop(): Promise<void>;
}

export function createUdpListeners(sockets: readonly DatagramTransport[]): UdpListeners {
  return {
    async start(listener) {
      for (const socket of sockets) await socket.start(listener);
    },
    flowTo(host, port) {
      const socket = sockets.find(({ address }) => isIPv6(address.host) === isIPv6(host)) ?? sockets[0];
      if (!socket) throw new TypeError('there is no UDP listener');
      return socket.flowTo(host, port);
    },
    async stop() {
      await Promise.all(sockets.map((socket) => socket.stop()));
    },
  };
}
