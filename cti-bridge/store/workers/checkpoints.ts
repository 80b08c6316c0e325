import { setTimeout as rest } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import { programFile } from '../../kernel/index.ts';
import type { CheckpointNews, CheckpointOrder } from './checkpointer.ts';

export const checkpointPages = {
  /** A log of this many (64 MB) starts over before mass work goes on. */
  most: 16_384,
  /** Where the writer must do it itself while mass work goes on: seldom, and with that much more at a time (16 MB). */
  byWriter: 4_000,
} as const;
/** Readers that still look at the log as it was are waited for. */
const readersMs = 20;

/**
 * While mass work goes on, a thread of its own brings the log into the database; the writer only writes the log. Owned by the writer: begins
 * with the first door, ends with the last, and dies with the writer. If it dies before, the writer does the work again.
 *
 * The log starts over with the first write that finds all of it in the database. A pass beside a writer never gets that far, so a long log
 * makes mass work wait for one more pass; a call's write that comes between goes on, and costs one pass more.
 */
export class Checkpoints {
  readonly #sqlite: Sqlite.Database;
  readonly #file: string;
  readonly #pages: { readonly most: number; readonly byWriter: number };
  readonly #pagesBefore: number;
  #thread: Worker | undefined;
  #users = 0;
  #pagesInLog = 0;
  #catchingUp: Promise<void> | undefined;
  #answer = Promise.withResolvers<CheckpointNews | null>();

  constructor(sqlite: Sqlite.Database, file: string, pages: { readonly most: number; readonly byWriter: number } = checkpointPages) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#pages = pages;
    this.#pagesBefore = Number(sqlite.pragma('wal_autocheckpoint', { simple: true }));
  }

  begin(): void {
    this.#users++;
    if (this.#thread) return;
    this.#setOwn(this.#pages.byWriter);
    const thread = new Worker(programFile('store/workers/checkpointer'), { workerData: this.#file, resourceLimits: heapLimits });
    this.#thread = thread;
    thread.on('message', (news: CheckpointNews) => {
      if (thread !== this.#thread) return;
      // It works: from now on the writer need not.
      this.#setOwn(0);
      if (news.isAsked) this.#answer.resolve(news);
    });
    // A failure ends the thread, and with it what it did for the writer.
    thread.on('error', () => {});
    thread.once('exit', () => {
      if (thread !== this.#thread) return;
      this.#thread = undefined;
      this.#setOwn(this.#users > 0 ? this.#pages.byWriter : this.#pagesBefore);
      this.#answer.resolve(null);
    });
  }

  /** Resolves when the log is in the database, and the writer on its own again: before, the next call's write would bring all of it there. */
  async end(): Promise<void> {
    if (--this.#users > 0) return;
    await this.#caughtUp();
    this.#endThread();
  }

  /** After each unit of work of mass work, outside any transaction. */
  measureLog(): void {
    const [answer] = this.#sqlite.pragma('wal_checkpoint(NOOP)') as readonly { log: number }[];
    this.#pagesInLog = answer?.log ?? 0;
  }

  /** Resolves when there is room in the log for more. */
  async room(): Promise<void> {
    if (this.#pagesInLog >= this.#pages.most) await this.#caughtUp();
  }

  /** Before the database is closed. */
  async stop(): Promise<void> {
    const thread = this.#forget();
    await thread?.terminate();
  }

  #caughtUp(): Promise<void> {
    this.#catchingUp ??= this.#catchUp().finally(() => (this.#catchingUp = undefined));
    return this.#catchingUp;
  }

  async #catchUp(): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const thread = this.#thread;
      if (!thread) return;
      if (!isFirst) await rest(readersMs);
      this.#answer = Promise.withResolvers();
      thread.postMessage('pass' satisfies CheckpointOrder);
      const news = await this.#answer.promise;
      if (news === null) return;
      // The next write starts it over.
      if (!news.isBusy && news.inDatabase >= news.inLog) return;
    }
  }

  #endThread(): void {
    if (this.#users > 0) return;
    this.#setOwn(this.#pagesBefore);
    this.#forget()?.postMessage('stop' satisfies CheckpointOrder);
  }

  #forget(): Worker | undefined {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#answer.resolve(null);
    return thread;
  }

  #setOwn(pages: number): void {
    if (this.#sqlite.open) this.#sqlite.pragma(`wal_autocheckpoint = ${pages}`);
  }
}

/** It makes next to no garbage. */
const heapLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 };
