import { describe, expect, it } from 'vitest';
import { createLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { createAcceptanceLedger } from '../../../cti-bridge/store/acceptance-ledger.ts';
import { commitLimits, GroupCommit } from '../../../cti-bridge/store/group-commit.ts';
import type { OperationCall, OperationOutcome } from '../../../cti-bridge/store/workers/protocol.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';

const acceptance = {
  workItemId: asId<WorkItemId>('w1'),
  reservationId: asId<ReservationId>('r1'),
  agentId: asId<AgentId>('lena'),
  fencing: 1,
  at: 1,
};

function start(answer: (calls: readonly OperationCall[]) => Promise<readonly OperationOutcome[]>) {
  const clock = new VirtualClock();
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => void logged.push((JSON.parse(line) as { msg: string }).msg) });
  const journal = new GroupCommit(clock, log, answer);
  return { clock, logged, ledger: createAcceptanceLedger({ journal, clock, log, readHighest: async () => 0 }) };
}

describe('the ledger of acceptances', () => {
  it('lets the voice go on while the disk stalls: an acceptance is won from memory, and the log says so', async () => {
    const { clock, ledger, logged } = start(() => new Promise(() => {}));
    const said = ledger.accept(acceptance);
    await clock.run(commitLimits.stallMs);
    expect(await said).toBe('won');
    expect(logged).toEqual(['store:stalled', 'store:acceptedFromMemory']);
  });

  it('takes the refusal of the database for a loss: it allows an item one owner', async () => {
    const refusal = { ok: false, code: 'rejected', message: 'UNIQUE constraint failed' } as const;
    const { clock, ledger } = start(async (calls) => calls.map(() => refusal));
    const said = ledger.accept(acceptance);
    await clock.run(0);
    expect(await said).toBe('lost');
  });

  it('names every attempt anew, so that an acceptance sent twice by two is won once', async () => {
    const attempts = new Set<unknown>();
    const { clock, ledger } = start(async (calls) =>
      calls.map(({ args }) => {
        attempts.add(args[1]);
        return { ok: true, value: 'lost' };
      }),
    );
    const said = [ledger.accept(acceptance), ledger.accept(acceptance)];
    await clock.run(0);
    expect([await Promise.all(said), attempts.size]).toEqual([['lost', 'lost'], 2]);
  });
});
