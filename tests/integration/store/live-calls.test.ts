import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredCall } from '../../../cti-bridge/interactions/index.ts';
import { liveCallReads } from '../../../cti-bridge/store/repositories/live-call-reads.ts';
import { liveCallWrites } from '../../../cti-bridge/store/repositories/live-call-writes.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const call = (name: string, more: Partial<StoredCall> = {}): StoredCall => ({
  interactionId: asId<InteractionId>(`call-${name}`),
  workItemId: asId<WorkItemId>(`item-${name}`),
  legs: '{"version":1}',
  agentId: null,
  queueId: null,
  priority: 5,
  locale: 'zh',
  queuedAt: null,
  talkingSince: null,
  isHeld: false,
  menu: null,
  ...more,
});

describe.each(databases)('calls that live, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('are read as they were last, in the order in which they came, until they are over', async () => {
    const { db, reads } = database;
    await liveCallWrites.saveLiveCall(db, call('first'));
    await liveCallWrites.saveLiveCall(db, call('second', { queueId: asId<QueueId>('billing'), queuedAt: 1_795_000_000_000 }));
    const talking = call('first', {
      agentId: asId<AgentId>('lena'),
      queueId: asId<QueueId>('billing'),
      queuedAt: 1_795_000_000_500,
      talkingSince: 1_795_000_000_900,
      isHeld: true,
      menu: '{}',
      legs: 'new',
    });
    await liveCallWrites.saveLiveCall(db, talking);
    expect(await liveCallReads.readLiveCalls(reads)).toEqual([
      talking,
      call('second', { queueId: asId<QueueId>('billing'), queuedAt: 1_795_000_000_000 }),
    ]);
    await liveCallWrites.forgetLiveCall(db, asId<InteractionId>('call-first'));
    await liveCallWrites.forgetLiveCall(db, asId<InteractionId>('call-never-seen'));
    expect((await liveCallReads.readLiveCalls(reads)).map(({ interactionId }) => interactionId)).toEqual(['call-second']);
  });
});
