import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tableNames } from '../../../cti-bridge/store/dialect.ts';
import { messageWrites } from '../../../cti-bridge/store/repositories/messages/message-writes.ts';
import { privacyReads } from '../../../cti-bridge/store/repositories/privacy/privacy-reads.ts';
import { privacyWrites } from '../../../cti-bridge/store/repositories/privacy/privacy-writes.ts';
import { asId, type ContactId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 9, 20);
const everybody = { units: null };
const author = { userId: 'adam', name: 'Adam', source: 'screen' };

describe.each(databases)('what the law asks for, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  let counted = 0;
  let prefix = '';
  beforeAll(async () => {
    database = await open();
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => {
    prefix = `t${++counted}`;
  });

  const id = (name: string) => `${prefix}-${name}`;
  async function person(name: string, more: object = {}): Promise<string> {
    const contact_id = id(name);
    const row = { contact_id, head_id: contact_id, name, name_key: name.toLowerCase(), locale: 'en', tier: 'standard', created_at: 1 };
    const consent = { allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0 };
    await database.db
      .insertInto('person')
      .values({ ...row, ...consent, ...more })
      .execute();
    return contact_id;
  }
  const talked = (contact_id: string, at: number) =>
    database.db
      .insertInto('timeline_entry')
      .values({ entry_id: `${contact_id}-${at}`, contact_id, at, kind: 'call', title: 'A call' })
      .execute();
  const reached = (contact_id: string, value: string, kind = 'mobile') =>
    database.db
      .insertInto('identifier')
      .values({ identifier_id: `${contact_id}-${value}`, contact_id, kind, value, is_verified: 0, is_shared: 0 })
      .execute();
  const erase = (contactId: string, confirmName: string, scope: { readonly units: readonly string[] | null } = everybody) =>
    database.db
      .transaction()
      .execute((db) =>
        privacyWrites.erase(db, { entryId: `e${++counted}`, author, at: now, scope, contactId, confirmName, reason: 'asked' }),
      );
  const rule = (stages: readonly string[] = []) => ({ silentSince: now - 100 * day, stages });
  const lapsed = async (stages?: readonly string[], scope: { readonly units: readonly string[] | null } = everybody) => {
    const rows = await privacyReads.lapsed(database.reads, rule(stages), scope, now, { after: '', limit: 1_000 });
    return rows.map((row) => row.contactId).filter((each) => each.startsWith(`${prefix}-`));
  };

  it('erases all cards of a person, and no other person', async () => {
    const [head, card, other] = [await person('Head'), await person('Card'), await person('Other')];
    await database.db.updateTable('person').set({ head_id: head }).where('contact_id', '=', card).execute();
    for (const one of [head, card, other]) await talked(one, now);
    expect(await erase(card, 'Card')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await erase(card, ' Head ')).toMatchObject({ ok: true });
    const left = await database.reads.selectFrom('person').select('contact_id').where('contact_id', 'in', [head, card, other]).execute();
    expect(left).toEqual([{ contact_id: other }]);
    const lines = await database.reads
      .selectFrom('timeline_entry')
      .select('contact_id')
      .where('contact_id', 'in', [head, card, other])
      .execute();
    expect(lines).toEqual([{ contact_id: other }]);
  });

  it('keeps of calls what reports need, and takes the number of calls from before anybody knew whose it was', async () => {
    const contactId = await person('Caller');
    await reached(contactId, '+8613900000001');
    await reached(contactId, '+861000');
    await reached(await person('Colleague'), '+861000');
    const call = (name: string, number: string, contact_id: string | null) =>
      database.db
        .insertInto('interaction')
        .values({
          interaction_id: id(name),
          contact_id,
          number,
          number_received: number,
          dialled: '1000',
          received_at: now,
          handling_ms: 5,
        })
        .execute();
    await call('theirs', '+8613900000001', contactId);
    await call('unknown', '+8613900000001', null);
    await call('shared', '+861000', null);
    await erase(contactId, 'Caller');
    const rows = await database.reads
      .selectFrom('interaction')
      .select(['interaction_id', 'contact_id', 'number', 'handling_ms'])
      .where('interaction_id', 'in', [id('theirs'), id('unknown'), id('shared')])
      .orderBy('interaction_id')
      .execute();
    expect(rows).toEqual([
      { interaction_id: id('shared'), contact_id: null, number: '+861000', handling_ms: 5 },
      { interaction_id: id('theirs'), contact_id: null, number: null, handling_ms: 5 },
      { interaction_id: id('unknown'), contact_id: null, number: null, handling_ms: 5 },
    ]);
  });

  it('refuses while a hold stands, and while a call that was promised is waited for', async () => {
    const contactId = await person('Held');
    const hold = { entryId: id('h'), author, at: now, scope: everybody, contactId };
    await privacyWrites.setHold(database.db, { ...hold, reason: 'A court asked.', until: now + day });
    expect(await erase(contactId, 'Held')).toMatchObject({ ok: false, error: { message: expect.stringContaining('legal hold') } });
    await privacyWrites.setHold(database.db, { ...hold, entryId: id('h2'), reason: 'Over.', until: now - day });
    const waits = { trunk_id: 't', dialled: '1000', locale: 'en', priority: 0, queued_at: now, promised_at: now, attempts: 0 } as const;
    await database.db
      .insertInto('interaction')
      .values({ interaction_id: id('i'), contact_id: contactId, dialled: '1000', received_at: now })
      .execute();
    await database.db
      .insertInto('callback')
      .values({ work_item_id: id('w'), interaction_id: id('i'), queue_id: 'q', number: '1', state: 'pending', ...waits })
      .execute();
    expect(await erase(contactId, 'Held')).toMatchObject({ ok: false, error: { message: expect.stringContaining('promised') } });
    await database.db.updateTable('callback').set({ state: 'reached' }).where('work_item_id', '=', id('w')).execute();
    expect(await erase(contactId, 'Held')).toMatchObject({ ok: true });
  });

  it('does not exist for somebody of another office: not to be erased, held, exported, read', async () => {
    const contactId = await person('Elsewhere', { org_unit_id: 'west' });
    const east = { units: ['east'] };
    expect(await erase(contactId, 'Elsewhere', east)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const hold = { entryId: id('h'), author, at: now, scope: east, contactId, reason: 'x', until: null };
    expect(await privacyWrites.setHold(database.db, hold)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await privacyReads.dossier(database.reads, contactId, east)).toBeNull();
    const page = await privacyReads.exportPage(database.reads, east, { after: '', limit: 1_000, text: 'Elsewhere' });
    expect(page).toEqual([]);
    expect(await lapsed([], east)).toEqual([]);
  });

  it('knows who has lapsed: silent on every card, of the stage, with nothing open and nothing held', async () => {
    const [silent, talking] = [await person('Silent', { stage: 'lost' }), await person('Talking', { stage: 'lost' })];
    await talked(silent, now - 101 * day);
    await talked(talking, now - 99 * day);
    await person('New', { stage: 'lost', created_at: now - day });
    const [head, card] = [await person('Merged', { stage: 'lost' }), await person('Twin')];
    await database.db.updateTable('person').set({ head_id: head }).where('contact_id', '=', card).execute();
    await talked(card, now - day);
    const open = await person('Promised', { stage: 'lost' });
    await database.db
      .insertInto('promise')
      .values({ promise_id: id('p'), contact_id: open, text: 'x', due_at: now })
      .execute();
    const held = await person('Kept', { stage: 'lost' });
    const hold = { entryId: id('h'), author, at: now, scope: everybody, contactId: held, reason: 'x', until: null };
    await privacyWrites.setHold(database.db, hold);
    const grown = await person('Grown', { stage: 'mature' });
    expect(await lapsed(['lost'])).toEqual([silent]);
    expect(await lapsed()).toEqual([grown, silent]);

    const gone = await database.db
      .transaction()
      .execute((db) =>
        privacyWrites.eraseLapsed(db, { author, at: now, scope: everybody, rule: rule(['lost']), contactIds: [silent, talking, held] }),
      );
    expect(gone.deleted).toBe(1);
    expect(await lapsed(['lost'])).toEqual([]);
  });

  it('exports each person once, page by page, with what all their cards are reached by', async () => {
    const [head, card] = [await person('Exported'), await person('Exported too')];
    await database.db.updateTable('person').set({ head_id: head }).where('contact_id', '=', card).execute();
    await reached(head, '+8613900000011');
    await reached(card, '+8613900000012');
    const third = await person('Exported 100%_');
    const pages = [];
    for (let after = ''; ; ) {
      const [one] = await privacyReads.exportPage(database.reads, everybody, { after, limit: 1, text: 'exported' });
      if (!one) break;
      pages.push([one.contactId, one.mobiles]);
      after = one.contactId;
    }
    expect(pages).toEqual(
      [
        [head, ['+8613900000011', '+8613900000012']],
        [third, []],
      ].toSorted(([one], [other]) => String(one).localeCompare(String(other))),
    );
    const literal = await privacyReads.exportPage(database.reads, everybody, { after: '', limit: 10, text: '100%_' });
    expect(literal.map(({ contactId }) => contactId)).toEqual([third]);
    const byNumber = await privacyReads.exportPage(database.reads, everybody, { after: '', limit: 10, text: '+8613900000011' });
    expect(byNumber.map(({ contactId }) => contactId)).toEqual([head]);
  });

  it('takes mails and letters along that are in no message: those that could not be read, and those that came twice', async () => {
    const contactId = await person('Writer');
    await reached(contactId, `mei_${prefix}@example.cn`, 'email');
    const [whole, torn, other, letter, anothers] = ['whole', 'torn', 'other', 'letter', 'anothers'].map(id) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const arrive = async (arrivalId: string, from: string | null, text: string, whose: { readonly contactId?: ContactId } = {}) => {
      const envelope = { from, to: ['care@crosspoint.example'], fileName: null, ...whose };
      const arrival = {
        arrivalId,
        channel: 'email' as const,
        sourceId: 'care',
        onceKey: arrivalId,
        receivedAt: now,
        bytes: 1,
        digest: 'd',
      };
      await messageWrites.keepArrival(database.db, { ...arrival, envelope });
      await messageWrites.settleArrival(database.db, arrivalId, { state: 'quarantined', why: 'broken', text });
    };
    await arrive(whole, `Mei_${prefix}@example.cn`, '');
    await arrive(torn, null, `From: Mei <MEI_${prefix}@Example.cn>`);
    await arrive(other, `meix${prefix}@example.cn`, '100 %');
    await arrive(letter, null, '', { contactId: asId<ContactId>(contactId) });
    await arrive(anothers, null, '', { contactId: asId<ContactId>(`${contactId}x`) });
    const erased = await erase(contactId, 'Writer');
    expect(erased.ok && [...erased.value.written.arrivals].sort()).toEqual([torn, whole, letter].sort());
    const left = await database.reads.selectFrom('arrival').select('arrival_id').where('source_id', '=', 'care').execute();
    expect(
      left
        .map(({ arrival_id }) => arrival_id)
        .filter((each) => each.startsWith(prefix))
        .sort(),
    ).toEqual([anothers, other].sort());
  });

  it('covers tables that nobody had thought of: whatever has a contact_id', async () => {
    if (!(await tableNames(database.db)).includes('later_idea'))
      await database.db.schema.createTable('later_idea').addColumn('contact_id', 'text').addColumn('what', 'text').execute();
    const contactId = await person('Later');
    await database.db
      .insertInto('later_idea' as 'note')
      .values({ contact_id: contactId, what: 'x' } as never)
      .execute();
    expect((await privacyReads.dossier(database.reads, contactId, everybody))?.tables.later_idea).toMatchObject([{ what: 'x' }]);
    const erased = await erase(contactId, 'Later');
    expect(erased.ok && erased.value.removed).toContainEqual({ what: 'later_idea', count: 1 });
  });

  it('keeps the audit from being changed', async () => {
    await privacyWrites.addAudit(database.db, {
      entryId: id('a'),
      author,
      at: now,
      kind: 'export',
      subjectId: null,
      counts: { people: 3 },
    });
    await expect(database.db.updateTable('record_audit').set({ by_name: 'x' }).execute()).rejects.toThrow('append-only');
    await expect(database.db.deleteFrom('record_audit').execute()).rejects.toThrow('append-only');
  });
});
