import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildProgram } from './child-program.ts';

const program = '/usr/sbin/kamailio';
const configuration = fileURLToPath(new URL('../../docs/deployment/kamailio/kamailio.cfg', import.meta.url));
/** What one address may send in two seconds, here. */
export const strangerRequests = 400;
const farewellMs = 3_000;
const limitMs = 110_000;

export interface KamailioOptions {
  /** The bridge's UDP port on 127.0.0.1. */
  readonly bridgePort: number;
  /** `host:port` where calls out go. */
  readonly carrier: string;
  /** Addresses that are believed to be carriers. */
  readonly trunks: readonly string[];
  /** Origin of the page that browsers' phones come from. */
  readonly origin: string;
  /** Opens the door for TLS; PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

export interface Kamailio {
  readonly sip: { readonly host: string; readonly port: number };
  /** Its door for TLS, with a certificate. */
  readonly tls: { readonly host: string; readonly port: number };
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
export async function startKamailio({ bridgePort, carrier, trunks, origin, certificate }: KamailioOptions): Promise<Kamailio> {
  if (!existsSync(program)) throw new Error('Kamailio is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-kamailio-'));
  writeFileSync(join(folder, 'trunks.list'), trunks.map((address) => `1 ${address} 32 0 carrier\n`).join(''));
  const port = await freeTcpPort();
  const webSocketPort = await freeTcpPort();
  const tlsPort = await freeTcpPort();
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  if (certificate) writeFileSync(certificateFile, certificate.cert);
  if (certificate) writeFileSync(keyFile, certificate.key);
  const values = [
    // All phones of a test have one address.
    `STRANGER_REQUESTS=${strangerRequests}`,
    ...(certificate ? ['WITH_TLS'] : []),
    ...[`EDGE_TLS=tls:127.0.0.1:${tlsPort}`, `TLS_CERTIFICATE="${certificateFile}"`, `TLS_KEY="${keyFile}"`],
    ...[`EDGE_UDP=udp:127.0.0.1:${port}`, `EDGE_TCP=tcp:127.0.0.1:${port}`],
    ...['WITH_WEBSOCKET', `EDGE_WS=tcp:127.0.0.1:${webSocketPort}`, `WS_ORIGIN="${origin}"`],
    ...['BRIDGE_HOST="127.0.0.1"', `BRIDGE_PORT=${bridgePort}`, `CARRIER="${carrier}"`, `TRUNKS="${join(folder, 'trunks.list')}"`],
  ];
  // Few processes and little memory: there is one phone of each kind.
  const sizes = ['-n', '1', '-N', '1', '-m', '32', '-M', '4'];
  // Its processes would outlive us and each other; `timeout` ends them all, also when nobody is left to ask for it.
  const bounded = ['--kill-after=5', String(limitMs / 1_000), program];
  const child = new ChildProgram(
    'kamailio',
    '/usr/bin/timeout',
    [...bounded, '-f', configuration, '-DD', '-E', '-Y', folder, '-w', folder, ...sizes, ...values.flatMap((value) => ['-A', value])],
    { cwd: folder, limitMs: limitMs + 10_000 },
  );
  const kamailio: Kamailio = {
    sip: { host: '127.0.0.1', port },
    tls: { host: '127.0.0.1', port: tlsPort },
    webSocketUrl: `ws://127.0.0.1:${webSocketPort}/sip`,
    program: child,
    async stop() {
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
