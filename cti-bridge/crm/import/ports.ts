import type { Locale } from '../../../shared/contracts/contact.ts';
import type { ImportFailure, ImportMapping, ImportProblem, ImportReading, ImportView } from '../../../shared/contracts/imports.ts';
import type { CustomerScope } from '../customer-store.ts';
import type { CustomField } from './guess-mapping.ts';
import type { ImportedPerson, ReadingContext } from './read-row.ts';

/** What the store must know of an import to write its rows. Travels with every batch: the writer remembers nothing. */
export interface ImportJob {
  readonly importId: string;
  readonly whenKnown: ImportMapping['whenKnown'];
  /** Named as the source of every value. */
  readonly source: string;
  /** Where people belong whose row does not say so. */
  readonly orgUnitId: string | null;
  /** Of whoever imports: nobody outside it is changed. */
  readonly scope: CustomerScope;
  readonly at: number;
  readonly by: { readonly userId: string | null; readonly name: string };
  /** Of people whose row says none. */
  readonly locale: Locale;
}

/** A row of the file, in its order: somebody, or why not. */
export type RowEntry =
  | { readonly row: number; readonly person: ImportedPerson }
  | { readonly row: number; readonly problems: readonly ImportProblem[] };

/**
 * What goes to the writer thread through the bulk door, a message port of its own, so that a million rows pass neither the main thread nor
 * the queue of the calls. Requests are done in slices of some milliseconds, each its own unit of work and each only when no call waits; the
 * row that was stored last is part of it, so an interrupted import goes on behind it.
 */
export type BulkRequest =
  | {
      readonly kind: 'store';
      readonly id: number;
      readonly job: ImportJob;
      /** `RowEntry[]` as JSON. A text passes between threads at once, and is read when its rows are due, at half the price of a clone. */
      readonly entries: string;
      readonly bytesRead: number;
    }
  /** What would become of these people; nothing is written. */
  | { readonly kind: 'look'; readonly id: number; readonly job: ImportJob; readonly people: readonly ImportedPerson[] }
  | { readonly kind: 'undo'; readonly id: number; readonly importId: string; readonly at: number; readonly by: ImportJob['by'] };

export interface ImportCounts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly refused: number;
}

export type RowOutcome = 'create' | 'update' | 'skip' | { readonly problem: ImportProblem };

export type BulkReply =
  | { readonly kind: 'stored'; readonly id: number; readonly counts: ImportCounts }
  | { readonly kind: 'looked'; readonly id: number; readonly outcomes: readonly RowOutcome[] }
  | { readonly kind: 'undoing'; readonly id: number; readonly takenBack: number }
  | { readonly kind: 'undone'; readonly id: number; readonly kept: number }
  /** `stopped`: the import is not running any more. Nothing more of it is done, nor of what is asked to store behind it. */
  | { readonly kind: 'refused'; readonly id: number; readonly why: 'stopped' | 'storeFailed'; readonly message: string };

/** The row of an import, as it is kept. */
export interface StoredImport {
  readonly view: ImportView;
  readonly mapping: ImportMapping | null;
  readonly scope: CustomerScope;
  readonly byId: string | null;
  /** The last row of the file that is stored. */
  readonly lastRow: number;
}

export interface ImportRepository {
  /** A file was received. */
  add(received: {
    readonly importId: string;
    readonly fileName: string;
    readonly reading: Pick<ImportReading, 'format' | 'encoding'>;
    readonly bytes: number;
    readonly at: number;
    readonly by: ImportJob['by'];
    readonly scope: CustomerScope;
  }): Promise<void>;
  /** Newest first, at most 200. */
  list(): Promise<readonly StoredImport[]>;
  find(importId: string): Promise<StoredImport | null>;
  /** Moves it on; `undefined` leaves what is there. */
  change(
    importId: string,
    change: {
      readonly state?: ImportView['state'];
      readonly mapping?: ImportMapping;
      readonly encoding?: ImportView['encoding'];
      readonly finishedAt?: number | null;
      readonly failure?: ImportFailure | null;
      readonly workedMs?: number;
      readonly kept?: number;
    },
  ): Promise<void>;
  /** After a start: what was under way is so no more. The ids of those. */
  markInterrupted(): Promise<readonly string[]>;
  problems(
    importId: string,
    after: number,
    limit: number,
  ): Promise<{ readonly problems: readonly ImportProblem[]; readonly next: number | null }>;
  kept(importId: string, scope: CustomerScope): Promise<readonly { contactId: string; name: string; field: string | null }[]>;
  forget(importId: string): Promise<void>;
}

/** What was read of the beginning of a file. */
export interface FileLook {
  readonly reading: Omit<ImportReading, 'hasHeader'>;
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly ImportProblem[];
}

export type FileOutcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: ImportFailure };

export interface RunSetting {
  readonly job: ImportJob;
  readonly mapping: ImportMapping;
  readonly context: Omit<ReadingContext, 'header' | 'numberOf'> & { readonly customFields: readonly CustomField[] };
  /** Rows up to this one are stored already. */
  readonly behindRow: number;
}

export interface CheckOutcome {
  readonly looked: number;
  readonly people: readonly { readonly person: ImportedPerson; readonly outcome: RowOutcome }[];
  readonly problems: readonly ImportProblem[];
}

/** Files as they lie and are read, in threads of their own. Implemented by `intake/`. */
export interface ImportFiles {
  /** The beginning of a file. */
  look(importId: string, fileName: string, chosen: Partial<Pick<ImportReading, 'encoding' | 'delimiter'>>): Promise<FileOutcome<FileLook>>;
  /** A dry run over its first thousand rows. */
  check(importId: string, setting: RunSetting): Promise<FileOutcome<CheckOutcome>>;
  /** Reads it to its end. Resolves when the last row is stored; `stop` ends it before. */
  run(
    importId: string,
    setting: RunSetting,
    onProgress: (progress: ImportCounts & { readonly bytesRead: number }) => void,
  ): { readonly ended: Promise<FileOutcome<null>>; stop(): void };
  undo(
    undo: Pick<Extract<BulkRequest, { kind: 'undo' }>, 'importId' | 'at' | 'by'>,
    onProgress: (takenBack: number) => void,
  ): Promise<FileOutcome<{ readonly kept: number }>>;
  /** The file is not needed any more. */
  remove(importId: string): Promise<void>;
}
