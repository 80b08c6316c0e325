/**
 * What an empty database is given: the demo organisation with 500 people and 40 companies, and as many more as a measurement wants.
 *
 * Two things to know: it runs once (the writer sees to that), in one transaction, so that a kill in the middle leaves an empty database that is seeded at the next
 * start; and it is the same on every machine but for its dates, which are relative to the first start.
 */
import type Sqlite from 'better-sqlite3';
import { defaultCustomerScores } from '../../../shared/contracts/customer-scores.ts';
import { hashPassword } from '../../identity/index.ts';
import { scoreWrites, settingsFact, settingsFactOf } from '../repositories/score-writes.ts';
import type { WriteHandle } from '../schema.ts';
import type { WorkerSetup } from '../workers/protocol.ts';
import { articleRows } from './articles.ts';
import { companyRows } from './companies.ts';
import { demoPassword } from './demo-people.ts';
import { flowRows } from './flow-rows.ts';
import { guideRows } from './guides.ts';
import { RowInserter } from './insert-rows.ts';
import { keyRecordRows } from './key-records.ts';
import { demoSize, ordinaryPeople } from './ordinary-people.ts';
import { organisationRows } from './organisation.ts';
import { seedPeople } from './people.ts';
import { userRows } from './users.ts';

export { seedPeople } from './people.ts';

export async function seedDatabase(sqlite: Sqlite.Database, setup: Pick<WorkerSetup, 'seed' | 'people' | 'now'>): Promise<void> {
  const isDemo = setup.seed !== 'none';
  const passwordHash = isDemo ? await hashPassword(demoPassword) : '';
  const { now } = setup;

  sqlite.transaction(() => {
    const rows = new RowInserter(sqlite);
    if (isDemo) {
      rows.insert(organisationRows(setup.seed === 'demoAlone'));
      rows.insert(flowRows(now));
      rows.insert(guideRows(now));
      rows.insert(articleRows(now));
      rows.insert(userRows(passwordHash));
      rows.insert(companyRows(now));
      for (const story of keyRecordRows(now)) rows.insert(story);
      for (const person of ordinaryPeople(now)) rows.insert(person);
      for (const person of seedPeople(setup.people - demoSize.people, { firstIndex: demoSize.people, now })) rows.insert(person);
    }
    rows.insert({
      store_fact: [
        { key: 'seed', value: JSON.stringify({ seed: setup.seed, at: now }) },
        { key: settingsFact, value: settingsFactOf(defaultCustomerScores) },
      ],
    });
  })();
}

/** A demo that was begun before flows were kept in versions is given its flows again: what became of the numbers would be known to nobody. */
export function seedFlows(sqlite: Sqlite.Database, now: number): void {
  sqlite.transaction(() => new RowInserter(sqlite).insert(flowRows(now)))();
}

/** A demo that was begun before there was a knowledge base is given its articles. */
export function seedArticles(sqlite: Sqlite.Database, now: number): void {
  sqlite.transaction(() => new RowInserter(sqlite).insert(articleRows(now)))();
}

/** The same of guides. */
export function seedGuides(sqlite: Sqlite.Database, now: number): void {
  sqlite.transaction(() => new RowInserter(sqlite).insert(guideRows(now)))();
}

/** The companies have their scores from the first moment; those of people follow in the background. */
export async function scoreSeededCompanies(db: WriteHandle, now: number): Promise<void> {
  await scoreWrites.recomputeScores(db, defaultCustomerScores, now, demoSize.companies);
}
