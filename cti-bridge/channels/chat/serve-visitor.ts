import type { RawData, WebSocket } from 'ws';
import { chatCloseCodes } from '../../../shared/contracts/messages/chat-limits.ts';
import { type FromVisitor, fromVisitorSchema, type ToVisitor } from '../../../shared/contracts/messages/chat-widget.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { ChatHouse, ChatLine, ToldToVisitor } from '../../interactions/index.ts';
import { type Clock, type Log, Scope, TokenBucket, withTimeLimit } from '../../kernel/index.ts';
import type { ChatChannelLimits } from './limits.ts';
import type { FilePasses } from './passes.ts';
import type { ChatRooms, Tab } from './rooms.ts';

export interface VisitorOptions {
  readonly house: ChatHouse;
  readonly rooms: ChatRooms;
  readonly passes: FilePasses;
  readonly limits: ChatChannelLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is known of the conversation, once it is open. */
interface Opened {
  readonly conversationId: ConversationId;
  readonly token: string;
  readonly request: Omit<Extract<FromVisitor, { kind: 'open' }>, 'kind' | 'version'>;
  /** Up to where they have read, as the stories know it. */
  readSeq: number;
}

/** The time after which what was not stored, or came too fast, may come again. */
const againAfterMs = 2_000;

/**
 * One tab: one WebSocket, from its first frame to its end. Frames are dealt with one after the other, so that lines keep their order; what cannot
 * be stored is refused and stays with the widget, which tells it again. Whatever a stranger sends costs at most this socket.
 */
export function serveVisitor(socket: WebSocket, siteId: string, options: VisitorOptions): { close(code: number): void } {
  const { house, rooms, passes, limits, clock, log } = options;
  const scope = new Scope('chat:visitor', clock, (error) => log.error('chat:visitorFault', { error: String(error) }));
  const frames = new TokenBucket(clock, limits.frames);
  const lines = new TokenBucket(clock, limits.lines);
  const catchUps = new TokenBucket(clock, limits.catchUps);
  let opened: Opened | null = null;
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  /** Own lines that are told while one of ours is being stored: perhaps it is that one, and then `written` says so. */
  let held: ChatLine[] | null = null;
  let hasAnswered = true;

  const tab: Tab = {
    told(told: ToldToVisitor) {
      if (told.kind === 'line' && told.line.by === 'visitor' && held) held.push(told.line);
      else send(told);
    },
  };

  function send(frame: ToVisitor): void {
    if (scope.isEnded) return;
    if (socket.bufferedAmount > limits.unreadBytes) return close(chatCloseCodes.again);
    socket.send(JSON.stringify(frame));
  }

  function close(code: number): void {
    if (scope.isEnded) return;
    gone();
    socket.close(code);
    // Who is really gone will not answer the closing handshake.
    const patience = clock.timer(1_000, () => socket.terminate());
    socket.once('close', () => patience.cancel());
  }

  function gone(): void {
    if (scope.isEnded) return;
    void scope.end('closed');
    if (opened) rooms.goOut(opened.conversationId, tab);
  }

  const stored = <Value>(what: string, promise: Promise<Value>) => withTimeLimit(clock, limits.storeLimitMs, what, promise);

  async function open({ kind: _kind, version: _version, ...request }: Extract<FromVisitor, { kind: 'open' }>): Promise<void> {
    if (opened) return close(chatCloseCodes.unreadable);
    const since = clock.monotonic();
    const answer = await stored('opening a chat', house.open({ siteId, ...request }));
    if (scope.isEnded) return;
    const token = answer?.token ?? request.token;
    if (!answer || token === null) return close(chatCloseCodes.notFor);
    const { conversationId, lines: missed, state } = answer;
    opened = { conversationId, token, request, readSeq: 0 };
    rooms.comeIn(conversationId, tab);
    send({ kind: 'opened', token: answer.token, pass: passes.make(conversationId), lines: [...missed], state });
    const told = rooms.toldSince(conversationId, since);
    if (told?.state) send(told.state);
    // A line was told after the stories had looked, and before we were there to hear it.
    const lastSeq = missed.at(-1)?.seq ?? request.lastSeq;
    if (told && told.seq > lastSeq) await catchUp(opened, lastSeq);
  }

  async function catchUp({ token, request }: Opened, lastSeq: number): Promise<void> {
    const answer = await stored('reading a chat', house.open({ siteId, ...request, token, lastSeq }));
    if (answer) send({ kind: 'lines', lines: [...answer.lines] });
  }

  async function write({ conversationId }: Opened, clientId: string, text: string): Promise<void> {
    if (!lines.take()) return send({ kind: 'refused', clientId, why: 'tooFast', retryAfterMs: againAfterMs });
    held = [];
    let line: ChatLine | null = null;
    try {
      line = await stored('storing a line', house.write(conversationId, { clientId, text: text.toWellFormed() }));
    } catch (error) {
      log.warn('chat:notStored', { error: String(error) });
    }
    if (line) send({ kind: 'written', clientId, line });
    else send({ kind: 'refused', clientId, why: 'notStored', retryAfterMs: againAfterMs });
    const others = held;
    held = null;
    for (const other of others) if (other.seq !== line?.seq) send({ kind: 'line', line: other });
    if (line) rooms.tellOthers(conversationId, { kind: 'line', line }, tab);
  }

  /** A wish that needs no line: that it was done, or was not. */
  async function ask(of: 'rate' | 'leave', promise: Promise<void>): Promise<void> {
    const ok = await stored(of, promise).then(
      () => true,
      (error: unknown) => {
        log.warn('chat:notStored', { error: String(error) });
        return false;
      },
    );
    send({ kind: 'done', of, ok });
  }

  async function deal(frame: FromVisitor): Promise<void> {
    if (frame.kind === 'open') return open(frame);
    if (!opened) return close(chatCloseCodes.unreadable);
    const { conversationId } = opened;
    switch (frame.kind) {
      case 'catchUp':
        if (!catchUps.take()) return close(chatCloseCodes.tooMuch);
        return catchUp(opened, frame.lastSeq);
      case 'write':
        return write(opened, frame.clientId, frame.text);
      case 'typing':
        return house.typing(conversationId);
      case 'read':
        if (frame.seq <= opened.readSeq) return;
        opened.readSeq = frame.seq;
        return stored('noting what was read', house.read(conversationId, frame.seq));
      case 'rate':
        return ask('rate', house.rate(conversationId, { score: frame.score, text: frame.text.toWellFormed() }));
      case 'leave':
        return ask('leave', house.leave(conversationId));
    }
  }

  socket.on('message', (data, isBinary) => {
    if (scope.isEnded) return;
    if (!frames.take() || waiting >= limits.waitingFrames) return close(chatCloseCodes.tooMuch);
    const frame = isBinary ? null : readFrame(data);
    if (!frame) return close(chatCloseCodes.unreadable);
    void opening.dispose();
    waiting++;
    queue = queue
      .then(() => (scope.isEnded ? undefined : deal(frame)))
      .catch((error: unknown) => {
        log.warn('chat:frameFailed', { frame: frame.kind, error: String(error) });
        // The widget comes again, and says what it has.
        close(chatCloseCodes.again);
      })
      .finally(() => waiting--);
  });
  socket.on('pong', () => {
    hasAnswered = true;
  });
  socket.on('close', gone);
  socket.on('error', (error) => {
    log.debug('chat:socketError', { error: error.message });
    gone();
    socket.terminate();
  });

  const opening = scope.timer(limits.openLimitMs, () => close(chatCloseCodes.tooMuch));
  function beat(): void {
    if (!hasAnswered) {
      gone();
      return socket.terminate();
    }
    hasAnswered = false;
    socket.ping();
    send({ kind: 'beat' });
    scope.timer(limits.beatEveryMs, beat);
  }
  scope.timer(limits.beatEveryMs, beat);
  return { close };
}

function readFrame(data: RawData): FromVisitor | null {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  try {
    const parsed = fromVisitorSchema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON: as good as anything else that we cannot read
  }
}
