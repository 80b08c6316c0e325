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
