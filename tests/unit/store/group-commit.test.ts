import { describe, expect, it } from 'vitest';
import type { BusinessEvent } from '../../../cti-bridge/interactions/index.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { commitLimits, GroupCommit } from '../../../cti-bridge/store/group-commit.ts';
import { StoreError } from '../../../cti-bridge/store/store-error.ts';
import type { OperationCall, OperationOutcome } from '../../../cti-bridge/store/workers/protocol.ts';
import { type AgentId, asId, type EventId } from '../../../shared/ids.ts';

describe('group commit', () => {
  it('sends all that one turn asks for as one batch, in order, and resolves when it is on disk', async () => {
    const { group, disk, clock } = start();
    const done: string[] = [];
    const all = [
      group.commit([event(1), event(2)]).then(() => done.push('events')),
      group.write('saveDraft', ['text']).then((value) => done.push(`draft ${String(value)}`)),
      group.commit([event(3)]).then(() => done.push('more events')),
    ];
    await clock.run(0);
    expect(disk.batches.map((batch) => batch.names)).toEqual([['appendEvents', 'saveDraft', 'appendEvents']]);
    expect(done).toEqual([]);
    disk.finish();
    await Promise.all(all);
    expect(done.sort()).toEqual(['draft saveDraft done', 'events', 'more events']);
  });

  it('lets what arrives during a flush wait for the next, all of it together', async () => {
    const { group, disk, clock } = start();
    const first = group.commit([event(1)]);
    await clock.run(0);
    const others = [2, 3, 4].map((number) => group.commit([event(number)]));
    await clock.run(0);
    expect(disk.batches).toHaveLength(1);
    disk.finish();
    await first;
    await clock.run(0);
    expect(disk.batches.map((batch) => batch.eventIds)).toEqual([['1'], ['2', '3', '4']]);
    disk.finish();
    await Promise.all(others);
    expect(group.health).toMatchObject({ pendingCommits: 0, backlog: 0, isDegraded: false });
  });

  it('lets flushes that come thick and fast go together, a few milliseconds apart, and one after a rest at once', async () => {
    const { group, disk, clock } = start();
    let number = 0;
    const flush = async () => {
      const done = group.commit([event(++number)]);
      await clock.run(0);
      disk.finish();
      await done;
    };
    for (let count = 0; count < commitLimits.unpacedFlushes; count++) await flush();
    expect(disk.batches).toHaveLength(commitLimits.unpacedFlushes);

    const together = [event(++number), event(++number)].map((one) => group.commit([one]));
    await clock.run(commitLimits.paceMs - 1);
    expect(disk.batches).toHaveLength(commitLimits.unpacedFlushes);
    await clock.run(1);
    expect(disk.batches.at(-1)?.eventIds).toEqual([String(number - 1), String(number)]);
    disk.finish();
    await Promise.all(together);

    await clock.run(commitLimits.pacedOverMs + 1);
    const before = disk.batches.length;
    await flush();
    expect(disk.batches).toHaveLength(before + 1);
  });

  it('lets what nobody waits for go with the next that somebody waits for, in order, and alone after a moment', async () => {
    const { group, disk, clock } = start();
    void group.note([event(1)]);
    void group.keep('saveLiveCall', ['call'], 'later');
    await clock.run(commitLimits.lingerMs - 1);
    expect(disk.batches).toEqual([]);
    const waitedFor = group.commit([event(2)]);
    await clock.run(0);
    expect(disk.batches.map((batch) => batch.names)).toEqual([['appendEvents', 'saveLiveCall', 'appendEvents']]);
    const noted = group.note([event(3)]);
    disk.finish();
    await waitedFor;
    await clock.run(commitLimits.lingerMs - 1);
    expect(disk.batches).toHaveLength(1);
    await clock.run(1);
    expect(disk.batches[1]?.eventIds).toEqual(['3']);
    disk.finish();
    await noted;
    expect(group.health).toMatchObject({ pendingCommits: 0, backlog: 0 });
  });

  it('goes on from memory when the disk stalls for a second, and writes all in order when it is back', async () => {
    const { group, disk, clock } = start();
    const done: number[] = [];
    const early = group.commit([event(1)]).then(() => done.push(1));
    await clock.run(commitLimits.stallMs - 1);
    expect([done, group.isDegraded]).toEqual([[], false]);
    await clock.run(1);
    await early;
    expect([done, group.isDegraded]).toEqual([[1], true]);

    await group.commit([event(2)]);
    await group.commit([event(3)]);
    expect(group.health).toMatchObject({ backlog: 3, isDegraded: true });

    disk.finish();
    await clock.run(0);
    expect(group.isDegraded).toBe(true);
    disk.finish();
    await clock.run(0);
    expect(disk.writtenEvents).toEqual(['1', '2', '3']);
    expect(group.health).toMatchObject({ backlog: 0, isDegraded: false });
  });

  it('never acknowledges from memory what is no event: a draft is refused after five seconds', async () => {
    const { group, disk, clock } = start();
    const inFlight = group.write('saveDraft', [1]).catch((error: unknown) => error);
    await clock.run(0);
    const waiting = group.write('saveDraft', [2]).catch((error: unknown) => error);
    await clock.run(commitLimits.writeMs);
    expect(await inFlight).toMatchObject({ code: 'unavailable' });
    expect(await waiting).toMatchObject({ code: 'unavailable' });
    disk.finish();
    await clock.run(0);
    expect(disk.batches).toHaveLength(1);
  });

  it('keeps what belongs to the record of a call as it keeps events: from memory while the disk stalls, written when it is back', async () => {
    const { group, disk, clock } = start();
    const caller = group.keep('recordCaller', ['i1']);
    await clock.run(commitLimits.stallMs);
    await caller;
    await group.keep('complete', ['i1']);
    expect(group.health).toMatchObject({ backlog: 2, isDegraded: true });
    disk.fail(new StoreError('diskFull', 'full'));
    await clock.run(commitLimits.retryFirstMs);
    disk.finish();
    await clock.run(0);
    expect(disk.batches.map((batch) => batch.names)).toEqual([['recordCaller'], ['recordCaller', 'complete']]);
    expect(group.health).toMatchObject({ backlog: 0, isDegraded: false });
  });

  it('gives what is kept its value when it is on disk, and none from memory', async () => {
    const { group, disk, clock } = start();
    const prompt = group.keep('acceptOffer', []);
    await clock.run(0);
    disk.finish([{ ok: true, value: 'won' }]);
    expect(await prompt).toBe('won');
    const stalled = group.keep('acceptOffer', []);
    await clock.run(commitLimits.stallMs);
    expect(await stalled).toBeUndefined();
    expect(await group.keep('acceptOffer', [])).toBeUndefined();
  });

  it('refuses events beyond the bounded backlog and takes them again when there is room', async () => {
    const { group, disk, clock } = start();
    const many = group.commit(Array.from({ length: commitLimits.backlogEvents }, (_, number) => event(number)));
    await expect(group.commit([event(-1)])).rejects.toMatchObject({ code: 'backlogFull' });
    await clock.run(0);
    disk.finish();
    await many;
    const again = group.commit([event(-1)]);
    await clock.run(0);
    disk.finish();
    await again;
  });

  it('keeps events and refuses other writes when a unit of work fails, and tries again with back-off', async () => {
    const { group, disk, clock } = start();
    const kept = group.commit([event(1)]);
    const refused = group.write('complete', []).catch((error: unknown) => error);
    await clock.run(0);
    disk.fail(new StoreError('diskFull', 'full'));
    expect(await refused).toMatchObject({ code: 'diskFull' });

    await clock.run(commitLimits.retryFirstMs - 1);
    expect(disk.batches).toHaveLength(1);
    await clock.run(1);
    expect(disk.batches.map((batch) => batch.names)).toEqual([['appendEvents', 'complete'], ['appendEvents']]);
    disk.finish();
    await kept;
  });

  it('rejects alone the write that the database refuses', async () => {
    const { group, disk, clock } = start();
    const good = group.commit([event(1)]);
    const bad = group.write('addNote', []).catch((error: unknown) => error);
    await clock.run(0);
    disk.finish([
      { ok: true, value: undefined },
      { ok: false, code: 'rejected', message: 'no such contact' },
    ]);
    await good;
    expect(await bad).toMatchObject({ code: 'rejected', message: 'no such contact' });
  });

  it('is drained when nothing waits any more', async () => {
    const { group, disk, clock } = start();
    await group.drained();
    let isDrained = false;
    const commits = [group.commit([event(1)])];
    await clock.run(0);
    commits.push(group.commit([event(2)]));
    const drained = group.drained().then(() => (isDrained = true));
    disk.finish();
    await clock.run(0);
    expect(isDrained).toBe(false);
    disk.finish();
    await drained;
    await Promise.all(commits);
    expect(clock.pending).toBe(0);
  });
});

