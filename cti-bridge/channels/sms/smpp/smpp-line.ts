import type { Arrivals, LineState, MessageCarrier, OutgoingText, SendOutcome } from '../../../interactions/index.ts';
import type { Clock, Log, TimerHandle } from '../../../kernel/index.ts';
import { writeBind } from './bodies.ts';
import { commands } from './pdu.ts';
import { SmppReceiver } from './receiver.ts';
import { SmppSender } from './sender.ts';
import { type SessionLimits, SmppSession, usualLimits } from './session.ts';
import { status, statusWords } from './status.ts';
import type { Dial } from './wire.ts';

export interface SmppLineOptions {
  readonly lineId: string;
  readonly number: string;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly window: number;
  readonly perSecond: number;
  readonly limits?: Partial<LineLimits>;
}

export interface LineLimits extends SessionLimits {
  readonly bindMs: number;
  readonly unbindMs: number;
  readonly keepMs: number;
  readonly patienceMs: number;
  readonly pauseMs: number;
}

export interface SmppLineParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly arrivals: Arrivals;
  readonly dial: Dial;
  readonly onState: (state: LineState) => void;
  /** From 0 to 1. */
  readonly random: () => number;
}

const usual: LineLimits = { ...usualLimits, bindMs: 8_000, unbindMs: 2_000, keepMs: 20_000, patienceMs: 60_000, pauseMs: 1_000 };

/** Between attempts to connect; each next is twice as long. With a dead connection found and an attempt that fails, less than half a minute. */
const firstRetryMs = 1_000;
const longestRetryMs = 10_000;
/** A password that is wrong does not become right: networks lock accounts that try it often. */
const refusedRetryMs = 60_000;
/** Lived so long, a connection was a good one, and its end is a new trouble. */
const goodMs = 30_000;

const lasting: ReadonlySet<number> = new Set([status.badPassword, status.badSystemId]);

/** A line of text messages over SMPP: connects, binds as transceiver, and again whenever that ends, until it is stopped. */
export class SmppLine implements MessageCarrier<OutgoingText> {
  readonly #options: SmppLineOptions;
  readonly #parts: SmppLineParts;
  readonly #limits: LineLimits;
  readonly #sender: SmppSender;
  readonly #receiver: SmppReceiver;
  #state: LineState;
  #session: SmppSession | null = null;
  #retry: TimerHandle | undefined;
  #attempts = 0;
  #boundAt: number | null = null;
  #isStopped = false;

  constructor(options: SmppLineOptions, parts: SmppLineParts) {
    const { clock, log, arrivals, random } = parts;
    this.#options = options;
    this.#parts = parts;
    this.#limits = { ...usual, ...options.limits };
    const { patienceMs, pauseMs, keepMs } = this.#limits;
    const { number, window, perSecond, lineId } = options;
    const firstReference = Math.floor(random() * 256);
    this.#sender = new SmppSender(clock, { number, window, perSecond, patienceMs, pauseMs, firstReference });
    this.#receiver = new SmppReceiver(clock, log, arrivals, { lineId, keepMs });
    this.#state = { sourceId: lineId, state: 'connecting', why: null, since: clock.now() };
  }

  get state(): LineState {
    return this.#state;
  }

  start(): void {
    if (this.#isStopped || this.#session) return;
    const session: SmppSession = new SmppSession(this.#parts.clock, this.#parts.dial, this.#limits, {
      request: (pdu) => void this.#receiver.take(session, pdu),
      closed: (why) => this.#lost(session, why),
    });
    this.#session = session;
    void this.#bind(session);
  }

  send(message: OutgoingText, signal: AbortSignal): Promise<SendOutcome> {
    return this.#sender.send(message, signal);
  }

  /** Says good-bye. What was on its way is unknown. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#retry?.cancel();
    const session = this.#session;
    if (!session) return;
    this.#sender.detach('the line was stopped');
    if (this.#state.state === 'up') await session.request(commands.unbind, Buffer.alloc(0), this.#limits.unbindMs);
    session.close();
    this.#session = null;
    this.#say('down', 'the line was stopped');
  }

  async #bind(session: SmppSession): Promise<void> {
    if ((await session.opened) === 'gone') return;
    const answer = await session.request(commands.bindTransceiver, writeBind(this.#options), this.#limits.bindMs);
    if (answer.kind === 'gone' || session !== this.#session || this.#isStopped) return;
    if (answer.kind === 'silent') return session.abandon('it does not answer our log-in');
    const { status: code } = answer.pdu;
    if (code !== status.ok) return this.#refused(session, code);
    this.#boundAt = this.#parts.clock.monotonic();
    session.keepAlive();
    this.#say('up', null);
    this.#sender.attach(session);
  }

  #refused(session: SmppSession, code: number): void {
    session.close();
    this.#session = null;
    this.#tryAgain(statusWords(code), lasting.has(code) ? refusedRetryMs : null);
  }

  #lost(session: SmppSession, why: string): void {
    this.#receiver.sessionClosed(session);
    if (session !== this.#session) return;
    this.#session = null;
    this.#sender.detach(why);
    if (this.#boundAt !== null && this.#parts.clock.monotonic() - this.#boundAt >= goodMs) this.#attempts = 0;
    this.#boundAt = null;
    if (!this.#isStopped) this.#tryAgain(why, null);
  }

  #tryAgain(why: string, afterMs: number | null): void {
    this.#say('down', why);
    const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#attempts++, 10));
    const delay = afterMs ?? longest * (0.5 + this.#parts.random() / 2);
    this.#retry = this.#parts.clock.timer(delay, () => this.start());
  }

  #say(state: LineState['state'], why: string | null): void {
    if (this.#state.state === state && this.#state.why === why) return;
    const { clock, log, onState } = this.#parts;
    this.#state = { sourceId: this.#options.lineId, state, why, since: clock.now() };
    log[state === 'down' ? 'warn' : 'info']('sms:line', { line: this.#options.lineId, state, why });
    onState(this.#state);
  }
}
