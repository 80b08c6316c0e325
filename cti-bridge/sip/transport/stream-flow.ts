import type { Socket } from 'node:net';
import type { Clock, Log } from '../../kernel/index.ts';
import { Scope } from '../../kernel/index.ts';
import type { BytesListener, Flow } from './flow.ts';
import { MessageFramer } from './message-framer.ts';

/** A message that has begun is complete within this. */
const wholeMessageMs = 30_000;
/** A flow that nobody has authenticated on is a stranger holding a socket open. */
const strangerLimitMs = 30_000;
/** More messages a second than any phone has to say. Trunks are not counted here. */
const maxMessagesPerSecond = 200;
/** What may wait for a slow reader before we call it gone. */
const maxBufferedBytes = 4 << 20;
/** RFC 5626 §4.4.1: on a connection we opened we ask so often whether the other side is there, and wait so long for it to say so. */
const pingEveryMs = 95_000;
const pongLimitMs = 10_000;

export interface StreamFlowOptions {
  readonly id: string;
  readonly transport: 'TCP' | 'TLS';
  readonly remote: { readonly host: string; readonly port: number };
  readonly clock: Clock;
  readonly log: Log;
  /** A trunk, or a connection that we opened: it may be silent, and may say much. */
  readonly isTrusted: boolean;
  /** We opened it, so we keep it open. */
  readonly isOurs: boolean;
  /** Opens it anew. */
  readonly again?: () => Flow;
  readonly onBytes: BytesListener;
  /** The head of a message whose end cannot be found; the flow is closed when this returns. */
  readonly onUnframed: (head: Buffer, flow: Flow, status: 400 | 513, text: string) => void;
  /** The first whole message came. */
  readonly onHello?: () => void;
  readonly onAuthenticated?: (isAuthenticated: boolean) => void;
}

/** SIP over one connection, whoever opened it (RFC 3261 §18). What is sent before it stands is sent when it does. */
export function createStreamFlow(socket: Socket, options: StreamFlowOptions): Flow {
  const { clock, log, remote, transport, onBytes } = options;
  const scope = new Scope('sip:stream', clock, (error) => log.error('sip:stream-fault', { error: String(error) }));
  const framer = new MessageFramer();
  const closed = new Set<() => void>();
  let isClosed = false;
  let stranger = options.isTrusted ? undefined : scope.timer(strangerLimitMs, () => flow.close('not authenticated'));
  let unfinished: ReturnType<Scope['timer']> | undefined;
  let hasSaidHello = false;
  let answersPings = false;
  let pong: ReturnType<Scope['timer']> | undefined;
  let second = 0;
  let messagesInSecond = 0;

  const flow: Flow = {
    id: options.id,
    transport,
    isReliable: true,
    remote,
    ...(options.again ? { again: options.again } : {}),
    get local() {
      return { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    },
    get isClosed() {
      return isClosed;
    },
    send(bytes) {
      if (isClosed) return;
      if (socket.writableLength > maxBufferedBytes) return flow.close('reader too slow');
      socket.write(bytes);
    },
    close(why) {
      if (isClosed) return;
      log.debug('sip:stream-closed', { flow: flow.id, why });
      gone();
      socket.end();
      // A peer that is really gone takes no farewell.
      const patience = clock.timer(1_000, () => socket.destroy());
      socket.once('close', () => patience.cancel());
    },
    onClose(listener) {
      if (isClosed) listener();
      else closed.add(listener);
      return { dispose: () => void closed.delete(listener) };
    },
    markAuthenticated(isAuthenticated) {
      if (isClosed || options.isTrusted) return;
      void stranger?.dispose();
      stranger = isAuthenticated ? undefined : scope.timer(strangerLimitMs, () => flow.close('not authenticated'));
      options.onAuthenticated?.(isAuthenticated);
    },
  };

  function gone(): void {
    if (isClosed) return;
    isClosed = true;
    void scope.end('closed');
    for (const listener of [...closed]) listener();
    closed.clear();
  }

  function isTooLoud(at: number): boolean {
    if (options.isTrusted) return false;
    if (Math.floor(at / 1_000) !== second) {
      second = Math.floor(at / 1_000);
      messagesInSecond = 0;
    }
    return ++messagesInSecond > maxMessagesPerSecond;
  }

  function onData(chunk: Buffer): void {
    const receivedAt = clock.monotonic();
    for (const framed of framer.push(chunk)) {
      if (isClosed) return;
      if (framed.kind === 'ping' || framed.kind === 'message') {
        if (isTooLoud(receivedAt)) return flow.close('too many messages');
      }
      if (framed.kind === 'message') {
        void unfinished?.dispose();
        unfinished = undefined;
        if (!hasSaidHello) options.onHello?.();
        hasSaidHello = true;
        onBytes(framed.bytes, flow, receivedAt);
      } else if (framed.kind === 'ping') flow.send(Buffer.from('\r\n'));
      else if (framed.kind === 'pong') {
        answersPings ||= pong !== undefined;
        void pong?.dispose();
        pong = undefined;
      } else if (framed.kind === 'garbage') flow.close(framed.why);
      else {
        options.onUnframed(framed.head, flow, framed.status, framed.text);
        flow.close(framed.text);
      }
    }
    if (framer.isWithinMessage && !isClosed) unfinished ??= scope.timer(wholeMessageMs, () => flow.close('message never ended'));
  }

  /** Who has never answered one does not know them, and is not judged by the next. */
  function ping(): void {
    flow.send(Buffer.from('\r\n\r\n'));
    void pong?.dispose();
    pong = scope.timer(pongLimitMs, () => {
      pong = undefined;
      if (answersPings) flow.close('no pong');
    });
    scope.timer(pingEveryMs, ping);
  }

  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.on('data', onData);
  socket.on('end', () => flow.close('ended by the other side'));
  socket.on('close', gone);
  socket.on('error', (error) => {
    log.debug('sip:stream-error', { flow: flow.id, error: error.message });
    gone();
    socket.destroy();
  });
  if (options.isOurs) scope.timer(pingEveryMs, ping);
  return flow;
}
