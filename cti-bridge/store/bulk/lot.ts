import type { BulkRequest, ImportCounts, ImportJob, RowEntry } from '../../crm/index.ts';

export const noRows: ImportCounts = { read: 0, created: 0, updated: 0, skipped: 0, refused: 0 };

export function sumOf(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    read: one.read + other.read,
    created: one.created + other.created,
    updated: one.updated + other.updated,
    skipped: one.skipped + other.skipped,
    refused: one.refused + other.refused,
  };
}

/** What a slice did of one lot. */
export interface LotProgress {
  readonly next: number;
  readonly counts: ImportCounts;
}

/** Rows that came through a door together, and how far they are stored. */
export class Lot {
  readonly id: number;
  readonly job: ImportJob;
  readonly bytesRead: number;
  #text: string;
  #entries: readonly RowEntry[] | null = null;
  /** The first entry that is not stored. */
  #next = 0;
  #counts = noRows;

  constructor({ id, job, entries, bytesRead }: Extract<BulkRequest, { kind: 'store' }>) {
    this.id = id;
    this.job = job;
    this.bytesRead = bytesRead;
    this.#text = entries;
  }

  get entries(): readonly RowEntry[] {
    if (this.#entries === null) {
      this.#entries = JSON.parse(this.#text) as readonly RowEntry[];
      this.#text = '';
    }
    return this.#entries;
  }

  get next(): number {
    return this.#next;
  }

  get counts(): ImportCounts {
    return this.#counts;
  }

  get isStored(): boolean {
    return this.#next >= this.entries.length;
  }

  /** Once the unit of work is done: until then nothing of it is certain. */
  advance({ next, counts }: LotProgress): void {
    this.#next = next;
    this.#counts = sumOf(this.#counts, counts);
  }
}
