/** One thing that happened, in words a failing test can print. */
export interface Noted {
  /** Milliseconds since the journal was opened. */
  readonly atMs: number;
  readonly what: string;
}

/** A wait that ran out. The message says what was waited for and everything that happened instead. */
export class WaitError extends Error {}

interface Waiting {
  readonly matches: (what: string) => boolean;
  readonly resolve: (noted: Noted) => void;
  readonly reject: (error: Error) => void;
  readonly wanted: string;
}

/**
 * What happened so far, and waits for what should happen next. What already happened counts, so that a test cannot miss an event by
 * looking a moment late; pass `after` to wait for something new.
 */
export class Journal {
  readonly name: string;
  readonly #openedAt = performance.now();
  readonly #notes: Noted[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #listeners = new Set<(noted: Noted) => void>();
  #closedWhy: string | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get notes(): readonly Noted[] {
    return this.#notes;
  }

  /** How many notes there are: the `after` of a later wait. */
  get length(): number {
    return this.#notes.length;
  }

  note(what: string): void {
    const noted = { atMs: performance.now() - this.#openedAt, what };
    this.#notes.push(noted);
    for (const waiting of [...this.#waiting]) {
      if (waiting.matches(what)) this.#settle(waiting, () => waiting.resolve(noted));
    }
    for (const listener of [...this.#listeners]) listener(noted);
  }

  /** Follows the journal as it is written. Returns the function that stops. */
  onNote(listener: (noted: Noted) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  has(wanted: string | RegExp): boolean {
    return this.#notes.some((noted) => matcherOf(wanted)(noted.what));
  }

  count(wanted: string | RegExp): number {
    return this.#notes.filter((noted) => matcherOf(wanted)(noted.what)).length;
  }

  /** Resolves with the first matching note; a string matches its beginning. Rejects after `limitMs`, or when the journal is closed. */
  wait(wanted: string | RegExp, limitMs: number, after = 0): Promise<Noted> {
    const matches = matcherOf(wanted);
    const past = this.#notes.slice(after).find((noted) => matches(noted.what));
    if (past) return Promise.resolve(past);
    return new Promise<Noted>((resolve, reject) => {
      const name = typeof wanted === 'string' ? `"${wanted}"` : String(wanted);
      if (this.#closedWhy !== undefined) return reject(this.#error(`${name} can not come any more (${this.#closedWhy})`));
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(this.#error(`waited ${limitMs} ms for ${name}`));
      }, limitMs);
      const waiting: Waiting = {
        matches,
        wanted: name,
        resolve: (noted) => {
          clearTimeout(timer);
          resolve(noted);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiting.add(waiting);
    });
  }

  /** Nothing more will happen: waits end now instead of running out. */
  close(why: string): void {
    this.#closedWhy ??= why;
    for (const waiting of [...this.#waiting]) {
      this.#settle(waiting, () => waiting.reject(this.#error(`${waiting.wanted} can not come any more (${why})`)));
    }
  }

  toString(): string {
    if (this.#notes.length === 0) return '  (nothing)';
    return this.#notes.map((noted) => `  ${(noted.atMs / 1000).toFixed(3).padStart(8)} s  ${noted.what}`).join('\n');
  }

  #settle(waiting: Waiting, how: () => void): void {
    this.#waiting.delete(waiting);
    how();
  }

  #error(problem: string): WaitError {
    return new WaitError(`${this.name}: ${problem}. So far:\n${this.toString()}`);
  }
}

function matcherOf(wanted: string | RegExp): (what: string) => boolean {
  return typeof wanted === 'string' ? (what) => what.startsWith(wanted) : (what) => wanted.test(what);
}
