import type { OutgoingMail } from '../../../interactions/index.ts';
import type { Clock, Log, Result, TimerHandle } from '../../../kernel/index.ts';
import type { LineTrouble } from '../line-trouble.ts';
import { openFiles } from '../smtp/opened-files.ts';
import { writeMail } from '../smtp/write-mail.ts';

/** The folder in which a mailbox keeps what was sent from it. */
export interface SentFolder {
  /** One more mail, read already; null where it is there now. Never rejects. */
  append(content: Buffer, at: number, signal: AbortSignal): Promise<LineTrouble | null>;
}

export interface SentCopiesParts {
  readonly mailboxId: string;
  /** As it is set up now; asked anew for each mail. An error is why it cannot be reached, in plain words. */
  readonly folder: () => Result<SentFolder, string>;
  readonly clock: Clock;
  readonly log: Log;
  /** What does not work, in plain words; null: it does, or has not been tried. */
  readonly note: (why: string | null) => void;
}

/** More than these are not waited for: a copy is a comfort, what was sent is on the record. */
const mostWaiting = 200;
const pausesMs = [60_000, 10 * 60_000, 60 * 60_000];
const fileLimitMs = 30_000;

/**
 * Lays a copy of each mail that was taken into the mailbox, where colleagues look who use another program. After the sending and apart from it: what
 * fails here is told to the administrator, tried again a few times, and then left. What waits is in memory alone: a stop gives it up, and the log
 * says so.
 */
export class SentCopies {
  readonly #parts: SentCopiesParts;
  readonly #stop = new AbortController();
  readonly #waiting: { readonly mail: OutgoingMail; readonly at: number }[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: SentCopiesParts) {
    this.#parts = parts;
  }

  start(): void {}

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    const { mailboxId, log } = this.#parts;
    if (this.#waiting.length > 0) log.warn('mail:copiesGivenUp', { mailbox: mailboxId, count: this.#waiting.length });
    this.#waiting.length = 0;
    this.#parts.note(null);
  }

  keep(mail: OutgoingMail, at: number): void {
    if (this.#stop.signal.aborted) return;
    if (this.#waiting.length >= mostWaiting) return this.#parts.log.warn('mail:noCopy', { messageId: mail.messageId });
    this.#waiting.push({ mail, at });
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      for (const pause of [...pausesMs, null]) {
        const trouble = await this.#copy(next.mail, next.at).catch((error: unknown) => String(error));
        if (this.#stop.signal.aborted) return;
        this.#parts.note(trouble);
        if (trouble === null) break;
        this.#parts.log.warn('mail:notCopied', { messageId: next.mail.messageId, why: trouble, willTryAgain: pause !== null });
        if (pause === null) break;
        await this.#pause(pause);
        if (this.#stop.signal.aborted) return;
      }
      this.#waiting.shift();
    }
  }

  /** Null, or why there is none. */
  async #copy(mail: OutgoingMail, at: number): Promise<string | null> {
    const folder = this.#parts.folder();
    if (!folder.ok) return folder.error;
    const files = await openFiles(mail.files, this.#parts.clock, fileLimitMs);
    try {
      const written = writeMail(mail, files.opened, at);
      if (!written.ok) return written.error;
      const chunks: Buffer[] = [];
      for await (const chunk of written.value.content()) chunks.push(chunk as Buffer);
      return (await folder.value.append(Buffer.concat(chunks), at, this.#stop.signal))?.why ?? null;
    } finally {
      files.close();
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      let timer: TimerHandle | undefined;
      const over = () => {
        timer?.cancel();
        signal.removeEventListener('abort', over);
        resolve();
      };
      timer = this.#parts.clock.timer(ms, over);
      signal.addEventListener('abort', over, { once: true });
    });
  }
}
