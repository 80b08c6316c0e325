import { describe, expect, test } from 'vitest';
import { expectedWait, whyAgent, whyItem } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type WorkItemId } from '../../../shared/ids.ts';
import { Floor } from './floor.ts';

const item = (floor: Floor, name: string) => whyItem(floor.state, asId<WorkItemId>(name), floor.at);
const agent = (floor: Floor, name: string) => whyAgent(floor.state, asId<AgentId>(name), floor.at);
const codes = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);
const repairs = {
  needs: 'fibre >= 3 and german',
  rings: [{ afterSeconds: 210, needs: 'fibre >= 2' }],
  overflow: { afterSeconds: 400, queue: 'spare' },
  maxWaitSeconds: 600,
};
const busyDesk = () => {
  const floor = new Floor().queue('spare').queue('repairs', repairs);
  floor.agent('elif', { fibre: 3, german: 5 }).agent('joe', { fibre: 4, german: 1 }).agent('tom', { fibre: 2 });
  floor.talks('past', 'repairs');
  floor.pass(60_000).workEnds('elif', 'past');
  floor.talks('first', 'repairs');
  floor.presence('elif', 'notReady');
  return floor;
};

describe('why an item waits', () => {
  test('says where it stands, whom it asks for, what they do, who is likeliest next, and what time will change', () => {
    const floor = busyDesk();
    floor.caller('brandt', 'repairs');
    floor.pass(192_000);
    expect(item(floor, 'brandt')).toEqual([
      { code: 'positionInQueue', facts: { position: 1, ofItems: 1, nameEn: 'repairs', nameZh: 'repairs技能组', waitedMs: 192_000 } },
      { code: 'needsSkills', facts: { needs: 'fibre >= 3 and german >= 1', agents: 2 } },
      {
        code: 'qualifiedBusy',
        facts: { engaged: 1, wrappingUp: 0, ringing: 0, notReady: 1, notReachable: 0, signedOut: 0, full: 0 },
      },
      { code: 'likelyNext', facts: { agentId: 'joe', busyMs: 192_001, usualMs: 60_000 } },
      { code: 'widensAt', facts: { inMs: 18_000, needs: 'fibre >= 2', more: 1, free: 1 } },
      { code: 'overflowsAt', facts: { inMs: 208_000, nameEn: 'spare', nameZh: 'spare技能组' } },
      { code: 'givesUpAt', facts: { inMs: 408_000 } },
      { code: 'expectedWait', facts: { waitMs: 30_000, position: 1, averageMs: 60_000, agents: 2 } },
    ]);
  });

  test('says who went before it, and with what', () => {
    const floor = busyDesk();
    floor.caller('brandt', 'repairs', 4);
    floor.caller('key', 'repairs', 6);
    expect(item(floor, 'brandt')).toContainEqual({ code: 'outranked', facts: { count: 1, priority: 6, ownPriority: 4, ownPoints: 0 } });
  });

  test('says whom it waits for, who is resting from it, that it rings, and that it has an agent', () => {
    const floor = new Floor()
      .queue('billing', { lastAgent: { waitSeconds: 30, withinDays: 9 } })
      .agent('lena')
      .agent('wei');
    floor.presence('wei', 'loggedOut');
    floor.talks('first', 'billing');
    floor.caller('ann', 'billing', null, { preferences: [{ agentId: asId<AgentId>('lena'), kind: 'lastAgent' }] });
    expect(codes(item(floor, 'ann'))).toContain('waitsForPreferred');
    floor.pass(5_000).workEnds('lena', 'first');
    expect(item(floor, 'ann')).toEqual([{ code: 'itemRings', facts: { agentId: 'lena', sinceMs: 0, leftMs: 20_000 } }]);
    floor.fail(floor.offered(), 'rejected');
    expect(item(floor, 'ann')).toContainEqual({ code: 'restsAfterMiss', facts: { agents: 1, inMs: 10_000 } });
    expect(item(floor, 'first')).toEqual([{ code: 'itemUnknown', facts: {} }]);
    floor.pass(10_000).tick();
    floor.accept(floor.offered());
    expect(item(floor, 'ann')).toEqual([{ code: 'itemAssigned', facts: { agentId: 'lena' } }]);
  });

  test('says that nobody could ever take it, or that none of those has signed in', () => {
    const floor = new Floor().queue('french', { needs: 'french' });
    floor.caller('ann', 'french');
    expect(codes(item(floor, 'ann'))).toEqual(['positionInQueue', 'nobodyQualifies']);
    floor.agent('luc', { french: 1 });
    floor.fail(floor.offered(), 'rejected');
    floor.presence('luc', 'loggedOut');
    expect(item(floor, 'ann')).toContainEqual({ code: 'nobodySignedIn', facts: { agents: 1 } });
  });

  test('expects no wait of which nothing is known', () => {
    const floor = new Floor().queue('billing');
    floor.caller('ann', 'billing');
    expect(expectedWait(floor.state, asId<WorkItemId>('ann'))).toBeNull();
  });
});

describe('why an agent gets nothing', () => {
  test('says what they chose and what the system knows, each with its time', () => {
    const floor = new Floor().queue('billing').agent('lena');
    expect(codes(agent(floor, 'nobody'))).toEqual(['agentUnknown']);
    floor.presence('lena', 'notReady');
    floor.pass(60_000);
    expect(agent(floor, 'lena')).toEqual([
      { code: 'agentNotReady', facts: { reason: 'break', sinceMs: 60_000 } },
      { code: 'queueHasNothing', facts: { queues: 1 } },
    ]);
    floor.reachable('lena', false);
    expect(codes(agent(floor, 'lena'))).toContain('agentNotReachable');
    floor.presence('lena', 'loggedOut');
    expect(codes(agent(floor, 'lena'))[0]).toBe('agentSignedOut');
  });

  test('says that nobody waits, and how many free colleagues come first', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei').agent('joe');
    expect(agent(floor, 'joe')).toEqual([
      { code: 'queueHasNothing', facts: { queues: 1 } },
      { code: 'queueOthersFirst', facts: { nameEn: 'billing', nameZh: 'billing技能组', before: 2 } },
    ]);
  });

  test('says that those who wait ask for more than they have, and until when', () => {
    const floor = busyDesk();
    floor.caller('brandt', 'repairs');
    floor.pass(10_000);
    const facts = { nameEn: 'repairs', nameZh: 'repairs技能组', waiting: 1, needs: 'fibre >= 3 and german >= 1', inMs: 200_000 };
    expect(agent(floor, 'tom')).toContainEqual({ code: 'queueNeedsMore', facts });
  });

  test('says that work waits elsewhere which will never be theirs, and that somebody took them out of a queue', () => {
    const floor = new Floor().queue('french', { needs: 'french' }).queue('billing');
    floor.agent('lena', {}, { leftQueueIds: [asId('billing')] });
    floor.caller('ann', 'french');
    expect(codes(agent(floor, 'lena'))).toEqual(['agentTakenOutOf', 'agentHasNoQueues']);
    floor.queue('mails', { channel: 'email' });
    expect(agent(floor, 'lena')).toContainEqual({
      code: 'queueNeedsMore',
      facts: { nameEn: 'french', nameZh: 'french技能组', waiting: 1, needs: 'french >= 1', inMs: -1 },
    });
  });

  test('says that their hands are full', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    floor.caller('bob', 'billing');
    expect(codes(agent(floor, 'lena'))).toEqual(['agentEngaged', 'agentFull']);
  });
});
