import type { Insertable } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Arrival, arrivalByChat, arrivalByEmail, arrivalByPhone } from '../../../../cti-bridge/crm/index.ts';
import { contactReads } from '../../../../cti-bridge/store/repositories/contact-reads.ts';
import { contactWrites } from '../../../../cti-bridge/store/repositories/contact-writes.ts';
import { identityReads } from '../../../../cti-bridge/store/repositories/identity-reads.ts';
import { identityWrites } from '../../../../cti-bridge/store/repositories/identity-writes.ts';
import { interactionWrites } from '../../../../cti-bridge/store/repositories/interaction-writes.ts';
import type { Schema } from '../../../../cti-bridge/store/schema.ts';
import { asId, type ContactId, type InteractionId } from '../../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';

const everybody = { units: null };
const author = { userId: 'u-lena', name: 'Lena Hartmann', source: 'screen' };
const now = Date.UTC(2026, 10, 21, 10);

describe.each(databases)('who is who, on $name', ({ open }) => {
  let test: DatabaseUnderTest;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.close());

  let round = 0;
  let made = 0;
  /** Ids of this test alone. */
  let of: (name: string) => string;
  beforeEach(() => {
    const prefix = `t${++round}-`;
    of = (name) => prefix + name;
  });

  async function person(name: string, more: Partial<Insertable<Schema['person']>> & { readonly company?: string } = {}): Promise<string> {
    const { company, ...columns } = more;
    const contactId = of(name);
    const row = {
      contact_id: contactId,
      head_id: contactId,
      name,
      name_key: name.toLowerCase(),
      title: null,
      locale: 'en',
      tier: 'silver',
    };
    const consent = { allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 };
    await test.db
      .insertInto('person')
      .values({ ...row, ...consent, ...columns })
      .execute();
    if (company !== undefined)
      await test.db
        .insertInto('person_account')
        .values({ contact_id: contactId, account_id: of(company), role: null, is_primary: 1 })
        .execute();
    return contactId;
  }
  async function company(name: string, kind: 'company' | 'household' = 'company'): Promise<void> {
    await test.db
      .insertInto('account')
      .values({ account_id: of(name), name, kind, is_key_account: 0 })
      .execute();
  }
  async function identifier(
    owner: { contact?: string; account?: string },
    kind: string,
    value: string,
    more: Partial<Insertable<Schema['identifier']>> = {},
  ) {
    const ids = { identifier_id: `id-${++made}`, contact_id: owner.contact ?? null, account_id: owner.account ?? null };
    await test.db
      .insertInto('identifier')
      .values({ ...ids, kind, value, is_verified: 0, is_shared: 0, ...more })
      .execute();
  }
  const key = (digits: string) => `+4479${String(round).padStart(4, '0')}${digits}`;
  const arrives = (arrival: Arrival) => contactReads.identifyArrival(test.reads, arrival, now);
  const calls = (number: string, entered: readonly string[] = []) =>
    arrives(arrivalByPhone({ number, presentedName: null }, 'GB', entered));
  const seen = (contactId: string, units: readonly string[] | null = null) => ({ contactId, scope: { units } });
  const merge = (kept: string, absorbed: string, units: readonly string[] | null = null, mergeId = `m-${++made}`) =>
    identityWrites.mergePeople(test.db, {
      mergeId,
      kept: seen(kept, units),
      absorbed: seen(absorbed, units),
      reason: 'same voice',
      author,
      at: now,
    });
  const unmerge = (mergeId: string, at = now + 1, units: readonly string[] | null = null) =>
    identityWrites.unmergePeople(test.db, { mergeId, scope: { units }, reason: 'another voice', author, at });
  const read = (contactId: string) => contactReads.readRecord(test.reads, asId<ContactId>(contactId), now, everybody);
  const duplicates = async (contactId: string, units: readonly string[] | null = null) =>
    (await identityReads.readDuplicates(test.reads, seen(contactId), { units }))?.map((each) => [
      each.contactId,
      each.confidence,
      each.reasons.map(({ code }) => code),
    ]);

  describe('arriving', () => {
    it('by mail, by chat, by SMS and by call leads to the same person, each by its own kind alone', async () => {
      const ada = await person('Ada Lin');
      await identifier({ contact: ada }, 'email', of('ada@lin.example'));
      await identifier({ contact: ada }, 'chatVisitor', of('visitor'));
      await identifier({ contact: ada }, 'mobile', key('1001'));
      const found = { kind: 'certain', record: { contactId: ada }, cards: { cardId: ada, cardIds: [ada] } };
      expect(await arrives(arrivalByEmail(`"Lin, Ada" <${of('ADA@lin.example')}>`))).toMatchObject({ ...found, reason: 'emailOnFile' });
      expect(await arrives(arrivalByChat(of('visitor'), null))).toMatchObject({ ...found, reason: 'visitorKnown' });
      expect(await calls(key('1001'))).toMatchObject({ ...found, reason: 'numberOnFile' });
      expect(await arrives(arrivalByChat(key('1001'), null))).toEqual({ kind: 'unknown' });
    });

    it('from the line of a company leads to its people, who were last in touch first', async () => {
      await company('Kemp & Sons');
      const [arthur, joanna] = [await person('Arthur', { company: 'Kemp & Sons' }), await person('Joanna', { company: 'Kemp & Sons' })];
      await person('Somebody else');
      await identifier({ account: of('Kemp & Sons') }, 'phone', key('2002'));
      await identifier({ contact: joanna }, 'mobile', key('2003'), { last_used_at: now - 5 });
      expect(await calls(key('2002'))).toMatchObject({
        kind: 'candidates',
        candidates: [
          {
            contactId: joanna,
            reasons: [{ code: 'recentUse' }, { code: 'sharedLine', facts: { account: 'Kemp & Sons', kind: 'company' } }, {}],
          },
          { contactId: arthur },
        ],
        cards: { [joanna]: { cardId: null } },
        suggestShared: false,
      });
    });

    it('with the customer number typed in the menu is certain, and on the line of the company too', async () => {
      await company('Kemp & Sons');
      const arthur = await person('Arthur', { company: 'Kemp & Sons' });
      await person('Joanna', { company: 'Kemp & Sons' });
      await identifier({ account: of('Kemp & Sons') }, 'phone', key('3003'));
      await identifier({ contact: arthur }, 'membership', of('4711'));
      expect(await calls(key('3003'), [of('4711')])).toMatchObject({
        kind: 'certain',
        reason: 'enteredId',
        record: { contactId: arthur },
      });
      expect(await calls('anonymous', [of('4711')])).toMatchObject({ kind: 'certain', reason: 'enteredId' });
      expect(await calls(key('3003'), ['nonsense'])).toMatchObject({ kind: 'candidates' });
    });

    it('from the line of the company, once chosen, puts that person first, and the line stays the company’s', async () => {
      await company('Kemp & Sons');
      const arthur = await person('Arthur', { company: 'Kemp & Sons' });
      await person('Joanna', { company: 'Kemp & Sons' });
      await identifier({ account: of('Kemp & Sons') }, 'phone', key('4004'));
      const link = { interactionId: asId<InteractionId>(of('call')), contactId: asId<ContactId>(arthur), author, at: now - 9 };
      await contactWrites.linkInteraction(test.db, { ...link, taught: { kind: 'phone', key: key('4004') } });
      expect(await calls(key('4004'))).toMatchObject({ kind: 'candidates', candidates: [{ contactId: arthur, lastUsedAt: now - 9 }, {}] });
    });

    it('in a merged person is kept on the card that holds the number, and teaching a new one goes to the card named', async () => {
      const [ada, adaToo] = [await person('Ada Lin'), await person('A. Lin')];
      await identifier({ contact: adaToo }, 'mobile', key('5005'));
      await merge(ada, adaToo);
      expect(await calls(key('5005'))).toMatchObject({
        kind: 'certain',
        record: { contactId: ada, name: 'Ada Lin' },
        cards: { cardId: adaToo, cardIds: [ada, adaToo] },
      });
      const note = await contactWrites.addNote(test.db, of('n'), asId<ContactId>(ada), null, 'Lena', 'on the head', now);
      expect((await read(adaToo))?.notes).toEqual([note]);
    });
  });

  describe('merging', () => {
    it('shows one person under every id, tells both timelines, and names nobody there', async () => {
      const [ada, adaToo] = [await person('Ada Lin', { title: 'Buyer' }), await person('A. Lin', { birthday: '03-28' })];
      const outcome = await merge(ada, adaToo);
      expect(outcome).toMatchObject({
        ok: true,
        value: {
          kept: { contactId: ada },
          absorbed: { contactId: adaToo, name: 'A. Lin' },
          by: 'Lena Hartmann',
          reason: 'same voice',
          undone: null,
        },
      });
      expect(await read(adaToo)).toEqual(await read(ada));
      const lines = (await read(ada))?.timeline.items.filter(({ kind }) => kind === 'merge') ?? [];
      expect(lines.map(({ title, outcome: by }) => [title, by])).toEqual([
        ['Merged with another record', 'Lena Hartmann'],
        ['Merged with another record', 'Lena Hartmann'],
      ]);
      expect(JSON.stringify(lines.map(({ title, detail, outcome: by }) => [title, detail, by]))).not.toMatch(/Lin|voice/);
    });

    it('is the same merge when asked twice', async () => {
      const [ada, bob] = [await person('Ada'), await person('Bob')];
      const first = await merge(ada, bob, null, of('m'));
      expect(await merge(ada, bob, null, of('m'))).toEqual(first);
      expect(await identityReads.readMergesOf(test.reads, seen(bob))).toHaveLength(1);
    });

    it('refuses a loop: one with itself, two of one person, from either side, through a third', async () => {
      const [a, b, c] = [await person('A'), await person('B'), await person('C')];
      await merge(a, b);
      await merge(b, c);
      const refused = { ok: false, error: { code: 'conflict', message: 'These two are one record already.' } };
      for (const [kept, absorbed] of [
        [a, a],
        [a, b],
        [b, a],
        [c, a],
        [b, c],
      ] as const)
        expect(await merge(kept, absorbed)).toEqual(refused);
    });

    it('refuses what would make a person of more records than can be read while the phone rings', async () => {
      const head = await person('Head');
      for (let index = 1; index < 50; index++) expect(await merge(head, await person(`Card ${index}`))).toMatchObject({ ok: true });
      expect(await merge(head, await person('One more'))).toMatchObject({ ok: false, error: { code: 'conflict' } });
    });

    it('of many at once, each way round, leaves a forest: every two are one person once', async () => {
      const cards: string[] = [];
      for (let index = 0; index < 6; index++) cards.push(await person(`Card ${index}`));
      const pairs = cards.flatMap((kept) => cards.map((absorbed) => [kept, absorbed] as const));
      const outcomes = await Promise.all(
        pairs.map(([kept, absorbed]) => test.db.transaction().execute((db) => mergeIn(db, kept, absorbed))),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
      const record = await read(cards[3] ?? '');
      for (const card of cards) expect((await read(card))?.contactId).toBe(record?.contactId);

      function mergeIn(db: typeof test.db, kept: string, absorbed: string) {
        return identityWrites.mergePeople(db, {
          ...{ mergeId: `m-${++made}`, kept: seen(kept), absorbed: seen(absorbed), reason: 'storm', author, at: now },
        });
      }
    });
  });

  describe('undoing a merge', () => {
    it('gives both their own back, with who took it back and why', async () => {
      const [ada, bob] = [await person('Ada', { title: 'Buyer' }), await person('Bob')];
      const [before, beforeToo] = [await read(ada), await read(bob)];
      const merged = await merge(ada, bob);
      const mergeId = merged.ok ? merged.value.mergeId : '';
      expect(await unmerge(mergeId)).toMatchObject({
        ok: true,
        value: { undone: { at: now + 1, by: 'Lena Hartmann', reason: 'another voice' } },
      });
      const told = ({ timeline }: NonNullable<typeof before>) => timeline.items.map(({ title }) => title);
      for (const [id, earlier] of [
        [ada, before],
        [bob, beforeToo],
      ] as const) {
        const after = await read(id);
        expect({ ...after, timeline: null }).toEqual({ ...earlier, timeline: null });
        expect(told(after as NonNullable<typeof before>)).toEqual(['Merge undone', 'Merged with another record']);
      }
      expect(await identityReads.readMergesOf(test.reads, seen(ada))).toMatchObject([{ mergeId, undone: { reason: 'another voice' } }]);
    });

    it('of one in the middle takes out the part that hung on it', async () => {
      const [a, b, c, d] = [await person('A'), await person('B'), await person('C'), await person('D')];
      await merge(b, c);
      const middle = await merge(a, b);
      await merge(a, d);
      await unmerge(middle.ok ? middle.value.mergeId : '');
      const heads = await Promise.all([a, b, c, d].map(async (id) => (await read(id))?.contactId));
      expect(heads).toEqual([a, b, b, a]);
    });

    it('twice is refused, and so is what there is not; the same undoing again is the same', async () => {
      const merged = await merge(await person('Ada'), await person('Bob'));
      const mergeId = merged.ok ? merged.value.mergeId : '';
      await unmerge(mergeId, now + 5);
      expect(await unmerge(mergeId, now + 5)).toMatchObject({ ok: true });
      expect(await unmerge(mergeId, now + 6)).toMatchObject({ error: { code: 'conflict', message: 'This merge was undone already.' } });
      expect(await unmerge('nothing')).toMatchObject({ error: { code: 'not_found' } });
    });

    it('lets them be merged again, the other way round', async () => {
      const [ada, bob] = [await person('Ada'), await person('Bob')];
      const merged = await merge(ada, bob);
      await unmerge(merged.ok ? merged.value.mergeId : '');
      expect(await merge(bob, ada)).toMatchObject({ ok: true });
      expect((await read(ada))?.contactId).toBe(bob);
    });
  });

  describe('whose customers somebody may see', () => {
    it('decides over both sides of a merge, of its preview, of its undoing, and of who is not the same', async () => {
      const [here, there] = [await person('Ada', { org_unit_id: 'ningbo' }), await person('A. Lin', { org_unit_id: 'leeds' })];
      const nobody = { ok: false, error: { code: 'not_found' } };
      expect(await merge(here, there, ['ningbo'])).toMatchObject(nobody);
      expect(await merge(there, here, ['ningbo'])).toMatchObject(nobody);
      expect(await identityReads.previewMerge(test.reads, seen(here, ['ningbo']), seen(there, ['ningbo']))).toMatchObject(nobody);
      expect(
        await identityWrites.markNotTheSame(test.db, { one: seen(here, ['ningbo']), other: seen(there, ['ningbo']), author, at: now }),
      ).toMatchObject(nobody);
      const merged = await merge(here, there, ['ningbo', 'leeds']);
      const mergeId = merged.ok ? merged.value.mergeId : '';
      expect(await unmerge(mergeId, now, ['ningbo'])).toMatchObject(nobody);
      expect(await unmerge(mergeId, now, ['ningbo', 'leeds'])).toMatchObject({ ok: true });
      expect(await identityReads.readMergesOf(test.reads, seen(here, ['ningbo']))).toEqual([]);
      expect(await identityReads.readMergesOf(test.reads, seen(there, ['ningbo']))).toBeNull();
    });

    it('is either office of a person whose records are of two', async () => {
      const [here, there] = [await person('Ada', { org_unit_id: 'ningbo' }), await person('A. Lin', { org_unit_id: 'leeds' })];
      await merge(here, there);
      const as = (unit: string) => contactReads.readRecord(test.reads, asId<ContactId>(here), now, { units: [unit] });
      expect([await as('ningbo'), await as('leeds'), await as('berlin')].map((record) => record?.name ?? null)).toEqual([
        'Ada',
        'Ada',
        null,
      ]);
    });

    it('keeps those of other offices out of the record that pops up, whoever will see it', async () => {
      const [here, near, far, free] = [
        await person('Ada', { org_unit_id: 'ningbo' }),
        await person('Bo', { org_unit_id: 'ningbo' }),
        await person('Cy', { org_unit_id: 'leeds' }),
        await person('Di'),
      ];
      for (const contact of [here, near, far, free]) await identifier({ contact }, 'mobile', key('6006'));
      const named = async (contactId: string) => (await read(contactId))?.possibleDuplicates.map((each) => each.contactId);
      expect(await named(here)).toEqual([near, free]);
      expect(await named(free)).toEqual([]);
    });

    it('decides which duplicates are named', async () => {
      const [here, there] = [await person('Ada', { org_unit_id: 'ningbo' }), await person('A. Lin', { org_unit_id: 'leeds' })];
      await identifier({ contact: here }, 'mobile', key('6006'));
      await identifier({ contact: there }, 'mobile', key('6006'));
      expect(await duplicates(here, ['ningbo'])).toEqual([]);
      expect(await duplicates(here, ['ningbo', 'leeds'])).toEqual([[there, 45, ['sameNumber']]]);
    });
  });

  describe('duplicates', () => {
    it('are who has the same number, address or customer number, or the name in the same company', async () => {
      await company('Harbour');
      const ada = await person('Ada Lin', { company: 'Harbour', birthday: '1984-03-28' });
      const [byMail, byName, bySound] = [
        await person('Bo Wu'),
        await person('ada lin', { company: 'Harbour' }),
        await person('Lin, Ada', { company: 'Harbour' }),
      ];
      const byDay = await person('Ada  Lin', { name_key: 'ada lin', birthday: '1984-03-28' });
      await person('Ada Lin of nowhere', { name_key: 'ada lin' });
      await identifier({ contact: ada }, 'email', of('ada@lin.example'));
      await identifier({ contact: byMail }, 'email', of('ada@lin.example'));
      expect(await duplicates(ada)).toEqual([
        [byDay, 50, ['sameName', 'sameBirthday']],
        [byMail, 45, ['sameEmail']],
        [byName, 40, ['sameName', 'sameCompany']],
      ]);
      await identifier({ contact: bySound }, 'email', of('ada@lin.example'));
      expect(await duplicates(ada)).toContainEqual([bySound, 75, ['sameEmail', 'similarName', 'sameCompany']]);
    });

    it('are on the record that pops up, but for those of whom somebody said that they are not, however they are merged later', async () => {
      const [ada, bo, third] = [await person('Ada'), await person('Bo'), await person('Third')];
      for (const contact of [ada, bo]) await identifier({ contact }, 'mobile', key('7007'));
      expect((await read(ada))?.possibleDuplicates).toMatchObject([
        { contactId: bo, confidence: 45, reasons: [{ code: 'sameNumber', facts: { value: key('7007') } }] },
      ]);
      expect(await identityWrites.markNotTheSame(test.db, { one: seen(bo), other: seen(ada), author, at: now })).toMatchObject({
        ok: true,
      });
      await merge(third, bo);
      expect((await read(ada))?.possibleDuplicates).toEqual([]);
      expect(await duplicates(third)).toEqual([]);
    });

    it('are never those who are one person already, and one person once', async () => {
      const [ada, adaToo, bo, boToo] = [await person('Ada'), await person('Ada too'), await person('Bo'), await person('Bo too')];
      for (const contact of [ada, adaToo, bo, boToo]) await identifier({ contact }, 'mobile', key('8008'));
      await merge(ada, adaToo);
      await merge(bo, boToo);
      expect(await duplicates(adaToo)).toEqual([[bo, 45, ['sameNumber']]]);
    });

    it('are asked about before a merge: side by side, with what would be shown', async () => {
      const ada = await person('Ada Lin', { title: null, custom: '{"colour":"blue"}' });
      const bo = await person('A. Lin', { title: 'Buyer', custom: '{"size":4}', allows_sms_offers: 0 });
      await identifier({ contact: bo }, 'mobile', key('9009'));
      const preview = await identityReads.previewMerge(test.reads, seen(ada), seen(bo));
      if (!preview.ok) throw new Error(preview.error.message);
      const fields = Object.fromEntries(preview.value.fields.map(({ field, kept, absorbed, shown }) => [field, [kept, absorbed, shown]]));
      expect(fields).toMatchObject({
        name: ['Ada Lin', 'A. Lin', 'Ada Lin'],
        title: [null, 'Buyer', 'Buyer'],
        allowsSmsOffers: ['true', 'false', 'false'],
        'custom.colour': ['blue', null, 'blue'],
        'custom.size': [null, '4', '4'],
      });
      expect(fields).not.toHaveProperty('birthday');
      expect(preview.value.counts).toContainEqual({ what: 'identifiers', kept: 0, absorbed: 1 });
      expect(preview.value.likeness).toMatchObject({ confidence: 20, reasons: [{ code: 'similarName' }] });
    });
  });

  it('finishes a contact with somebody who was erased meanwhile, as a contact with nobody', async () => {
    const ada = await person('Ada');
    const interactionId = asId<InteractionId>(of('call'));
    await interactionWrites.recordCaller(test.db, interactionId, {
      number: key('0000'),
      key: key('0000'),
      presentedName: null,
      dialled: '1000',
      at: now,
    });
    await test.db.deleteFrom('person').where('contact_id', '=', ada).execute();
    await interactionWrites.complete(test.db, {
      ...{ interactionId, agentId: null, agentName: 'Lena', contactId: asId<ContactId>(ada), title: { en: 'Call', zh: '来电' } },
      ...{ dispositionCode: 'x', isAutomatic: false, note: 'kept as a draft', handlingMs: 1, at: now },
    });
    const stored = await test.db.selectFrom('interaction').selectAll().where('interaction_id', '=', interactionId).executeTakeFirst();
    expect(stored).toMatchObject({ contact_id: null, completed_at: now });
    expect(await test.db.selectFrom('draft').select('text').where('interaction_id', '=', interactionId).execute()).toEqual([
      { text: 'kept as a draft' },
    ]);
  });
});
