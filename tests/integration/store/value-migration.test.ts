import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { monthsBefore } from '../../../cti-bridge/crm/index.ts';
import { openForWriting } from '../../../cti-bridge/store/database.ts';
import { customerRecord } from '../../../cti-bridge/store/migrations/0001-customer-record.ts';
import { interactions } from '../../../cti-bridge/store/migrations/0002-interactions.ts';
import { organisation } from '../../../cti-bridge/store/migrations/0003-organisation.ts';
import { configuration } from '../../../cti-bridge/store/migrations/0004-configuration.ts';
import { routing } from '../../../cti-bridge/store/migrations/0005-routing.ts';
import { reporting } from '../../../cti-bridge/store/migrations/0006-reporting.ts';
import { callbacks } from '../../../cti-bridge/store/migrations/0007-callbacks.ts';
import { unifiedRecord } from '../../../cti-bridge/store/migrations/0008-unified-record.ts';
import { value } from '../../../cti-bridge/store/migrations/0009-value.ts';
import type { Schema, WriteHandle } from '../../../cti-bridge/store/schema.ts';

const before = [customerRecord, interactions, organisation, configuration, routing, reporting, callbacks, unifiedRecord];
const empty: readonly { readonly name: string; open(): WriteHandle }[] = [
  { name: 'SQLite', open: () => openForWriting(':memory:').db },
  { name: 'PostgreSQL', open: () => new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: () => PGlite.create() }) }) },
];

describe.each(empty)('a database from before the scores, on $name', ({ open }) => {
  it('keeps what it knew of money, and has everybody computed once', { timeout: 60_000 }, async () => {
    const db = open();
    for (const { up } of before) await up(db);
    await sql`insert into account (account_id, name, kind, is_key_account) values ('mill', 'Mill', 'company', 0)`.execute(db);
    for (const contactId of ['alone', 'miller'])
      await sql`insert into person (contact_id, head_id, name, name_key, locale, tier, allows_recording, allows_sms_offers, allows_email_offers, churn_risk)
        values (${contactId}, ${contactId}, ${contactId}, ${contactId}, 'en', 'gold', 1, 1, 1, 78)`.execute(db);
    await sql`insert into person_account (contact_id, account_id, is_primary) values ('miller', 'mill', 1)`.execute(db);
    await sql`insert into spend (spend_id, account_id, currency, monthly, change_percent, arrears) values ('s1', 'mill', 'CNY', 5000, -8, 700)`.execute(
      db,
    );
    await sql`insert into spend (spend_id, contact_id, currency, monthly, change_percent, arrears) values ('s2', 'alone', 'GBP', 60, 3, 0)`.execute(
      db,
    );
    await value.up(db);

    const use = await db
      .selectFrom('consumption')
      .select(['account_id', 'contact_id', 'month', 'amount', 'currency'])
      .orderBy('amount')
      .execute();
    const [month] = monthsBefore(Date.now(), 1);
    expect(use).toEqual([
      { account_id: null, contact_id: 'alone', month, amount: 60, currency: 'GBP' },
      { account_id: 'mill', contact_id: null, month, amount: 5_000, currency: 'CNY' },
    ]);
    expect(await db.selectFrom('bill').select(['account_id', 'amount', 'paid']).execute()).toEqual([
      { account_id: 'mill', amount: 700, paid: 0 },
    ]);
    const due = await db.selectFrom('score_due').select('owner_id').orderBy('owner_id').execute();
    expect(due.map((row) => row.owner_id)).toEqual(['alone', 'mill']);
    await db.destroy();
  });
});
