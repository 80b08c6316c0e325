import type Sqlite from 'better-sqlite3';
import type { ImportProblem } from '../../../shared/contracts/imports.ts';
import { type ImportedPerson, type ImportJob, matchKnown, type RowEntry, type RowOutcome } from '../../crm/index.ts';
import { Companies } from './companies.ts';
import { KnownPeople } from './known-people.ts';
import { type Lot, type LotProgress, noRows, sumOf } from './lot.ts';
import { NewPeople } from './new-people.ts';
import { isRefusal } from './refusal.ts';
import { UpdatedPeople } from './updated-people.ts';

/** Of the rows that were refused so many are told; all are counted. */
const keptProblems = 10_000;
/** So many rows are looked up with one question. More would be asked for in vain where a slice ends before them. */
const rowsLookedUp = 20;

type RowStored = 'created' | 'updated' | 'skipped' | readonly ImportProblem[];

interface Decision {
  readonly outcome: RowOutcome;
  readonly contactId: string | null;
}
/** Somebody of whom nobody has anything. */
const stranger: Decision = { outcome: 'create', contactId: null };

interface LookedUp {
  /** The first row that was not looked up. */
  readonly end: number;
  readonly held: Set<string>;
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
  readonly #changesSoFar: Sqlite.Statement<[], number>;
  readonly #companies: Companies;
  readonly #rowsLookedUp: number;
  #changesSeen = -1;

  /** @param lookedUp Rows of one question; nothing but the speed depends on it. */
  constructor(sqlite: Sqlite.Database, lookedUp = rowsLookedUp) {
    this.#sqlite = sqlite;
    this.#rowsLookedUp = lookedUp;
    this.#companies = new Companies(sqlite);
    this.#known = new KnownPeople(sqlite);
    this.#new = new NewPeople(sqlite, this.#companies);
    this.#updated = new UpdatedPeople(sqlite, this.#companies);
    this.#changesSoFar = sqlite.prepare<[], number>('select total_changes()').pluck();
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

  /**
   * As many rows of these lots as the time allows, at least one; what was done of each. `isCareful`: a row that the database refuses is told,
   * instead of failing the slice.
   */
  store(job: ImportJob, lots: readonly Lot[], isOver: () => boolean, isCareful: boolean): readonly LotProgress[] | 'stopped' {
    const run = this.#state.get(job.importId);
    if (run?.state !== 'running') return 'stopped';
    this.#doubtWhatOthersChanged();
    let told = run.refused;
    let total = noRows;
    let [lastRow, bytes] = [0, 0];
    const progress: LotProgress[] = [];
    const perform = isCareful ? this.#storeCarefully : this.#storeOne;
    for (const lot of lots) {
      const { entries } = lot;
      const counts = { ...noRows };
      let next = lot.next;
      let looked: LookedUp = { end: next, held: new Set() };
      while (next < entries.length) {
        if (next === looked.end) looked = this.#lookUp(entries, next);
        const entry = entries[next] as RowEntry;
        const outcome = 'problems' in entry ? entry.problems : perform.call(this, job, entry.person, looked.held);
        counts.read++;
        if (typeof outcome === 'string') counts[outcome]++;
        else {
          counts.refused++;
          if (told++ < keptProblems) for (const problem of outcome) this.#tell(job, problem);
        }
        lastRow = entry.row;
        next++;
        if (isOver()) break;
      }
      progress.push({ next, counts });
      total = sumOf(total, counts);
      // The file is only read as far as its lot is stored.
      if (next === entries.length) bytes = lot.bytesRead;
      if (isOver()) break;
    }
    if (total.read > 0) {
      this.#progress.run(bytes, lastRow, total.read, total.created, total.updated, total.skipped, total.refused, job.importId);
    }
    this.#changesSeen = this.#changesSoFar.get() ?? -1;
    return progress;
  }

  /** After a unit of work that did not happen. */
  doubt(): void {
    this.#changesSeen = -1;
  }

  /** There is one connection that writes: as long as it changed nothing but our rows, what we remember of them is so. */
  #doubtWhatOthersChanged(): void {
    if (this.#changesSoFar.get() !== this.#changesSeen) this.#companies.doubt();
  }

  #lookUp(entries: readonly RowEntry[], from: number): LookedUp {
    const end = Math.min(entries.length, from + this.#rowsLookedUp);
    const people = entries.slice(from, end).flatMap((entry) => ('person' in entry ? [entry.person] : []));
    return { end, held: this.#known.held(people) };
  }

  /** `held`: what anybody has of what this row and its neighbours say, those before it included. */
  #storeOne(job: ImportJob, person: ImportedPerson, held: Set<string>): RowStored {
    const mayBeKnown = person.identifiers.some(({ value }) => held.has(value));
    for (const { value } of person.identifiers) held.add(value);
    const { outcome, contactId } = mayBeKnown ? this.#decide(job, person) : stranger;
    if (typeof outcome === 'object') return [outcome.problem];
    if (outcome === 'skip') return 'skipped';
    if (contactId === null) {
      this.#new.add(job, person);
      return 'created';
    }
    return this.#updated.update(job, contactId, person) ? 'updated' : 'skipped';
  }

  #storeCarefully(job: ImportJob, person: ImportedPerson, held: Set<string>): RowStored {
    this.#sqlite.exec('savepoint row');
    try {
      const outcome = this.#storeOne(job, person, held);
      this.#sqlite.exec('release row');
      return outcome;
    } catch (error) {
      this.#sqlite.exec('rollback to row');
      this.#sqlite.exec('release row');
      this.#companies.doubt();
      if (!isRefusal(error)) throw error;
      return [{ row: person.row, column: null, code: 'refused', found: person.name.slice(0, 80), expected: '' }];
    }
  }

  #decide(job: ImportJob, person: ImportedPerson): Decision {
    const match = matchKnown(this.#known.facts(person, job.scope));
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
