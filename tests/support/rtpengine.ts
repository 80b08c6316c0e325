import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProgram } from './child-program.ts';

const program = '/usr/bin/rtpengine';

/** Below the ports that the system gives away by itself; one that is taken is passed over. */
const mediaPorts = [22_000, 22_999] as const;

export interface RtpengineDaemon {
  /** Where it takes commands. */
  readonly port: number;
  readonly program: ChildProgram;
  stop(): Promise<void>;
}

export async function freeLoopbackPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Debian's rtpengine on loopback, all in user space: no table of the kernel's. */
export async function startRtpengine(port?: number): Promise<RtpengineDaemon> {
  if (!existsSync(program)) throw new Error('rtpengine is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-rtpengine-'));
  writeFileSync(join(folder, 'own.conf'), '[rtpengine]\ntable = -1\n');
  const ngPort = port ?? (await freeLoopbackPort());
  const [first, last] = mediaPorts;
  const child = new ChildProgram(
    'rtpengine',
    program,
    [
      `--config-file=${join(folder, 'own.conf')}`,
      ...['--foreground', '--log-stderr', '--log-level=5', '--num-threads=1'],
      ...['--interface=127.0.0.1', `--listen-ng=127.0.0.1:${ngPort}`, `--port-min=${first}`, `--port-max=${last}`],
    ],
    { cwd: folder, limitMs: 120_000 },
  );
  return {
    port: ngPort,
    program: child,
    async stop() {
      child.kill();
      await child.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
