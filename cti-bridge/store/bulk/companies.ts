import { randomUUID } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { type ImportJob, nameKey } from '../../crm/index.ts';

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
  readonly #exists: Sqlite.Statement<[string], { one: number }>;
  readonly #add: Sqlite.Statement<unknown[]>;
  readonly #searchDue: Sqlite.Statement<[string]>;
  readonly #scoreDue: Sqlite.Statement<unknown[]>;
  #importId = '';
  readonly #known = new Map<string, Company>();

  constructor(sqlite: Sqlite.Database) {
    this.#find = sqlite.prepare(
      "select account_id, org_unit_id, is_key_account from account where name_key = ? and kind = 'company' order by account_id limit 50",
    );
    this.#exists = sqlite.prepare('select 1 as one from account where account_id = ?');
    this.#add = sqlite.prepare(
      `insert into account (account_id, name, name_key, kind, is_key_account, org_unit_id, source, source_at, import_id, created_at, updated_at)
        values (?, ?, ?, 'company', 0, ?, ?, ?, ?, ?, ?)`,
    );
    this.#searchDue = sqlite.prepare("insert or ignore into search_due (subject_kind, subject_id) values ('account', ?)");
    this.#scoreDue = sqlite.prepare('insert or ignore into score_due (owner_id, account_id, since) values (?, ?, ?)');
  }

  /** The company of this name that may be seen; made where there is none. */
  named(job: ImportJob, name: string, orgUnitId: string | null): Company {
    if (this.#importId !== job.importId || this.#known.size > remembered) this.#known.clear();
    this.#importId = job.importId;
    const key = nameKey(name);
    const known = this.#known.get(key);
    // A slice that was rolled back took its companies with it.
    if (known !== undefined && this.#exists.get(known.accountId)) return known;
    const { units } = job.scope;
    const found = this.#find.all(key).find((each) => units === null || each.org_unit_id === null || units.includes(each.org_unit_id));
    const company = found
      ? { accountId: found.account_id, isKeyAccount: found.is_key_account === 1 }
      : { accountId: this.#make(job, name, key, orgUnitId), isKeyAccount: false };
    this.#known.set(key, company);
    return company;
  }

  scoreDue(accountId: string, at: number): void {
    this.#scoreDue.run(accountId, accountId, at);
  }

  #make(job: ImportJob, name: string, key: string, orgUnitId: string | null): string {
    const accountId = randomUUID().replaceAll('-', '');
    this.#add.run(accountId, name, key, orgUnitId, job.source, job.at, job.importId, job.at, job.at);
    this.#searchDue.run(accountId);
    return accountId;
  }
}
