import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hours, minutes } from '../../../../shared/duration.ts';
import type { Clock, TimerHandle } from '../../../kernel/index.ts';

export const pageCacheLimits = {
  bytes: 256 * 1024 * 1024,
  /** After it was last asked for: what is erased elsewhere is not here much longer. */
  keptMs: hours(1),
  lookEveryMs: minutes(5),
} as const;

interface KeptPage {
  readonly bytes: number;
  lastAskedAt: number;
}

/** Pages that were drawn, as files, the least recently asked for first. Begins empty: what was there before belongs to nobody any more. */
export class PageCache {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #limits: Readonly<Record<keyof typeof pageCacheLimits, number>>;
  readonly #pages = new Map<string, KeptPage>();
  #bytes = 0;
  #emptied: Promise<void> | undefined;
  #timer: TimerHandle | undefined;
  #isStopped = false;

  constructor(folder: string, clock: Clock, limits: Partial<Readonly<Record<keyof typeof pageCacheLimits, number>>> = {}) {
    this.#folder = folder;
    this.#clock = clock;
    this.#limits = { ...pageCacheLimits, ...limits };
  }

  /** Where a page is drawn before it is kept. */
  async placeFor(key: string): Promise<string> {
    this.#emptied ??= rm(this.#folder, { recursive: true, force: true }).then(() => this.#watch());
    await this.#emptied;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return join(this.#folder, `${key}.part`);
  }

  async keep(key: string, bytes: number): Promise<void> {
    await rename(join(this.#folder, `${key}.part`), this.#at(key));
    this.#forget(key);
    this.#pages.set(key, { bytes, lastAskedAt: this.#clock.now() });
    this.#bytes += bytes;
    for (const oldest of [...this.#pages.keys()]) {
      if (this.#bytes <= this.#limits.bytes || oldest === key) break;
      await this.#remove(oldest);
    }
  }

  async open(key: string): Promise<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> } | null> {
    const kept = this.#pages.get(key);
    if (!kept) return null;
    this.#pages.delete(key);
    this.#pages.set(key, kept);
    kept.lastAskedAt = this.#clock.now();
    try {
      // Held open: removed meanwhile, it can still be read to its end.
      const handle = await open(this.#at(key));
      return { bytes: kept.bytes, content: handle.createReadStream() };
    } catch {
      this.#forget(key);
      return null;
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#emptied;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #watch(): void {
    if (this.#isStopped) return;
    this.#timer = this.#clock.timer(this.#limits.lookEveryMs, () => {
      const until = this.#clock.now() - this.#limits.keptMs;
      const old = [...this.#pages].flatMap(([key, { lastAskedAt }]) => (lastAskedAt <= until ? [key] : []));
      void Promise.all(old.map((key) => this.#remove(key))).then(() => this.#watch());
    });
  }

  async #remove(key: string): Promise<void> {
    this.#forget(key);
    await rm(this.#at(key), { force: true });
  }

  #forget(key: string): void {
    this.#bytes -= this.#pages.get(key)?.bytes ?? 0;
    this.#pages.delete(key);
  }

  #at(key: string): string {
    return join(this.#folder, `${key}.png`);
  }
}
