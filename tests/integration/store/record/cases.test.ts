import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseReads } from '../../../../cti-bridge/store/repositories/record/case-reads.ts';
import { caseWrites } from '../../../../cti-bridge/store/repositories/record/case-writes.ts';
import { recordPageReads } from '../../../../cti-bridge/store/repositories/record/page-reads.ts';
import { streamReads } from '../../../../cti-bridge/store/repositories/record/stream-reads.ts';
import type { CaseFile } from '../../../../shared/contracts/record.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';
import { change, everybody, insertCompany, insertPerson, joinTo, noon } from './record-under-test.ts';

const hour = 3_600_000;

describe.each(databases)('cases on $name', ({ open: openDatabase }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  let ann = '';
  let count = 0;
  beforeEach(async () => {
    ann = `ann-${++count}`;
    await insertPerson(database.db, ann, 'Ann Lee');
  });

  const opening = { kind: 'complaint', subject: 'Invoice doubled', description: '', priority: 1, productId: null } as const;
  const open = async (more: Partial<Parameters<typeof caseWrites.openCase>[1]> = {}): Promise<CaseFile> => {
    const opened = await caseWrites.openCase(database.db, {
      ...{ ...change(), contactId: ann, ...opening, ownerAgentId: null, interactionId: null },
      ...more,
    });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const step = (file: CaseFile, more: Partial<Parameters<typeof caseWrites.stepCase>[1]>) =>
    caseWrites.stepCase(database.db, { ...change(), caseId: file.caseId, basedOn: file.revision, text: '', ...more });

  it('have a number of their own, by kind and rising, that steps over numbers from elsewhere', async () => {
    const first = await open();
    const at = Number(first.number.slice(2));
    await database.db
      .insertInto('customer_case')
      .values({ case_id: `foreign-${count}`, contact_id: ann, number: `R-${at + 1}`, kind: 'repair', subject: 'Theirs', opened_at: noon })
      .execute();
    expect(first.number).toMatch(/^C-\d+$/);
    expect((await open({ kind: 'serviceRequest' })).number).toBe(`R-${at + 3}`);
    expect((await open({ kind: 'repair' })).number).toBe(`P-${at + 4}`);
  });

  it('get their deadlines from the contract in force that promises the most', async () => {
    await insertCompany(database.db, `company-${count}`, 'Harbour Freight', [ann]);
    const contract = { contact_id: null, account_id: `company-${count}`, starts_at: 0, ends_at: noon * 2 };
    await database.db
      .insertInto('contract')
      .values([
        { ...contract, contract_id: `gold-${count}`, name: 'Gold', response_hours: 4, resolution_hours: 24 },
        { ...contract, contract_id: `old-${count}`, name: 'Old', response_hours: 1, resolution_hours: 2, ends_at: 5 },
      ])
      .execute();
    const opened = await open();
    expect(opened).toMatchObject({ contractName: 'Gold', responseDueAt: opened.openedAt + 4 * hour, dueAt: opened.openedAt + 24 * hour });
    expect((await recordPageReads.readContactPage(database.reads, ann, everybody, noon))?.record.cases).toMatchObject([
      { number: opened.number, dueAt: opened.dueAt },
    ]);
  });

  it('go their way step by step, and what happened stands in them and on the timeline', async () => {
    const opened = await open();
    const answered = await step(opened, { text: 'Called back', status: 'inProgress', responded: true, ownerAgentId: 'agent-x' });
    if (!answered.ok) throw new Error(answered.error.message);
    expect(answered.value).toMatchObject({ status: 'inProgress', respondedAt: expect.any(Number), ownerAgentId: 'agent-x', revision: 2 });
    expect(answered.value.steps.map(({ kind, text }) => [kind, text])).toEqual([
      ['opened', ''],
      ['note', 'Called back'],
      ['status', 'inProgress'],
      ['owner', 'agent-x'],
      ['responded', ''],
    ]);
    const solved = await step(answered.value, { status: 'solved', outcome: 'Refunded' });
    expect(solved).toMatchObject({ ok: true, value: { closedAt: expect.any(Number), outcome: 'Refunded' } });
    if (!solved.ok) return;
    const again = await step(solved.value, { status: 'inProgress', text: 'Not refunded after all' });
    expect(again).toMatchObject({ ok: true, value: { closedAt: null, status: 'inProgress' } });
    const stream = await streamReads.readContactStream(database.reads, ann, everybody, {
      before: null,
      limit: 10,
      kinds: ['case'],
      text: '',
    });
    expect(stream?.items.map(({ title }) => title)).toEqual([
      `Reopened: ${opened.number} Invoice doubled`,
      `Closed: ${opened.number} Invoice doubled`,
      `${opened.number} Invoice doubled`,
    ]);
    expect(stream?.items[0]).toMatchObject({ subject: { kind: 'case', id: opened.caseId }, detail: 'Not refunded after all' });
  });

  it('refuse a step that their state does not allow, or that is based on what somebody changed since', async () => {
    const opened = await open();
    const closed = await step(opened, { status: 'closed' });
    if (!closed.ok) throw new Error(closed.error.message);
    expect(await step(closed.value, { status: 'solved' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await step(opened, { text: 'Late' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect((await caseReads.readCase(database.reads, opened.caseId, everybody))?.steps).toHaveLength(2);
  });

  it('keep values of fields of one’s own, and what was changed besides words', async () => {
    const opened = await open();
    const first = await step(opened, { custom: { cause: 'cable', hours: 3 }, priority: 2, outcome: 'Cable laid anew' });
    if (!first.ok) throw new Error(first.error.message);
    expect(first.value).toMatchObject({ custom: { cause: 'cable', hours: 3 }, priority: 2 });
    const second = await step(first.value, { custom: { cause: 'cable', hours: null } });
    expect(second).toMatchObject({ ok: true, value: { custom: { cause: 'cable' } } });
    expect(second.ok && second.value.steps.slice(1).map(({ kind, text }) => [kind, text])).toEqual([
      ['priority', '2'],
      ['outcome', 'Cable laid anew'],
      ['field', 'cause: cable'],
      ['field', 'hours: 3'],
      ['field', 'hours: '],
    ]);
  });

  it('are one case and one step however often the same is performed', async () => {
    const asked = { ...change(), contactId: ann, ...opening, ownerAgentId: null, interactionId: null };
    const first = await caseWrites.openCase(database.db, asked);
    expect(await caseWrites.openCase(database.db, asked)).toEqual(first);
    if (!first.ok) return;
    const stepped = { ...change(), caseId: first.value.caseId, basedOn: 1, text: 'Once' };
    const once = await caseWrites.stepCase(database.db, stepped);
    expect(await caseWrites.stepCase(database.db, stepped)).toEqual(once);
  });

  it('are listed by deadline, the overdue first, and only those of people who may be seen', async () => {
    const owner = `agent-${count}`;
    const [later, none, overdue] = [
      await open({ ownerAgentId: owner }),
      await open({ ownerAgentId: owner }),
      await open({ ownerAgentId: owner }),
    ];
    await step(later, { dueAt: noon * 1.5 });
    await step(overdue, { dueAt: noon - 1 });
    const list = (state: 'open' | 'overdue' | 'closed', scope: { readonly units: readonly string[] | null } = everybody) =>
      caseReads.listCases(database.reads, scope, { ownerAgentId: owner, state, limit: 10, at: noon });
    expect((await list('open')).cases.map(({ number }) => number)).toEqual([overdue, later, none].map(({ number }) => number));
    expect(await list('overdue')).toMatchObject({ total: 1, cases: [{ number: overdue.number, contact: { name: 'Ann Lee' } }] });
    expect((await list('closed')).total).toBe(0);
    await database.db.updateTable('person').set({ org_unit_id: 'leeds' }).where('contact_id', '=', ann).execute();
    expect((await list('open', { units: ['ningbo'] })).total).toBe(0);
    expect((await list('open', { units: [] })).total).toBe(0);
    expect((await list('open', { units: ['leeds', 'ningbo'] })).total).toBe(3);
    // A card of another office makes them a customer of that office too.
    await insertPerson(database.db, `card-${count}`, 'A. Lee', { orgUnitId: 'ningbo' });
    await joinTo(database.db, `card-${count}`, ann);
    expect((await list('open', { units: ['ningbo'] })).total).toBe(3);
    expect(await caseReads.readCase(database.reads, none.caseId, { units: ['york'] })).toBeNull();
    const foreign = await caseWrites.stepCase(database.db, { ...change({ units: ['york'] }), caseId: none.caseId, basedOn: 1, text: 'X' });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('go to the card that holds the number of the call they were opened in', async () => {
    await insertPerson(database.db, `card-${count}`, 'A. Lee');
    await joinTo(database.db, `card-${count}`, ann);
    const number = `+4477009001${count}`;
    const none = { label: null, is_verified: 1, is_shared: 0, last_used_at: null, account_id: null };
    await database.db
      .insertInto('identifier')
      .values({ identifier_id: `number-${count}`, contact_id: `card-${count}`, kind: 'mobile', value: number, ...none })
      .execute();
    await database.db
      .insertInto('interaction')
      .values({ interaction_id: `call-${count}`, number, dialled: '1000', received_at: noon })
      .execute();
    const opened = await open({ interactionId: `call-${count}` });
    const row = await database.db.selectFrom('customer_case').select('contact_id').where('case_id', '=', opened.caseId).executeTakeFirst();
    expect(row?.contact_id).toBe(`card-${count}`);
    expect(opened.contact.contactId).toBe(ann);
  });
});
