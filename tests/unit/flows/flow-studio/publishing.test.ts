import { describe, expect, it } from 'vitest';
import { type FlowJudge, flowJudge } from '../../../../cti-bridge/flows/flow-studio/index.ts';
import type { FlowHouse } from '../../../../cti-bridge/ivr/index.ts';
import type { FlowProblem } from '../../../../shared/contracts/ivr/flow.ts';
import { entry, flow, studioHouse } from './studio-house.ts';

const problem = (severity: FlowProblem['severity'], code: FlowProblem['code']): FlowProblem => ({
  ...{ severity, code, nodeId: 'queue', field: null, what: code, facts: {} },
});

describe('publishing a flow', () => {
  it('makes it live for the next call, as the next version, with who did it and why', async () => {
    const { studio, adam, repository, library, save, goLive, clock } = studioHouse();
    await goLive(flow('hotline'));
    await studio['flow:save-entries'](adam, { entries: [entry('95', 'hotline')], basedOn: 0 });
    await save(flow('hotline', 'general'));
    const published = await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 2, note: 'bills go to everybody' });
    expect(published).toEqual({ ok: true, value: { published: true, version: 2 } });
    expect(library.entranceFor('95', clock.now())?.entry).toEqual({ version: 2, flow: flow('hotline', 'general') });
    expect(repository.history.at(-1)).toBe('flow hotline published: bills go to everybody');
    expect(await studio['flow:versions'](adam, { flowId: 'hotline' })).toMatchObject({
      value: { versions: [{ version: 2, note: 'bills go to everybody', by: { userId: 'adam' } }, { version: 1 }] },
    });
  });

  it('that has an error is refused with all its problems, and callers meet what they met before; a warning keeps nobody', async () => {
    let found: FlowProblem[] = [];
    const houses: FlowHouse[] = [];
    const judge: FlowJudge = {
      ...flowJudge,
      judge(_flow, house) {
        houses.push(house);
        return [found];
      },
    };
    const { studio, adam, library, save, goLive } = studioHouse({ judge });
    found = [problem('warning', 'unreachable')];
    expect(await goLive(flow('hotline'))).toMatchObject({ value: { published: true } });
    found = [problem('error', 'unknownQueue'), problem('warning', 'unreachable'), problem('error', 'testFailed')];
    // However wrong it is, it is kept.
    expect(await save(flow('hotline', 'nowhere'))).toMatchObject({ value: { saved: true, problems: found } });
    const refused = await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 2, note: '' });
    expect(refused).toEqual({ ok: true, value: { published: false, problems: found } });
    expect(library.source.find('hotline')).toMatchObject({ version: 1, flow: flow('hotline') });
    const [house] = houses;
    expect([house?.queueIds, house?.hoursIds, house?.skillIds].map((ids) => [...(ids ?? [])])).toEqual([
      ['billing', 'general'],
      ['office', 'night'],
      ['billing'],
    ]);
    expect(houses.at(-1)?.flows('hotline')).toEqual(flow('hotline'));
  });

  it('again with an earlier version is a new one, judged as the house is now, and leaves the draft', async () => {
    let found: FlowProblem[] = [];
    const { studio, adam, repository, library, save, goLive } = studioHouse({ judge: { ...flowJudge, judge: () => [found] } });
    await goLive(flow('hotline'));
    await save(flow('hotline', 'general'));
    await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 2, note: '' });
    await save(flow('hotline', 'sales'));
    found = [problem('error', 'unknownQueue')];
    expect(await studio['flow:roll-back'](adam, { flowId: 'hotline', version: 1, note: '' })).toMatchObject({
      value: { published: false },
    });
    found = [];
    const back = await studio['flow:roll-back'](adam, { flowId: 'hotline', version: 1, note: 'too many calls' });
    expect(back).toEqual({ ok: true, value: { published: true, version: 3 } });
    expect(library.source.find('hotline')).toEqual({ version: 3, flow: flow('hotline') });
    expect(repository.history.at(-1)).toBe('flow hotline: version 1 restored: too many calls');
    expect((await repository.read('hotline'))?.draft?.flow).toEqual(flow('hotline', 'sales'));
    expect(await studio['flow:roll-back'](adam, { flowId: 'hotline', version: 9, note: '' })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await studio['flow:roll-back'](adam, { flowId: 'other', version: 1, note: '' })).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('removing a flow', () => {
  it('waits until no number and no other live flow leads there', async () => {
    const { studio, adam, library, repository, goLive } = studioHouse();
    await goLive(flow('part'));
    const { queue, ...nodes } = flow('hotline').nodes;
    if (queue)
      await goLive(
        flow('hotline', 'billing', {
          nodes: { ...nodes, queue: { kind: 'callFlow', flowId: 'part', exits: { next: 'bye' } }, bye: queue },
        }),
      );
    await studio['flow:save-entries'](adam, { entries: [entry('95', 'hotline')], basedOn: 0 });
    const remove = (flowId: string) => studio['flow:remove'](adam, { flowId });
    expect(await remove('hotline')).toMatchObject({ error: { code: 'conflict', message: expect.stringContaining('95') } });
    expect(await remove('part')).toMatchObject({ error: { code: 'conflict', message: expect.stringContaining('hotline') } });
    await studio['flow:save-entries'](adam, { entries: [], basedOn: 1 });
    expect([await remove('hotline'), await remove('part')]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await remove('part')).toMatchObject({ error: { code: 'not_found' } });
    expect(library.all).toEqual([]);
    expect(repository.history.slice(-2)).toEqual(['flow hotline removed', 'flow part removed']);
  });
});

