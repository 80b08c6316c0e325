import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

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

/** Runs the small bridge until it has acknowledged so many events, then kills it as a power cut would. */
async function killAfter(folder: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  await gone;
  return acknowledged;
}
