import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceReads } from '../../../cti-bridge/store/repositories/ivr/trace-reads.ts';
import { type NotedStep, traceWrites } from '../../../cti-bridge/store/repositories/ivr/trace-writes.ts';
import { privacyReads } from '../../../cti-bridge/store/repositories/privacy/privacy-reads.ts';
import { privacyWrites } from '../../../cti-bridge/store/repositories/privacy/privacy-writes.ts';
import { asId, type InteractionId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const everybody = { units: null };
const day = 1_794_960_000_000;
const at = day + 3_600_000;

let steps = 0;
const step = (interactionId: string, nodeId: string, exit: string | null, more: Partial<NotedStep> = {}): NotedStep => ({
  stepId: `step-${++steps}`,
  interactionId: asId<InteractionId>(interactionId),
  at: at + steps,
  day,
  flowId: 'hotline',
  version: 3,
  nodeId,
  exit,
  tookMs: 1_500,
  keys: null,
  facts: {},
  ...more,
});
const search = {
  flowId: 'hotline',
  nodeId: null,
  exit: null,
  typed: null,
  from: day,
  to: day + 86_400_000,
  before: null,
  limit: 100,
};

describe.each(databases)('the ways of callers through flows, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    for (const [contact_id, org_unit_id] of [
      ['wang', 'west'],
      ['gone', null],
    ] as const) {
      const consent = { allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0 };
      await db
        .insertInto('person')
        .values({
          contact_id,
          head_id: contact_id,
          name: contact_id,
          name_key: contact_id,
          locale: 'zh',
          tier: 'gold',
          ...consent,
          org_unit_id,
        })
        .execute();
    }
    for (const [interaction_id, contact_id, number_received] of [
      ['of-wang', 'wang', '13800000001'],
      ['of-nobody', null, '13800000002'],
      ['of-gone', 'gone', '13800000003'],
    ] as const) {
      await db.insertInto('interaction').values({ interaction_id, contact_id, number_received, dialled: '95', received_at: at }).execute();
    }
    await traceWrites.noteIvrSteps(db, [
      step('of-wang', 'menu', '1', { keys: '1' }),
      step('of-nobody', 'menu', 'hangUp'),
      step('of-gone', 'menu', '1', { keys: '1' }),
      step('of-wang', 'ask', 'done', { keys: '88%_12', facts: { 'entered.customer': '88%_12' } }),
      step('of-wang', 'bypass', 'next', { flowId: 'other', version: 1 }),
    ]);
    await traceWrites.noteIvrSteps(db, [
      step('of-wang', 'queue', null),
      step('of-gone', 'ask', 'nothing', { keys: '8812' }),
      step('of-gone', 'queue', null),
    ]);
  }, 60_000);
  afterAll(() => database.close());

  it('are read in order, with what was typed and how long it took', async () => {
    const { steps: way, customer } = await traceReads.readTrace(database.reads, 'of-wang', everybody);
    expect(way.map(({ nodeId, exit, flowId, version }) => [nodeId, exit, flowId, version])).toEqual([
      ['menu', '1', 'hotline', 3],
      ['ask', 'done', 'hotline', 3],
      ['bypass', 'next', 'other', 1],
      ['queue', null, 'hotline', 3],
    ]);
    expect(way[1]).toMatchObject({ keys: '88%_12', facts: { 'entered.customer': '88%_12' }, tookMs: 1_500 });
    expect(customer).toBe('seen');
  });

  it('say whether their customer is one of those somebody sees', async () => {
    const customerOf = async (interactionId: string, units: readonly string[] | null) =>
      (await traceReads.readTrace(database.reads, interactionId, { units })).customer;
    expect(await customerOf('of-wang', ['west'])).toBe('seen');
    expect(await customerOf('of-wang', ['east'])).toBe('unseen');
    expect(await customerOf('of-nobody', ['east'])).toBe('unknown');
    expect(await traceReads.readTrace(database.reads, "x' or '1'='1", everybody)).toEqual({ steps: [], customer: 'unknown' });
  });

  it('are found by flow, the latest first, and page by page', async () => {
    const found = await traceReads.searchTraces(database.reads, search, everybody);
    expect(found.map(({ interactionId }) => interactionId)).toEqual(['of-gone', 'of-nobody', 'of-wang']);
    expect(found[2]).toEqual({
      interactionId: 'of-wang',
      at: expect.any(Number),
      number: '13800000001',
      contactName: 'wang',
      version: 3,
      path: ['menu', 'ask', 'queue'],
      lastExit: null,
    });
    const [first] = await traceReads.searchTraces(database.reads, { ...search, limit: 1 }, everybody);
    const rest = await traceReads.searchTraces(database.reads, { ...search, before: first?.at ?? 0 }, everybody);
    expect(rest.map(({ interactionId }) => interactionId)).toEqual(['of-nobody', 'of-wang']);
    expect(await traceReads.searchTraces(database.reads, { ...search, to: day }, everybody)).toEqual([]);
  });

  it('are found by a node, an exit and keys of one and the same step, each text meaning itself', async () => {
    const found = async (wanted: Partial<typeof search> | { [name in 'nodeId' | 'exit' | 'typed']?: string }) =>
      (await traceReads.searchTraces(database.reads, { ...search, ...wanted }, everybody)).map(({ interactionId }) => interactionId);
    expect(await found({ nodeId: 'ask' })).toEqual(['of-gone', 'of-wang']);
    expect(await found({ nodeId: 'ask', exit: 'nothing' })).toEqual(['of-gone']);
    expect(await found({ nodeId: 'menu', exit: 'nothing' })).toEqual([]);
    expect(await found({ exit: 'hangUp' })).toEqual(['of-nobody']);
    expect(await found({ typed: '88' })).toEqual(['of-gone', 'of-wang']);
    expect(await found({ typed: '8%_1' })).toEqual(['of-wang']);
    expect(await found({ typed: '8_1' })).toEqual([]);
    expect(await found({ typed: "'; drop table ivr_trace; --" })).toEqual([]);
    expect(await found({ flowId: 'other' } as never)).toEqual(['of-wang']);
  });

  it("show nobody another office's customers", async () => {
    const found = await traceReads.searchTraces(database.reads, search, { units: ['east'] });
    expect(found.map(({ interactionId }) => interactionId)).toEqual(['of-gone', 'of-nobody']);
  });

  it('are counted by exit, once however often they are sent, by version and day', async () => {
    const again = step('of-new', 'menu', '2');
    await traceWrites.noteIvrSteps(database.db, [again]);
    await traceWrites.noteIvrSteps(database.db, [again]);
    const heat = await traceReads.readHeat(database.reads, 'hotline', 3, day, day + 1);
    expect(heat).toEqual({
      callers: 4,
      exits: [
        { nodeId: 'ask', exit: 'done', callers: 1 },
        { nodeId: 'ask', exit: 'nothing', callers: 1 },
        { nodeId: 'menu', exit: '1', callers: 2 },
        { nodeId: 'menu', exit: '2', callers: 1 },
        { nodeId: 'menu', exit: 'hangUp', callers: 1 },
        { nodeId: 'queue', exit: null, callers: 2 },
      ],
    });
    expect(await traceReads.readHeat(database.reads, 'hotline', null, day, day + 1)).toEqual(heat);
    expect(await traceReads.readHeat(database.reads, 'hotline', 2, day, day + 1)).toEqual({ callers: 0, exits: [] });
    expect(await traceReads.readHeat(database.reads, 'hotline', 3, day + 1, day + 2)).toEqual({ callers: 0, exits: [] });
  });

  it('are in what a person is given of all that is kept of them', async () => {
    const dossier = await privacyReads.dossier(database.reads, 'wang', everybody);
    expect(dossier?.tables.ivr_trace?.map((row) => row.node_id)).toEqual(['menu', 'ask', 'bypass', 'queue']);
    expect(dossier?.tables.ivr_trace?.[1]).toMatchObject({ keys: '88%_12' });
  });

  it('go with the person they are of; what was counted stays', async () => {
    const author = { userId: 'adam', name: 'Adam', source: 'screen' };
    const erasure = { entryId: 'e', author, at, scope: everybody, contactId: 'gone', confirmName: 'gone', reason: 'asked' };
    const erased = await database.db.transaction().execute((db) => privacyWrites.erase(db, erasure));
    expect(erased).toMatchObject({ ok: true });
    expect((await traceReads.readTrace(database.reads, 'of-gone', everybody)).steps).toEqual([]);
    expect((await traceReads.readTrace(database.reads, 'of-wang', everybody)).steps).toHaveLength(4);
    expect((await traceReads.readHeat(database.reads, 'hotline', null, day, day + 1)).callers).toBe(4);
  });
});
