import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import type { Acceptance, Said } from './racing-bridge.ts';
import { builtPrograms, inspect, openFor, temporaryFolder } from './store-under-test.ts';

const program = fileURLToPath(new URL('./racing-bridge.ts', import.meta.url));
/** Ten thousand take half a minute of both cores: `CROSSPOINT_RACES=10000`. */
const races = Number(process.env.CROSSPOINT_RACES ?? 2_000);

interface Race {
  readonly workItemId: WorkItemId;
  /** One for each side. */
  readonly acceptances: readonly [Acceptance, Acceptance];
}

/** Odd races: one item rings two agents. Even ones: two bridges believe that the same offer is theirs. */
function race(number: number): Race {
  const workItemId = asId<WorkItemId>(`w${number}`);
  const of = (side: 0 | 1): Acceptance => {
    const own = number % 2 === 1 ? side : 0;
    const [reservationId, agentId] = [asId<ReservationId>(`r${number}-${own}`), asId<AgentId>(`agent-${own}`)];
    return { workItemId, reservationId, agentId, fencing: 2 * number + own, at: number };
  };
  return { workItemId, acceptances: [of(0), of(1)] };
}

describe('two bridges that accept the same items at the same moment', () => {
  it(`have exactly one winner in each of ${races} races, and neither ever hears that the database is busy`, {
    timeout: 180_000,
  }, async () => {
    // In memory a commit is over before the other side begins its own.
    const folder = temporaryFolder('disk');
    await (await openFor(folder)).stop();
    const all = Array.from({ length: races }, (_, index) => race(index + 1));
    await offerAll(folder, all);
    const sides = await Promise.all([startSide(folder), startSide(folder)]);

    const said: (readonly [Said, Said])[] = [];
    const startedAt = performance.now();
    for (const [index, { acceptances }] of all.entries()) {
      const answers = sides.map((side) => once(side, 'message') as Promise<[Said]>);
      // Whoever is told first has a head start, so they take turns.
      for (const side of index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) sides[side].send(acceptances[side]);
      const [[first], [second]] = (await Promise.all(answers)) as [[Said], [Said]];
      said.push([first, second]);
    }
    const tookMs = performance.now() - startedAt;

    const isSound = (pair: readonly [Said, Said]) =>
      pair
        .map(({ answer }) => answer)
        .toSorted()
        .join() === 'lost,won';
    expect(said).toHaveLength(races);
    expect(said.filter((pair) => !isSound(pair))).toEqual([]);

    const stored = inspect<{ work_item_id: string; fencing: number; attempt: string }>(
      folder,
      "select work_item_id, fencing, attempt from routing_offer where state = 'accepted'",
    );
    const owners = new Map(stored.map((row) => [row.work_item_id, row]));
    expect([stored.length, owners.size]).toEqual([races, races]);
    const winners = said.map(([first]) => (first.answer === 'won' ? 0 : 1));
    const wrong = all.filter(({ workItemId, acceptances }, index) => {
      const winner = winners[index] ?? 0;
      const owner = owners.get(workItemId);
      return owner?.fencing !== acceptances[winner].fencing || !owner.attempt.startsWith(`${sides[winner].pid}-`);
    });
    expect(wrong).toEqual([]);

    // They were races: each side won its part, and often both were in the database at once.
    const second = winners.reduce<number>((sum, winner) => sum + winner, 0);
    const close = said.filter(([one, other]) => one.from < other.until && other.from < one.until).length;
    const parts = `${races - second} to ${second}, in ${close} both at once`;
    console.info(`${races} races in ${Math.round(tookMs)} ms: ${parts}`);
    expect(Math.min(second, races - second)).toBeGreaterThan(races / 20);
    expect(close).toBeGreaterThan(races / 20);
  });
});

async function offerAll(folder: string, all: readonly Race[]): Promise<void> {
  const { db } = openForWriting(join(folder, databaseFile));
  await db.transaction().execute(async (unitOfWork) => {
    for (const { workItemId, acceptances } of all)
      for (const { reservationId, fencing } of acceptances)
        await writeOperations.noteOffer(unitOfWork, reservationId, workItemId, fencing, 0);
  });
  await db.destroy();
}

async function startSide(folder: string): Promise<ChildProcess> {
  const side = fork(program, [folder], { execArgv: [...builtPrograms] });
  onTestFinished(async () => {
    const gone = once(side, 'exit');
    if (side.exitCode !== null) return;
    side.disconnect();
    await gone;
  });
  await once(side, 'message');
  return side;
}
