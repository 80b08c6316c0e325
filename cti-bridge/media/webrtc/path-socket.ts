import type { Socket } from 'node:dgram';
import { UdpTransport } from 'werift';
import { MediaError } from '../api.ts';
import { tryBind } from '../rtp/port-pool.ts';

type Address = readonly [host: string, port: number];

/**
 * The socket of a WebRTC leg, with what werift wants of one. Its own asks the resolver about the address of every packet it sends, and sends in
 * a turn of the event loop of its own: a fifth of what a packet costs. This one takes addresses alone; a packet to a name is lost.
 */
class PathSocket {
  readonly type = 'udp';
  readonly addressFamily = 4;
  readonly socket: Socket;
  closed = false;
  onData: (bytes: Buffer, from: Address) => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (bytes, { address, port }) => {
      try {
        this.onData(bytes, [address, port]);
      } catch {
        // A check or a record that werift's parsers stumble over is a lost one; what our own code throws over media is told before.
      }
    });
    // An ICMP answer or a full buffer costs a packet; checks that fail to come tell when nobody is there.
    socket.on('error', () => {});
  }

  get address(): { readonly address: string; readonly port: number; readonly family: string } {
    return this.socket.address();
  }

  get host(): string {
    return this.address.address;
  }

  get port(): number {
    return this.address.port;
  }

  readonly send = async (bytes: Buffer, to?: Address): Promise<void> => {
    if (to && !this.closed) this.socket.send(bytes, to[1], to[0]);
  };

  readonly close = async (): Promise<void> => {
    if (this.closed) return;
    this.closed = true;
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  };
}

/** From now on every leg of this process gets a `PathSocket`: werift has no setting for it, but asks this one function for its sockets. */
export function installPathSockets(): void {
  UdpTransport.init = async (_type, { portRange, port = portRange?.[0] ?? 0, interfaceAddresses } = {}) => {
    const host = interfaceAddresses?.udp4;
    const socket = host === undefined ? null : await tryBind(host, port);
    if (!socket) throw new MediaError('noPorts', `nothing to bind at ${host}:${port}`);
    return new PathSocket(socket) as unknown as UdpTransport;
  };
}
