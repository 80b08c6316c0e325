/** A bridge reduced to its journal: commits events for ever and prints the id of each one it was told is on disk. Ended by a kill. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore } from '../../../cti-bridge/store/index.ts';
import { type AgentId, asId, type EventId } from '../../../shared/ids.ts';

const store = await openStore({ path: process.argv[2] ?? '', clock: systemClock, log: silentLog, seed: 'none' });

async function commitForEver(writer: number): Promise<never> {
  for (;;) {
    const id = `${writer}-${randomUUID()}`;
    await store.journal.commit([
      { id: asId<EventId>(id), at: Date.now(), type: 'agent:connected', agentId: asId<AgentId>(`agent-${writer}`) },
    ]);
    writeSync(1, `${id}\n`);
  }
}

await Promise.all([1, 2, 3, 4].map(commitForEver));
