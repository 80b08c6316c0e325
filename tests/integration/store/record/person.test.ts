import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressWrites } from '../../../../cti-bridge/store/repositories/record/address-writes.ts';
import { identifierWrites, insertIdentifier } from '../../../../cti-bridge/store/repositories/record/identifier-writes.ts';
import { recordPageReads } from '../../../../cti-bridge/store/repositories/record/page-reads.ts';
import { personWrites } from '../../../../cti-bridge/store/repositories/record/person-writes.ts';
import { streamReads } from '../../../../cti-bridge/store/repositories/record/stream-reads.ts';
import { undoWrites } from '../../../../cti-bridge/store/repositories/record/undo-writes.ts';
import type { PersonEdit } from '../../../../shared/contracts/record.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';
import { change, everybody, insertCompany, insertPerson, joinTo, noon } from './record-under-test.ts';

describe.each(databases)('the record of a person on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  let [ann, other] = ['', ''];
  let count = 0;
  beforeEach(async () => {
    count++;
    [ann, other] = [`ann-${count}`, `other-${count}`];
    await insertPerson(database.db, ann, 'Ann Lee', { title: 'Director' });
    await insertPerson(database.db, other, 'A. Lee', { updatedAt: 5 });
  });

  const page = async (contactId = ann, scope: { readonly units: readonly string[] | null } = everybody) => {
    const found = await recordPageReads.readContactPage(database.reads, contactId, scope, noon);
    if (!found) throw new Error('The person is there');
    return found;
  };
  const edit = async (fields: PersonEdit, contactId = ann) =>
    personWrites.editPerson(database.db, { ...change(), contactId, basedOn: (await page(contactId)).revision, fields });
  const history = async (contactId = ann) => (await streamReads.readHistory(database.reads, contactId, everybody, null, 100)) ?? [];
  const setIdentifier = (
    value: string,
    more: { readonly identifierId?: string; readonly shared?: boolean; readonly label?: string } = {},
    contactId = ann,
  ) =>
    identifierWrites.setIdentifier(database.db, {
      ...{ ...change(), contactId, identifierId: null, kind: 'email', value, extension: null, label: null, verified: true, shared: false },
      ...more,
    });

  it('begins with the stream of the person and their company, as it goes on when one asks for more', async () => {
    const company = `harbour-${count}`;
    await insertCompany(database.db, company, 'Harbour Freight', [ann]);
    const entry = { at: noon, title: 'October', detail: null, outcome: null, interaction_id: null, channel: null };
    await database.db
      .insertInto('timeline_entry')
      .values({
        ...entry,
        entry_id: `bill-${count}`,
        kind: 'bill',
        subject_kind: 'bill',
        subject_id: 'b-1',
        contact_id: null,
        account_id: company,
      })
      .execute();
    const wanted = { before: null, limit: 30, kinds: [], text: '' };
    const { timeline } = (await page()).record;
    expect(timeline).toEqual(await streamReads.readContactStream(database.reads, ann, everybody, wanted));
    expect(timeline.items).toMatchObject([{ subject: { kind: 'bill', id: 'b-1' }, accountName: 'Harbour Freight' }]);
  });

  it('tells nothing of a company that belongs to another office, though the person is everybody’s', async () => {
    const company = `elsewhere-${count}`;
    await insertCompany(database.db, company, 'Harbour Freight', [ann]);
    await database.db.updateTable('account').set({ org_unit_id: 'north' }).where('account_id', '=', company).execute();
    await database.db
      .insertInto('product')
      .values({ product_id: `line-${count}`, account_id: company, contact_id: null, name: 'Leased line', quantity: 9, unused: 0 })
      .execute();
    const record = async (unit: string) => (await page(ann, { units: [unit] })).record;
    expect(await record('north')).toMatchObject({ accountName: 'Harbour Freight', products: [{ name: 'Leased line' }] });
    expect(await record('south')).toMatchObject({ accountId: null, accountName: null, products: [], manager: null });
  });

  it('keeps what stood there before each change, by whom and from where', async () => {
    expect(await edit({ name: 'Ann Lee-Wong', title: null, tier: 'diamond' })).toEqual({ ok: true, value: null });
    expect((await page()).fields).toMatchObject({ name: 'Ann Lee-Wong', title: null, tier: 'diamond' });
    expect(await history()).toMatchObject([
      { field: 'tier', before: '"gold"', after: '"diamond"', author: 'Lena Hartmann', source: 'screen', undone: false },
      { field: 'title', before: '"Director"', after: null },
      { field: 'name', before: '"Ann Lee"', after: '"Ann Lee-Wong"' },
    ]);
  });

  it('refuses an edit that is based on what somebody has changed since, and takes nothing of it', async () => {
    const { revision } = await page();
    await edit({ title: 'Chair' });
    const late = await personWrites.editPerson(database.db, { ...change(), contactId: ann, basedOn: revision, fields: { name: 'X' } });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect((await page()).fields.name).toBe('Ann Lee');
  });

  it('is one change however often the same one is performed', async () => {
    const once = { ...change(), contactId: ann, basedOn: (await page()).revision, fields: { title: 'Chair' } };
    expect(await personWrites.editPerson(database.db, once)).toMatchObject({ ok: true });
    expect(await personWrites.editPerson(database.db, once)).toMatchObject({ ok: true });
    expect(await history()).toHaveLength(1);
  });

  it('changes custom fields one by one, and takes one away with null', async () => {
    await edit({ custom: { colour: 'blue', floor: 3, vip: true } });
    await edit({ custom: { floor: null, colour: 'red' } });
    expect((await page()).fields.custom).toEqual({ colour: 'red', vip: true });
    expect((await history()).map(({ field }) => field).sort()).toEqual(
      ['custom.colour', 'custom.colour', 'custom.floor', 'custom.floor', 'custom.vip'].sort(),
    );
  });

  it('writes to the card whose value is shown, so that no card shows what was typed about another', async () => {
    await edit({ segment: 'retail' }, other);
    await joinTo(database.db, other, ann);
    const shown = await page();
    expect(shown.fields).toMatchObject({ name: 'Ann Lee', title: 'Director', segment: 'retail' });
    expect(shown.cards.map(({ contactId }) => contactId)).toEqual([ann, other]);
    await edit({ segment: 'wholesale', title: 'Chair', stage: 'growing' }, other);
    await joinTo(database.db, other, other);
    expect((await page(ann)).fields).toMatchObject({ segment: null, title: 'Chair', stage: 'growing' });
    expect((await page(other)).fields).toMatchObject({ segment: 'wholesale', title: null, stage: null });
  });

  it('takes one change back, and refuses when it was changed again since', async () => {
    await edit({ title: 'Chair' });
    const [first] = await history();
    await edit({ tier: 'silver' });
    expect(await undoWrites.undoChange(database.db, { ...change(), contactId: ann, undoes: first?.changeId ?? '' })).toMatchObject({
      ok: true,
    });
    expect((await page()).fields).toMatchObject({ title: 'Director', tier: 'silver' });
    expect((await history()).map(({ field, undone }) => [field, undone])).toEqual([
      ['title', false],
      ['tier', false],
      ['title', true],
    ]);
    const again = await undoWrites.undoChange(database.db, { ...change(), contactId: ann, undoes: first?.changeId ?? '' });
    expect(again).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const foreign = await undoWrites.undoChange(database.db, { ...change(), contactId: other, undoes: first?.changeId ?? '' });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('says whose an address is that somebody has already, unless they are out of sight', async () => {
    await setIdentifier(`lee-${count}@example.net`, {}, other);
    expect(await setIdentifier(`lee-${count}@example.net`)).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: expect.stringContaining('A. Lee') },
    });
    await database.db.updateTable('person').set({ org_unit_id: 'leeds' }).where('contact_id', '=', other).execute();
    const elsewhere = await identifierWrites.setIdentifier(database.db, {
      ...{ ...change({ units: ['ningbo'] }), contactId: ann, identifierId: null, kind: 'email', value: `lee-${count}@example.net` },
      ...{ extension: null, label: null, verified: false, shared: false },
    });
    expect(elsewhere).toMatchObject({ ok: true });
  });

  it('makes a line that several use the company’s, and gives it back', async () => {
    await insertCompany(database.db, `company-${count}`, 'Harbour Freight', [ann]);
    await setIdentifier(`desk-${count}@example.net`);
    const [own] = (await page()).identifiers;
    await setIdentifier(`desk-${count}@example.net`, { identifierId: own?.identifierId ?? '', shared: true });
    expect((await page()).identifiers).toMatchObject([{ accountId: `company-${count}`, contactId: null, shared: true }]);
    const [shared] = await history();
    await undoWrites.undoChange(database.db, { ...change(), contactId: ann, undoes: shared?.changeId ?? '' });
    expect((await page()).identifiers).toMatchObject([{ accountId: null, contactId: ann, shared: false, verified: true }]);
  });

  describe('a line that several people have as their own', () => {
    const line = () => `line-${count}@example.net`;
    const share = (contactIds: readonly string[], scope: { readonly units: readonly string[] | null } = everybody) =>
      identifierWrites.shareIdentifier(database.db, {
        ...{ ...change(), value: line(), people: contactIds.map((contactId) => ({ contactId, scope })) },
      });
    const areShared = async () => [await page(), await page(other)].map((each) => each.identifiers.map(({ shared }) => shared));
    beforeEach(async () => {
      for (const contactId of [ann, other]) {
        const owner = { contact_id: contactId, account_id: null, import_id: null, source: null, source_at: null };
        const rest = { extension: null, label: 'home', is_verified: 1, is_shared: 0, last_used_at: null, created_at: noon };
        await insertIdentifier(database.db, { identifier_id: `${contactId}-line`, kind: 'email', value: line(), ...owner, ...rest });
      }
    });

    it('is nobody’s own after one change, which stands in the history of each and can be undone for each', async () => {
      expect(await share([ann, other])).toEqual({ ok: true, value: null });
      expect(await areShared()).toEqual([[true], [true]]);
      const [[changed], [changedToo]] = [await history(), await history(other)];
      expect([changed, changedToo]).toMatchObject([{ field: 'identifier' }, { field: 'identifier' }]);
      await undoWrites.undoChange(database.db, { ...change(), contactId: other, undoes: changedToo?.changeId ?? '' });
      expect(await areShared()).toEqual([[true], [false]]);
    });

    it('stays as it is of all of them when one is not there or out of sight', async () => {
      expect(await share([ann, 'nobody'])).toMatchObject({ ok: false, error: { code: 'not_found' } });
      await database.db.updateTable('person').set({ org_unit_id: 'north' }).where('contact_id', '=', other).execute();
      expect(await share([ann, other], { units: ['south'] })).toMatchObject({ ok: false, error: { code: 'not_found' } });
      expect(await areShared()).toEqual([[false], [false]]);
    });
  });

  it('puts back a number that was taken away', async () => {
    await setIdentifier(`gone-${count}@example.net`, { label: 'Old office' });
    const [own] = (await page()).identifiers;
    await identifierWrites.removeIdentifier(database.db, { ...change(), contactId: ann, identifierId: own?.identifierId ?? '' });
    expect((await page()).identifiers).toEqual([]);
    const [removal] = await history();
    await undoWrites.undoChange(database.db, { ...change(), contactId: ann, undoes: removal?.changeId ?? '' });
    expect((await page()).identifiers).toMatchObject([{ value: `gone-${count}@example.net`, label: 'Old office', verified: true }]);
  });

  it('keeps addresses with their history', async () => {
    const lines = { kind: 'work', lines: 'Quay 4', city: 'Hull', region: null, postalCode: 'HU1', country: 'GB' } as const;
    await addressWrites.setAddress(database.db, { ...change(), contactId: ann, address: { addressId: null, ...lines } });
    const [address] = (await page()).addresses;
    expect(address).toMatchObject(lines);
    const moved = { ...lines, addressId: address?.addressId ?? '', lines: 'Quay 5' };
    await addressWrites.setAddress(database.db, { ...change(), contactId: ann, address: moved });
    const [move] = await history();
    await undoWrites.undoChange(database.db, { ...change(), contactId: ann, undoes: move?.changeId ?? '' });
    expect((await page()).addresses).toMatchObject([{ lines: 'Quay 4' }]);
    const emptied = { ...moved, lines: '', city: null, postalCode: ' ' };
    await addressWrites.setAddress(database.db, { ...change(), contactId: ann, address: emptied });
    expect((await page()).addresses).toEqual([]);
  });

  it('does not exist for somebody of another office', async () => {
    await database.db.updateTable('person').set({ org_unit_id: 'leeds' }).where('contact_id', '=', ann).execute();
    const elsewhere = { units: ['ningbo'] };
    expect(await recordPageReads.readContactPage(database.reads, ann, elsewhere, noon)).toBeNull();
    expect(await streamReads.readHistory(database.reads, ann, elsewhere, null, 10)).toBeNull();
    const edited = await personWrites.editPerson(database.db, { ...change(elsewhere), contactId: ann, basedOn: 1, fields: { name: 'X' } });
    expect(edited).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect((await page(ann, { units: ['leeds'] })).fields.name).toBe('Ann Lee');
  });

  it('gives back whatever was typed, as it was typed', async () => {
    const hostile = [
      `'; drop table person; --`,
      '" or 1=1',
      '<script>alert(1)</script>',
      '=cmd|/c calc!A1',
      '%_\\',
      'NEAR(a b)',
      '{{x}} {y}',
      '\u202eevil\u200b 👩‍👩‍👧',
    ];
    for (const text of hostile) {
      expect(await edit({ name: text, title: text, segment: text, custom: { note: text } })).toMatchObject({ ok: true });
      expect((await page()).fields).toMatchObject({ name: text, title: text, segment: text, custom: { note: text } });
      const address = { addressId: null, kind: 'home', lines: text, city: text, region: text, postalCode: text, country: null } as const;
      expect(await addressWrites.setAddress(database.db, { ...change(), contactId: ann, address })).toMatchObject({ ok: true });
      expect(await setIdentifier(`${text}-${count}`, { label: text })).toMatchObject({ ok: true });
    }
    const shown = await page();
    expect(shown.addresses.map(({ city }) => city).sort()).toEqual([...hostile].sort());
    expect(shown.identifiers.map(({ value }) => value).sort()).toEqual(hostile.map((text) => `${text}-${count}`).sort());
  });
});
