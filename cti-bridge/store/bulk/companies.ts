import type Sqlite from 'better-sqlite3';
import type { ImportedPerson, ImportJob } from '../../crm/index.ts';
import { createIdSource, systemClock } from '../../kernel/index.ts';

const remembered = 20_000;

interface CompanyRow {
  account_id: string;
  org_unit_id: string | null;
  is_key_account: number;
}
export interface Company {
  readonly accountId: string;
  readonly isKeyAccount: boolean;
}

/** Companies by the name that rows give them: one that is known, or a new one. */
export class Companies {
  readonly #find: Sqlite.Statement<[string], CompanyRow>;
  readonly #exists: Sqlite.Statement<[string], number>;
  readonly #add: Sqlite.Statement<unknown[]>;
  readonly #searchDue: Sqlite.Statement<[string]>;
  readonly #scoreDue: Sqlite.Statement<unknown[]>;
  readonly #ids = createIdSource(systemClock);
  #importId = '';
  readonly #known = new Map<string, Company>();
  /** Of those, whoever is there for sure, and whoever's score is due for sure: nobody else has written since. */
  readonly #sure = new Set<string>();
  readonly #due = new Set<string>();

  constructor(sqlite: Sqlite.Database) {
    this.#find = sqlite.prepare(
      "select account_id, org_unit_id, is_key_account from account where name_key = ? and kind = 'company' order by account_id limit 50",
    );
    this.#exists = sqlite.prepare<[string], number>('select 1 from account where account_id = ?').pluck();
    this.#add = sqlite.prepare(
      `insert into account (account_id, name, name_key, kind, is_key_account, org_unit_id, source, source_at, import_id, created_at, updated_at)
        values (?, ?, ?, 'company', 0, ?, ?, ?, ?, ?, ?)`,
    );
    this.#searchDue = sqlite.prepare("insert or ignore into search_due (subject_kind, subject_id) values ('account', ?)");
    this.#scoreDue = sqlite.prepare('insert or ignore into score_due (owner_id, account_id, since) values (?, ?, ?)');
  }

  /** Somebody else may have written, or what was written here may have been taken back: what is remembered is looked up again before it is used. */
  doubt(): void {
    this.#sure.clear();
    this.#due.clear();
  }

  /** The company that a row names and that may be seen; made where there is none. */
  named(job: ImportJob, { company, companyKey }: Pick<ImportedPerson, 'company' | 'companyKey'>, orgUnitId: string | null): Company | null {
    if (company === null || companyKey === null) return null;
    if (this.#importId !== job.importId || this.#known.size > remembered) {
      this.#known.clear();
      this.doubt();
    }
    this.#importId = job.importId;
    const known = this.#known.get(companyKey);
    if (known !== undefined && this.#isThere(known.accountId)) return known;
    const { units } = job.scope;
    const found = this.#find
      .all(companyKey)
      .find((each) => units === null || each.org_unit_id === null || units.includes(each.org_unit_id));
    const taken = found
      ? { accountId: found.account_id, isKeyAccount: found.is_key_account === 1 }
      : { accountId: this.#make(job, company, companyKey, orgUnitId), isKeyAccount: false };
    this.#known.set(companyKey, taken);
    this.#sure.add(taken.accountId);
    return taken;
  }

  scoreDue(accountId: string, at: number): void {
    if (this.#due.has(accountId)) return;
    this.#scoreDue.run(accountId, accountId, at);
    this.#due.add(accountId);
  }

  #isThere(accountId: string): boolean {
    if (this.#sure.has(accountId)) return true;
    if (this.#exists.get(accountId) === undefined) return false;
    this.#sure.add(accountId);
    return true;
  }

  #make(job: ImportJob, name: string, key: string, orgUnitId: string | null): string {
    const accountId = this.#ids.next();
    this.#add.run(accountId, name, key, orgUnitId, job.source, job.at, job.importId, job.at, job.at);
    this.#searchDue.run(accountId);
    return accountId;
  }
}
