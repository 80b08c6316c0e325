import type { Kept } from './kept.ts';

export interface Unsent {
  readonly clientId: string;
  readonly text: string;
  /** When it was written. Epoch ms. */
  readonly at: number;
}

/** More would not be a person's. */
const most = 200;

/**
 * Lines that are not acknowledged yet, in the order in which they were written. Kept, so that a reload loses none; another tab that finds one here may
 * send it too, for it is the same line by its id.
 */
export class Outbox {
  readonly #kept: Kept;
  #lines: readonly Unsent[];

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#lines = this.#stored();
  }

  get lines(): readonly Unsent[] {
    return this.#lines;
  }

  add(line: Unsent): void {
    this.#lines = [...this.#lines, line];
    this.#store([...this.#stored(), line]);
  }

  remove(clientId: string): void {
    this.#lines = without(this.#lines, clientId);
    this.#store(without(this.#stored(), clientId));
  }

  clear(): void {
    this.#lines = [];
    this.#store([]);
  }

  #stored(): readonly Unsent[] {
    try {
      const stored: unknown = JSON.parse(this.#kept.read('outbox') ?? '[]');
      return Array.isArray(stored) ? stored.filter(isUnsent) : [];
    } catch {
      return []; // somebody else wrote there
    }
  }

  #store(lines: readonly Unsent[]): void {
    this.#kept.write('outbox', lines.length === 0 ? null : JSON.stringify(lines.slice(-most)));
  }
}

const without = (lines: readonly Unsent[], clientId: string) => lines.filter((line) => line.clientId !== clientId);

function isUnsent(value: unknown): value is Unsent {
  const { clientId, text, at } = (value ?? {}) as Partial<Record<keyof Unsent, unknown>>;
  return typeof clientId === 'string' && typeof text === 'string' && typeof at === 'number';
}
