import type { Push } from '../../../shared/contracts/bridge-events.ts';
import type { Ack } from '../../../shared/contracts/errors.ts';
import { TokenBucket } from '../../kernel/index.ts';
import type { CommandContext } from '../command.ts';
import type { DesktopSocket } from '../publishers/desktop-line.ts';
import { answerCommand, refuse } from './answer-command.ts';
import type { DesktopIoSocket, SocketOptions } from './socket-server.ts';

/** One desktop's socket, from connection to end. */
export function serveDesktop(socket: DesktopIoSocket, options: SocketOptions): void {
  const {
    desk,
    supervision,
    administration,
    customers,
    calls,
    prompts,
    flows,
    guides,
    inbox,
    help,
    figures,
    knowledge,
    soundPaths,
    phone,
    desktops,
    sessions,
    metrics,
    limits,
    clock,
  } = options;
  const { session } = socket.data;
  const log = options.log.child({ userId: session.user.userId });
  const line = desktops.lineOf(session);
  const rate = new TokenBucket(clock, limits.commands);
  const tolerance = new TokenBucket(clock, limits.offences);

  let backlog = 0;
  socket.conn.on('drain', () => {
    backlog = 0;
  });
  const out: DesktopSocket = {
    send(push: Push) {
      backlog++;
      socket.emit('push', push);
    },
    dismiss: () => void socket.disconnect(true),
    drop: () => socket.conn.close(),
    get backlog() {
      return backlog;
    },
  };
  line.attach(out, clock.now());
  const resumeLimit = clock.timer(limits.resumeLimitMs, () => line.hasResumed || out.drop());

  const offended = (how: string) => {
    if (tolerance.take()) return;
    log.warn('desktop:abusive', { how });
    out.dismiss();
  };

  // Every packet passes here, known or not, so that nothing is free.
  socket.use(([event, ...args], next) => {
    const isWithinRate = rate.take();
    if (isWithinRate && (event === 'command' || event === 'probe')) return next();
    const answer = args.at(-1);
    if (!isWithinRate && typeof answer === 'function') answer(refuse('too_many_requests', 'Too many commands at once.'));
    offended(isWithinRate ? 'unknown event' : 'flood');
  });

  socket.on('command', (...args: unknown[]) => {
    const [name, request, answer] = args;
    if (typeof answer !== 'function') return offended('no answer wanted');
    const after: (() => void)[] = [];
    const context: CommandContext = {
      session,
      line,
      desk,
      supervision,
      administration,
      customers,
      calls,
      prompts,
      flows,
      guides,
      inbox,
      help,
      figures,
      knowledge,
      soundPaths,
      phone,
      sessions,
      metrics,
      clock,
      afterAnswer: (then) => void after.push(then),
    };
    void answerCommand(context, log, name, request)
      .then((ack: Ack<unknown>) => {
        answer(ack);
        for (const then of after) then();
        if (!ack.ok && (ack.error.code === 'bad_request' || ack.error.code === 'forbidden')) offended(ack.error.code);
      })
      .catch((error: unknown) =>
        log.error('command:after-answer', { command: String(name), error: error instanceof Error ? error.stack : String(error) }),
      );
  });

  socket.on('probe', (answer: unknown) => {
    if (typeof answer === 'function') answer(clock.now());
    else offended('no answer wanted');
  });

  socket.on('error', (error) => log.debug('desktop:socket-error', { error }));
  socket.on('disconnect', (reason) => {
    resumeLimit.cancel();
    if (!line.detach(out)) return;
    log.info('desktop:gone', { reason });
    line.retract(desk, options.isDraining() ? 'shutdown' : 'connectionLost');
  });
}
