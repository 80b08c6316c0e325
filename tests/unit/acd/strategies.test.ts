import { describe, expect, test } from 'vitest';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { deeds, Floor } from './floor.ts';

/** Who gets the next `count` calls, each ended at once. */
function served(floor: Floor, queue: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    floor.pass(1_000).caller(`call-${n}`, queue);
    const { agentId, workItemId } = floor.offered();
    floor.accept(floor.offered());
    floor.pass(1_000).workEnds(agentId, workItemId);
    return agentId;
  });
}
const three = (queue: Parameters<Floor['queue']>[1]) => new Floor().queue('billing', queue).agent('ann').agent('bob').agent('cid');

describe('strategies', () => {
  test('longest idle: whoever has been free the longest', () => {
    expect(served(three({ strategy: 'longestIdle' }), 'billing', 4)).toEqual(['ann', 'bob', 'cid', 'ann']);
  });

  test('round robin: in turn, also when somebody was away and is the shortest idle', () => {
    const floor = three({ strategy: 'roundRobin' });
    expect(served(floor, 'billing', 2)).toEqual(['ann', 'bob']);
    floor.presence('cid', 'notReady');
    floor.pass(5_000).presence('cid', 'available');
    expect(served(floor, 'billing', 3)).toEqual(['cid', 'ann', 'bob']);
  });

  test('least busy: whoever has the fewest chats', () => {
    const floor = three({ strategy: 'leastBusy', channel: 'chat' });
    const first = ['x', 'y', 'z', 'v'].map((name) => floor.talks(name, 'billing').agentId);
    expect(first.slice(0, 3).toSorted()).toEqual(['ann', 'bob', 'cid']);
    floor.workEnds('cid', first.indexOf(asId<AgentId>('cid')) === 3 ? 'v' : (['x', 'y', 'z'][first.indexOf(asId<AgentId>('cid'))] ?? ''));
    floor.caller('next', 'billing');
    expect(floor.offered().reasons).toContainEqual({ code: 'leastBusy', facts: { load: expect.any(Number), ofAgents: 3 } });
    const load = floor.offered().reasons.find(({ code }) => code === 'leastBusy')?.facts.load;
    expect(load).toBe(first.filter((name) => name === floor.offered().agentId).length * 30 - (floor.offered().agentId === 'cid' ? 30 : 0));
  });

  test('best skill: whoever is highest in what the queue asks for', () => {
    const floor = new Floor().queue('french', { strategy: 'bestSkill', needs: 'french >= 2 and billing' });
    floor.agent('ann', { french: 3, billing: 9 }).agent('bob', { french: 9, billing: 5 }).agent('cid', { french: 9, billing: 4, golf: 10 });
    floor.caller('one', 'french');
    expect(floor.offers()).toEqual(['one > bob']);
    expect(floor.offered().reasons).toContainEqual({ code: 'bestSkill', facts: { score: 14, ofAgents: 3 } });
  });

  test('weighted: in proportion to the weights', () => {
    const floor = new Floor().queue('billing', { strategy: 'weighted' });
    floor.agent('full', {}, { weight: 1 }).agent('half', {}, { weight: 0.5 }).agent('double', {}, { weight: 2 });
    const counts = Object.groupBy(served(floor, 'billing', 70), (name) => name);
    expect(Object.fromEntries(Object.entries(counts).map(([name, all]) => [name, all?.length]))).toEqual({
      full: 20,
      half: 10,
      double: 40,
    });
  });

  test('weighted: who comes back from a break is not made to catch up', () => {
    const floor = new Floor().queue('billing', { strategy: 'weighted' }).agent('ann').agent('bob');
    floor.presence('bob', 'notReady');
    served(floor, 'billing', 30);
    floor.presence('bob', 'available');
    expect(served(floor, 'billing', 6).filter((name) => name === 'bob').length).toBeLessThanOrEqual(4);
  });

  test('ring all: everybody rings, the first has it, and it costs the others nothing', () => {
    const floor = three({ strategy: 'ringAll' });
    floor.caller('one', 'billing');
    expect(floor.offers()).toEqual(['one > ann', 'one > bob', 'one > cid']);
    const [ann, bob] = floor.decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));
    if (!ann || !bob) throw new Error('three offers were made');
    const decided = deeds(floor.pass(2_000) && floor.accept(bob));
    expect(decided.map((d) => (d.type === 'withdraw' ? `${d.reservation.agentId} ${d.cause} ${d.countsAgainstAgent}` : d.type))).toEqual([
      'accept',
      'ann answeredElsewhere false',
      'cid answeredElsewhere false',
    ]);
    expect(deeds(floor.accept(ann))).toEqual([{ type: 'refuseAcceptance', reservationId: ann.reservationId, why: 'gone' }]);
    floor.caller('two', 'billing');
    expect(floor.offers()).toEqual(['two > ann', 'two > cid']);
  });

  test('ring all: one who rejects leaves it ringing at the others', () => {
    const floor = three({ strategy: 'ringAll' });
    floor.caller('one', 'billing');
    const offers = floor.decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));
    for (const offer of offers.slice(0, 2)) floor.fail(offer, 'rejected');
    expect(floor.offers()).toEqual([]);
    const last = offers[2];
    if (!last) throw new Error('three offers were made');
    expect(deeds(floor.accept(last))[0]?.type).toBe('accept');
  });
});
