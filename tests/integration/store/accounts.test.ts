import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerScope, monthsBefore } from '../../../cti-bridge/crm/index.ts';
import { readOperations } from '../../../cti-bridge/store/repositories/read-operations.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import type { WriteHandle } from '../../../cti-bridge/store/schema.ts';
import { days } from '../../../shared/duration.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const now = new Date(2026, 10, 20, 9).getTime();
const everything: CustomerScope = { units: null };
const ningbo: CustomerScope = { units: ['ningbo'] };
const author = { userId: 'user-lena', name: 'Lena Hartmann', source: 'screen' };
const daniel = { agentId: 'agent-daniel', name: 'Daniel Frost' };

let made = 0;
const changing = (scope = everything, keeper: string | null = null) => ({ changeId: `change-${++made}`, author, at: now, scope, keeper });

async function addCompany(
  db: WriteHandle,
  accountId: string,
  more: { unit?: string; parent?: string; people?: string[]; manager?: string } = {},
) {
  await db
    .insertInto('account')
    .values({
      ...{ account_id: accountId, name: `${accountId} Ltd`, kind: 'company', is_key_account: 1, org_unit_id: more.unit ?? null },
      ...{ parent_id: more.parent ?? null, manager_agent_id: more.manager ?? 'agent-lena', manager_name: 'Lena Hartmann' },
    })
    .execute();
  for (const contactId of more.people ?? []) {
    await db
      .insertInto('person')
      .values({
        ...{ contact_id: contactId, head_id: contactId, name: contactId, name_key: contactId, locale: 'en', tier: 'silver' },
        ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
      })
      .execute();
    await db.insertInto('person_account').values({ contact_id: contactId, account_id: accountId, is_primary: 1 }).execute();
  }
}

