import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Clock, Log, TimerHandle } from '../../kernel/index.ts';
import type { MediaEngine } from '../api.ts';
import { NgClient } from './ng-client.ts';
import { RelaySession } from './relay-session.ts';

export interface RelayConfig {
  /** Where the daemon takes commands of the ng protocol over UDP; a literal address. */
  readonly host: string;
  readonly port: number;
  /** Calls beyond which `createSession` refuses. */
  readonly calls: number;
  readonly rtpTimeoutMs: number;
}

/** The daemon is asked for a sign of life, and each call for its packets, so often. */
const lookEveryMs = 2_000;

/**
 * The media port over an rtpengine daemon, for calls that need nothing of their sound: see `RelaySession`. Somebody else starts the daemon and
 * restarts it; while it does not answer no call is taken, and the calls that it had are told that their worker died.
 */
export function createRelayEngine({ config, clock, log }: { config: RelayConfig; clock: Clock; log: Log }): MediaEngine {
  const { host, port, calls, rtpTimeoutMs } = config;
  const sessions = new Map<string, RelaySession>();
  let socket: Socket | null = null;
  let timer: TimerHandle | undefined;
  let isThere = false;
  let isStopping = false;
  const client = new NgClient({
    clock,
    cookie: () => randomBytes(8).toString('hex'),
    send: (datagram) => socket?.send(datagram, port, host, () => {}),
  });

  async function look(): Promise<void> {
    const { kind } = await client.ask('ping');
    if (isStopping) return;
    if (isThere !== (kind === 'ok')) log[isThere ? 'error' : 'info'](isThere ? 'media:relay-silent' : 'media:relay-ready', { host, port });
    isThere = kind === 'ok';
    if (isThere) await Promise.all([...sessions.values()].map((session) => session.look()));
    // Its calls may still talk, but nobody could tell when they do not: they go to another engine.
    else for (const session of [...sessions.values()]) session.close('workerDied');
    if (!isStopping) timer = clock.timer(lookEveryMs, () => void look());
  }

  return {
    async start() {
      const opened = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
      opened.on('message', (datagram, from) => {
        if (from.address === host && from.port === port) client.receive(datagram);
      });
      // A daemon that is not there; its silence is seen anyway.
      opened.on('error', () => {});
      opened.bind(0);
      await once(opened, 'listening');
      socket = opened;
      await look();
    },

    createSession(sessionId) {
      if (isStopping || !isThere || sessions.size >= calls || sessions.has(sessionId)) return null;
      const session = new RelaySession(sessionId, { client, clock, log, rtpTimeoutMs, onClosed: () => void sessions.delete(sessionId) });
      sessions.set(sessionId, session);
      return session;
    },

    readiness: () => ({ ready: isThere ? 1 : 0, of: 1, overloaded: 0 }),

    // The daemon is another's process: it has metrics of its own.
    stats: () => Promise.resolve([]),

    async stop() {
      isStopping = true;
      timer?.cancel();
      await Promise.all(
        [...sessions.values()].map(
          (session) =>
            new Promise<void>((resolve) => {
              session.on('closed', () => resolve());
              session.end();
            }),
        ),
      );
      client.stop();
      socket?.close();
      socket = null;
    },
  };
}
