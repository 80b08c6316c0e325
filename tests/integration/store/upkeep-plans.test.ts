import type Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openForWriting } from '../../../cti-bridge/store/database.ts';
import { migrate } from '../../../cti-bridge/store/migrations/index.ts';
import { scoreWrites } from '../../../cti-bridge/store/repositories/score-writes.ts';
import { searchWrites } from '../../../cti-bridge/store/repositories/search-writes.ts';
import { defaultCustomerScores } from '../../../shared/contracts/customer-scores.ts';

/** All since one moment, as a list leaves it. */
const due = 150;

/** The steps of SQLite's plan for every statement that the work performs on the table. */
async function plansOn(table: string, sqlite: Sqlite.Database, work: () => Promise<unknown>): Promise<readonly string[]> {
  const performed = new Map<string, number>();
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((text: string) => {
    performed.set(text, (text.match(/\?/g) ?? []).length);
    return prepare(text);
  }) as typeof sqlite.prepare;
  await work();
  sqlite.prepare = prepare;
  return [...performed]
    .filter(([text]) => text.includes(`"${table}"`) && !text.startsWith('insert'))
    .flatMap(([text, parameters]) =>
      prepare(`explain query plan ${text}`)
        .all(...Array<null>(parameters).fill(null))
        .map((step) => (step as { detail: string }).detail),
    );
}

/** After an import a million are due, and calls wait for the same writer. */
it('takes the first few of what is due without looking at the others', async () => {
  const { sqlite, db } = openForWriting(':memory:');
  await migrate(db);
  const person = sqlite.prepare(
    "insert into person (contact_id, head_id, name, name_key, locale, tier, allows_recording, allows_sms_offers, allows_email_offers) values (?, ?, 'N', 'n', 'en', 'standard', 1, 1, 1)",
  );
  const toScore = sqlite.prepare('insert into score_due (owner_id, contact_id, since) values (?, ?, 1)');
  const toIndex = sqlite.prepare("insert into search_due (subject_kind, subject_id) values ('person', ?)");
  for (let index = 0; index < due; index++) {
    const id = `p${String(index).padStart(4, '0')}`;
    person.run(id, id);
    toScore.run(id, id);
    toIndex.run(id);
  }
  // What SQLite knows of the tables is from a time when little was due.
  sqlite.exec('analyze');

  const search = await plansOn('search_due', sqlite, () => searchWrites.indexDue(db, 100));
  const scores = await plansOn('score_due', sqlite, () => scoreWrites.recomputeScores(db, defaultCustomerScores, 2, 5));

  expect(sqlite.prepare('select count(*) as count from search_due').get()).toEqual({ count: due - 100 });
  expect(sqlite.prepare('select count(*) as count from score_due').get()).toEqual({ count: due - 5 });
  expect([search.length, scores.length].every((steps) => steps > 0)).toBe(true);
  for (const step of [...search, ...scores]) {
    expect(step).not.toContain('TEMP B-TREE');
    expect(step).not.toMatch(/^SCAN (search|score)_due$/);
  }
  sqlite.close();
});
