import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import type { ApiOptions } from '../../../cti-bridge/api/index.ts';
import { createApi, createMetrics, DesktopRegistry, identitySessions } from '../../../cti-bridge/api/index.ts';
import type { User } from '../../../cti-bridge/identity/index.ts';
import { AttemptLimiter, hashPassword, SessionRegistry } from '../../../cti-bridge/identity/index.ts';
import { createIdSource, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import type { LoginAnswer, Push } from '../../../shared/contracts/bridge-events.ts';
import type { Ack } from '../../../shared/contracts/errors.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { AgentId, UserId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';
import {
  FakeAdministration,
  FakeDesk,
  FakeSupervision,
  fakeAttachments,
  fakeCalls,
  fakeCustomers,
  fakeDocuments,
  fakeExchange,
  fakeExports,
  fakeFigures,
  fakeFlows,
  fakeHelp,
  fakeImports,
  fakeInbox,
  fakeListening,
  fakeMessages,
  fakePages,
  noClients,
} from './fake-desk.ts';
import { fakeGuides } from './fake-guides.ts';
import { fakeKnowledge } from './fake-knowledge.ts';
import { fakePrompts } from './fake-prompts.ts';

export const password = 'right horse';
let passwordHash: Promise<string> | undefined;

export const agentIdOf = (username: string): AgentId => asId(`agent-of-${username}`);

const user = (username: string, role: Role, takesWork: boolean): User => ({
  userId: asId<UserId>(`user-${username}`),
  username,
  name: username,
  role,
  rights: rightsOfRole[role],
  locale: 'en',
  agentId: takesWork ? agentIdOf(username) : null,
  extension: takesWork ? `10${username.length}` : null,
  skills: {},
  isDemo: false,
});
const users = [
  user('ana', 'agent', true),
  user('bo', 'agent', true),
  user('sun', 'supervisor', true),
  user('sora', 'supervisor', false),
  user('adam', 'administrator', false),
];

/** A whole api on an ephemeral loopback port, with identity's real sessions and a fake desk. Ends with the test. */
export async function openApi(more: Partial<ApiOptions> = {}) {
  const desk = new FakeDesk();
  const supervision = new FakeSupervision(desk.asked);
  const desktops = new DesktopRegistry();
  const registry = new SessionRegistry(systemClock, createIdSource(systemClock));
  const metrics = createMetrics(systemClock);
  passwordHash ??= hashPassword(password);
  const hash = await passwordHash;
  const sessions = identitySessions({
    users: {
      findByUsername: async (username) => {
        const found = users.find((one) => one.username === username);
        return found ? { user: found, passwordHash: hash } : null;
      },
    },
    registry,
    limiter: new AttemptLimiter(),
    clock: systemClock,
  });
  const sipUpgrades: string[] = [];
  const rendererFolder = mkdtempSync(join(tmpdir(), 'crosspoint-renderer-'));
  const api = createApi({
    host: '127.0.0.1',
    port: 0,
    names: [],
    allowedOrigins: [],
    rendererFolder,
    phone: { webSocketPath: '/sip', domain: 'crosspoint.invalid' },
    acceptSipUpgrade: (request, socket) => {
      sipUpgrades.push(request.url ?? '');
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    },
    desk,
    supervision,
    administration: new FakeAdministration(desk.asked),
    customers: fakeCustomers(desk.asked),
    calls: fakeCalls(desk.asked),
    prompts: fakePrompts(desk.asked),
    flows: fakeFlows(desk.asked),
    guides: fakeGuides(desk.asked),
    inbox: fakeInbox(desk.asked),
    help: fakeHelp(desk.asked),
    figures: fakeFigures(desk.asked),
    knowledge: fakeKnowledge(desk.asked),
    messages: fakeMessages,
    messagePages: fakePages,
    documents: fakeDocuments,
    mounts: [],
    attachments: fakeAttachments,
    imports: fakeImports,
    listening: fakeListening,
    exchange: fakeExchange,
    exports: fakeExports,
    clients: noClients,
    desktops,
    sessions,
    metrics,
    health: () => [],
    clock: systemClock,
    log: silentLog,
    ...more,
  });
  onTestFinished(async () => {
    await api.stop();
    registry.endAll('shutdown');
    metrics.stop();
    rmSync(rendererFolder, { recursive: true });
  });
  const { port } = await api.start();
  const url = `http://127.0.0.1:${port}`;

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const logIn = async (username: string, takeOver = false) => {
    const reply = await post('/api/login', { username, password, takeOver, contractMajor: 1 });
    if (reply.status !== 200) throw new Error(`log-in of ${username} was answered with ${reply.status}`);
    return (await reply.json()) as LoginAnswer;
  };
  const openDesktop = async (username: string) => connectDesktop(url, (await logIn(username)).token);
  return {
    api,
    desk,
    supervision,
    desktops,
    registry,
    metrics,
    sessions,
    sipUpgrades,
    rendererFolder,
    port,
    url,
    post,
    logIn,
    openDesktop,
  };
}

/** A desktop's end of the socket, with what it heard. */
export interface ScriptedDesktop {
  readonly socket: Socket;
  readonly pushes: Push[];
  command(name: unknown, request: unknown): Promise<Ack<unknown>>;
  resume(): Promise<Ack<{ seq: number }>>;
  /** The reason socket.io gives when the socket ends. */
  readonly ended: Promise<string>;
  until(test: () => boolean): Promise<void>;
}

export async function connectDesktop(url: string, token: unknown, headers: Record<string, string> = {}): Promise<ScriptedDesktop> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers });
  onTestFinished(() => void socket.disconnect());
  const pushes: Push[] = [];
  const waiting = new Set<() => void>();
  socket.on('push', (push: Push) => {
    pushes.push(push);
    for (const check of waiting) check();
  });
  const ended = new Promise<string>((resolve) => socket.on('disconnect', (reason) => resolve(reason)));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  const command = (name: unknown, request: unknown): Promise<Ack<unknown>> => socket.timeout(5_000).emitWithAck('command', name, request);
  return {
    socket,
    pushes,
    command,
    resume: () => command('session:resume', { lastSeq: 0 }) as Promise<Ack<{ seq: number }>>,
    ended,
    until: (test) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(
          () => reject(new Error(`not heard in time; heard ${JSON.stringify(pushes.map((push) => push.name))}`)),
          5_000,
        );
        const check = () => {
          if (!test()) return;
          waiting.delete(check);
          clearTimeout(limit);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

/** A raw HTTP exchange, for headers that a well-behaved client would never send. Resolves with the status line's number. */
export async function rawStatus(port: number, head: readonly string[]): Promise<number> {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [data] = (await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(data.toString())?.[1]);
}
