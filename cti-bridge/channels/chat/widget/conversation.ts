import { chatCloseCodes, chatWireVersion } from '../../../../shared/contracts/messages/chat-limits.ts';
import type { ChatForm, ChatLineView, ChatStateView, FromVisitor, ToVisitor } from '../../../../shared/contracts/messages/chat-widget.ts';
import type { Kept } from './kept.ts';
import { Lines } from './lines.ts';
import { Outbox, type Unsent } from './outbox.ts';
import { readFrame, type Wire, type WireListener } from './wire.ts';

/** The kernel's clock, as far as it is needed here. */
export interface WidgetClock {
  now(): number;
  monotonic(): number;
  timer(delayMs: number, fire: () => void): { cancel(): void };
}

export interface ConversationPorts {
  connect(listener: WireListener): Wire;
  readonly clock: WidgetClock;
  /** 0 to 1. */
  random(): number;
  newId(): string;
  readonly kept: Kept;
  readonly locale: () => 'en' | 'zh';
  readonly page: () => { readonly url: string | null; readonly title: string | null };
  changed(): void;
}

/**
 *     idle ──begin──▶ connecting ──opened──▶ open
 *                        ▲  │                 │
 *                        │  └─────▶ lost ◀────┘     by itself again, later and later; at once when the network is back
 *                        └───────────┘
 *     refused: the site does not know us any more
 */
export type Connection = 'idle' | 'connecting' | 'open' | 'lost' | 'refused';

const noForm: ChatForm = { name: null, email: null, phone: null, topic: null };
const openLimitMs = 10_000;
/** Longer than the bridge waits for its store. */
const ackLimitMs = 12_000;
/** The bridge says something every six seconds. */
const silenceMs = 14_000;
const lookEveryMs = 3_000;
const slowestMs = 15_000;
const pieceLines = 100;
const typingEveryMs = 3_000;
const typingShownMs = 6_000;

