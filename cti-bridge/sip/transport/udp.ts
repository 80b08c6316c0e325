import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Clock, Log } from '../../kernel/index.ts';
import { formatHostPort } from '../message/index.ts';
import type { BytesListener, DatagramTransport, Flow } from './flow.ts';

export interface UdpOptions {
  /** Tells the flows of several sockets apart. */
  readonly name?: string;
  /** An IP address; names are not resolved. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** SIP over UDP (RFC 3261 §18). One socket for both directions, so that answers leave from where requests arrive (RFC 3581 §4). */
export function createUdpTransport(options: UdpOptions): DatagramTransport {
  const { clock, log } = options;
  let socket: Socket | undefined;
  let address = { host: options.host, port: options.port };
  const never = { dispose() {} };

  function flowTo(host: string, port: number): Flow {
    return {
      id: `${options.name ?? 'udp'}:${formatHostPort(host, port)}`,
      transport: 'UDP',
      isReliable: false,
      remote: { host, port },
      local: address,
      beside: (other) => flowTo(host, other),
      get isClosed() {
        return socket === undefined;
      },
      send(bytes) {
        // Only literal addresses: a name in a Contact must not make us ask the DNS, and the lookup would cost a tick.
        if (isIP(host) === 0) return log.warn('sip:udp-no-address', { host });
        socket?.send(bytes, port, host, (error) => {
          if (error) log.debug('sip:udp-send-failed', { code: error.message });
        });
      },
      close() {},
      onClose: () => never,
    };
  }

  return {
    get address() {
      return address;
    },
    flowTo,
    start(listener: BytesListener) {
      return new Promise((resolve, reject) => {
        const isIpv6 = options.host.includes(':');
        const opened = createSocket({
          type: isIpv6 ? 'udp6' : 'udp4',
          // IPv4 has sockets of its own: so both can have the same port, and nobody's address looks like another's.
          ipv6Only: isIpv6,
          recvBufferSize: 1 << 20,
          lookup: (host, _options, done) => done(null, host, isIP(host)),
        });
        opened.once('error', reject);
        opened.on('message', (bytes, remote) => listener(bytes, flowTo(remote.address, remote.port), clock.monotonic()));
        opened.bind(options.port, options.host, () => {
          opened.off('error', reject);
          // E.g. an ICMP "port unreachable": the transaction's timers find out that nobody answers.
          opened.on('error', (error) => log.warn('sip:udp-error', { error: error.message }));
          socket = opened;
          address = { host: options.host, port: opened.address().port };
          resolve();
        });
      });
    },
    stop() {
      const open = socket;
      socket = undefined;
      return new Promise((resolve) => (open ? open.close(() => resolve()) : resolve()));
    },
  };
}
