import type Sqlite from 'better-sqlite3';
import type { ImportProblem } from '../../../shared/contracts/imports.ts';
import {
  type ImportCounts,
  type ImportedPerson,
  type ImportJob,
  matchKnown,
  nameKey,
  type RowEntry,
  type RowOutcome,
} from '../../crm/index.ts';
import { Companies } from './companies.ts';
import { KnownPeople } from './known-people.ts';
import { NewPeople } from './new-people.ts';
import { isRefusal } from './refusal.ts';
import { UpdatedPeople } from './updated-people.ts';

/** Of the rows that were refused so many are told; all are counted. */
const keptProblems = 10_000;

type RowStored = 'created' | 'updated' | 'skipped' | readonly ImportProblem[];

interface Stored {
  /** The first entry that is not done yet. */
  readonly next: number;
  readonly counts: ImportCounts;
}

/** Writes rows of an import with prepared statements. Everything here runs inside the unit of work of a slice. */
export class ImportRows {
  readonly #sqlite: Sqlite.Database;
  readonly #known: KnownPeople;
  readonly #new: NewPeople;
  readonly #updated: UpdatedPeople;
  readonly #state: Sqlite.Statement<[string], { state: string; refused: number }>;
  readonly #progress: Sqlite.Statement<unknown[]>;
  readonly #problem: Sqlite.Statement<unknown[]>;

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite;
    const companies = new Companies(sqlite);
    this.#known = new KnownPeople(sqlite);
    this.#new = new NewPeople(sqlite, companies);
    this.#updated = new UpdatedPeople(sqlite, companies);
    this.#state = sqlite.prepare('select state, refused from import_run where import_id = ?');
    this.#progress = sqlite.prepare(
      `update import_run set bytes_read = max(bytes_read, ?), last_row = ?, read_rows = read_rows + ?, created = created + ?,
        updated = updated + ?, skipped = skipped + ?, refused = refused + ? where import_id = ?`,
    );
    this.#problem = sqlite.prepare(
      `insert into import_problem (import_id, seq, row_number, column_name, code, found, expected)
        select ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ? from import_problem where import_id = ?`,
    );
  }

  look(job: ImportJob, person: ImportedPerson): RowOutcome {
    return this.#decide(job, person).outcome;
  }

  /** As many as the time allows, at least one. `isCareful`: a row that the database refuses is told, instead of failing the slice. */
  store(
    job: ImportJob,
    entries: readonly RowEntry[],
    from: number,
    isOver: () => boolean,
    isCareful: boolean,
    bytesRead: number,
  ): Stored | 'stopped' {
    const run = this.#state.get(job.importId);
    if (run?.state !== 'running') return 'stopped';
    const counts = { read: 0, created: 0, updated: 0, skipped: 0, refused: 0 };
    let told = run.refused;
    let next = from;
    do {
      const entry = entries[next];
      if (!entry) break;
      const outcome =
        'problems' in entry ? entry.problems : isCareful ? this.#storeCarefully(job, entry.person) : this.#storeOne(job, entry.person);
      counts.read++;
      if (typeof outcome === 'string') counts[outcome]++;
      else {
        counts.refused++;
        if (told++ < keptProblems) for (const problem of outcome) this.#tell(job, problem);
      }
      next++;
    } while (next < entries.length && !isOver());
    const lastRow = entries[next - 1]?.row ?? 0;
    // The file is only read as far as its batch is stored.
    const bytes = next === entries.length ? bytesRead : 0;
    this.#progress.run(bytes, lastRow, counts.read, counts.created, counts.updated, counts.skipped, counts.refused, job.importId);
    return { next, counts };
  }

  #storeOne(job: ImportJob, person: ImportedPerson): RowStored {
    const { outcome, contactId } = this.#decide(job, person);
    if (typeof outcome === 'object') return [outcome.problem];
    if (outcome === 'skip') return 'skipped';
    if (contactId === null) {
      this.#new.add(job, person);
      return 'created';
    }
    return this.#updated.update(job, contactId, person) ? 'updated' : 'skipped';
  }

  #storeCarefully(job: ImportJob, person: ImportedPerson): RowStored {
    this.#sqlite.exec('savepoint row');
    try {
      const outcome = this.#storeOne(job, person);
      this.#sqlite.exec('release row');
      return outcome;
    } catch (error) {
      this.#sqlite.exec('rollback to row');
      this.#sqlite.exec('release row');
      if (!isRefusal(error)) throw error;
      return [{ row: person.row, column: null, code: 'refused', found: person.name.slice(0, 80), expected: '' }];
    }
  }

  #decide(job: ImportJob, person: ImportedPerson): { readonly outcome: RowOutcome; readonly contactId: string | null } {
    const match = matchKnown(this.#known.facts(person, nameKey(person.name), job.scope));
    const problem = (code: ImportProblem['code']) => ({
      outcome: { problem: { row: person.row, column: null, code, found: person.name.slice(0, 80), expected: '' } },
      contactId: null,
    });
    switch (match.is) {
      case 'new':
        return { outcome: 'create', contactId: null };
      case 'known':
        return { outcome: job.whenKnown === 'skip' ? 'skip' : 'update', contactId: match.contactId };
      case 'ambiguous':
        return problem('ambiguous');
      case 'outOfScope':
        return problem('refused');
    }
  }

  #tell(job: ImportJob, { row, column, code, found, expected }: ImportProblem): void {
    this.#problem.run(job.importId, row, column, code, found, expected, job.importId);
  }
}
