import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { demoPost } from '../../cti-bridge/store/seed/written-contacts.ts';

export interface DemoPost {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Where the mail goes that the demo sends: a server on this machine alone that passes nothing on and lays each mail into a folder as a file, for any
 * mail program to open. Rejects when its port is taken.
 */
export async function startDemoPost({
  folder,
  port = demoPost.port,
}: {
  readonly folder: string;
  readonly port?: number;
}): Promise<DemoPost> {
  let taken = 0;
  async function lay(content: SMTPServerDataStream): Promise<void> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${++taken}.eml`);
    try {
      await pipeline(content, createWriteStream(`${file}.part`, { flags: 'wx' }));
      await rename(`${file}.part`, file);
    } catch (error) {
      await rm(`${file}.part`, { force: true });
      throw error;
    }
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onData(content, _session, done) {
      lay(content).then(
        () => done(null),
        (error: unknown) => done(Object.assign(new Error(String(error)), { responseCode: 451 })),
      );
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Before it listens that is why it does not; after that, a connection that broke.
  server.on('error', reject);
  server.listen(port, demoPost.host, resolve);
  await promise;
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}
