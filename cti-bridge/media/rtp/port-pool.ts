import { createSocket, type Socket } from 'node:dgram';
import { MediaError } from '../api.ts';

/**
 * UDP ports in pairs: an even one for RTP, the next for RTCP (RFC 3550 section 11). Goes round the range, so that a port rests before it is used
 * again and a late packet of the last call does not reach the next. The range [0, 0] leaves the choice to the system (tests).
 */
export class PortPool {
  readonly #first: number;
  readonly #pairs: number;
  readonly #taken = new Set<number>();
  #next = 0;

  constructor(range: readonly [number, number]) {
    const first = range[0] + (range[0] % 2);
    this.#first = first;
    this.#pairs = range[1] === 0 ? 0 : Math.max(0, Math.floor((range[1] - first + 1) / 2));
  }

  get isEphemeral(): boolean {
    return this.#pairs === 0 && this.#first === 0;
  }

  get inUse(): number {
    return this.#taken.size;
  }

  /** The even port of a free pair, or null. */
  take(): number | null {
    for (let tried = 0; tried < this.#pairs; tried++) {
      const port = this.#first + 2 * (this.#next++ % this.#pairs);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      return port;
    }
    return null;
  }

  give(port: number): void {
    this.#taken.delete(port);
  }
}

const attempts = 50;

/** Two bound sockets on neighbouring ports. Ports other programs hold are passed over. */
export async function bindPair(pool: PortPool, host: string): Promise<{ rtp: Socket; rtcp: Socket; port: number }> {
  const refused: number[] = [];
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const port = pool.isEphemeral ? 0 : pool.take();
      if (port === null) break;
      const pair = await tryPair(host, port);
      if (pair) return pair;
      if (port !== 0) refused.push(port);
    }
  } finally {
    for (const port of refused) pool.give(port);
  }
  throw new MediaError('noPorts', 'every media port is taken');
}

async function tryPair(host: string, wanted: number): Promise<{ rtp: Socket; rtcp: Socket; port: number } | null> {
  const rtp = await tryBind(host, wanted);
  if (!rtp) return null;
  const port = rtp.address().port;
  const rtcp = port % 2 === 0 ? await tryBind(host, port + 1) : null;
  if (rtcp) return { rtp, rtcp, port };
  rtp.close();
  return null;
}

export function tryBind(host: string, port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024, lookup: addressItself });
    socket.once('error', () => {
      socket.close();
      resolve(null);
    });
    socket.bind({ port, address: host, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** Only addresses are sent to: asking the resolver about each packet's costs a turn of the event loop and a fifth of the sending. */
function addressItself(address: string, _options: unknown, found: (error: null, address: string, family: number) => void): void {
  found(null, address, 4);
}
