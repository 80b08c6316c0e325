import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import { programFile } from '../../kernel/index.ts';
import type { CheckpointNews, CheckpointOrder } from './checkpointer.ts';

export const checkpointPages = {
  /** A log of this many (64 MB) starts over before mass work goes on. */
  most: 16_384,
  /** As SQLite does it by itself, while no thread does. */
  byWriter: 1_000,
} as const;
/** Readers that still look at the log as it was are waited for. */
const readersMs = 20;

/**
 * A thread of its own brings the log into the database; the writer only writes the log, and no call waits for the disk to take more than its
 * own pages. Lives as long as the writer, who owns it. If it dies before, the writer does the work.
 *
 * The log starts over with the first write that finds all of it in the database. A pass beside a writer that never rests does not get that far,
 * so a long log makes mass work wait for one more pass; a call's write that comes between goes on, and costs one pass more. A log of twice
 * that, which only calls could write, is for the writer after all.
 */
export class Checkpoints {
  readonly #sqlite: Sqlite.Database;
  readonly #log: string;
  readonly #pages: { readonly most: number; readonly byWriter: number };
  #thread: Worker | undefined;
  #logFile: Promise<FileHandle> | undefined;
  #flushing: Promise<void> | undefined;
  #pagesInLog = 0;
  #catchingUp: Promise<void> | undefined;
  #answer = Promise.withResolvers<CheckpointNews | null>();

  constructor(sqlite: Sqlite.Database, file: string, pages: { readonly most: number; readonly byWriter: number } = checkpointPages) {
    this.#sqlite = sqlite;
    this.#log = `${file}-wal`;
    this.#pages = pages;
    this.#setOwn(pages.byWriter);
    const thread = new Worker(programFile('store/workers/checkpointer'), { workerData: file, resourceLimits: heapLimits });
    this.#thread = thread;
    thread.on('message', (news: CheckpointNews) => {
      if (thread !== this.#thread) return;
      // It works: from now on the writer need not.
      this.#setOwn(2 * pages.most);
      if (news.isAsked) this.#answer.resolve(news);
    });
    // A failure ends the thread, and with it what it did for the writer.
    thread.on('error', () => {});
    thread.once('exit', () => {
      if (thread !== this.#thread) return;
      this.#forget();
      this.#setOwn(pages.byWriter);
    });
  }

  /** After each unit of work of mass work, outside any transaction. */
  measureLog(): void {
    const [answer] = this.#sqlite.pragma('wal_checkpoint(NOOP)') as readonly { log: number }[];
    this.#pagesInLog = answer?.log ?? 0;
  }

  /**
   * What is in the log goes to the disk while the writer does something else: the next commit that has to be there waits for its own pages, and
   * not for those of mass work. A disk that refuses says so to that commit.
   */
  flushed(): Promise<void> {
    this.#flushing ??= this.#flush()
      .catch(() => {})
      .finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Resolves when there is room in the log for more. */
  async room(): Promise<void> {
    if (this.#pagesInLog >= this.#pages.most) await this.#caughtUp();
  }

  /** Before the database is closed. */
  async stop(): Promise<void> {
    const thread = this.#forget();
    await thread?.terminate();
    await this.#flushing;
    await (await this.#logFile)?.close();
  }

  async #flush(): Promise<void> {
    this.#logFile ??= open(this.#log, 'r');
    await (await this.#logFile).datasync();
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
