import type Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportedPerson, ImportJob } from '../../../cti-bridge/crm/index.ts';
import { nameKey } from '../../../cti-bridge/crm/index.ts';
import { ImportRows } from '../../../cti-bridge/store/bulk/import-rows.ts';
import { Lot } from '../../../cti-bridge/store/bulk/lot.ts';
import { openForWriting } from '../../../cti-bridge/store/database.ts';
import { migrate } from '../../../cti-bridge/store/migrations/index.ts';

const job: ImportJob = {
  ...{ importId: 'import-1', whenKnown: 'overwrite', source: 'list.csv', orgUnitId: null, scope: { units: null }, at: 1_000, locale: 'zh' },
  by: { userId: 'user-ada', name: 'Ada Admin' },
};

/** Few names, numbers and companies, so that rows say the same of each other again and again. */
const person = fc.record({
  name: fc.constantFrom('王小明', '李雷', 'Ada', 'ADA'),
  title: fc.option(fc.constantFrom('经理', 'CEO'), { nil: undefined }),
  mobile: fc.option(fc.constantFrom('+8613900000001', '+8613900000002', '+8613900000003'), { nil: undefined }),
  email: fc.option(fc.constantFrom('a@example.com', 'b@example.com'), { nil: undefined }),
  externalId: fc.option(fc.constantFrom('C1', 'C2', 'C3', 'C4'), { nil: undefined }),
  company: fc.option(fc.constantFrom('远大物流', 'Acme'), { nil: null }),
});
type Said = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

function importedPerson({ name, title, mobile, email, externalId, company }: Said, row: number): ImportedPerson {
  const identifiers = [
    ...(mobile === undefined ? [] : [{ kind: 'mobile', value: mobile, extension: null } as const]),
    ...(email === undefined ? [] : [{ kind: 'email', value: email, extension: null } as const]),
    ...(externalId === undefined ? [] : [{ kind: 'externalId', value: externalId, extension: null } as const]),
  ];
  return {
    ...{ row, name, nameKey: nameKey(name), fields: { name, ...(title === undefined ? {} : { title }) }, custom: {}, identifiers },
    ...{ company, companyKey: company === null ? null : nameKey(company), companyRole: null, address: null, note: null },
  };
}

let sqlite: Sqlite.Database;
beforeAll(async () => {
  const opened = openForWriting(':memory:');
  await migrate(opened.db);
  sqlite = opened.sqlite;
  return () => {
    sqlite.close();
  };
});

interface Sizes {
  readonly lookedUp: number;
  readonly lot: number;
  /** Rows after which a slice is over. */
  readonly slice: number;
}

/** What is in the record after these rows; the database is as it was. */
function outcome(rows: readonly Said[], { lookedUp, lot, slice }: Sizes, disturb: (sqlite: Sqlite.Database) => void = () => {}) {
  const importRows = new ImportRows(sqlite, lookedUp);
  sqlite.exec('begin');
  try {
    sqlite.exec(`insert into import_run (import_id, file_name, format, state, bytes, at, by_name)
      values ('import-1', 'list.csv', 'csv', 'running', 1, 1, 'Ada')`);
    const entries = rows.map((said, at) => ({ row: at + 2, person: importedPerson(said, at + 2) }));
    let lots: Lot[] = [];
    for (let from = 0; from < entries.length; from += lot) {
      lots.push(new Lot({ kind: 'store', id: from, job, entries: JSON.stringify(entries.slice(from, from + lot)), bytesRead: from }));
    }
    while (lots.length > 0) {
      let left = slice;
      const done = importRows.store(job, lots, () => --left <= 0, false);
      if (done === 'stopped') throw new Error('It is running.');
      for (const [at, progress] of done.entries()) lots[at]?.advance(progress);
      lots = lots.filter(({ isStored }) => !isStored);
      disturb(sqlite);
    }
    const all = (text: string) => sqlite.prepare(text).all();
    return {
      people: all(`select name, title, (select group_concat(kind || ' ' || value) from
          (select kind, value from identifier where identifier.contact_id = person.contact_id order by value)) as identifiers,
          (select group_concat(name) from (select account.name from person_account join account using (account_id)
            where person_account.contact_id = person.contact_id order by account.name)) as companies
        from person order by person.rowid`),
      companies: all('select name from account order by name'),
      due: all(`select count(*) as scores, (select count(*) from search_due) as documents from score_due`),
      changes: all("select field, before, after from record_change where field in ('name', 'title') order by rowid"),
      problems: all('select row_number, code, found from import_problem order by seq'),
      run: all('select last_row, read_rows, created, updated, skipped, refused from import_run'),
    };
  } finally {
    sqlite.exec('rollback');
  }
}

describe('rows of a list', () => {
  it('become the same people however many of them are looked up, sent or stored at once', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (rows, slice) => {
        const oneByOne = outcome(rows, { lookedUp: 1, lot: 1, slice: 1 });
        expect(outcome(rows, { lookedUp: 500, lot: 500, slice: 1_000 })).toEqual(oneByOne);
        expect(outcome(rows, { lookedUp: 5, lot: 7, slice })).toEqual(oneByOne);
      }),
      { numRuns: 60 },
    );
  });

  it('find their company again, or make it anew, when it was taken away between two slices', () => {
    const rows: Said[] = [1, 2, 3].map((at) => ({
      ...{ name: 'Ada', title: undefined, mobile: undefined, email: undefined, externalId: `C${at}` as 'C1', company: 'Acme' },
    }));
    const takeAway = (database: Sqlite.Database) => database.exec('delete from account');
    const { people, companies } = outcome(rows, { lookedUp: 1, lot: 3, slice: 1 }, takeAway);
    expect(people).toMatchObject([{ companies: null }, { companies: null }, { companies: null }]);
    expect(companies).toEqual([]);
    expect(outcome(rows, { lookedUp: 1, lot: 3, slice: 1 }).people).toMatchObject([
      { companies: 'Acme' },
      { companies: 'Acme' },
      { companies: 'Acme' },
    ]);
  });
});
