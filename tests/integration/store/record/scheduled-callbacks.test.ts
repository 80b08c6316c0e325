import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgreedCallback } from '../../../../cti-bridge/crm/index.ts';
import type { PromisedCallback } from '../../../../cti-bridge/interactions/index.ts';
import { callbackReads } from '../../../../cti-bridge/store/repositories/callback-reads.ts';
import { callbackWrites } from '../../../../cti-bridge/store/repositories/callback-writes.ts';
import { privacyWrites } from '../../../../cti-bridge/store/repositories/privacy/privacy-writes.ts';
import { commitmentReads } from '../../../../cti-bridge/store/repositories/record/commitment-reads.ts';
import { scheduledCallbackReads as reads } from '../../../../cti-bridge/store/repositories/record/scheduled-callback-reads.ts';
import { scheduledCallbackWrites as writes } from '../../../../cti-bridge/store/repositories/record/scheduled-callback-writes.ts';
import { asId } from '../../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';

const now = Date.UTC(2026, 10, 23, 9);
const hour = 3_600_000;
const everybody = { units: null };
const author = { userId: 'lena', name: 'Lena Hartmann', source: 'screen' };

type Made = Omit<AgreedCallback, 'name' | 'ownerName' | 'state'>;
const made = (callbackId: string, more: Partial<Made> = {}): Made => ({
  ...{ callbackId, contactId: null, number: '07700 900142', numberKey: '+447700900142', text: 'Quote for 14 handsets' },
  ...{ at: now + hour, until: now + 2 * hour, queueId: 'billing', ownerAgentId: 'lena', madeBy: 'Lena Hartmann', madeAt: now },
  ...{ interactionId: null, peer: null, trunkId: null, dialled: null, locale: 'en' as const },
  ...more,
});
const inLine = (item: string, queuedAt: number): PromisedCallback => ({
  ...{ workItemId: asId(item), interactionId: asId(`call-${item}`), queueId: asId('billing'), number: '07700 900142' },
  ...{ numberKey: '+447700900142', peer: null, trunkId: asId('trunk'), dialled: '1000', locale: 'en', priority: 5, queuedAt },
  ...{ promisedAt: now, attempts: 0, recordingId: null, findings: null },
  agreed: { contactId: asId('ann'), about: 'Quote for 14 handsets', keeper: { agentId: asId('lena'), until: queuedAt + 300_000 } },
});

