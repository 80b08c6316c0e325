import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** TCP ports of 127.0.0.1 that are free now, each another. */
export async function freePorts<const Names extends readonly string[]>(...names: Names): Promise<Record<Names[number], number>> {
  const servers = await Promise.all(
    names.map(async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as Record<Names[number], number>;
}

/** Below what a system hands out by itself (IANA: 49152 on, Linux: 32768 on), and below where sound goes. */
const lasting = { from: 10_000, to: 16_000 } as const;

/**
 * A port of 127.0.0.1, TCP and UDP, for a program that is killed and comes back to it: in between the system gives it to nobody else, neither
 * to one that listens where it likes nor to a connection's near end.
 */
export async function lastingPort(): Promise<number> {
  for (let attempts = 0; attempts < 20; attempts++) {
    const port = randomInt(lasting.from, lasting.to);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of 127.0.0.1 between ${lasting.from} and ${lasting.to} was free in 20 attempts.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const socket = createSocket('udp4');
  try {
    await Promise.all([
      once(server.listen(port, '127.0.0.1'), 'listening'),
      once(socket.bind({ port, address: '127.0.0.1', exclusive: true }), 'listening'),
    ]);
    return true;
  } catch {
    // Taken.
    return false;
  } finally {
    await Promise.all([new Promise((resolve) => server.close(resolve)), new Promise<void>((resolve) => socket.close(resolve))]);
  }
}
