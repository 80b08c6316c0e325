import { createHmac } from 'node:crypto';
import type { ReceivedRequest } from './message/index.ts';
import { formatHostPort, formatVia, magicCookie } from './message/index.ts';
import type { Flow, FlowTransport, SocketAddress } from './transport/index.ts';
import { isWebSocket } from './transport/index.ts';

export type RandomBytes = (size: number) => Uint8Array;

/** The names we put on the wire: branches, tags, Call-IDs, and our own address. */
export interface Names {
  /** Unique over space and time (RFC 3261 §8.1.1.7): 96 random bits. */
  branch(): string;
  /** At least 32 random bits are asked for (RFC 3261 §19.3); nobody guesses 96. */
  tag(): string;
  callId(): string;
  via(flow: Flow, branch: string): string;
  /** URI under which this stack is reached on that flow. */
  contactUri(flow: Flow): string;
  /** The same tag for the same request, so that a refusal keeps no state (RFC 3261 §8.2.7). */
  statelessTag(request: Pick<ReceivedRequest, 'callId' | 'fromTag' | 'cseq'>): string;
  /** Uniform in [0, 1), from the same source of randomness. */
  fraction(): number;
}

/** RFC 7118 §5.2 knows `ws` alone, secured or not. */
const transportParameter: Record<FlowTransport, string> = {
  UDP: '',
  TCP: ';transport=tcp',
  TLS: ';transport=tls',
  WS: ';transport=ws',
  WSS: ';transport=ws',
};

/** `ownAddress`: where the neighbour at the other end of a flow reaches us. */
export function createNames(random: RandomBytes, ownAddress: (flow: Flow) => SocketAddress): Names {
  const name = () => Buffer.from(random(12)).toString('hex');
  const key = Buffer.from(random(32));
  return {
    branch: () => `${magicCookie}${name()}`,
    tag: name,
    callId: () => `${Buffer.from(random(16)).toString('hex')}`,
    via(flow, branch) {
      const { host, port } = ownAddress(flow);
      const params = new Map<string, string | null>([['branch', branch]]);
      // RFC 3581; on a connection it tells a neighbour's log where we came from, and costs nothing.
      if (!isWebSocket(flow)) params.set('rport', null);
      return formatVia({ version: '2.0', transport: flow.transport, host, port, params });
    },
    contactUri(flow) {
      const { host, port } = ownAddress(flow);
      return `sip:crosspoint@${formatHostPort(host, port)}${transportParameter[flow.transport]}`;
    },
    statelessTag: (request) =>
      createHmac('sha256', key).update(`${request.callId}\n${request.fromTag}\n${request.cseq.number}`).digest('hex').slice(0, 24),
    fraction: () => Buffer.from(random(4)).readUInt32BE() / 2 ** 32,
  };
}
