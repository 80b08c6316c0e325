import { mostSmsParts } from '../../../../shared/sms-segments.ts';
import type { OutgoingText, SendOutcome } from '../../../interactions/index.ts';
import type { Clock, TimerHandle } from '../../../kernel/index.ts';
import { npi, readOneText, type SmppAddress, ton, writeShortMessage } from './bodies.ts';
import { Pace } from './pace.ts';
import { commands } from './pdu.ts';
import type { Answer, SmppSession } from './session.ts';
import { type OutgoingPart, writeParts } from './short-text.ts';
import { meaningOf, status, statusWords } from './status.ts';

export interface SenderOptions {
  /** Our number, as customers see it. */
  readonly number: string;
  /** How many may be on their way unanswered, and how many may go in a second. */
  readonly window: number;
  readonly perSecond: number;
  /** How long a message waits for its turn, or for a network that has its hands full. */
  readonly patienceMs: number;
  /** The first pause when a network has its hands full; each next is twice as long, up to half a minute. */
  readonly pauseMs: number;
  /** From 0 to 255: where the references of long messages begin, so that they differ after a restart. */
  readonly firstReference: number;
}

/** What waits here is in nobody's outbox. */
const mostWaiting = 1_000;
const longestPauseMs = 30_000;
const laterMs = 5_000;

type Trouble =
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'notNow'; readonly why: string; readonly retryAfterMs: number | null };

/** A message on its way, in one part or several. */
interface Ongoing {
  readonly providerIds: string[];
  waiting: number;
  inFlight: number;
  /** The first thing that went wrong; what has not left by then stays. */
  trouble: Trouble | null;
  /** Its patience is over. */
  isLate: boolean;
  isOver: boolean;
  readonly finish: (outcome: SendOutcome) => void;
}

interface Job {
  readonly order: number;
  readonly message: Ongoing;
  readonly body: Buffer;
}

/**
 * Sends messages over whatever session there is: no more on their way than the window, no faster than agreed, in the order given. A part
 * that the network has no room for goes again; one that got no answer never does.
 */
export class SmppSender {
  readonly #clock: Clock;
  readonly #options: SenderOptions;
  readonly #pace: Pace;
  readonly #source: SmppAddress;
  readonly #waiting: Job[] = [];
  readonly #ongoing = new Set<Ongoing>();
  #session: SmppSession | null = null;
  #inFlight = 0;
  #order = 0;
  #reference: number;
  #pauseMs = 0;
  #pausedUntil = 0;
  #wake: TimerHandle | undefined;

  constructor(clock: Clock, options: SenderOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#pace = new Pace(clock, options.perSecond);
    this.#source = addressOf(options.number);
    this.#reference = options.firstReference;
  }

  attach(session: SmppSession): void {
    this.#session = session;
    this.#inFlight = 0;
    this.#pump();
  }

