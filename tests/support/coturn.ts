import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProgram } from './child-program.ts';

export const coturnProgram = '/usr/bin/turnserver';

export interface CoturnOptions {
  readonly port: number;
  readonly tlsPort: number;
  readonly secret: string;
  /** PEM, for `turns:`. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Whom the relay reaches. */
  readonly allowedPeer?: string;
  readonly limitMs?: number;
}

/** Debian's coturn with the configuration of `docs/deployment/turn`, but for what belongs to this machine: all of it on loopback. */
export class Coturn {
  readonly program: ChildProgram;
  readonly port: number;
  readonly tlsPort: number;
  readonly #folder: string;

  /** On ports that are free now. */
  static async start(options: Omit<CoturnOptions, 'port' | 'tlsPort'>): Promise<Coturn> {
    const [port, tlsPort] = await twoFreePorts();
    const coturn = new Coturn({ ...options, port, tlsPort });
    await coturn.program.journal.wait(/UDP listener opened/, 5_000).catch(async (error: unknown) => {
      await coturn.dispose();
      throw error;
    });
    return coturn;
  }

  private constructor(options: CoturnOptions) {
    this.port = options.port;
    this.tlsPort = options.tlsPort;
    this.#folder = mkdtempSync(join(tmpdir(), 'crosspoint-coturn-'));
    const file = (name: string, content = '') => {
      const path = join(this.#folder, name);
      writeFileSync(path, content);
      return path;
    };
    const own = {
      'listening-ip': '127.0.0.1',
      'listening-port': String(options.port),
      'tls-listening-port': String(options.tlsPort),
      'relay-ip': '127.0.0.1',
      'static-auth-secret': options.secret,
      'allowed-peer-ip': options.allowedPeer ?? '127.0.0.1',
      cert: file('cert.pem', options.certificate.cert),
      pkey: file('key.pem', options.certificate.key),
    };
    // A relay on loopback is what nobody wants but a test.
    const ofTheTest = [
      'allow-loopback-peers',
      `userdb=${file('turndb')}`,
      `pidfile=${join(this.#folder, 'pid')}`,
      'log-file=stdout',
      'verbose',
    ];
    const config = file('turnserver.conf', [documentedWith(own), ...ofTheTest, ''].join('\n'));
    this.program = new ChildProgram('coturn', coturnProgram, ['-c', config], {
      cwd: this.#folder,
      limitMs: options.limitMs ?? 60_000,
    });
  }

  static get isInstalled(): boolean {
    return existsSync(coturnProgram);
  }

  async dispose(): Promise<void> {
    this.program.kill();
    await this.program.exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Free over UDP, and so almost surely over TCP too. Both are held at once, so that they are two. */
async function twoFreePorts(): Promise<[number, number]> {
  const sockets = [createSocket('udp4'), createSocket('udp4')];
  const ports: number[] = [];
  for (const socket of sockets) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    ports.push(socket.address().port);
  }
  for (const socket of sockets) socket.close();
  return [ports[0] ?? 0, ports[1] ?? 0];
}

/** The documented file with other values; a value for a line that it has not is a mistake. */
function documentedWith(values: Readonly<Record<string, string>>): string {
  let text = readFileSync(new URL('../../docs/deployment/turn/turnserver.conf', import.meta.url), 'utf8');
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${name}=.*$`, 'm');
    if (!line.test(text)) throw new Error(`docs/deployment/turn/turnserver.conf has no ${name}`);
    text = text.replace(line, `${name}=${value}`);
  }
  return text;
}
