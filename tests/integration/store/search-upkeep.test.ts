import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { nameKey } from '../../../cti-bridge/crm/index.ts';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { migrate } from '../../../cti-bridge/store/migrations/index.ts';
import { markSearchDue, reindex } from '../../../cti-bridge/store/repositories/search-documents.ts';
import { searchWrites } from '../../../cti-bridge/store/repositories/search-writes.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

const everybody = { units: null };

describe('the index of the search', () => {
  it('has whoever was there before it, soon after the start and after every later one', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder, 'demo');
    const find = async (text: string) => (await store.customers.search.find(text, everybody, 5, 'CN')).map((hit) => hit.title);
    await vi.waitFor(async () => expect(await find('czy')).toContain('陈志远'), { timeout: 10_000, interval: 50 });
    await vi.waitFor(
      () => {
        const [row] = inspect<{ missing: number }>(
          folder,
          'select (select count(*) from person) - (select count(contact_id) from customer_search) as missing',
        );
        expect(row).toEqual({ missing: 0 });
      },
      { timeout: 10_000, interval: 50 },
    );
    await store.stop();

    const again = await openFor(folder, 'demo');
    expect((await again.customers.search.find('czy', everybody, 5, 'CN')).map((hit) => hit.title)).toContain('陈志远');
  });

  it('keeps no trace of a name that was changed or erased', async () => {
    const folder = temporaryFolder();
    const { sqlite, db } = openForWriting(join(folder, databaseFile));
    await migrate(db);
    const add = async (id: string, name: string) => {
      await db
        .insertInto('person')
        .values({
          ...{ contact_id: id, head_id: id, name, name_key: nameKey(name), title: null, locale: 'en', tier: 'standard' },
          ...{ prefers_channel: null, allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
        })
        .execute();
      await reindex(db, { contactIds: [id] });
    };
    await add('p-1', 'Quuxington Erasable');
    await add('p-2', 'Somebody Else');
    await add('p-3', 'Formername Staying');
    await db
      .updateTable('person')
      .set({ name: 'Latername Staying', name_key: 'latername staying' })
      .where('contact_id', '=', 'p-3')
      .execute();
    await reindex(db, { contactIds: ['p-3'] });
    await db.deleteFrom('person').where('contact_id', '=', 'p-1').execute();

    sqlite.exec("create virtual table temp.vocabulary using fts5vocab('main', 'customer_search_words', 'row')");
    const terms = sqlite.prepare('select term from temp.vocabulary').pluck().all();
    expect(terms).toEqual(expect.arrayContaining(['somebody', 'latername', 'staying']));
    for (const gone of ['quuxington', 'erasable', 'formername']) expect(terms).not.toContain(gone);
    sqlite.exec("insert into customer_search_words (customer_search_words) values ('integrity-check')");
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.close();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1').toLowerCase());
    for (const gone of ['quuxington', 'formername']) for (const bytes of files) expect(bytes.includes(gone)).toBe(false);
  });

  it('crosses out the words of many, and is rid of them when it has been merged', async () => {
    const folder = temporaryFolder();
    const { sqlite, db } = openForWriting(join(folder, databaseFile));
    await migrate(db);
    const contactIds = Array.from({ length: 300 }, (_, at) => `p-${at}`);
    await db
      .insertInto('person')
      .values(
        contactIds.map((id, at) => ({
          ...{ contact_id: id, head_id: id, name: `Formername Number${at}`, name_key: id, title: null, locale: 'en', tier: 'standard' },
          ...{ prefers_channel: null, allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
        })),
      )
      .execute();
    await reindex(db, { contactIds });
    await db.updateTable('person').set({ name: 'Latername' }).execute();
    await markSearchDue(db, 'person', contactIds);
    while (await searchWrites.indexDue(db, 100));
    const bytes = () => {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      return readFileSync(join(folder, databaseFile)).toString('latin1');
    };
    expect(bytes()).toContain('formername');

    let steps = 0;
    while (await searchWrites.mergeIndex(db, 1)) steps++;
    expect(steps).toBeGreaterThan(0);
    expect(bytes()).not.toContain('formername');
    expect(bytes()).not.toContain('number299');
    expect(bytes()).toContain('latername');
    expect(await searchWrites.mergeIndex(db, 1)).toBe(false);
    sqlite.close();
  });

  it('stays whole when single people go between mass work and its merging', async () => {
    const folder = temporaryFolder();
    const { sqlite, db } = openForWriting(join(folder, databaseFile));
    await migrate(db);
    const contactIds = Array.from({ length: 189 }, (_, at) => `p-${at}`);
    await db
      .insertInto('person')
      .values(
        contactIds.map((id, at) => ({
          ...{ contact_id: id, head_id: id, name: `Formername Number${at}`, name_key: id, title: null, locale: 'en', tier: 'standard' },
          ...{ prefers_channel: null, allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
        })),
      )
      .execute();
    await reindex(db, { contactIds });
    const merge = async () => {
      while (await searchWrites.mergeIndex(db, 64));
    };
    const many = (rest: number) => contactIds.filter((_, at) => at % 3 !== rest);
    for (const [round, name] of ['Second', 'Third', 'Fourth', 'Fifth', 'Sixth'].entries()) {
      await db
        .updateTable('person')
        .set({ name: `${name}name Club${round}` })
        .where('contact_id', 'in', many(round % 3))
        .execute();
      await markSearchDue(db, 'person', many(round % 3));
      while (await searchWrites.indexDue(db, 100));
      for (const at of [13, 47, 32, 140, 88, 149])
        await db
          .deleteFrom('customer_search')
          .where('contact_id', '=', `p-${at + round}`)
          .execute();
      if (round % 2 === 1) await merge();
    }
    await merge();
    await merge();
    sqlite.exec("insert into customer_search_words (customer_search_words) values ('integrity-check')");
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(join(folder, databaseFile)).toString('latin1')).not.toContain('secondname');
    sqlite.close();
  });
});