/**
 * A visitor's side of a conversation: the line to the bridge, what was said, what is not sent yet. Pure: time, chance, network and memory are handed in.
 * It promises that no line is lost, none is shown twice and the order is the bridge's, whatever happens to the network.
 */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #lines = new Lines();
  readonly #outbox: Outbox;
  #connection: Connection = 'idle';
  #wire: Wire | null = null;
  #token: string | null;
  #pass: string | null = null;
  #form = noForm;
  #state: ChatStateView | null = null;
  #typing: { readonly name: string; readonly timer: { cancel(): void } } | null = null;
  #readByAgent = 0;
  #readByVisitor: number;
  /** The line that is on its way. */
  #inFlight: string | null = null;
  #acknowledging: { cancel(): void } | null = null;
  #isCatchingUp = false;
  #attempts = 0;
  #heardAt = 0;
  #typedAt = Number.NEGATIVE_INFINITY;
  /** What waits on this connection; cancelled with it. */
  #timers = new Set<{ cancel(): void }>();
  #reconnect: { cancel(): void } | null = null;
  #lastDone: { readonly of: 'rate' | 'leave'; readonly ok: boolean } | null = null;
  #isOffline = false;

  constructor(ports: ConversationPorts) {
    this.#ports = ports;
    this.#outbox = new Outbox(ports.kept);
    this.#token = ports.kept.read('token');
    this.#readByVisitor = Number(ports.kept.read('read') ?? 0) || 0;
    if (this.#token === null) this.#outbox.clear();
  }

  get connection(): Connection {
    return this.#connection;
  }
  /** Whether there is one, now or from days ago. */
  get exists(): boolean {
    return this.#token !== null || this.#connection !== 'idle';
  }
  get lines(): readonly ChatLineView[] {
    return this.#lines.all;
  }
  get unsent(): readonly Unsent[] {
    return this.#outbox.lines;
  }
  get state(): ChatStateView | null {
    return this.#state;
  }
  get typing(): string | null {
    return this.#typing?.name ?? null;
  }
  get readByAgent(): number {
    return this.#readByAgent;
  }
  get pass(): string | null {
    return this.#pass;
  }
  get lastDone() {
    return this.#lastDone;
  }
  get unread(): number {
    return this.#lines.all.filter(({ by, seq }) => by === 'agent' && seq > this.#readByVisitor).length;
  }

  clientIdOf(seq: number): string | undefined {
    return this.#lines.clientIdOf(seq);
  }

  /** Goes on with the one that is kept, if there is one. */
  resume(): void {
    if (this.#token !== null && this.#connection === 'idle') this.#connect();
  }

  begin(form: ChatForm = noForm): void {
    if (this.#connection !== 'idle') return;
    this.#form = form;
    // Another tab may have begun meanwhile.
    this.#token = this.#ports.kept.read('token');
    this.#connect();
  }

  write(text: string): void {
    if (this.#connection === 'idle') this.begin();
    this.#outbox.add({ clientId: this.#ports.newId(), text, at: this.#ports.clock.now() });
    // With what was written the other side stops showing it: the next word is news.
    this.#typedAt = Number.NEGATIVE_INFINITY;
    this.comeBack();
    this.#pump();
    this.#ports.changed();
  }

  /** A file of ours was stored, over another line. */
  wrote(line: ChatLineView, clientId: string): void {
    this.#take(line, clientId);
    this.#ports.changed();
  }

  typed(): void {
    const now = this.#ports.clock.monotonic();
    if (this.#connection !== 'open' || now - this.#typedAt < typingEveryMs) return;
    this.#typedAt = now;
    this.#send({ kind: 'typing' });
  }

  /** Everything that is on the screen was seen. */
  markRead(): void {
    if (this.#lines.lastSeq <= this.#readByVisitor) return;
    this.#readByVisitor = this.#lines.lastSeq;
    this.#ports.kept.write('read', String(this.#readByVisitor));
    if (this.#connection === 'open') this.#send({ kind: 'read', seq: this.#readByVisitor });
    this.#ports.changed();
  }

  /** False: there is no line now. What became of it says `lastDone`. */
  rate(score: number, text: string): boolean {
    return this.#ask({ kind: 'rate', score, text });
  }

  leave(): boolean {
    return this.#ask({ kind: 'leave' });
  }

  /** The network is back, or somebody looks again: no more waiting. */
  comeBack(): void {
    this.#isOffline = false;
    if (this.#connection === 'lost') this.#connect();
    else if (this.#connection === 'open') this.#listenForSilence();
  }

  /** The browser says that the network has gone; it notices before we do. */
  goneOffline(): void {
    this.#isOffline = true;
    if (this.#connection === 'connecting' || this.#connection === 'open') this.#drop();
  }

  /** Another tab has begun one, or has been given another. */
  tokenChanged(): void {
    const token = this.#ports.kept.read('token');
    if (token === null || token === this.#token) return;
    this.#token = token;
    this.#forget();
    if (this.#connection === 'open' || this.#connection === 'connecting') this.#hangUp();
    this.#connect();
  }

  end(): void {
    this.#reconnect?.cancel();
    this.#typing?.timer.cancel();
    this.#hangUp();
    this.#connection = 'idle';
  }

  #connect(): void {
    this.#reconnect?.cancel();
    this.#reconnect = null;
    this.#connection = 'connecting';
    this.#heardAt = this.#ports.clock.monotonic();
    let wire: Wire | null = null;
    const isMine = () => wire === null || wire === this.#wire;
    wire = this.#ports.connect({
      opened: () => isMine() && this.#open(),
      heard: (text) => isMine() && this.#heard(text),
      closed: (code) => isMine() && this.#drop(code),
    });
    this.#wire = wire;
    this.#after(openLimitMs, () => this.#connection === 'connecting' && this.#drop());
    this.#ports.changed();
  }

  #open(): void {
    this.#send({
      kind: 'open',
      version: chatWireVersion,
      token: this.#token,
      lastSeq: this.#lines.lastSeq,
      locale: this.#ports.locale(),
      form: this.#form,
      page: this.#ports.page(),
    });
  }

  #heard(text: string): void {
    this.#heardAt = this.#ports.clock.monotonic();
    const frame = readFrame(text);
    if (!frame) return;
    try {
      this.#deal(frame);
    } catch {
      // A frame that is not what it says: begin anew from what is certain.
      this.#drop();
    }
    this.#ports.changed();
  }

  #deal(frame: ToVisitor): void {
    switch (frame.kind) {
      case 'opened':
        return this.#opened(frame);
      case 'lines':
        this.#isCatchingUp = false;
        return this.#takeAll(frame.lines);
      case 'line':
        if (frame.line.by === 'agent') this.#stopTyping();
        return this.#take(frame.line);
      case 'written':
        this.#outbox.remove(frame.clientId);
        this.#take(frame.line, frame.clientId);
        if (this.#inFlight !== frame.clientId) return;
        this.#acknowledging?.cancel();
        this.#inFlight = null;
        return this.#pump();
      case 'refused':
        if (this.#inFlight !== frame.clientId) return;
        this.#acknowledging?.cancel();
        // It stays in flight: nothing overtakes what is refused for now.
        return void this.#after(frame.retryAfterMs, () => {
          this.#inFlight = null;
          this.#pump();
        });
      case 'typing':
        this.#stopTyping();
        this.#typing = {
          name: frame.name,
          timer: this.#ports.clock.timer(typingShownMs, () => {
            this.#typing = null;
            this.#ports.changed();
          }),
        };
        return;
      case 'read':
        this.#readByAgent = Math.max(this.#readByAgent, frame.seq);
        return;
      case 'state':
        this.#state = frame.state;
        if (frame.state.state !== 'withAgent') this.#stopTyping();
        return;
      case 'done':
        this.#lastDone = { of: frame.of, ok: frame.ok };
        return;
      case 'beat':
        return;
    }
  }

  #opened({ token, pass, lines, state }: Extract<ToVisitor, { kind: 'opened' }>): void {
    const isAnother = token !== null && this.#token !== null && token !== this.#token;
    const hadLines = this.#lines.lastSeq > 0;
    if (isAnother) this.#forget();
    if (token !== null) {
      this.#token = token;
      this.#ports.kept.write('token', token);
    }
    this.#pass = pass;
    this.#state = state;
    this.#connection = 'open';
    this.#attempts = 0;
    this.#takeAll(lines);
    // It answered with what comes after a line of the former conversation.
    if (isAnother && hadLines) {
      this.#lines.clear();
      this.#catchUp();
    }
    // The form was filled in for this once.
    this.#form = noForm;
    if (this.#readByVisitor > 0) this.#send({ kind: 'read', seq: this.#readByVisitor });
    this.#watchSilence();
    this.#pump();
  }

  /** A long conversation comes in pieces: what looks like one is not the last. */
  #takeAll(lines: readonly ChatLineView[]): void {
    this.#lines.takeAll(lines);
    if (lines.length >= pieceLines) this.#catchUp();
  }

  #take(line: ChatLineView, clientId?: string): void {
    this.#lines.take(line, clientId);
    if (this.#lines.hasGap) this.#catchUp();
  }

  #catchUp(): void {
    if (this.#connection !== 'open' || this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    this.#send({ kind: 'catchUp', lastSeq: this.#lines.lastSeq });
    this.#after(ackLimitMs, () => this.#isCatchingUp && this.#drop());
  }

  /** One line at a time: what is refused now is not overtaken by the next. */
  #pump(): void {
    const next = this.#outbox.lines[0];
    if (this.#connection !== 'open' || this.#inFlight !== null || !next) return;
    this.#inFlight = next.clientId;
    this.#send({ kind: 'write', clientId: next.clientId, text: next.text });
    // A store that thinks longer has not stored it, or its answer is lost: it is told again under the same id.
    this.#acknowledging = this.#after(ackLimitMs, () => this.#drop());
  }

  #ask(frame: Extract<FromVisitor, { kind: 'rate' | 'leave' }>): boolean {
    if (this.#connection !== 'open') return false;
    this.#lastDone = null;
    this.#send(frame);
    return true;
  }

  #send(frame: FromVisitor): void {
    this.#wire?.send(JSON.stringify(frame));
  }

  #watchSilence(): void {
    this.#after(lookEveryMs, () => {
      this.#listenForSilence();
      if (this.#connection === 'open') this.#watchSilence();
    });
  }

  /** A line that says nothing is dead, though nobody has said so. Timers of a tab behind others may come late. */
  #listenForSilence(): void {
    if (this.#ports.clock.monotonic() - this.#heardAt >= silenceMs) this.#drop();
  }

  /** The line is gone; there will be another. */
  #drop(code = 1006): void {
    this.#hangUp();
    if (code === chatCloseCodes.notFor) {
      this.#connection = 'refused';
      return this.#ports.changed();
    }
    this.#connection = 'lost';
    const slowest = code === chatCloseCodes.unreadable || code === chatCloseCodes.tooMuch ? slowestMs * 2 : slowestMs;
    const least = code === chatCloseCodes.unreadable || code === chatCloseCodes.tooMuch ? slowestMs : 0;
    const delayMs = Math.max(least, Math.min(slowest, 500 * 2 ** this.#attempts++)) * (0.5 + this.#ports.random() / 2);
    // While the browser knows that there is no network it says when there is one again; it is not always right.
    this.#reconnect = this.#ports.clock.timer(this.#isOffline ? slowestMs : delayMs, () => this.#connect());
    this.#ports.changed();
  }

  #hangUp(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#reconnect?.cancel();
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
    this.#inFlight = null;
    this.#isCatchingUp = false;
    this.#stopTyping();
  }

  #stopTyping(): void {
    this.#typing?.timer.cancel();
    this.#typing = null;
  }

  /** What belonged to the conversation before. */
  #forget(): void {
    this.#lines.clear();
    this.#state = null;
    this.#readByAgent = 0;
    this.#readByVisitor = 0;
    this.#ports.kept.write('read', null);
  }

  #after(delayMs: number, fire: () => void): { cancel(): void } {
    const timer = this.#ports.clock.timer(delayMs, () => {
      this.#timers.delete(timer);
      fire();
    });
    this.#timers.add(timer);
    return timer;
  }
}
