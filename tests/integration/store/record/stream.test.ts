import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamReads } from '../../../../cti-bridge/store/repositories/record/stream-reads.ts';
import type { StreamKind } from '../../../../shared/contracts/record.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';
import { everybody, insertCompany, insertPerson, joinTo, noon } from './record-under-test.ts';

describe.each(databases)('the stream of a person on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  let count = 0;
  const insert = (entry: {
    readonly at: number;
    readonly title: string;
    readonly kind?: StreamKind;
    readonly owner: { contact_id: string | null; account_id: string | null };
  }) =>
    database.db
      .insertInto('timeline_entry')
      .values({
        ...{ entry_id: `entry-${String(++count).padStart(6, '0')}`, at: entry.at, kind: entry.kind ?? 'note', title: entry.title },
        ...{ detail: null, outcome: null, interaction_id: null, subject_kind: null, subject_id: null, channel: null, ...entry.owner },
      })
      .execute();
  const ofPerson = (contact_id: string) => ({ contact_id, account_id: null });
  const read = async (contactId: string, wanted: Partial<Parameters<typeof streamReads.readContactStream>[3]> = {}) => {
    const page = await streamReads.readContactStream(database.reads, contactId, everybody, {
      before: null,
      limit: 20,
      kinds: [],
      text: '',
      ...wanted,
    });
    if (!page) throw new Error('The person is there');
    return page;
  };

  it('tells of a call from where it came, what came of it and how long it took', async () => {
    const person = `called-${++count}`;
    await insertPerson(database.db, person, 'Ann Lee');
    const interactionId = `call-${count}`;
    const outcome = { disposition_code: 'billing.refund', is_automatic: 1, handling_ms: 95_000, number: '+442079460170' };
    await database.db
      .insertInto('interaction')
      .values({ interaction_id: interactionId, contact_id: person, dialled: '1000', received_at: noon, ...outcome })
      .execute();
    const entry = { at: noon, detail: null, outcome: null, subject_kind: null, subject_id: null, channel: null, ...ofPerson(person) };
    await database.db
      .insertInto('timeline_entry')
      .values([
        { ...entry, entry_id: `${interactionId}.call`, kind: 'call', title: 'Billing', interaction_id: interactionId },
        { ...entry, entry_id: `${interactionId}.note`, kind: 'note', title: 'Noted in it', interaction_id: interactionId },
      ])
      .execute();
    const { items } = await read(person);
    expect(Object.fromEntries(items.map(({ kind, call }) => [kind, call]))).toEqual({
      call: { number: '+442079460170', disposition: 'billing.refund', isAutomatic: true, handlingMs: 95_000 },
      note: null,
    });
  });

  it('turns page after page without losing or repeating anything, however many things share a moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(6), isFound: fc.boolean() }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (entries, limit, isSearch) => {
          const person = `paged-${++count}`;
          await insertPerson(database.db, person, 'Paged');
          for (const [index, { at, isFound }] of entries.entries())
            await insert({ at, title: `${isFound ? 'Straße' : 'other'} ${index}`, owner: ofPerson(person) });
          const expected = entries.flatMap(({ isFound }, index) =>
            isSearch && !isFound ? [] : [`${isFound ? 'Straße' : 'other'} ${index}`],
          );
          const seen: string[] = [];
          let before: number | null = null;
          for (let page = 0; page <= entries.length + 1; page++) {
            const { items, total, nextBefore }: Awaited<ReturnType<typeof read>> = await read(person, {
              before,
              limit,
              text: isSearch ? 'STRA' : '',
            });
            expect(total).toBe(expected.length);
            seen.push(...items.map(({ title }) => title));
            before = nextBefore;
            if (before === null) break;
          }
          expect(before).toBeNull();
          expect([...seen].sort()).toEqual([...expected].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is of all cards, and of the company with its name', async () => {
    const [ann, card, company] = [`ann-${++count}`, `card-${count}`, `company-${count}`];
    await insertPerson(database.db, ann, 'Ann Lee');
    await insertPerson(database.db, card, 'A. Lee');
    await joinTo(database.db, card, ann);
    await insertCompany(database.db, company, 'Harbour Freight', [ann]);
    await insert({ at: noon, title: 'Own', owner: ofPerson(ann) });
    await insert({ at: noon - 1, title: 'Of the other card', owner: ofPerson(card) });
    await insert({ at: noon - 2, title: 'Bill 10/2026', kind: 'bill', owner: { contact_id: null, account_id: company } });
    const found = await read(card);
    expect(found.items.map(({ title, accountName }) => [title, accountName])).toEqual([
      ['Own', null],
      ['Of the other card', null],
      ['Bill 10/2026', 'Harbour Freight'],
    ]);
    expect((await read(ann, { kinds: ['bill', 'visit'] })).items.map(({ title }) => title)).toEqual(['Bill 10/2026']);
    await database.db.updateTable('account').set({ org_unit_id: 'leeds' }).where('account_id', '=', company).execute();
    const elsewhere = await streamReads.readContactStream(
      database.reads,
      ann,
      { units: ['ningbo'] },
      { before: null, limit: 5, kinds: [], text: '' },
    );
    expect(elsewhere?.items.map(({ title }) => title)).toEqual(['Own', 'Of the other card']);
  });

  it('finds a text as it stands, in any case and script, and takes no sign for a command', async () => {
    const person = `found-${++count}`;
    await insertPerson(database.db, person, 'Found');
    const titles = ['100 % discount', 'a_b', `O'Brien; drop table`, 'ЗВОНОК', 'Ärger', '来电：账单', 'back\\slash', 'NEAR(x)'];
    for (const [index, title] of titles.entries()) await insert({ at: noon - index, title, owner: ofPerson(person) });
    const search = async (text: string) => (await read(person, { text })).items.map(({ title }) => title);
    expect(await search('%')).toEqual(['100 % discount']);
    expect(await search('_')).toEqual(['a_b']);
    expect(await search(`'brien; DROP`)).toEqual([`O'Brien; drop table`]);
    expect(await search('звонок')).toEqual(['ЗВОНОК']);
    expect(await search('ÄRG')).toEqual(['Ärger']);
    expect(await search('账单')).toEqual(['来电：账单']);
    expect(await search('\\')).toEqual(['back\\slash']);
    expect(await search('near(')).toEqual(['NEAR(x)']);
    expect(await search('nothing of this')).toEqual([]);
  });
});
