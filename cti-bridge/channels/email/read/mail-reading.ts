import { access, open } from 'node:fs/promises';
import type { MailRead, MailReader, MailUnreadable } from '../../../interactions/index.ts';
import { type Clock, LimitedProcess, type Log } from '../../../kernel/index.ts';
import { mailLimits } from './mail-limits.ts';
import { unreadableText } from './unreadable-text.ts';
import type { ReadOrder, ReadReport } from './worker-messages.ts';

type ReadingProcess = LimitedProcess<ReadOrder, ReadReport>;

const program = 'channels/email/read/mail-worker';

export interface MailReadingParts {
  readonly clock: Clock;
  readonly log: Log;
  /** How many mails are read at once, each by a process of its own. */
  readonly processes?: number;
  /** From the moment it is begun. */
  readonly perMailMs?: number;
  /** Of a process, with everything that it holds. */
  readonly memoryBytes?: number;
}

interface Waiting {
  readonly rawFile: string;
  readonly filesInto: string;
  readonly signal: AbortSignal;
  resolve(outcome: MailRead): void;
}

/** The mails that wait to be read, in their order, and the processes that read them; a process is started when there is something to read. */
export class MailReading implements MailReader {
  readonly #log: Log;
  readonly #waiting: Waiting[] = [];
  readonly #idle: ReadingProcess[];
  readonly #all: readonly ReadingProcess[];
  #isStopped = false;

  constructor({ clock, log, processes = 1, perMailMs = 20_000, memoryBytes = 512 * 1024 * 1024 }: MailReadingParts) {
    this.#log = log;
    this.#all = Array.from({ length: processes }, () => new LimitedProcess({ program, clock, log, limitMs: perMailMs, memoryBytes }));
    this.#idle = [...this.#all];
  }

  /** How many wait, for whoever brings more. */
  get waiting(): number {
    return this.#waiting.length;
  }

  read(rawFile: string, filesInto: string, signal: AbortSignal): Promise<MailRead> {
    if (this.#isStopped) return Promise.resolve(notNow);
    const { promise, resolve } = Promise.withResolvers<MailRead>();
    this.#waiting.push({ rawFile, filesInto, signal, resolve });
    this.#next();
    return promise;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#all.map((each) => each.stop()));
    for (const { resolve } of this.#waiting.splice(0)) resolve(notNow);
  }

  #next(): void {
    if (this.#isStopped) return;
    const reader = this.#idle.pop();
    const waiting = reader && this.#waiting.shift();
    if (waiting) {
      void this.#perform(reader, waiting).then((outcome) => {
        this.#idle.push(reader);
        waiting.resolve(outcome);
        this.#next();
      });
    } else if (reader) this.#idle.push(reader);
  }

  async #perform(reader: ReadingProcess, { rawFile, filesInto, signal }: Waiting): Promise<MailRead> {
    if (signal.aborted) return notNow;
    const performed = await reader.perform({ rawFile, filesInto }, signal);
    let why: MailUnreadable;
    if (!performed.ok) {
      if (performed.why === 'stopped') return notNow;
      why = performed.why;
    } else if (performed.report.report === 'read') return { ok: true, mail: performed.report.mail };
    else if (performed.report.report === 'unreadable') why = performed.report.why;
    else {
      const { code } = performed.report;
      this.#log.error('mail:notRead', { code });
      // Bytes that are no longer there will not come back, everything else that a disk says may pass.
      if (code !== 'ENOENT' || (await isThere(rawFile))) return notNow;
      why = 'broken';
    }
    return { ok: false, why, text: await this.#beginningOf(rawFile) };
  }

  async #beginningOf(rawFile: string): Promise<string> {
    try {
      await using file = await open(rawFile);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mailLimits.unreadableTextBytes), 0, mailLimits.unreadableTextBytes, 0);
      return unreadableText(buffer.subarray(0, bytesRead));
    } catch (error) {
      this.#log.error('mail:rawGone', { code: (error as NodeJS.ErrnoException).code ?? null });
      return '';
    }
  }
}

const notNow = { ok: false, why: 'notNow' } as const satisfies MailRead;

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
