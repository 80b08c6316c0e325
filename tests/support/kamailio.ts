import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildProgram } from './child-program.ts';

const program = '/usr/sbin/kamailio';
const configuration = fileURLToPath(new URL('../../docs/deployment/kamailio/kamailio.cfg', import.meta.url));
const farewellMs = 3_000;

export interface KamailioOptions {
  /** The bridge's UDP port on 127.0.0.1. */
  readonly bridgePort: number;
  /** `host:port` where calls out go. */
  readonly carrier: string;
  /** Addresses that are believed to be carriers. */
  readonly trunks: readonly string[];
  /** Origin of the page that browsers' phones come from. */
  readonly origin: string;
}

export interface Kamailio {
  readonly sip: { readonly host: string; readonly port: number };
  readonly webSocketUrl: string;
  readonly program: ChildProgram;
  stop(): Promise<void>;
}

async function freeTcpPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Debian's Kamailio with the configuration that we publish, on loopback; only addresses, ports and the list of trunks are ours. */
export async function startKamailio({ bridgePort, carrier, trunks, origin }: KamailioOptions): Promise<Kamailio> {
  if (!existsSync(program)) throw new Error('Kamailio is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-kamailio-'));
  writeFileSync(join(folder, 'trunks.list'), trunks.map((address) => `1 ${address} 32 0 carrier\n`).join(''));
  const port = await freeTcpPort();
  const webSocketPort = await freeTcpPort();
  const values = [
    ...[`EDGE_UDP=udp:127.0.0.1:${port}`, `EDGE_TCP=tcp:127.0.0.1:${port}`],
    ...['WITH_WEBSOCKET', `EDGE_WS=tcp:127.0.0.1:${webSocketPort}`, `WS_ORIGIN="${origin}"`],
    ...['BRIDGE_HOST="127.0.0.1"', `BRIDGE_PORT=${bridgePort}`, `CARRIER="${carrier}"`, `TRUNKS="${join(folder, 'trunks.list')}"`],
  ];
  // Few processes and little memory: there is one phone of each kind.
  const sizes = ['-n', '1', '-N', '1', '-m', '32', '-M', '4'];
  const child = new ChildProgram(
    'kamailio',
    program,
    ['-f', configuration, '-DD', '-E', '-Y', folder, '-w', folder, ...sizes, ...values.flatMap((value) => ['-A', value])],
    { cwd: folder, limitMs: 110_000 },
  );
  const kamailio: Kamailio = {
    sip: { host: '127.0.0.1', port },
    webSocketUrl: `ws://127.0.0.1:${webSocketPort}/sip`,
    program: child,
    async stop() {
      // It ends its own processes when it is asked to, and leaves them behind when it is killed.
      child.interrupt();
      const limit = setTimeout(() => child.kill(), farewellMs);
      await child.exited;
      clearTimeout(limit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await child.journal.wait(/edge: ready/, 10_000);
  } catch (error) {
    await kamailio.stop();
    throw error;
  }
  return kamailio;
}