  /** Nothing more leaves. What is on its way is answered by its session. */
  detach(why: string): void {
    this.#session = null;
    this.#wake?.cancel();
    for (const message of [...this.#ongoing]) this.#stopMessage(message, { kind: 'notNow', why, retryAfterMs: null });
  }

  /** Never rejects. */
  send(text: OutgoingText, signal: AbortSignal): Promise<SendOutcome> {
    if (!this.#session) return Promise.resolve({ kind: 'notNow', why: 'the line is down', retryAfterMs: laterMs });
    if (signal.aborted) return Promise.resolve({ kind: 'notNow', why: 'stopped', retryAfterMs: null });
    const parts = writeParts(text.text, this.#reference);
    if (parts.length === 0) return Promise.resolve({ kind: 'refused', why: 'there is nothing in it' });
    if (parts.length > mostSmsParts) return Promise.resolve({ kind: 'refused', why: 'it is too long' });
    if (this.#waiting.length + parts.length > mostWaiting)
      return Promise.resolve({ kind: 'notNow', why: 'too many are waiting', retryAfterMs: laterMs });
    if (parts.length > 1) this.#reference = (this.#reference + 1) & 0xff;
    return this.#enqueue(parts, addressOf(text.to), signal);
  }

  #enqueue(parts: readonly OutgoingPart[], destination: SmppAddress, signal: AbortSignal): Promise<SendOutcome> {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    const message: Ongoing = {
      providerIds: [],
      waiting: parts.length,
      inFlight: 0,
      trouble: null,
      isLate: false,
      isOver: false,
      finish: (outcome) => {
        message.isOver = true;
        this.#ongoing.delete(message);
        patience.cancel();
        signal.removeEventListener('abort', aborted);
        resolve(outcome);
      },
    };
    const aborted = () => {
      this.#stopMessage(message, { kind: 'notNow', why: 'stopped', retryAfterMs: null });
      if (!message.isOver) message.finish(outcomeOf(message));
    };
    const patience = this.#clock.timer(this.#options.patienceMs, () => {
      message.isLate = true;
      if (message.waiting > 0) this.#stopMessage(message, this.#handsFull());
    });
    signal.addEventListener('abort', aborted, { once: true });
    this.#ongoing.add(message);
    for (const { esmClass, dataCoding, bytes } of parts) {
      const fields = { source: this.#source, destination, esmClass, registeredDelivery: 1, dataCoding, bytes, tlvs: new Map() };
      this.#waiting.push({ order: this.#order++, message, body: writeShortMessage(fields) });
    }
    this.#pump();
    return promise;
  }

  #pump(): void {
    this.#wake?.cancel();
    while (this.#session && this.#waiting.length > 0 && this.#inFlight < this.#options.window) {
      const pause = this.#pausedUntil - this.#clock.monotonic();
      const wait = pause > 0 ? pause : this.#pace.take();
      if (wait > 0) {
        this.#wake = this.#clock.timer(wait, () => this.#pump());
        return;
      }
      const job = this.#waiting.shift();
      if (job) void this.#submit(job, this.#session);
    }
  }

  async #submit(job: Job, session: SmppSession): Promise<void> {
    const { message } = job;
    message.waiting--;
    message.inFlight++;
    this.#inFlight++;
    const answer = await session.request(commands.submit, job.body);
    message.inFlight--;
    if (session === this.#session) this.#inFlight--;
    if (!message.isOver) this.#onAnswer(job, answer);
    else if (answer.kind === 'answered') this.#mindPace(answer.pdu.status);
    this.#pump();
  }

  #onAnswer(job: Job, answer: Answer): void {
    const { message } = job;
    if (answer.kind !== 'answered') {
      const why = answer.kind === 'silent' ? 'the network did not answer' : 'the connection broke before the network answered';
      return this.#stopMessage(message, { kind: 'unknown', why });
    }
    const { status: code, body } = answer.pdu;
    this.#mindPace(code);
    const why = statusWords(code);
    switch (meaningOf(code)) {
      case 'ok': {
        const id = readOneText(body);
        // Without a name its receipt will find nothing; it was taken all the same.
        if (id) message.providerIds.push(id);
        return this.#settle(message);
      }
      case 'tooFast':
        if (!this.#session || message.trouble || message.isLate) return this.#stopMessage(message, this.#handsFull());
        message.waiting++;
        return this.#putBack(job);
      case 'later':
        this.#stopMessage(message, { kind: 'notNow', why, retryAfterMs: laterMs });
        if (code === status.notBound) this.#session?.abandon(why);
        return;
      case 'never':
        return this.#stopMessage(message, { kind: 'refused', why });
    }
  }

  /** A network that has its hands full is left alone for a while, longer each time; one that takes something is not. */
  #mindPace(code: number): void {
    const meaning = meaningOf(code);
    const now = this.#clock.monotonic();
    if (meaning === 'ok') this.#pauseMs = now < this.#pausedUntil ? this.#pauseMs : 0;
    if (meaning !== 'tooFast' || now < this.#pausedUntil) return;
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs === 0 ? this.#options.pauseMs : this.#pauseMs * 2);
    this.#pausedUntil = now + this.#pauseMs;
  }

  #handsFull(): Trouble {
    return { kind: 'notNow', why: 'the network has its hands full', retryAfterMs: this.#pauseMs || laterMs };
  }

  #putBack(job: Job): void {
    const at = this.#waiting.findIndex(({ order }) => order > job.order);
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, job);
  }

  /** Nothing more of it leaves. */
  #stopMessage(message: Ongoing, trouble: Trouble): void {
    if (message.isOver) return;
    // What may have left weighs more than what did not.
    if (message.trouble === null || trouble.kind === 'unknown') message.trouble = trouble;
    for (let at = this.#waiting.length - 1; at >= 0; at--) if (this.#waiting[at]?.message === message) this.#waiting.splice(at, 1);
    message.waiting = 0;
    this.#settle(message);
  }

  #settle(message: Ongoing): void {
    if (!message.isOver && message.waiting === 0 && message.inFlight === 0) message.finish(outcomeOf(message));
  }
}

function outcomeOf({ providerIds, trouble, inFlight }: Ongoing): SendOutcome {
  if (!trouble) return { kind: 'taken', providerIds };
  const why = providerIds.length > 0 ? `only a part of it was taken: ${trouble.why}` : trouble.why;
  return trouble.kind === 'unknown' || providerIds.length > 0 || inFlight > 0 ? { kind: 'unknown', why, providerIds } : trouble;
}

/** As networks want them: digits with their kind beside them; a word as a sender is a kind of its own (§5.2.5). */
function addressOf(written: string): SmppAddress {
  const number = written.replace(/[\s()-]/g, '');
  if (/^\+\d+$/.test(number)) return { ton: ton.international, npi: npi.isdn, address: number.slice(1) };
  if (/^\d{1,8}$/.test(number)) return { ton: ton.networkSpecific, npi: npi.unknown, address: number };
  if (/^\d+$/.test(number)) return { ton: ton.unknown, npi: npi.isdn, address: number };
  return { ton: ton.alphanumeric, npi: npi.unknown, address: written };
}
