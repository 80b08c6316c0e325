import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

describe.each(databases)('the tables on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('refuse to unsay what happened', async () => {
    const { db } = database;
    await db
      .insertInto('interaction_event')
      .values({ sequence: 1, event_id: 'e1', interaction_id: 'i1', at: 1, type: 'interaction:received', body: '{}' })
      .execute();
    await expect(sql`update interaction_event set type = 'nothing'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`delete from interaction_event`.execute(db)).rejects.toThrow('append-only');
  });

  it('take a time as large as the clock can say, and give it back as a number', async () => {
    const { db } = database;
    const at = 8_640_000_000_000_000;
    await db
      .insertInto('store_fact')
      .values({ key: 'now', value: String(at) })
      .execute();
    await db
      .insertInto('person')
      .values({
        contact_id: 'c1',
        head_id: 'c1',
        name: '陈志远',
        name_key: '陈志远',
        locale: 'zh',
        tier: 'gold',
        allows_recording: 1,
        allows_sms_offers: 0,
        allows_email_offers: 0,
        updated_at: at,
      })
      .execute();
    expect(await db.selectFrom('person').select(['name', 'updated_at', 'revision', 'custom']).executeTakeFirst()).toEqual({
      name: '陈志远',
      updated_at: at,
      revision: 1,
      custom: '{}',
    });
  });

  it('let a number belong to a person or to a company, and to nobody else', async () => {
    const { db } = database;
    const number = { identifier_id: 'n1', kind: 'phone', value: '+862150001234', is_verified: 0, is_shared: 0 };
    await expect(db.insertInto('identifier').values(number).execute()).rejects.toThrow();
    await db
      .insertInto('identifier')
      .values({ ...number, contact_id: 'c1' })
      .execute();
    expect(await db.selectFrom('identifier').select('value').execute()).toEqual([{ value: '+862150001234' }]);
  });
});
