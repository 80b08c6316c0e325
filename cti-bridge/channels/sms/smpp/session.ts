import type { Clock, TimerHandle } from '../../../kernel/index.ts';
import { answerTo, commands, isAnswer, type Pdu, PduFramer, writePdu } from './pdu.ts';
import { status } from './status.ts';
import type { Dial, Wire } from './wire.ts';

export interface SessionLimits {
  /** Until the connection is there. */
  readonly openMs: number;
  /** Until a request of ours is answered. */
  readonly answerMs: number;
  /** How often the other side is asked whether it is there. */
  readonly enquireEveryMs: number;
  /** Until it says so: a connection that is dead on one side says nothing (half open). */
  readonly enquireAnswerMs: number;
}

/** Dead ones are found within 15 s, so that a line is back within 30. */
export const usualLimits: SessionLimits = { openMs: 8_000, answerMs: 30_000, enquireEveryMs: 10_000, enquireAnswerMs: 5_000 };

/** What became of a request. `silent`: not answered in time, which says nothing of whether it was done; nor does `gone`. */
export type Answer = { readonly kind: 'answered'; readonly pdu: Pdu } | { readonly kind: 'silent' } | { readonly kind: 'gone' };

interface Waiting {
  readonly command: number;
  /** How many answers of ours had left before it. */
  readonly answersBefore: number;
  readonly resolve: (answer: Answer) => void;
  readonly timer: TimerHandle;
}

export interface SessionEvents {
  /** A request that is no enquire_link and no unbind; it must be answered with `answer`. */
  request(pdu: Pdu): void;
  /** Once. Not when we closed it. */
  closed(why: string): void;
}

/**
 * One connection with SMPP on it, until it ends. It pairs requests with their answers, answers enquire_link by itself, and closes what is
 * dead or speaks something else.
 */
export class SmppSession {
  readonly #clock: Clock;
  readonly #limits: SessionLimits;
  readonly #events: SessionEvents;
  readonly #wire: Wire;
  readonly #framer = new PduFramer();
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened = Promise.withResolvers<'opened' | 'gone'>();
  readonly #openLimit: TimerHandle;
  #enquiry: TimerHandle | undefined;
  #sequence = 0;
  #answers = 0;
  #proven = 0;
  #isOver = false;

  constructor(clock: Clock, dial: Dial, limits: SessionLimits, events: SessionEvents) {
    this.#clock = clock;
    this.#limits = limits;
    this.#events = events;
    this.#openLimit = clock.timer(limits.openMs, () => this.abandon('nobody answered the connection'));
    this.#wire = dial({
      opened: () => this.#onOpened(),
      bytes: (chunk) => this.#onBytes(chunk),
      closed: (why) => this.abandon(why),
    });
  }

  get opened(): Promise<'opened' | 'gone'> {
    return this.#opened.promise;
  }

  /** How many answers of ours the other side has had for sure: it has answered what we asked after them. */
  get provenAnswers(): number {
    return this.#proven;
  }

  /** Never rejects. */
  request(command: number, body: Buffer, limitMs = this.#limits.answerMs): Promise<Answer> {
    if (this.#isOver) return Promise.resolve({ kind: 'gone' });
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#sequence = this.#sequence >= 0x7fff_ffff ? 1 : this.#sequence + 1;
    const sequence = this.#sequence;
    const timer = this.#clock.timer(limitMs, () => {
      this.#waiting.delete(sequence);
      resolve({ kind: 'silent' });
    });
    this.#waiting.set(sequence, { command, answersBefore: this.#answers, resolve, timer });
    this.#wire.write(writePdu({ command, status: status.ok, sequence, body }));
    return promise;
  }

  /** Returns the number of this answer, counted from 1; 0: it could not leave any more. */
  answer({ command, sequence }: Pdu, code: number, body: Buffer = Buffer.alloc(0)): number {
    if (this.#isOver) return 0;
    this.#wire.write(writePdu({ command: answerTo(command), status: code, sequence, body }));
    return ++this.#answers;
  }

  /** At once. What waits for an answer gets none. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#openLimit.cancel();
    this.#enquiry?.cancel();
    this.#wire.close();
    this.#opened.resolve('gone');
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { resolve, timer } of waiting) {
      timer.cancel();
      resolve({ kind: 'gone' });
    }
  }

  /** As if the other side had closed it. */
  abandon(why: string): void {
    if (this.#isOver) return;
    this.close();
    this.#events.closed(why);
  }

  #onOpened(): void {
    if (this.#isOver) return;
    this.#openLimit.cancel();
    this.#opened.resolve('opened');
  }

  /** From when it may be asked whether it is there: before a bind networks answer nothing else. */
  keepAlive(): void {
    this.#enquiry = this.#clock.timer(this.#limits.enquireEveryMs, () => {
      void this.request(commands.enquireLink, Buffer.alloc(0), this.#limits.enquireAnswerMs).then(({ kind }) => {
        if (kind === 'silent') this.abandon('it no longer answers');
        else if (!this.#isOver) this.keepAlive();
      });
    });
  }

  #onBytes(chunk: Uint8Array): void {
    if (this.#isOver) return;
    const { pdus, broken } = this.#framer.push(chunk);
    for (const pdu of pdus) {
      if (this.#isOver) return;
      if (isAnswer(pdu.command)) this.#onAnswer(pdu);
      else this.#onRequest(pdu);
    }
    if (broken !== null) this.abandon(`it sent something that is no SMPP (${broken})`);
  }

  #onAnswer(pdu: Pdu): void {
    const waiting = this.#waiting.get(pdu.sequence);
    if (!waiting || (pdu.command !== answerTo(waiting.command) && pdu.command !== commands.genericNack)) return;
    this.#waiting.delete(pdu.sequence);
    waiting.timer.cancel();
    this.#proven = Math.max(this.#proven, waiting.answersBefore);
    waiting.resolve({ kind: 'answered', pdu });
  }

  #onRequest(pdu: Pdu): void {
    if (pdu.command === commands.enquireLink) this.answer(pdu, status.ok);
    else if (pdu.command === commands.unbind) {
      this.answer(pdu, status.ok);
      this.abandon('it ended the connection');
    } else this.#events.request(pdu);
  }

  /** To what we do not know, §4.3. */
  refuse({ sequence }: Pdu, code: number): void {
    if (!this.#isOver) this.#wire.write(writePdu({ command: commands.genericNack, status: code, sequence, body: Buffer.alloc(0) }));
  }
}
