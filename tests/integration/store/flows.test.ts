import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configurationReads } from '../../../cti-bridge/store/repositories/configuration-reads.ts';
import { flowReads } from '../../../cti-bridge/store/repositories/ivr/flow-reads.ts';
import { flowWrites } from '../../../cti-bridge/store/repositories/ivr/flow-writes.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const flow = (flowId: string, queueId = 'billing'): Flow => ({
  format: 1,
  flowId,
  name: { en: flowId, zh: flowId },
  start: 'answer',
  fallback: { queueId: 'general', prompt: 'technical-difficulty' },
  nodes: { answer: { kind: 'answer', exits: { next: 'queue' } }, queue: { kind: 'queue', queueId, priority: null, exits: {} } },
  layout: {},
  tests: [],
});
const doing = { at: 1_795_000_000_000, by: { userId: 'adam', name: 'Adam' } };
const noted = (note: string) => ({ ...doing, note });

describe.each(databases)('flows as they are kept, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  }, 60_000);
  afterAll(() => database.close());
  const save = (wanted: Flow, basedOn: number | null, writingId: string | null = null, by = doing.by) =>
    flowWrites.saveFlowDraft(database.db, { ...doing, by, flow: wanted, basedOn, writingId });
  const publish = (flowId: string, what: { draftRevision: number } | { restores: number }) =>
    flowWrites.publishFlow(database.db, { ...noted(`flow ${flowId} published`), flowId, what, why: 'why' });

  it('take a draft made from the last one and no other', async () => {
    expect(await save(flow('draft'), 1)).toBeNull();
    expect(await save(flow('draft'), null)).toEqual({ revision: 1 });
    expect(await save(flow('draft', 'sales'), null)).toBeNull();
    expect(await save(flow('draft', 'sales'), 1)).toEqual({ revision: 2 });
    expect(await flowReads.readFlow(database.reads, 'draft')).toEqual({
      flowId: 'draft',
      draft: { ...doing, flow: flow('draft', 'sales'), revision: 2 },
      live: null,
    });
    expect(await flowReads.readFlow(database.reads, "draft' or '1'='1")).toBeNull();
  });

  it('go on from what the same hand saved where it was not told of it, and from what nobody else did', async () => {
    const eve = { userId: 'eve', name: 'Eve' };
    expect(await save(flow('hand'), null, 'h1')).toEqual({ revision: 1 });
    expect(await save(flow('hand', 'sales'), null, 'h1')).toEqual({ revision: 2 });
    expect(await save(flow('hand'), 1, 'h2')).toBeNull();
    expect(await save(flow('hand'), 1, 'h1', eve)).toBeNull();
    expect(await save(flow('hand'), 2, 'h2', eve)).toEqual({ revision: 3 });
    expect(await save(flow('hand'), 2, 'h1')).toBeNull();
    // What is removed, or has gone live, is nobody's draft any more.
    expect(await publish('hand', { draftRevision: 3 })).toEqual({ version: 1 });
    expect(await save(flow('hand'), 3, 'h2', eve)).toBeNull();
  });

  it('go live as the next version, which nothing changes any more', async () => {
    await save(flow('live'), null);
    expect(await publish('live', { draftRevision: 7 })).toBeNull();
    expect(await publish('live', { draftRevision: 1 })).toEqual({ version: 1 });
    expect(await publish('live', { draftRevision: 1 })).toBeNull();
    expect(await flowReads.readFlow(database.reads, 'live')).toEqual({
      flowId: 'live',
      draft: null,
      live: { ...doing, flow: flow('live'), version: 1 },
    });
    // The numbers go on: a draft of before that is not taken for the new one.
    expect(await save(flow('live', 'sales'), null)).toEqual({ revision: 2 });
    expect(await publish('live', { draftRevision: 2 })).toEqual({ version: 2 });
    expect(await publish('live', { restores: 1 })).toEqual({ version: 3 });
    expect(await publish('live', { restores: 9 })).toBeNull();
    expect((await flowReads.readFlow(database.reads, 'live'))?.live).toMatchObject({ version: 3, flow: flow('live') });
    expect(await flowReads.readFlowVersion(database.reads, 'live', 2)).toEqual(flow('live', 'sales'));
    expect(await flowReads.readFlowVersions(database.reads, 'live')).toEqual([
      { version: 3, ...doing, note: 'why', restores: 1, isLive: true },
      { version: 2, ...doing, note: 'why', restores: null, isLive: false },
      { version: 1, ...doing, note: 'why', restores: null, isLive: false },
    ]);
    await expect(sql`update flow_version set body = '{}'`.execute(database.db)).rejects.toThrow('append-only');
    await expect(sql`delete from flow_version`.execute(database.db)).rejects.toThrow('append-only');
  });

  it('leave the draft alone when an earlier version is restored, and the live version when the draft is discarded', async () => {
    await save(flow('both'), null);
    await publish('both', { draftRevision: 1 });
    await save(flow('both', 'sales'), null);
    await publish('both', { restores: 1 });
    expect(await flowReads.readFlow(database.reads, 'both')).toMatchObject({ draft: { revision: 2 }, live: { version: 2 } });
    expect(await flowWrites.discardFlowDraft(database.db, { ...noted('gone'), flowId: 'both', draftRevision: 1 })).toBe(false);
    expect(await flowWrites.discardFlowDraft(database.db, { ...noted('gone'), flowId: 'both', draftRevision: 2 })).toBe(true);
    expect(await flowReads.readFlow(database.reads, 'both')).toMatchObject({ draft: null, live: { version: 2 } });
    expect(await flowWrites.discardFlowDraft(database.db, { ...noted('gone'), flowId: 'both', draftRevision: 2 })).toBe(false);
  });

  it('are gone with a draft that never went live, and keep their numbers when they come back', async () => {
    await save(flow('short'), null);
    expect(await flowWrites.discardFlowDraft(database.db, { ...noted('gone'), flowId: 'short', draftRevision: 1 })).toBe(true);
    expect(await flowReads.readFlow(database.reads, 'short')).toBeNull();
    expect(await save(flow('short'), null)).toEqual({ revision: 2 });
    await publish('short', { draftRevision: 2 });
    expect(await flowWrites.removeFlow(database.db, { ...noted('flow short removed'), flowId: 'short' })).toBe(true);
    expect(await flowWrites.removeFlow(database.db, { ...noted('flow short removed'), flowId: 'short' })).toBe(false);
    expect(await publish('short', { restores: 1 })).toBeNull();
    expect((await flowReads.readFlows(database.reads)).map(({ flowId }) => flowId)).not.toContain('short');
    expect(await flowReads.readFlowVersion(database.reads, 'short', 1)).toEqual(flow('short'));
    expect(await save(flow('short', 'sales'), null)).toEqual({ revision: 3 });
    expect(await publish('short', { draftRevision: 3 })).toEqual({ version: 2 });
  });

  it('are answered by numbers in their order, saved whole and made from the last ones', async () => {
    const entry = (dnis: string) => ({ dnis, name: { en: dnis, zh: dnis }, flows: [{ hoursId: null, flowId: 'live' }] });
    const entries = ['95', '10', '4000'].map(entry);
    expect(await flowReads.readFlowEntries(database.reads)).toEqual({ entries: [], revision: 0 });
    expect(await flowWrites.saveFlowEntries(database.db, { ...noted('numbers'), entries, basedOn: 1 })).toBeNull();
    expect(await flowWrites.saveFlowEntries(database.db, { ...noted('numbers'), entries, basedOn: 0 })).toEqual({ revision: 1 });
    expect(await flowReads.readFlowEntries(database.reads)).toEqual({ entries, revision: 1 });
    expect(await flowWrites.saveFlowEntries(database.db, { ...noted('none'), entries: [], basedOn: 1 })).toEqual({ revision: 2 });
    expect(await flowReads.readFlowEntries(database.reads)).toEqual({ entries: [], revision: 2 });
  });

  it('say in the history of what administrators do who did it, and make no draft of the configuration outdated', async () => {
    const history = await configurationReads.readConfigurationHistory(database.reads, null, 100);
    expect(history[0]).toEqual({ ...doing, revision: history.length, note: 'none', changes: [] });
    expect(history.map(({ note }) => note)).toEqual(
      expect.arrayContaining(['flow live published', 'flow short removed', 'gone', 'numbers']),
    );
    expect((await configurationReads.readConfiguration(database.reads)).revision).toBe(0);
  });
});