it('a flow in which the callers of a queue go on after the call is not removed', async () => {
  const { studio, adam, configuration, library, goLive } = studioHouse();
  await goLive(flow('survey'));
  const [queue] = configuration.queues;
  if (queue) queue.afterCall = 'survey';
  const remove = () => studio['flow:remove'](adam, { flowId: 'survey' });
  expect(await remove()).toMatchObject({ error: { code: 'conflict', message: expect.stringContaining('billing') } });
  expect(library.source.find('survey')).toBeDefined();
  if (queue) queue.afterCall = null;
  expect(await remove()).toMatchObject({ ok: true });
});

it('a flow that is removed while somebody has a number lead there is kept, or the number is refused', async () => {
  const { studio, adam, library, repository, goLive } = studioHouse();
  await goLive(flow('hotline'));
  const saving = studio['flow:save-entries'](adam, { entries: [entry('95', 'hotline')], basedOn: 0 });
  const [saved, removed] = await Promise.all([saving, studio['flow:remove'](adam, { flowId: 'hotline' })]);
  expect([saved, removed]).toMatchObject([{ value: { saved: true } }, { error: { code: 'conflict' } }]);
  expect((await repository.readEntries()).entries).toHaveLength(1);
  expect(library.source.find('hotline')).toBeDefined();
});

describe('numbers', () => {
  it('are refused whole with all that is wrong: doubled ones, flows that are not live, hours that are not there, what is never reached', async () => {
    const { studio, adam, library, save, goLive, clock } = studioHouse();
    await goLive(flow('hotline'));
    await save(flow('draft'));
    const entries = [entry('95', 'draft'), entry('95', ['nights', 'hotline']), entry('96', 'hotline', 'gone'), entry('97', 'hotline')];
    const refused = await studio['flow:save-entries'](adam, { entries, basedOn: 0 });
    expect(refused).toEqual({
      ok: true,
      value: {
        saved: false,
        problems: [
          { dnis: '95', what: 'There is no flow "draft" that is live.' },
          { dnis: '95', what: 'This number is there twice.' },
          { dnis: '95', what: 'There are no hours "nights".' },
          { dnis: '96', what: 'There is no flow "gone" that is live.' },
          { dnis: '96', what: 'What stands below the flow that always answers is never reached.' },
        ],
      },
    });
    expect(library.entranceFor('97', clock.now())).toBeUndefined();
  });

  it('hold for the next call, and are not written over', async () => {
    const { studio, adam, library, goLive, clock } = studioHouse();
    await goLive(flow('hotline'));
    const save = (basedOn: number, ...dialled: string[]) =>
      studio['flow:save-entries'](adam, { entries: dialled.map((dnis) => entry(dnis, 'hotline')), basedOn });
    expect(await save(0, '95')).toEqual({ ok: true, value: { saved: true, revision: 1 } });
    expect(library.entranceFor('95', clock.now())?.entry.version).toBe(1);
    expect(await save(0, '96')).toMatchObject({ error: { code: 'conflict' } });
    expect(await save(1, '96')).toMatchObject({ value: { saved: true } });
    expect(library.entranceFor('95', clock.now())).toBeUndefined();
  });
});