describe.each(databases)('companies on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  let db: WriteHandle;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await addCompany(db, 'head', { unit: 'ningbo', people: ['anna', 'boris'] });
    await addCompany(db, 'middle', { parent: 'head' });
    await addCompany(db, 'low', { parent: 'middle', unit: 'hangzhou' });
  });
  afterAll(() => database.close());

  const file = async (accountId: string, scope = everything) => readOperations.readAccountFile(database.reads, accountId, scope, now);
  const changesOf = (subjectId: string) =>
    db
      .selectFrom('record_change')
      .select(['field', 'before', 'after', 'author'])
      .where('subject_id', '=', subjectId)
      .orderBy('change_id')
      .execute();

  it('are seen in their offices alone, and so is the group below them', async () => {
    expect(await file('low', ningbo)).toBeNull();
    expect((await file('head', ningbo))?.members.map(({ name }) => name)).toEqual(['middle Ltd']);
    expect((await file('head'))?.members.map(({ name }) => name)).toEqual(['low Ltd', 'middle Ltd']);
    expect((await file('middle'))?.parent).toEqual({ accountId: 'head', name: 'head Ltd' });
    expect(await file('nobody')).toBeNull();
  });

  it('add up what the group uses, over all tiers, each company once', async () => {
    const [month = ''] = monthsBefore(now, 1);
    for (const [accountId, amount] of [
      ['head', 1],
      ['middle', 20],
      ['low', 300],
    ] as const)
      await db
        .insertInto('consumption')
        .values({
          consumption_id: accountId,
          account_id: accountId,
          month,
          kind: 'mobile',
          quantity: amount,
          unit: 'GB',
          amount,
          currency: 'CNY',
        })
        .execute();
    const head = await file('head');
    expect([head?.consumption?.total.at(-1), head?.groupConsumption?.total.at(-1)]).toEqual([1, 321]);
    expect((await file('head', ningbo))?.groupConsumption?.total.at(-1)).toBe(21);
    expect((await file('low'))?.groupConsumption).toBeNull();
  });

  it('cannot be put below themselves, and a circle made elsewhere is read once', async () => {
    const edit = { ...changing(), accountId: 'head', basedOn: 1, fields: { parentId: 'low' } };
    expect(await writeOperations.editAccount(db, edit)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    await db.updateTable('account').set({ parent_id: 'low' }).where('account_id', '=', 'head').execute();
    expect((await file('head'))?.groupConsumption?.total.at(-1)).toBe(321);
    await db.updateTable('account').set({ parent_id: null }).where('account_id', '=', 'head').execute();
  });

  it('tell what is owed and since when, and which lines are not used', async () => {
    const bill = (id: string, dueAt: number, amount: number, paid: number) => ({
      ...{
        bill_id: id,
        account_id: 'head',
        number: id,
        month: '2026-09',
        issued_at: dueAt - days(20),
        due_at: dueAt,
        amount,
        paid,
        currency: 'CNY',
      },
    });
    expect((await file('head'))?.arrears).toBeNull();
    await db
      .insertInto('bill')
      .values([bill('b1', now - days(40), 500, 500), bill('b2', now + days(9), 900, 0)])
      .execute();
    expect((await file('head'))?.arrears).toEqual({ amount: 0, currency: 'CNY', since: null });
    await db
      .insertInto('bill')
      .values([bill('b3', now - days(10), 700, 200), bill('b4', now - days(3), 100, 0)])
      .execute();
    expect((await file('head'))?.arrears).toEqual({ amount: 600, currency: 'CNY', since: now - days(10) });
    const owed = (accountId: string) => readOperations.readOwed(database.reads, { contactIds: ['nobody'], accountId }, now);
    expect(await owed('head')).toEqual({ currency: 'CNY', unpaid: 1_500, arrears: 600, dueAt: now - days(10) });
    expect(await owed('low')).toBeNull();

    const product = (id: string, quantity: number, unused: number, status = 'active') => ({
      product_id: id,
      account_id: 'head',
      name: id,
      quantity,
      unused,
      status,
    });
    await db
      .insertInto('product')
      .values([product('lines', 40, 3), product('never', 5, 0, 'installedUnused'), product('gone', 9, 0, 'ended')])
      .execute();
    expect((await file('head'))?.linesInUse).toEqual({ used: 37, of: 45 });
  });

  it('are edited with their history, and not over what somebody else changed meanwhile', async () => {
    const edit = {
      ...changing(ningbo),
      accountId: 'head',
      basedOn: 1,
      fields: { name: '  O’Head; drop table account;--  ', tier: 'gold' as const, deputies: ['agent-b', 'agent-a'] },
    };
    expect(await writeOperations.editAccount(db, edit)).toMatchObject({ ok: true });
    expect(await writeOperations.editAccount(db, edit)).toMatchObject({ ok: true });
    expect(await file('head')).toMatchObject({
      name: 'O’Head; drop table account;--',
      tier: 'gold',
      revision: 2,
      deputyIds: ['agent-a', 'agent-b'],
    });
    expect(await changesOf('head')).toEqual([
      { field: 'name', before: '"head Ltd"', after: '"O’Head; drop table account;--"', author: 'Lena Hartmann' },
      { field: 'tier', before: null, after: '"gold"', author: 'Lena Hartmann' },
      { field: 'deputies', before: '[]', after: '["agent-a","agent-b"]', author: 'Lena Hartmann' },
    ]);
    expect(await writeOperations.editAccount(db, { ...edit, changeId: 'late' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await writeOperations.editAccount(db, { ...edit, changeId: 'out', scope: { units: ['hangzhou'] } })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('keep values of fields of one’s own, each with its history', async () => {
    const revision = (await file('head'))?.revision ?? 0;
    const edit = (basedOn: number, custom: Readonly<Record<string, string | number | null>>) =>
      writeOperations.editAccount(db, { ...changing(ningbo), accountId: 'head', basedOn, fields: { custom: { ...custom } } });
    expect(await edit(revision, { fleet: 40, risk: '=cmd|x' })).toMatchObject({ ok: true });
    expect(await edit(revision + 1, { fleet: null, risk: '=cmd|x' })).toMatchObject({ ok: true });
    expect((await file('head'))?.custom).toEqual({ risk: '=cmd|x' });
    const fields = (await changesOf('head')).map(({ field, after }) => [field, after]).filter(([field]) => field?.startsWith('custom'));
    expect(fields).toEqual([
      ['custom.fleet', '40'],
      ['custom.risk', '"=cmd|x"'],
      ['custom.fleet', null],
    ]);
  });

  it('are changed by their manager and deputies, and by nobody else', async () => {
    const edit = (keeper: string) => ({ ...changing(everything, keeper), accountId: 'head', basedOn: 0, fields: {} });
    for (const [keeper, code] of [
      ['agent-lena', 'conflict'],
      ['agent-a', 'conflict'],
      ['agent-stranger', 'forbidden'],
    ] as const)
      expect(await writeOperations.editAccount(db, edit(keeper))).toMatchObject({ error: { code } });
  });

  it('know who decides, those first', async () => {
    const set = (contactId: string, influence: 'decides' | 'uses', stance: 'critical' | null) =>
      writeOperations.setAccountPerson(db, { ...changing(), accountId: 'head', contactId, role: 'Board', influence, stance });
    expect(await set('boris', 'decides', 'critical')).toMatchObject({ ok: true });
    expect(await set('anna', 'uses', null)).toMatchObject({ ok: true });
    expect((await file('head'))?.people.map(({ name, role, stance }) => [name, role, stance])).toEqual([
      ['boris', 'Board', 'critical'],
      ['anna', 'Board', null],
    ]);
    expect(
      await writeOperations.setAccountPerson(db, {
        ...changing(),
        accountId: 'low',
        contactId: 'anna',
        role: null,
        influence: null,
        stance: null,
      }),
    ).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('show a merged person once, by whichever card', async () => {
    await db.updateTable('person').set({ head_id: 'anna' }).where('contact_id', '=', 'boris').execute();
    expect((await file('head'))?.people.map(({ name, influence, stance }) => [name, influence, stance])).toEqual([
      ['anna', 'uses', 'critical'],
    ]);
    await db.updateTable('person').set({ head_id: 'boris' }).where('contact_id', '=', 'boris').execute();
  });

  it('keep visits, on the timeline once they were made', async () => {
    const visit = {
      accountId: 'head',
      visitId: null,
      contactId: 'anna',
      visitAt: now + days(4),
      purpose: 'Renewal',
      agentId: 'agent-lena',
    };
    const first = { ...changing(), ...visit, state: 'planned' as const, opinion: null, mood: null };
    await writeOperations.setVisit(db, first);
    await writeOperations.setVisit(db, first);
    expect((await file('head'))?.visits).toMatchObject([{ visitor: 'Lena Hartmann', contactName: 'anna', state: 'planned' }]);
    expect((await file('head'))?.timeline.items).toEqual([]);
    await writeOperations.setVisit(db, {
      ...changing(),
      ...visit,
      visitId: first.changeId,
      visitAt: now,
      state: 'done',
      opinion: 'A rival was here',
      mood: 'atRisk',
    });
    const page = await file('head');
    expect(page?.visits).toMatchObject([{ state: 'done', mood: 'atRisk', visitor: 'Lena Hartmann' }]);
    expect(page?.timeline.items).toMatchObject([
      { kind: 'visit', title: 'Renewal', detail: 'A rival was here', subject: { kind: 'visit', id: first.changeId } },
    ]);
    const due = await db.selectFrom('score_due').select('owner_id').where('owner_id', '=', 'head').execute();
    expect(due).toHaveLength(1);
    await writeOperations.setVisit(db, { ...changing(), ...visit, visitId: first.changeId, state: 'canceled', opinion: null, mood: null });
    expect((await file('head'))?.timeline.items).toEqual([]);
    expect(
      await writeOperations.setVisit(db, { ...changing(), ...visit, visitId: 'nothing', state: 'done', opinion: null, mood: null }),
    ).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('keep days to remember, seen to for this time only, and gifts', async () => {
    const day = {
      accountId: 'head',
      anniversaryId: null,
      contactId: null,
      kind: 'founding' as const,
      label: 'Founded',
      day: '11-23',
      year: 1990,
      plan: 'card' as const,
    };
    const first = { ...changing(), ...day, done: false };
    await writeOperations.setAnniversary(db, first);
    expect((await file('head'))?.anniversaries).toMatchObject([{ label: 'Founded', inDays: 3, plan: 'card', done: false }]);
    await writeOperations.setAnniversary(db, { ...changing(), ...day, anniversaryId: first.changeId, done: true });
    expect((await file('head'))?.anniversaries).toMatchObject([{ done: true }]);
    expect((await readOperations.readAccountFile(database.reads, 'head', everything, now + days(30)))?.anniversaries).toMatchObject([
      { done: false },
    ]);

    await writeOperations.addGift(db, {
      ...changing(),
      accountId: 'head',
      contactId: 'anna',
      givenAt: now,
      what: 'Tea',
      occasion: null,
      amount: 900,
      currency: 'CNY',
    });
    expect((await file('head'))?.gifts).toMatchObject([{ what: 'Tea', contactName: 'anna', amount: 900, givenBy: 'Lena Hartmann' }]);
    expect((await file('head'))?.timeline.items).toMatchObject([{ kind: 'gift', title: 'Tea' }]);
  });

  it('remind over the new year and on a leap day, of the own customers or of all in sight', async () => {
    const day = (id: string, accountId: string, of: string) => ({ anniversary_id: id, account_id: accountId, label: id, day: of });
    await db
      .insertInto('anniversary')
      .values([day('new year', 'middle', '01-01'), day('leap', 'low', '02-29')])
      .execute();
    const care = async (agentId: string | null, scope: CustomerScope, count: number, at: number) =>
      (await readOperations.readCare(database.reads, agentId, scope, count, at)).map(({ label, inDays }) => [label, inDays]);
    expect(await care(null, everything, 7, new Date(2026, 11, 30).getTime())).toEqual([['new year', 2]]);
    expect(await care(null, everything, 2, new Date(2027, 1, 27).getTime())).toEqual([['leap', 2]]);
    expect(await care(null, ningbo, 2, new Date(2027, 1, 27).getTime())).toEqual([]);
    expect(await care('agent-stranger', everything, 366, now)).toEqual([]);
    expect(await care('agent-a', everything, 366, now)).toEqual([['Founded', 3]]);
  });

  it('are listed for who looks after them, with what presses', async () => {
    await db
      .insertInto('customer_case')
      .values([
        {
          case_id: 'k1',
          contact_id: 'anna',
          number: 'C-1',
          kind: 'complaint',
          subject: 'Late',
          opened_at: now - days(9),
          due_at: now - days(1),
        },
        {
          case_id: 'k2',
          contact_id: 'boris',
          account_id: 'head',
          number: 'C-2',
          kind: 'repair',
          subject: 'Line',
          opened_at: now,
          due_at: now + days(1),
        },
      ])
      .execute();
    await db
      .insertInto('timeline_entry')
      .values([
        { entry_id: 'call', contact_id: 'anna', at: now - days(2), kind: 'call', title: 'Call' },
        { entry_id: 'bill', contact_id: 'anna', at: now - days(1), kind: 'bill', title: 'Bill' },
      ])
      .execute();
    await db
      .insertInto('contract')
      .values({ contract_id: 'c', account_id: 'head', name: 'Lines', starts_at: 1, ends_at: now + days(24) })
      .execute();
    const [head] = await readOperations.readLookedAfter(database.reads, 'agent-lena', ningbo, now);
    expect(head).toMatchObject({
      ...{
        accountId: 'head',
        isDeputy: false,
        openCases: 2,
        overdueCases: 1,
        contractEndsAt: now + days(24),
        lastContactAt: now - days(2),
      },
      ...{ arrears: { amount: 600, currency: 'CNY' }, monthly: { amount: 1, currency: 'CNY', changePercent: null }, nextVisitAt: null },
    });
    expect(await readOperations.readLookedAfter(database.reads, 'agent-a', everything, now)).toMatchObject([
      { accountId: 'head', isDeputy: true },
    ]);
    expect(await readOperations.countCustomersByManager(database.reads, everything)).toEqual([{ agentId: 'agent-lena', customers: 3 }]);
    expect(await readOperations.countCustomersByManager(database.reads, ningbo)).toEqual([{ agentId: 'agent-lena', customers: 2 }]);
  });

  it('are handed over with all that is owed to them, and with their whole history', async () => {
    await db
      .insertInto('promise')
      .values([
        { promise_id: 'p1', contact_id: 'anna', text: 'Call back', due_at: now, owner_agent_id: 'agent-lena' },
        { promise_id: 'p2', contact_id: 'anna', text: 'Kept', due_at: now, owner_agent_id: 'agent-lena', kept_at: now },
        { promise_id: 'p3', contact_id: 'anna', text: 'Another', due_at: now, owner_agent_id: 'agent-x' },
      ])
      .execute();
    await db
      .insertInto('task')
      .values([
        { task_id: 't1', account_id: 'head', title: 'Offer', owner_agent_id: 'agent-lena', made_at: now, made_by: 'Lena' },
        { task_id: 't2', contact_id: 'boris', title: 'Bill', owner_agent_id: 'agent-lena', made_at: now, made_by: 'Lena', done_at: now },
      ])
      .execute();
    const before = await file('head');
    const handOver = (accountIds: string[], more: object = {}) =>
      writeOperations.handOverAccounts(db, {
        ...changing(),
        accountIds,
        from: 'agent-lena',
        to: daniel,
        toScope: everything,
        remark: 'Lena is on leave',
        ...more,
      });

    expect(await handOver(['head', 'middle'], { scope: { units: [] } })).toMatchObject({ error: { code: 'not_found' } });
    expect(await handOver(['head', 'nobody'])).toMatchObject({ error: { code: 'not_found' } });
    expect(await handOver(['head'], { from: 'agent-a' })).toMatchObject({ error: { code: 'forbidden' } });
    expect(await handOver(['middle', 'low'], { toScope: ningbo })).toMatchObject({ error: { code: 'bad_request' } });
    expect((await file('middle'))?.managerAgentId).toBe('agent-lena');

    expect(await handOver(['head', 'middle', 'head'])).toEqual({ ok: true, value: { handedOver: 2 } });
    const after = await file('head');
    expect(after).toMatchObject({ managerAgentId: 'agent-daniel', managerName: 'Daniel Frost', revision: (before?.revision ?? 0) + 1 });
    expect(after?.timeline.items).toMatchObject([
      { kind: 'note', title: 'Handed over: Lena Hartmann → Daniel Frost', detail: 'Lena is on leave', outcome: 'Lena Hartmann' },
      ...(before?.timeline.items ?? []),
    ]);
    const owners = await db
      .selectFrom('promise')
      .select(['promise_id', 'owner_agent_id'])
      .where('contact_id', '=', 'anna')
      .orderBy('promise_id')
      .execute();
    expect(owners.map((row) => row.owner_agent_id)).toEqual(['agent-daniel', 'agent-lena', 'agent-x']);
    expect((await db.selectFrom('task').select('owner_agent_id').orderBy('task_id').execute()).map((row) => row.owner_agent_id)).toEqual([
      'agent-daniel',
      'agent-lena',
    ]);
    expect((await changesOf('head')).filter(({ field }) => field === 'manager')).toEqual([
      { field: 'manager', before: '"Lena Hartmann"', after: '"Daniel Frost"', author: 'Lena Hartmann' },
    ]);
    expect(await handOver(['head'], { from: null })).toEqual({ ok: true, value: { handedOver: 0 } });
  });

  it('are handed over by the hundred in one unit of work', { timeout: 60_000 }, async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
    await db
      .insertInto('account')
      .values(ids.map((id) => ({ account_id: id, name: id, kind: 'company' as const, is_key_account: 0, manager_agent_id: 'agent-many' })))
      .execute();
    const handOver = { ...changing(), accountIds: ids, from: 'agent-many', to: daniel, toScope: everything, remark: '' };
    const broken = db.transaction().execute(async (unitOfWork) => {
      await writeOperations.handOverAccounts(unitOfWork, handOver);
      throw new Error('the lights go out');
    });
    await expect(broken).rejects.toThrow('lights');
    const managed = async (agentId: string) =>
      (
        await db
          .selectFrom('account')
          .select('account_id')
          .where('manager_agent_id', '=', agentId)
          .where('account_id', 'like', 'many-%')
          .execute()
      ).length;
    expect([await managed('agent-many'), await managed('agent-daniel')]).toEqual([500, 0]);

    expect(await writeOperations.handOverAccounts(db, handOver)).toEqual({ ok: true, value: { handedOver: 500 } });
    expect(await writeOperations.handOverAccounts(db, handOver)).toEqual({ ok: true, value: { handedOver: 500 } });
    expect(await managed('agent-daniel')).toBe(500);
    const entries = await db.selectFrom('timeline_entry').select('entry_id').where('account_id', 'like', 'many-%').execute();
    const changes = await db.selectFrom('record_change').select('change_id').where('account_id', 'like', 'many-%').execute();
    expect([entries.length, changes.length]).toEqual([500, 500]);
  });
});