describe.each(databases)('calls that were agreed for a time, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
    for (const contact_id of ['ann', 'ann-2', 'bob', 'eve']) await person(contact_id);
    await database.db.updateTable('person').set({ head_id: 'ann' }).where('contact_id', '=', 'ann-2').execute();
  }, 60_000);
  afterAll(() => database.close());

  const person = (contact_id: string) =>
    database.db
      .insertInto('person')
      .values({
        ...{ contact_id, head_id: contact_id, name: contact_id, name_key: contact_id, locale: 'en', tier: 'standard', created_at: 1 },
        ...{ allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0 },
      })
      .execute();
  const agree = async (callback: Made) => {
    const agreed = await writes.agreeCallback(database.db, {
      changeId: `c-${callback.callbackId}`,
      author,
      at: now,
      scope: everybody,
      callback,
    });
    return agreed.ok ? agreed.value : agreed.error.code;
  };
  const end = (callbackId: string, outcome: 'reached' | 'notReached' | 'canceled') =>
    writes.endScheduledCallback(database.db, { callbackId, outcome, at: now + 3 * hour, by: 'Lena Hartmann' });
  const rowOf = (callbackId: string) =>
    database.reads.selectFrom('scheduled_callback').selectAll().where('callback_id', '=', callbackId).executeTakeFirst();
  const promiseOf = (promise_id: string) =>
    database.reads.selectFrom('promise').select(['text', 'due_at', 'kept_at']).where('promise_id', '=', promise_id).executeTakeFirst();
  const told = async (contact_id: string) =>
    (await database.reads.selectFrom('timeline_entry').select('title').where('contact_id', '=', contact_id).orderBy('at').execute()).map(
      ({ title }) => title,
    );

  it('are a promise to the person, told once among what their agent has to do, and stand once however often they are agreed', async () => {
    expect(await agree(made('first', { contactId: 'ann' }))).toMatchObject({
      isNew: true,
      callback: { name: 'ann', state: 'agreed', at: now + hour },
    });
    expect(await agree(made('first', { contactId: 'ann' }))).toMatchObject({ isNew: true });
    expect(await promiseOf('first')).toEqual({ text: 'Quote for 14 handsets', due_at: now + hour, kept_at: null });
    expect(await told('ann')).toEqual(['Callback agreed: Quote for 14 handsets']);
    // By number, and by any card of the person under another number; not for another reason.
    expect(await agree(made('second'))).toMatchObject({ isNew: false, callback: { callbackId: 'first' } });
    const other = { numberKey: '+447700900999', number: '+447700900999' };
    expect(await agree(made('third', { contactId: 'ann-2', ...other }))).toMatchObject({ isNew: false, callback: { callbackId: 'first' } });
    expect(await agree(made('sales', { contactId: 'ann', queueId: 'sales' }))).toMatchObject({ isNew: true });
    await end('sales', 'canceled');
    expect(await commitmentReads.readWorkOf(database.reads, 'lena', everybody)).toEqual({ promises: [], tasks: [] });
    expect((await reads.readScheduledCallbacksOfAgent(database.reads, 'lena', everybody)).map(({ callbackId }) => callbackId)).toEqual([
      'first',
    ]);
    expect(await reads.readScheduledCallbacksOf(database.reads, 'ann-2', everybody)).toHaveLength(1);
    expect(await agree(made('nobody', { contactId: 'no such person', ...other }))).toBe('not_found');
  });

  it('are put into line in one step, not before their time, and never twice', async () => {
    expect(await writes.putScheduledCallbackInLine(database.db, 'first', inLine('early', now))).toBe(false);
    const moved = { changeId: 'm1', author, at: now, scope: everybody, callbackId: 'first', to: now + 2 * hour, until: now + 3 * hour };
    expect(await writes.moveScheduledCallback(database.db, moved)).toMatchObject({ ok: true, value: { at: now + 2 * hour } });
    expect(await promiseOf('first')).toMatchObject({ due_at: now + 2 * hour });
    expect(await writes.putScheduledCallbackInLine(database.db, 'first', inLine('stale', now + hour))).toBe(false);
    expect(await writes.putScheduledCallbackInLine(database.db, 'first', inLine('item', now + 2 * hour))).toBe(true);
    expect(await writes.putScheduledCallbackInLine(database.db, 'first', inLine('item', now + 2 * hour))).toBe(true);
    expect(await writes.putScheduledCallbackInLine(database.db, 'first', inLine('another', now + 2 * hour))).toBe(false);
    const pending = await callbackReads.readPendingCallbacks(database.reads);
    expect(pending).toEqual([inLine('item', now + 2 * hour)]);
    expect(await writes.moveScheduledCallback(database.db, { ...moved, changeId: 'm2' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
  });

  it('keep the promise open when nobody was reached, and say after a stop in between how the call ended', async () => {
    await callbackWrites.endCallback(database.db, asId('item'), 'notReached');
    expect(await reads.readStandingCallbacks(database.reads)).toMatchObject([
      { callbackId: 'first', state: 'inLine', ended: 'notReached' },
    ]);
    expect(await end('first', 'notReached')).toBe(true);
    expect(await end('first', 'reached')).toBe(false);
    expect(await rowOf('first')).toMatchObject({ state: 'notReached', number: null, number_key: null, about: null });
    expect(await promiseOf('first')).toMatchObject({ kept_at: null });
    expect((await commitmentReads.readWorkOf(database.reads, 'lena', everybody)).promises).toMatchObject([{ promiseId: 'first' }]);
    expect((await told('ann')).at(-1)).toBe('Called back, not reached: Quote for 14 handsets');
    expect(await agree(made('again', { contactId: 'ann' }))).toMatchObject({ isNew: true });
    expect(await end('again', 'reached')).toBe(true);
    expect(await promiseOf('again')).toMatchObject({ kept_at: now + 3 * hour });
  });

  it('go with the person who is erased, and with a number that was nobody’s but theirs', async () => {
    const identifier = { is_verified: 0, is_shared: 0, kind: 'mobile', contact_id: 'eve', identifier_id: 'i', value: '+447700900777' };
    await database.db.insertInto('identifier').values(identifier).execute();
    await agree(made('of-eve', { contactId: 'eve', number: '1', numberKey: '+447700900778' }));
    await agree(made('of-number', { number: '2', numberKey: '+447700900777', queueId: 'sales' }));
    const erased = await privacyWrites.erase(database.db, {
      ...{ entryId: 'e', author, at: now, scope: everybody, contactId: 'eve', confirmName: 'eve', reason: 'asked' },
    });
    expect(erased).toMatchObject({ ok: true });
    expect([await rowOf('of-eve'), await rowOf('of-number')]).toEqual([undefined, undefined]);
    await agree(made('of-bob', { contactId: 'bob' }));
    await writes.putScheduledCallbackInLine(database.db, 'of-bob', {
      ...inLine('bob', now + hour),
      agreed: { contactId: asId('bob'), about: 'x', keeper: null },
    });
    const waits = await privacyWrites.erase(database.db, {
      ...{ entryId: 'b', author, at: now, scope: everybody, contactId: 'bob', confirmName: 'bob', reason: 'asked' },
    });
    expect(waits).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});
