import { describe, expect, it } from 'vitest';
import { asker, entry, flow, studioHouse } from './studio-house.ts';

const eve = asker('eve', 'configuration:read', 'configuration:write');

describe('a draft', () => {
  it('is kept with who wrote it, and read until it is published; then what is live is read', async () => {
    const { studio, adam, save, clock } = studioHouse();
    expect(await studio['flow:read'](adam, { flowId: 'hotline', version: null })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await save(flow('hotline'))).toEqual({ ok: true, value: { saved: true, revision: 1, problems: [] } });
    const written = await studio['flow:list'](adam, {});
    expect(written).toMatchObject({
      value: { flows: [{ flowId: 'hotline', live: null, draft: { revision: 1, at: clock.now(), by: { userId: 'adam', name: 'adam' } } }] },
    });
    const read = await studio['flow:read'](adam, { flowId: 'hotline', version: null });
    expect(read).toEqual({ ok: true, value: { flow: flow('hotline'), version: null, draftRevision: 1, live: null } });
    await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 1, note: '' });
    const live = await studio['flow:read'](adam, { flowId: 'hotline', version: null });
    expect(live).toEqual({ ok: true, value: { flow: flow('hotline'), version: 1, draftRevision: null, live: 1 } });
  });

  it('of somebody else is not written over', async () => {
    const { studio, adam, save } = studioHouse();
    await save(flow('hotline'));
    expect(await studio['flow:save-draft'](eve, { flow: flow('hotline', 'general'), basedOn: 1, writingId: 'eves' })).toMatchObject({
      ok: true,
    });
    expect(await save(flow('hotline', 'sales'), 1)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 1, note: '' })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await studio['flow:discard-draft'](adam, { flowId: 'hotline', draftRevision: 1 })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await studio['flow:read'](adam, { flowId: 'hotline', version: null })).toMatchObject({
      value: { flow: flow('hotline', 'general') },
    });
  });

  it('begun from a version that is live no more would undo what was published since: it is not taken', async () => {
    const { studio, goLive } = studioHouse();
    await goLive(flow('hotline'));
    await goLive(flow('hotline', 'general'));
    const begin = (live?: number | null) =>
      studio['flow:save-draft'](eve, {
        flow: flow('hotline', 'billing'),
        basedOn: null,
        writingId: 'eves',
        ...(live === undefined ? {} : { live }),
      });
    expect(await begin(1)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await begin(null)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await begin(2)).toMatchObject({ ok: true, value: { saved: true, revision: 3 } });
  });

  it('of two that are sent at once, one is taken', async () => {
    const { save } = studioHouse();
    const outcomes = await Promise.all([save(flow('hotline')), save(flow('hotline', 'sales'))]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('that is no flow is refused with all that is wrong with it', async () => {
    const { repository, save } = studioHouse();
    const broken = { ...flow('hotline'), start: 7, nodes: { menu: { kind: 'dance', exits: {} } }, surprise: true };
    const refused = await save(broken);
    expect(refused).toMatchObject({ ok: true, value: { saved: false } });
    const problems = refused.ok ? refused.value.problems : [];
    expect(problems.length).toBeGreaterThanOrEqual(3);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'malformed', nodeId: 'menu' }));
    for (const odd of [null, 7, 'flow', [], { format: 2 }, { ...flow('hotline'), format: 99 }]) {
      expect(await save(odd)).toMatchObject({ ok: true, value: { saved: false } });
    }
    expect(await save({ ...flow('hotline'), format: 99 })).toMatchObject({ value: { problems: [{ code: 'newerFormat' }] } });
    expect(await repository.readAll()).toEqual([]);
  });

  it('is gone when it is discarded, and what is live stays', async () => {
    const { studio, adam, repository, save, goLive } = studioHouse();
    await goLive(flow('hotline'));
    expect(await save(flow('hotline', 'general'))).toMatchObject({ value: { revision: 2 } });
    expect(await studio['flow:discard-draft'](adam, { flowId: 'hotline', draftRevision: 2 })).toEqual({ ok: true, value: {} });
    expect(await studio['flow:read'](adam, { flowId: 'hotline', version: null })).toMatchObject({
      value: { flow: flow('hotline'), version: 1 },
    });
    expect(repository.history).toEqual(['flow hotline published', 'flow hotline: draft discarded']);
  });

  it('is compared with any version, and versions with one another', async () => {
    const { studio, adam, save, goLive } = studioHouse();
    await goLive(flow('hotline'));
    await save(flow('hotline', 'general'));
    const fields = [{ path: 'queueId', before: 'billing', after: 'general' }];
    const compared = await studio['flow:compare'](adam, { flowId: 'hotline', before: 1, after: null });
    expect(compared).toEqual({ ok: true, value: { changes: [{ nodeId: 'queue', what: 'changed', fields }] } });
    expect(await studio['flow:compare'](adam, { flowId: 'hotline', before: 1, after: 1 })).toMatchObject({ value: { changes: [] } });
    expect(await studio['flow:compare'](adam, { flowId: 'hotline', before: 1, after: 2 })).toMatchObject({ error: { code: 'not_found' } });
    expect(await studio['flow:compare'](adam, { flowId: 'other', before: null, after: 1 })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('is listed with the numbers that lead to its flow', async () => {
    const { studio, adam, goLive } = studioHouse();
    await goLive(flow('hotline'));
    await goLive(flow('closed'));
    const entries = [entry('95', ['office', 'hotline'], 'closed'), entry('96', ['office', 'hotline'], ['night', 'hotline'])];
    expect(await studio['flow:save-entries'](adam, { entries, basedOn: 0 })).toMatchObject({ value: { saved: true, revision: 1 } });
    expect(await studio['flow:list'](adam, {})).toMatchObject({
      value: {
        flows: [
          { flowId: 'hotline', dialled: ['95', '96'] },
          { flowId: 'closed', dialled: ['95'] },
        ],
        entries,
        entriesRevision: 1,
      },
    });
  });

  it('that the store cannot take now is said to be untaken', async () => {
    const { studio, adam, repository } = studioHouse();
    repository.isBroken = true;
    expect(await studio['flow:read'](adam, { flowId: 'hotline', version: null })).toMatchObject({ error: { code: 'storage_unavailable' } });
    expect(await studio['flow:remove'](adam, { flowId: 'hotline' })).toMatchObject({ error: { code: 'storage_unavailable' } });
  });
});
