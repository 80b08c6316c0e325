import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { builtPrograms, event, inspect, openFor, temporaryFolder } from './store-under-test.ts';

const program = fileURLToPath(new URL('./acknowledging-bridge.ts', import.meta.url));

describe('an acknowledged event', () => {
  it.each([40, 200, 500])('survives a kill after %i acknowledgements, and the folder opens again at once', async (count) => {
    const folder = temporaryFolder();
    const acknowledged = await killAfter(folder, count);
    expect(acknowledged.length).toBeGreaterThanOrEqual(count);

    const store = await openFor(folder);
    await store.stop();
    const stored = new Set(inspect<{ event_id: string }>(folder, 'select event_id from agent_event').map((row) => row.event_id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(
      inspect(
        folder,
        'select count(*) as gaps from agent_event as one where sequence > 1 and not exists (select 1 from agent_event where sequence = one.sequence - 1)',
      ),
    ).toEqual([{ gaps: 0 }]);
  });
});

describe('a thread of the store that dies', () => {
  it('is replaced: events wait and are all written, once each and in order', async () => {
    const threads = vi.spyOn(Worker.prototype, 'postMessage');
    onTestFinished(() => threads.mockRestore());
    const folder = temporaryFolder();
    const store = await openFor(folder);
    const events = Array.from({ length: 30 }, (_, number) => event(`i${number}`, { type: 'call:held', agentId: asId<AgentId>('lena') }));
    await store.journal.commit(events.slice(0, 1));

    const writer = threads.mock.contexts.at(-1) as Worker | undefined;
    const rest = events.slice(1).map((each) => store.journal.commit([each]));
    await writer?.terminate();
    await Promise.all(rest);
    await store.stop();

    const stored = inspect<{ event_id: string }>(folder, 'select event_id from interaction_event order by sequence');
    expect(stored.map((row) => row.event_id)).toEqual(events.map((each) => each.id));
    expect(store.health()).toMatchObject({ backlog: 0, isDegraded: false });
  });
});

/** Runs the small bridge until it has acknowledged so many events, then kills it as a power cut would. */
async function killAfter(folder: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [...builtPrograms, program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  await gone;
  return acknowledged;
}