/** A disk that takes its time: each batch stays until the test finishes or fails it. */
function start() {
  const clock = new VirtualClock();
  const pending: {
    calls: readonly OperationCall[];
    resolve(outcomes: readonly OperationOutcome[]): void;
    reject(error: StoreError): void;
  }[] = [];
  const batches: { names: string[]; eventIds: string[] }[] = [];
  const writtenEvents: string[] = [];
  const idsOf = (calls: readonly OperationCall[]) =>
    calls.flatMap(({ name, args }) => (name === 'appendEvents' ? (args[0] as BusinessEvent[]).map((each) => each.id as string) : []));
  const group = new GroupCommit(clock, silentLog, (calls) => {
    batches.push({ names: calls.map((call) => call.name), eventIds: idsOf(calls) });
    return new Promise((resolve, reject) => pending.push({ calls, resolve, reject }));
  });
  const next = () => {
    const batch = pending.shift();
    if (!batch) throw new Error('Nothing was sent to the disk');
    return batch;
  };
  const disk = {
    batches,
    writtenEvents,
    finish: (outcomes?: readonly OperationOutcome[]) => {
      const { calls, resolve } = next();
      writtenEvents.push(...idsOf(calls));
      resolve(outcomes ?? calls.map(({ name }) => ({ ok: true, value: `${name} done` })));
    },
    fail: (error: StoreError) => next().reject(error),
  };
  return { clock, group, disk };
}

function event(number: number): BusinessEvent {
  return { id: asId<EventId>(String(number)), at: number, type: 'agent:connected', agentId: asId<AgentId>('lena') };
}
