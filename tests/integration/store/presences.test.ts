import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentFact } from '../../../cti-bridge/interactions/index.ts';
import { presenceReads } from '../../../cti-bridge/store/repositories/presence-reads.ts';
import { type AgentId, asId, type EventId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const [lena, wei, nobody] = ['lena', 'wei', 'nobody'].map((id) => asId<AgentId>(id)) as [AgentId, AgentId, AgentId];

describe.each(databases)('what agents last chose, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('is the last of each who ever chose anything, whatever happened to them since', async () => {
    const { db, reads } = database;
    const facts: readonly AgentFact[] = [
      { type: 'agent:connected', agentId: lena },
      { type: 'agent:presenceChanged', agentId: lena, presence: 'notReady', reason: 'signedIn' },
      { type: 'agent:presenceChanged', agentId: wei, presence: 'notReady', reason: 'meal' },
      { type: 'agent:presenceChanged', agentId: lena, presence: 'available', reason: null },
      { type: 'agent:disconnected', agentId: lena, why: 'connectionLost' },
      { type: 'agent:connected', agentId: nobody },
    ];
    const rows = facts.map(({ type, agentId, ...body }, index) => ({
      sequence: index + 1,
      event_id: asId<EventId>(`event-${index}`),
      agent_id: agentId,
      at: 1_795_000_000_000 + index,
      type,
      body: JSON.stringify(body),
    }));
    await db.insertInto('agent_event').values(rows).execute();
    expect(await presenceReads.readLastPresences(reads, [lena, wei, nobody])).toEqual([
      { agentId: lena, presence: 'available', reason: null, at: 1_795_000_000_003 },
      { agentId: wei, presence: 'notReady', reason: 'meal', at: 1_795_000_000_002 },
    ]);
  });
});
