import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { Server, type Socket } from 'socket.io';
import { rendererFiles } from '../../../cti-bridge/api/http/renderer-files.ts';
import type { CommandName, PushName, PushPayload, Snapshot } from '../../../shared/contracts/bridge-events.ts';
import { inProject } from '../../../tools/project.ts';

type Answer = (request: never) => unknown;
type Answers = Partial<Record<CommandName, Answer>>;

/**
 * The built desktop, and a bridge behind it that says what the bench tells it: real sockets, real parsing, real painting, and no work of a
 * bridge on the same two cores.
 */
export class ScriptedHouse {
  readonly url: string;
  snapshot: Snapshot;
  readonly answers: Answers;
  readonly #close: () => Promise<void>;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Map<string, (at: number) => void>();
  #seq = 0;

  private constructor(url: string, close: () => Promise<void>, snapshot: Snapshot, answers: Answers) {
    this.url = url;
    this.#close = close;
    this.snapshot = snapshot;
    this.answers = answers;
  }

  static async start(snapshot: Snapshot, answers: Answers): Promise<ScriptedHouse> {
    const app = fastify();
    app.post('/api/login', { config: { right: 'public' } }, async () => ({ token: 'token', user: house.snapshot.user, phone: null }));
    await rendererFiles(app, inProject('dist', 'renderer'));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const sockets = new Server(app.server, { pingInterval: 24 * 3_600_000 });
    const { port } = app.server.address() as AddressInfo;
    const close = async () => {
      await sockets.close();
      await app.close();
    };
    const house = new ScriptedHouse(`http://127.0.0.1:${port}`, close, snapshot, answers);
    sockets.on('connection', (socket) => house.#serve(socket));
    return house;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('disconnect', () => this.#sockets.delete(socket));
    socket.on('probe', (answer: (at: number) => void) => answer(Date.now()));
    socket.on('command', (name: CommandName, request: unknown, answer: (ack: unknown) => void) => {
      const at = performance.now();
      if (name === 'session:resume') return answer({ ok: true, value: { ...this.snapshot, seq: this.#seq, serverTime: Date.now() } });
      answer({ ok: true, value: this.answers[name]?.(request as never) ?? {} });
      const key = name === 'pop:painted' ? `${name} ${(request as { reservationId: string }).reservationId}` : name;
      this.#waiting.get(key)?.(at);
      this.#waiting.delete(key);
    });
  }

  push<Name extends PushName>(name: Name, payload: PushPayload<Name>): void {
    this.#seq += 1;
    for (const socket of this.#sockets) socket.emit('push', { seq: this.#seq, name, payload });
  }

  /** When this command came (`performance.now()`), or that it did not within the limit. */
  async told(command: string, limitMs = 5_000): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const limit = setTimeout(() => reject(new Error(`the desktop did not say ${command} within ${limitMs} ms`)), limitMs);
    this.#waiting.set(command, resolve);
    return promise.finally(() => clearTimeout(limit));
  }

  close(): Promise<void> {
    return this.#close();
  }
}
