import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { AdvertisedAddress, SipListener } from './api.ts';
import type { Flow, SocketAddress } from './transport/index.ts';

/**
 * Where the neighbour at the other end of a flow reaches us, for Via and Contact: the listener of the flow's transport and family, under the
 * address that is advertised, if any. A listener on all addresses of a family is named by one that the neighbour can use.
 */
export function ownAddress(
  flow: Pick<Flow, 'transport' | 'remote' | 'local'>,
  listeners: readonly SipListener[],
  advertised: AdvertisedAddress | null,
): SocketAddress {
  const wantsIPv6 = isIPv6(flow.remote.host);
  // A browser's phone came through the HTTP server and never uses what is written there.
  const transport = flow.transport === 'WS' || flow.transport === 'WSS' ? 'UDP' : flow.transport;
  const ofTransport = listeners.filter((listener) => listener.transport === transport);
  const ofFamily = ofTransport.filter((listener) => isIPv6(listener.host) === wantsIPv6);
  const listener =
    ofFamily.find(({ host, port }) => flow.local?.host === host && flow.local.port === port) ??
    ofFamily[0] ??
    ofTransport[0] ??
    listeners[0];
  const { host, port } = listener ?? { host: '127.0.0.1', port: 5060 };
  const advertisedHost = wantsIPv6 ? advertised?.host6 : advertised?.host;
  const advertisedPort = transport === 'TLS' ? advertised?.tlsPort : advertised?.port;
  return {
    host: advertisedHost ?? (isWildcard(host) ? (concrete(flow.local?.host) ?? interfaceTowards(flow.remote.host) ?? host) : host),
    port: advertisedPort ?? port,
  };
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

const concrete = (host: string | undefined): string | undefined => (host === undefined || isWildcard(host) ? undefined : host);

/** An address of this machine in the neighbour's family: loopback towards loopback, else the first that is not. */
function interfaceTowards(remote: string): string | undefined {
  const wantsIPv6 = isIPv6(remote);
  const isLoopback = remote === '::1' || remote.startsWith('127.');
  const ofFamily = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, address }) => (family === 'IPv6') === wantsIPv6 && !address.startsWith('fe80:'));
  return ofFamily.find(({ internal }) => internal === isLoopback)?.address;
}
