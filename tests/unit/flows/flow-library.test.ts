import { describe, expect, it } from 'vitest';
import { entry, flow, studioHouse } from './flow-studio/studio-house.ts';

const shanghai = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`);

describe('the flows that are live', () => {
  it('are entered by the number that is called: the first whose hours are open then, else the last', () => {
    const { library } = studioHouse();
    for (const flowId of ['day', 'evening', 'closed']) library.publish({ version: 1, flow: flow(flowId) });
    library.setEntries([
      entry('95', ['office', 'day'], ['night', 'evening'], 'closed'),
      entry('96', ['office', 'day'], ['night', 'evening']),
    ]);
    const entered = (dialled: string, time: string) => library.entranceFor(dialled, shanghai(time))?.entry.flow.flowId;
    expect(['08:59', '09:00', '17:29', '17:30', '20:00'].map((time) => entered('95', time))).toEqual([
      'closed',
      'day',
      'day',
      'closed',
      'evening',
    ]);
    expect(entered('96', '03:00')).toBe('evening');
    expect(entered('97', '09:00')).toBeUndefined();
  });

  it('answer with the next one in line where one is gone, and with none where all are', () => {
    const { library } = studioHouse();
    library.publish({ version: 1, flow: flow('closed') });
    library.setEntries([entry('95', ['office', 'gone'], 'closed'), entry('96', 'gone')]);
    expect(library.entranceFor('95', shanghai('10:00'))?.entry.flow.flowId).toBe('closed');
    expect(library.entranceFor('96', shanghai('10:00'))).toBeUndefined();
  });

  it('are open where their hours are no more: somebody answers', () => {
    const { library } = studioHouse();
    for (const flowId of ['day', 'closed']) library.publish({ version: 1, flow: flow(flowId) });
    library.setEntries([entry('95', ['removed', 'day'], 'closed')]);
    expect(library.entranceFor('95', shanghai('03:00'))?.entry.flow.flowId).toBe('day');
  });

  it('say who needs a queue or hours: flows by their nodes and their fallback, numbers by their hours', () => {
    const { library } = studioHouse();
    library.publish({ version: 1, flow: flow('day') });
    library.publish({ version: 1, flow: flow('evening', 'sales', { fallback: { queueId: 'billing', prompt: 'please-wait' } }) });
    const { queue = flow('x').nodes.queue, ...nodes } = flow('asks').nodes;
    if (queue)
      library.publish({
        version: 1,
        flow: flow('asks', 'billing', { nodes: { ...nodes, hours: { kind: 'hours', hoursId: 'night', exits: {} } } }),
      });
    library.setEntries([entry('95', ['office', 'day'], 'evening')]);
    const { queues, hours } = library.uses();
    expect(Object.fromEntries([...queues].map(([id, by]) => [id, [...by]]))).toEqual({
      billing: ['day', 'evening'],
      general: ['day', 'asks'],
      sales: ['evening'],
    });
    expect(Object.fromEntries([...hours].map(([id, by]) => [id, [...by]]))).toEqual({ night: ['asks'], office: ['95'] });
  });

  it('stay as they were for a call that runs, whatever is published or removed meanwhile', () => {
    const { library } = studioHouse();
    library.publish({ version: 1, flow: flow('hotline') });
    library.publish({ version: 4, flow: flow('part') });
    library.setEntries([entry('95', 'hotline')]);
    const running = library.entranceFor('95', shanghai('10:00'));
    library.publish({ version: 2, flow: flow('hotline', 'general') });
    library.remove('part');
    expect(running?.entry.version).toBe(1);
    expect(running?.flows.find('hotline')?.version).toBe(1);
    expect(running?.flows.find('part')?.version).toBe(4);
    const next = library.entranceFor('95', shanghai('10:00'));
    expect([next?.entry.version, next?.flows.find('hotline')?.version, next?.flows.find('part')]).toEqual([2, 2, undefined]);
  });
});
