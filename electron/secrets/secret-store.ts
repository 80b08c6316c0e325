import { readFileSync, rmSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import * as z from 'zod/mini';
import type { SecretName } from '../../shared/contracts/desktop-safety.ts';
import type { Report } from '../electron-api.ts';
import { writeWhole } from '../settings/index.ts';

export interface SecretStoreOptions {
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
  readonly report: Report;
  /** Epoch ms. */
  readonly now?: () => number;
}

const fileSchema = z.record(z.string(), z.object({ sealed: z.string(), writtenAt: z.number() }));
type Entries = z.infer<typeof fileSchema>;

/** How long what was written counts. A shift is over after twelve hours, and so is what a crash may go on with. */
const lifetimesMs: Readonly<Record<SecretName, number>> = { texts: Number.POSITIVE_INFINITY, session: 12 * 3_600_000 };

/** Never rejects: a secret that cannot be kept is one that is asked for again. One thing at a time, so that no write undoes another. */
export class SecretStore {
  readonly #path: string;
  readonly #options: SecretStoreOptions;
  #last: Promise<unknown> = Promise.resolve();
  #isTold = false;

  constructor(path: string, options: SecretStoreOptions) {
    this.#path = path;
    this.#options = options;
  }

  read(name: SecretName): Promise<string | null> {
    return this.#inTurn(async () => {
      const entry = this.#entries()[name];
      if (entry === undefined || !(await this.#isUsable())) return null;
      const age = this.#now() - entry.writtenAt;
      // From the future: the clock was set back, and how old it is cannot be known.
      if (age >= 0 && age < lifetimesMs[name]) {
        try {
          const { result } = await this.#options.safeStorage.decryptStringAsync(Buffer.from(entry.sealed, 'base64'));
          return result;
        } catch {
          this.#options.report('secret:not-opened', { name });
        }
      }
      this.#drop(name);
      return null;
    });
  }

  /** False when it is not kept, and lives in the page alone. */
  write(name: SecretName, value: string): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await this.#isUsable())) return false;
      try {
        const sealed = (await this.#options.safeStorage.encryptStringAsync(value)).toString('base64');
        return this.#replace({ ...this.#entries(), [name]: { sealed, writtenAt: this.#now() } });
      } catch (error) {
        this.#options.report('secret:not-sealed', { name, why: error instanceof Error ? error.name : 'unknown' });
        return false;
      }
    });
  }

  forget(name: SecretName): Promise<void> {
    return this.#inTurn(async () => this.#drop(name));
  }

  /** At once: the program ends. */
  forgetNow(name: SecretName): void {
    this.#drop(name);
  }

  #inTurn<Value>(deed: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(deed);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #drop(name: SecretName): void {
    const { [name]: gone, ...rest } = this.#entries();
    if (gone !== undefined) this.#replace(rest);
  }

  /** On Linux without a key store Electron "encrypts" with a password that is written in its source: as good as in clear, and so refused. */
  async #isUsable(): Promise<boolean> {
    const { safeStorage, platform, report } = this.#options;
    const isAvailable = await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
    const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
    const isUsable = isAvailable && backend !== 'basic_text' && backend !== 'unknown';
    if (!isUsable && !this.#isTold) {
      this.#isTold = true;
      report('secret:no-key-store', { backend });
    }
    return isUsable;
  }

  #entries(): Entries {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#options.report('secret:file-damaged', {});
      return {};
    }
  }

  #replace(entries: Entries): boolean {
    try {
      if (Object.keys(entries).length === 0) rmSync(this.#path, { force: true });
      else writeWhole(this.#path, JSON.stringify(entries));
      return true;
    } catch (error) {
      this.#options.report('secret:not-written', { why: (error as NodeJS.ErrnoException).code ?? 'unknown' });
      return false;
    }
  }
}
