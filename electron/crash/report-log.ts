import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../electron-api.ts';
import { withoutSecrets } from './without-secrets.ts';

const fileName = 'desktop.jsonl';
const longestFile = 256 * 1024;
const files = 20;

/**
 * One JSON line per trouble. The newest lie in `desktop.jsonl`; a full file becomes `desktop.1.jsonl`, and of the older ones 19 are kept. Written at once,
 * because the next moment may not come; never throws, because what cannot be written down must not make it worse.
 */
export class ReportLog {
  readonly #folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  readonly write: Report = (event, facts = {}) => {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#makeRoom();
      const line = { at: new Date(this.#now()).toISOString(), event, ...withoutSecrets(facts) };
      appendFileSync(join(this.#folder, fileName), `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // A full or missing disk; the line is on the terminal as well.
    }
  };

  #makeRoom(): void {
    const current = join(this.#folder, fileName);
    const size = statSync(current, { throwIfNoEntry: false })?.size ?? 0;
    if (size < longestFile) return;
    const numbers = readdirSync(this.#folder)
      .map((name) => Number(/^desktop\.(\d+)\.jsonl$/.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
      .sort((a, b) => b - a);
    for (const number of numbers) {
      const file = join(this.#folder, `desktop.${number}.jsonl`);
      if (number >= files - 1) rmSync(file);
      else renameSync(file, join(this.#folder, `desktop.${number + 1}.jsonl`));
    }
    renameSync(current, join(this.#folder, 'desktop.1.jsonl'));
  }
}
