import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mergePatch, type ResourceRow, rowChange, type TakenRow, toResource, toRow } from '../../../cti-bridge/crm/index.ts';
import { exchangeReads } from '../../../cti-bridge/store/repositories/exchange/exchange-reads.ts';
import { exchangeWrites } from '../../../cti-bridge/store/repositories/exchange/exchange-writes.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';
import { tmfExamples } from '../../support/tmf-examples.ts';

const now = Date.UTC(2026, 9, 20);
const everybody = { units: null };
const author = { userId: null, name: 'Billing', source: 'api:billing' };

describe.each(databases)('data of other systems on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  let counted = 0;
  let source = '';
  beforeAll(async () => {
    database = await open();
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => {
    source = `api:billing-${++counted}`;
  });

  const rowOf = (written: unknown): ResourceRow => {
    const read = toRow(written, { homeCountry: 'CN', now });
    if (!read.ok) throw new Error(read.error);
    return read.value;
  };
  const takeRows = (
    rows: readonly ResourceRow[],
    scope: { readonly units: readonly string[] | null } = everybody,
  ): Promise<readonly TakenRow[]> =>
    database.db.transaction().execute((db) =>
      exchangeWrites.takeResources(db, {
        author,
        source,
        scope,
        orgUnitId: null,
        at: now,
        rows: rows.map((row) => ({ changeId: `row-${++counted}`, row })),
      }),
    );
  const take = (...written: readonly unknown[]) => takeRows(written.map(rowOf));
  const read = async (type: Parameters<typeof exchangeReads.readResource>[1], id: string) => {
    const row = await exchangeReads.readResource(database.reads, type, id, source, everybody);
    return row && toResource(row);
  };
  const idOf = (outcome: TakenRow | undefined) => (outcome && outcome.outcome !== 'refused' ? outcome.id : 'none');
  const person = (more: object = {}) => ({ '@type': 'Individual', externalId: 'P-1', fullName: '陈志远', ...more });

  it('are taken once however often they are sent, and come out as they went in', async () => {
    const all = Object.values(tmfExamples);
    const first = await take(...all);
    expect(first.map((each) => each.outcome)).toEqual(all.map(() => 'created'));
    const again = await take(...all);
    expect(again.map((each) => each.outcome)).toEqual(all.map(() => 'updated'));
    expect(again.map(idOf)).toEqual(first.map(idOf));

    for (const [index, example] of all.entries()) {
      const given = await read(example['@type'], idOf(first[index]));
      // The very same is read from what was given as from what was sent, but for whom it names: they are given our ids.
      const before = rowOf(example);
      const after = rowOf(given);
      expect({
        ...after,
        id: null,
        owner: null,
        companies: [],
        identifiers: before.identifiers,
        steps: [],
        ...(after.type === 'Customer' ? { addresses: [] } : {}),
      }).toMatchObject({
        ...before,
        owner: null,
        companies: [],
        steps: [],
      });
      expect(given?.externalId).toBe(example.externalId);
    }
  });

  it('keep from where and of when they are, and what stood there before', async () => {
    const [made] = await take(person({ lastUpdate: '2026-10-01T00:00:00Z' }));
    await take(person({ lastUpdate: '2026-10-02T00:00:00Z', fullName: '陈远' }));
    const row = await database.reads.selectFrom('person').selectAll().where('contact_id', '=', idOf(made)).executeTakeFirstOrThrow();
    expect([row.name, row.name_key, row.source, row.source_at]).toEqual(['陈远', '陈远', 'Billing', Date.UTC(2026, 9, 2)]);
    const changes = await database.reads
      .selectFrom('record_change')
      .selectAll()
      .where('contact_id', '=', idOf(made))
      .where('field', '=', 'name')
      .execute();
    expect(changes).toMatchObject([{ before: '"陈志远"', after: '"陈远"', author: 'Billing', author_id: null, source: 'api:billing' }]);
  });

  it('that are older than what is stored are refused, so that a late message undoes nothing', async () => {
    const [made] = await take(person({ lastUpdate: '2026-10-02T00:00:00Z' }));
    const [late] = await take(person({ lastUpdate: '2026-10-01T00:00:00Z', fullName: 'Older' }));
    expect(late).toMatchObject({ outcome: 'refused', why: 'conflict' });
    expect((await read('Individual', idOf(made)))?.fullName).toBe('陈志远');
  });

  it('that name nobody are refused alone: their neighbours in the same bulk are stored', async () => {
    const bill = (externalId: string, party: string) => ({ ...tmfExamples.CustomerBill, externalId, relatedParty: [{ id: party }] });
    const taken = await take(person(), bill('B-1', 'nobody'), bill('B-2', 'P-1'));
    expect(taken.map((each) => each.outcome)).toEqual(['created', 'refused', 'created']);
    const { total } = await exchangeReads.listResources(database.reads, 'CustomerBill', source, everybody, {
      offset: 0,
      limit: 10,
      externalId: null,
      owner: 'P-1',
    });
    expect(total).toBe(1);
  });

  it('of a month and kind are added up, and added up anew when one of them changes', async () => {
    const use = (externalId: string, gigabytes: number, value: number) => ({
      ...tmfExamples.Usage,
      externalId,
      usageCharacteristic: [{ name: 'quantity', value: gigabytes }],
      ratedProductUsage: [{ taxIncludedRatingAmount: { unit: 'CNY', value } }],
      relatedParty: [{ id: 'P-1' }],
    });
    const [made] = await take(person(), use('U-1', 2, 10.5), use('U-2', 3, 20));
    await take(use('U-2', 4, 30));
    const rows = await database.reads.selectFrom('consumption').selectAll().where('contact_id', '=', idOf(made)).execute();
    expect(rows).toMatchObject([{ month: '2026-09', quantity: 6, amount: 4050, currency: 'CNY' }]);
  });

  it('of a bill that is paid later make a payment and a line in the stream', async () => {
    const bill = { ...tmfExamples.CustomerBill, relatedParty: [{ id: 'P-1' }], remainingAmount: { unit: 'CNY', value: 128 } };
    const [made] = await take(person(), bill);
    await take({ ...bill, remainingAmount: { unit: 'CNY', value: 0 } });
    const stream = await database.reads
      .selectFrom('timeline_entry')
      .selectAll()
      .where('contact_id', '=', idOf(made))
      .orderBy('kind')
      .execute();
    expect(stream.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['bill', '¥128.00'],
      ['payment', '¥128.00'],
    ]);
    const payments = await database.reads.selectFrom('payment').selectAll().where('contact_id', '=', idOf(made)).execute();
    expect(payments).toMatchObject([{ amount: 12_800, source: 'Billing' }]);
  });

  it('change by a merge patch what it names and nothing else', async () => {
    const [made] = await take({ ...tmfExamples.Individual, externalId: 'P-9' });
    const id = idOf(made);
    await database.db.updateTable('person').set({ segment: 'by hand' }).where('contact_id', '=', id).execute();
    const stored = await read('Individual', id);
    const patched = mergePatch(stored, {
      fullName: 'Zhiyuan Chen',
      contactMedium: [{ mediumType: 'email', characteristic: { emailAddress: 'new@example.com' } }],
    });
    const [outcome] = await takeRows([{ ...rowChange(rowOf(stored), rowOf({ ...(patched as object), lastUpdate: undefined })), id }]);
    expect(outcome).toMatchObject({ outcome: 'updated', id });
    const row = await database.reads.selectFrom('person').selectAll().where('contact_id', '=', id).executeTakeFirstOrThrow();
    expect([row.name, row.segment, row.tier]).toEqual(['Zhiyuan Chen', 'by hand', 'gold']);
    const reached = await database.reads.selectFrom('identifier').select('value').where('contact_id', '=', id).execute();
    expect(reached).toEqual([{ value: 'new@example.com' }]);
  });

  it('of offices out of sight do not exist', async () => {
    const [made] = await take(person());
    await database.db.updateTable('person').set({ org_unit_id: 'west' }).where('contact_id', '=', idOf(made)).execute();
    const east = { units: ['east'] };
    expect(await exchangeReads.readResource(database.reads, 'Individual', idOf(made), source, east)).toBeNull();
    expect(await takeRows([rowOf(person({ fullName: 'X' }))], east)).toMatchObject([{ outcome: 'refused', why: 'notFound' }]);
    const bill = rowOf({ ...tmfExamples.CustomerBill, relatedParty: [{ id: 'P-1' }] });
    expect(await takeRows([bill], east)).toMatchObject([{ outcome: 'refused', why: 'notFound' }]);
    expect(
      await takeRows([rowOf(person({ externalId: 'P-2', partyCharacteristic: [{ name: 'orgUnit', value: 'west' }] }))], east),
    ).toMatchObject([{ outcome: 'refused', why: 'conflict' }]);
  });

  it('with the language of the database in every field are the literal text', async () => {
    const nasty = `Robert'); drop table person;-- "%_\\ =1+1`;
    const [made] = await take(person({ fullName: nasty, externalId: nasty }));
    const given = await read('Individual', idOf(made));
    expect([given?.fullName, given?.externalId]).toEqual([nasty, nasty]);
  });
});
