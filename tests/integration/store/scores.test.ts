import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthOf, monthsBefore } from '../../../cti-bridge/crm/index.ts';
import { markScoreDue } from '../../../cti-bridge/store/repositories/score-due.ts';
import { readScore, scoreReads } from '../../../cti-bridge/store/repositories/score-reads.ts';
import { scoreWrites } from '../../../cti-bridge/store/repositories/score-writes.ts';
import type { WriteHandle } from '../../../cti-bridge/store/schema.ts';
import { SeededRandom } from '../../../cti-bridge/store/seed/random.ts';
import { type CustomerScores, defaultCustomerScores as settings } from '../../../shared/contracts/customer-scores.ts';
import { days } from '../../../shared/duration.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

const now = new Date(2026, 10, 20, 9).getTime();

async function addPerson(db: WriteHandle, contactId: string, headId = contactId): Promise<void> {
  await db
    .insertInto('person')
    .values({
      ...{ contact_id: contactId, head_id: headId, name: contactId, name_key: contactId, locale: 'en', tier: 'silver' },
      ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
    })
    .execute();
}

async function addCompany(db: WriteHandle, accountId: string, people: readonly string[] = []): Promise<void> {
  await db.insertInto('account').values({ account_id: accountId, name: accountId, kind: 'company', is_key_account: 0 }).execute();
  for (const contactId of people) {
    await addPerson(db, contactId);
    await db.insertInto('person_account').values({ contact_id: contactId, account_id: accountId, is_primary: 1 }).execute();
  }
}

async function computeAll(db: WriteHandle, at: number, given: CustomerScores = settings): Promise<number> {
  let computed = 0;
  for (;;) {
    const slice = await scoreWrites.recomputeScores(db, given, at, 7);
    computed += slice.computed;
    if (!slice.isMore) return computed;
  }
}

const contents = (db: WriteHandle) =>
  db.selectFrom('score').select(['owner_id', 'value', 'growth', 'churn', 'reasons', 'changes_at']).orderBy('owner_id').execute();

let made = 0;
const complaint = (contactId: string, at: number) => ({
  ...{ case_id: `case-${++made}`, number: `C-${made}`, contact_id: contactId, kind: 'complaint', subject: 'Late', opened_at: at },
});

