import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitmentReads } from '../../../../cti-bridge/store/repositories/record/commitment-reads.ts';
import { commitmentWrites } from '../../../../cti-bridge/store/repositories/record/commitment-writes.ts';
import { recordPageReads } from '../../../../cti-bridge/store/repositories/record/page-reads.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';
import { change, everybody, insertPerson, noon } from './record-under-test.ts';

describe.each(databases)('what was promised, left to do and offered on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  let [ann, agent] = ['', ''];
  let count = 0;
  beforeEach(async () => {
    count++;
    [ann, agent] = [`ann-${count}`, `agent-${count}`];
    await insertPerson(database.db, ann, '陈志远');
    await database.db.updateTable('person').set({ locale: 'zh' }).where('contact_id', '=', ann).execute();
  });
  const page = async () => {
    const found = await recordPageReads.readContactPage(database.reads, ann, everybody, noon);
    if (!found) throw new Error('The person is there');
    return found;
  };
  const promise = (text: string, dueAt: number) =>
    commitmentWrites.makePromise(database.db, {
      ...change(),
      ...{ contactId: ann, text, dueAt, ownerAgentId: agent, caseId: null, interactionId: null },
    });
  const offer = (more: Partial<Parameters<typeof commitmentWrites.recordOffer>[1]>) =>
    commitmentWrites.recordOffer(database.db, {
      ...{ ...change(), contactId: ann, offerId: null, name: 'Family plan', channel: 'voice', answer: null, remark: null },
      ...more,
    });

  it('is somebody’s to do until it is done, by when it is due', async () => {
    await promise('Call back on Friday', noon + 9);
    const soon = await promise('Send the contract', noon + 1);
    const task = await commitmentWrites.addTask(database.db, {
      ...change(),
      ...{ contactId: ann, title: 'Check the meter', dueAt: null, ownerAgentId: agent, caseId: null },
    });
    const work = await commitmentReads.readWorkOf(database.reads, agent, everybody);
    expect(work.promises.map(({ text, contactName }) => [text, contactName])).toEqual([
      ['Send the contract', '陈志远'],
      ['Call back on Friday', '陈志远'],
    ]);
    expect(work.tasks).toMatchObject([{ title: 'Check the meter', customerName: '陈志远', madeBy: 'Lena Hartmann' }]);
    expect(await commitmentReads.readWorkOf(database.reads, 'somebody else', everybody)).toEqual({ promises: [], tasks: [] });

    if (!soon.ok || !task.ok) throw new Error('both were taken');
    const kept = { ...change(), promiseId: soon.value.promiseId };
    const first = await commitmentWrites.keepPromise(database.db, kept);
    expect(first).toMatchObject({ ok: true, value: { keptAt: kept.at } });
    expect(await commitmentWrites.keepPromise(database.db, { ...change(), promiseId: soon.value.promiseId })).toEqual(first);
    await commitmentWrites.finishTask(database.db, { ...change(), taskId: task.value.taskId });
    expect(await commitmentReads.readWorkOf(database.reads, agent, everybody)).toMatchObject({
      promises: [{ text: 'Call back on Friday' }],
      tasks: [],
    });
    const timeline = (await page()).record.timeline.items.map(({ title }) => title);
    expect(timeline.slice(0, 2)).toEqual(['已完成：Check the meter', '已兑现：Send the contract']);
  });

  it('is out of reach for somebody of another office', async () => {
    const made = await promise('Secret', noon);
    await database.db.updateTable('person').set({ org_unit_id: 'leeds' }).where('contact_id', '=', ann).execute();
    if (!made.ok) throw new Error(made.error.message);
    const elsewhere = { units: ['ningbo'] };
    expect(await commitmentWrites.keepPromise(database.db, { ...change(elsewhere), promiseId: made.value.promiseId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect((await commitmentReads.readWorkOf(database.reads, agent, elsewhere)).promises).toEqual([]);
    const note = { ...change(elsewhere), contactId: ann, text: 'x', interactionId: null };
    expect(await commitmentWrites.addRecordNote(database.db, note)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('was offered once: what was declined on one channel is not offered on another', async () => {
    const first = await offer({});
    expect(first).toMatchObject({ ok: true, value: { answer: null, notAgain: 'awaitingAnswer' } });
    expect(await offer({ channel: 'sms' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    if (!first.ok) return;
    const declined = await offer({ offerId: first.value.offerId, answer: 'declined', remark: 'Too dear' });
    expect(declined).toMatchObject({ ok: true, value: { answer: 'declined', remark: 'Too dear', notAgain: 'answered' } });
    expect(await offer({ channel: 'email', name: '  FAMILY  plan ' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await offer({ channel: 'email', name: 'Fibre' })).toMatchObject({ ok: true });
    expect((await page()).offers).toHaveLength(2);
  });

  it('is kept as it was said', async () => {
    const text = `'); delete from note; --\n<b>=HYPERLINK("x")</b> %_\\ 好`;
    const note = await commitmentWrites.addRecordNote(database.db, { ...change(), contactId: ann, text, interactionId: null });
    expect(note).toMatchObject({ ok: true, value: { text } });
    expect((await page()).notes).toMatchObject([{ text, author: 'Lena Hartmann' }]);
    expect(await promise(text, noon)).toMatchObject({ ok: true, value: { text } });
    expect(await offer({ name: text, remark: text })).toMatchObject({ ok: true, value: { name: text, remark: text } });
  });
});