describe.each(databases)('scores on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('are computed of what is stored, with a row of their history, and are then no longer due', async () => {
    const { db, reads } = database;
    await addCompany(db, 'mill', ['miller']);
    await db
      .insertInto('customer_case')
      .values([complaint('miller', now - days(2)), complaint('miller', now - days(40))])
      .execute();
    await db
      .insertInto('consumption')
      .values(
        monthsBefore(now, 6).map((month, index) => ({
          ...{ consumption_id: `mill-${month}`, account_id: 'mill', month, kind: 'mobile', quantity: 1, unit: 'GB', currency: 'CNY' },
          amount: index < 3 ? 100_000 : 50_000,
        })),
      )
      .execute();
    await db
      .insertInto('interaction')
      .values({ interaction_id: 'i-1', contact_id: 'miller', dialled: '1', received_at: now - days(1), disposition_code: 'porting' })
      .execute();
    await markScoreDue(db, { accountId: 'mill' }, now);
    expect(await scoreReads.areScoresDue(reads, now)).toBe(true);
    expect(await computeAll(db, now)).toBe(1);
    expect(await scoreReads.areScoresDue(reads, now)).toBe(false);

    const score = await readScore(reads, 'mill');
    expect(score?.churnReasons.map(({ code, points }) => [code, points])).toEqual([
      ['useFalling', 30],
      ['leavingSigns', 16],
      ['complaints', 13],
    ]);
    expect(score).toMatchObject({ churn: 59, computedAt: now, earlier: null });
    const history = await db.selectFrom('score_history').selectAll().where('owner_id', '=', 'mill').execute();
    expect(history).toMatchObject([{ month: monthOf(now), churn: 59 }]);
  });

  it('tell how they were a year before, or as early as is known', async () => {
    const { db, reads } = database;
    const row = { owner_id: 'mill', account_id: 'mill', value: 1, growth: 2 };
    await db
      .insertInto('score_history')
      .values({ ...row, month: '2026-08', churn: 8 })
      .execute();
    expect((await readScore(reads, 'mill'))?.earlier).toEqual({ month: '2026-08', value: 1, growth: 2, churn: 8 });
    await db
      .insertInto('score_history')
      .values([
        { ...row, month: '2025-10', churn: 10 },
        { ...row, month: '2025-12', churn: 12 },
      ])
      .execute();
    expect((await readScore(reads, 'mill'))?.earlier).toMatchObject({ month: '2025-10' });
  });

  it('are of the whole person after a merge, and of the company after somebody joined one', async () => {
    const { db } = database;
    await addPerson(db, 'kept');
    await addPerson(db, 'absorbed');
    await db.insertInto('customer_case').values(complaint('absorbed', now)).execute();
    for (const contactId of ['kept', 'absorbed']) await markScoreDue(db, { contactId }, now);
    await computeAll(db, now);
    const churns = async () =>
      (await contents(db)).flatMap((row) => (['kept', 'absorbed'].includes(row.owner_id) ? [[row.owner_id, row.churn]] : []));
    expect(await churns()).toEqual([
      ['absorbed', 9],
      ['kept', 0],
    ]);

    await db.updateTable('person').set({ head_id: 'kept' }).where('contact_id', '=', 'absorbed').execute();
    await markScoreDue(db, { contactId: 'absorbed' }, now);
    await computeAll(db, now);
    expect(await churns()).toEqual([['kept', 9]]);

    await addCompany(db, 'shop');
    await db.insertInto('person_account').values({ contact_id: 'kept', account_id: 'shop', is_primary: 1 }).execute();
    await markScoreDue(db, { contactId: 'kept' }, now);
    await computeAll(db, now);
    expect(await churns()).toEqual([]);
    expect((await contents(db)).map((row) => row.owner_id)).toContain('shop');
  });

  it('become due by time alone, on the day that changes them', async () => {
    const { db, reads } = database;
    await addCompany(db, 'ends');
    await db
      .insertInto('contract')
      .values({ contract_id: 'ends', account_id: 'ends', name: 'Lines', starts_at: now - days(300), ends_at: now + days(31) })
      .execute();
    await markScoreDue(db, { accountId: 'ends' }, now);
    await computeAll(db, now);
    expect((await readScore(reads, 'ends'))?.churn).toBe(12);
    await computeAll(db, now + days(1) - 1);
    expect((await readScore(reads, 'ends'))?.churn).toBe(12);
    await computeAll(db, now + days(1));
    expect((await readScore(reads, 'ends'))?.churn).toBe(24);
  });

  it('follow new settings a few at a time, and once', async () => {
    const { db, reads } = database;
    const other = { ...settings, churn: { ...settings.churn, contractSoon: 50 } };
    const slices = [];
    for (let isDone = false; !isDone; ) slices.push((isDone = await scoreWrites.alignScores(db, other, now + days(2), 2)));
    expect(slices.length).toBeGreaterThan(1);
    await computeAll(db, now + days(2), other);
    expect((await readScore(reads, 'ends'))?.churn).toBe(50);
    expect(await scoreWrites.alignScores(db, other, now + days(3), 2)).toBe(true);
    expect(await scoreReads.areScoresDue(reads, now + days(2))).toBe(false);
  });

  it('take what was written last before what has waited, and that in its order', async () => {
    const { db } = database;
    for (let index = 0; index < 6; index++) {
      await addCompany(db, `waits-${index}`);
      await markScoreDue(db, { accountId: `waits-${index}` }, now + index);
    }
    await scoreWrites.recomputeScores(db, settings, now, 3);
    const left = await db.selectFrom('score_due').select('owner_id').orderBy('since').execute();
    expect(left.map((row) => row.owner_id)).toEqual(['waits-2', 'waits-3', 'waits-4']);
    await computeAll(db, now);
  });

  it('are forgotten with the person or company', async () => {
    const { db } = database;
    await db.deleteFrom('account').where('account_id', '=', 'ends').execute();
    expect((await contents(db)).map((row) => row.owner_id)).not.toContain('ends');
    expect(await db.selectFrom('score_history').selectAll().where('owner_id', '=', 'ends').execute()).toEqual([]);
  });

  it('come out the same bit by bit as all at once', { timeout: 30_000 }, async () => {
    const { db } = database;
    const companies = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    for (const accountId of companies) await addCompany(db, accountId, [`${accountId}/a`, `${accountId}/b`]);
    const random = new SeededRandom(20);
    let at = now;
    for (let step = 0; step < 60; step++) {
      at += days(random.between(0, 8));
      const accountId = random.pick(companies as [string]);
      const id = `step-${step}`;
      const changes = [
        () =>
          db
            .insertInto('customer_case')
            .values(complaint(`${accountId}/b`, at))
            .execute(),
        () =>
          db
            .insertInto('bill')
            .values({
              bill_id: id,
              account_id: accountId,
              number: id,
              month: monthOf(at),
              issued_at: at,
              due_at: at + days(5),
              amount: 900,
              currency: 'CNY',
            })
            .execute(),
        () =>
          db
            .insertInto('contract')
            .values({ contract_id: id, account_id: accountId, name: id, starts_at: at, ends_at: at + days(random.between(1, 150)) })
            .execute(),
        () =>
          db
            .insertInto('visit')
            .values({ visit_id: id, account_id: accountId, at, visitor: 'Rupert', purpose: id, mood: 'atRisk' })
            .execute(),
        () =>
          db
            .insertInto('timeline_entry')
            .values({ entry_id: id, contact_id: `${accountId}/a`, at, kind: 'call', title: id })
            .execute(),
      ];
      await changes[random.between(0, changes.length - 1)]?.();
      await markScoreDue(db, { accountId }, at);
      await scoreWrites.recomputeScores(db, settings, at, 3);
    }
    await computeAll(db, at);
    const bitByBit = await contents(db);

    for (const { owner_id } of bitByBit) await markScoreDue(db, { accountId: owner_id }, at);
    await db.deleteFrom('score').execute();
    await computeAll(db, at);
    const whole = await contents(db);
    // Only when they would change next may differ: it is asked of another moment.
    const scores = (rows: typeof whole) => rows.map(({ changes_at: _, ...row }) => row);
    expect(scores(bitByBit)).toEqual(scores(whole));
  });
});

describe('the demo organisation', () => {
  it('has two key accounts that may leave, with what speaks for it', async () => {
    const folder = temporaryFolder();
    await openFor(folder, 'demo');
    const rows = inspect<{ churn: number; value: number; growth: number; reasons: string }>(
      folder,
      "select churn, value, growth, reasons from score where owner_id in ('account-harbour-vale', 'account-donghe')",
    );
    expect(rows.map(({ churn, value, growth }) => ({ churn, value, growth }))).toEqual(Array(2).fill({ churn: 78, value: 86, growth: 37 }));
    const codes = (JSON.parse(rows[0]?.reasons ?? '{}').churn as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['contractEnds', 'complaints', 'leavingSigns', 'visitAtRisk', 'useFalling', 'tenure']);
    const [boxes] = inspect<{ scored: number; late: number }>(
      folder,
      'select (select count(*) from score) as scored, (select count(*) from bill where paid < amount and due_at < (unixepoch() * 1000)) as late',
    );
    expect(boxes?.scored).toBe(40);
    expect(boxes?.late).toBeGreaterThan(5);
  });
});
