import { describe, expect, test } from 'vitest';
import { itemOf, positionOf, type RouterDecision } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { deeds, Floor } from './floor.ts';

const item = (name: string) => asId<WorkItemId>(name);
const agent = (name: string) => asId<AgentId>(name);
const queue = (name: string) => asId<QueueId>(name);
const codes = (decisions: readonly RouterDecision[]) =>
  deeds(decisions).map((decision) =>
    'reasons' in decision ? `${decision.type} ${decision.reasons.map(({ code }) => code)}` : decision.type,
  );

describe('rings', () => {
  const widening = {
    needs: 'fibre >= 5',
    rings: [
      { afterSeconds: 30, needs: 'fibre >= 3' },
      { afterSeconds: 60, needs: 'fibre' },
    ],
  };

  test('the search widens when its time has come, and says so', () => {
    const floor = new Floor().queue('repairs', widening).agent('tom', { fibre: 3 });
    expect(floor.caller('brandt', 'repairs')).not.toContainEqual(expect.objectContaining({ type: 'offer' }));
    expect(floor.decisions).toContainEqual({ type: 'wakeAt', at: floor.at + 30_000 });
    floor.pass(29_999).tick();
    expect(floor.offers()).toEqual([]);
    floor.pass(1).tick();
    expect(floor.offers()).toEqual(['brandt > tom']);
    expect(codes(floor.decisions)[0]).toBe('widen ringWidened');
    expect(floor.offered().reasons).toContainEqual({ code: 'ringWidened', facts: { ring: 2, afterMs: 30_000, needs: 'fibre >= 3' } });
  });

  test('whom the queue asked for first is asked before those it only takes by now, however long those have been idle', () => {
    const floor = new Floor().queue('repairs', widening).agent('tom', { fibre: 3 }).agent('elif', { fibre: 5 });
    const busy = floor.talks('first', 'repairs');
    expect(busy.agentId).toBe('elif');
    floor.caller('brandt', 'repairs');
    floor.pass(29_000).workEnds('elif', 'first');
    expect(floor.offers()).toEqual(['brandt > elif']);
  });

  test('an agent of a later ring gets the one who has waited long enough, past a better one who has not', () => {
    const floor = new Floor().queue('repairs', widening);
    floor.caller('patient', 'repairs', 1);
    floor.pass(60_000).caller('new', 'repairs', 9);
    floor.agent('ann', { fibre: 1 });
    expect(floor.offers()).toEqual(['patient > ann']);
  });
});

describe('ageing', () => {
  test('waiting counts as priority, so that a lower one comes first in the end', () => {
    const floor = new Floor().queue('billing', { ageingSecondsPerPoint: 10 });
    floor.caller('low', 'billing', 1);
    floor.pass(50_000).caller('high', 'billing', 5);
    floor.agent('lena');
    expect(floor.offers()).toEqual(['low > lena']);
    expect(floor.offered().reasons).toContainEqual({ code: 'aged', facts: { priority: 1, points: 5, waitedMs: 50_002 } });
  });

  test('not before the difference has been waited for', () => {
    const floor = new Floor().queue('billing', { ageingSecondsPerPoint: 10 });
    floor.caller('low', 'billing', 1);
    floor.pass(30_000).caller('high', 'billing', 5);
    floor.agent('lena');
    expect(floor.offers()).toEqual(['high > lena']);
  });
});

describe('a queue that cannot keep somebody', () => {
  test('closed: the caller is turned away with the reason, or goes where the settings say', () => {
    const floor = new Floor().queue('night').queue('day', { whenClosed: { to: 'queue', queue: 'night' } });
    floor.tell({ type: 'queue:hours', queueId: queue('day'), isOpen: false });
    expect(codes(floor.caller('ann', 'day'))).toEqual(['move queueClosed']);
    expect(itemOf(floor.state, item('ann'))?.queueId).toBe('night');
    floor.tell({ type: 'queue:hours', queueId: queue('night'), isOpen: false });
    expect(codes(floor.caller('bob', 'night'))).toEqual(['divert queueClosed']);
    expect(itemOf(floor.state, item('bob'))).toBeNull();
  });

  test('who was in line before the closing is still served', () => {
    const floor = new Floor().queue('day');
    floor.caller('ann', 'day');
    floor.tell({ type: 'queue:hours', queueId: queue('day'), isOpen: false });
    floor.agent('lena');
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('full: turned away, but for a tier that is let pass and stands before all', () => {
    const floor = new Floor().queue('billing', { maxWaiting: 1, bypassTiers: ['diamond'] });
    floor.caller('ann', 'billing');
    expect(codes(floor.caller('bob', 'billing'))).toEqual(['divert queueFull']);
    floor.caller('eve', 'billing', null, { tier: 'diamond' });
    expect(positionOf(floor.state, item('eve'))).toBe(1);
    floor.agent('lena');
    expect(floor.offers()).toEqual(['eve > lena']);
    expect(floor.offered().reasons).toContainEqual({ code: 'bypass', facts: { tier: 'diamond' } });
  });

  test('overflow: after its time it waits in the other queue, at the place of its arrival', () => {
    const floor = new Floor().queue('spare').queue('billing', { overflow: { afterSeconds: 20, queue: 'spare' } });
    floor.caller('ann', 'billing');
    floor.pass(10_000).caller('sue', 'spare');
    floor.pass(9_999).tick();
    expect(codes(floor.decisions)).toEqual(['move overflowed']);
    expect(positionOf(floor.state, item('ann'))).toBe(1);
  });

  test('waited too long: given up, but not while the phone of an agent rings for it', () => {
    const floor = new Floor().queue('billing', { maxWaitSeconds: 30, ringSeconds: 20 });
    floor.caller('ann', 'billing');
    floor.pass(25_000).agent('lena');
    floor.pass(6_000).tick();
    expect(codes(floor.decisions)).toEqual([]);
    expect(codes(floor.fail(floor.reservationOf('ann'), 'rejected'))).toEqual(['withdraw', 'divert waitedTooLong']);
  });

  test('a circle of queues ends: nobody is ever moved back', () => {
    const floor = new Floor()
      .queue('a', { overflow: { afterSeconds: 5, queue: 'b' } })
      .queue('b', { overflow: { afterSeconds: 5, queue: 'a' } });
    floor.caller('ann', 'a');
    floor.pass(5_000).tick();
    floor.pass(5_000).tick();
    floor.pass(60_000).tick();
    expect(itemOf(floor.state, item('ann'))?.queueIds).toEqual(['a', 'b']);
  });
});

describe('a call-back', () => {
  test('keeps the place, and waits for the next opening when the queue closes', () => {
    const floor = new Floor().queue('billing');
    floor.caller('ann', 'billing');
    floor.caller('bob', 'billing');
    floor.tell({ type: 'item:callback', workItemId: item('ann') });
    expect(positionOf(floor.state, item('ann'))).toBe(1);
    floor.tell({ type: 'queue:hours', queueId: queue('billing'), isOpen: false });
    floor.agent('lena');
    expect(floor.offers()).toEqual(['bob > lena']);
    floor.agent('wei');
    expect(floor.offers()).toEqual([]);
    floor.tell({ type: 'queue:hours', queueId: queue('billing'), isOpen: true });
    expect(floor.offers()).toEqual(['ann > wei']);
  });
});

describe('preferences', () => {
  const settings = { lastAgent: { waitSeconds: 30, withinDays: 30 }, accountManager: { waitSeconds: 60 } };
  const prefers = (name: string, kind: 'lastAgent' | 'accountManager' | 'agreed') => ({ preferences: [{ agentId: agent(name), kind }] });

  const expected = { preferences: [{ agentId: agent('lena'), kind: 'agreed' as const, waitMs: 60_000, isExpected: true }] };

  test('a customer waits for who had them last, though others are free, and then for anybody', () => {
    const floor = new Floor().queue('billing', settings).agent('lena').agent('wei');
    expect(floor.talks('first', 'billing').agentId).toBe('lena');
    floor.caller('ann', 'billing', null, prefers('lena', 'lastAgent'));
    expect(floor.offers()).toEqual([]);
    floor.pass(30_000).tick();
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('their agent gets them the moment there is room, and is told why', () => {
    const floor = new Floor().queue('billing', settings).agent('lena').agent('wei');
    floor.talks('first', 'billing');
    floor.caller('ann', 'billing', null, prefers('lena', 'lastAgent'));
    floor.pass(5_000).workEnds('lena', 'first');
    expect(floor.offers()).toEqual(['ann > lena']);
    expect(floor.offered().reasons).toContainEqual({ code: 'lastAgent', facts: { waitedMs: 5_000 } });
  });

  test('nobody waits for an agent who is on a break, and the wait ends when one begins', () => {
    const floor = new Floor().queue('billing', settings).agent('lena').agent('wei');
    floor.talks('first', 'billing');
    floor.caller('ann', 'billing', null, prefers('lena', 'lastAgent'));
    floor.presence('lena', 'notReady');
    expect(floor.offers()).toEqual(['ann > wei']);
    floor.caller('bob', 'billing', null, prefers('lena', 'lastAgent'));
    expect(itemOf(floor.state, item('bob'))?.preferred).toBeNull();
  });

  test('an account manager may take their own customer without the skills of the queue', () => {
    const floor = new Floor().queue('billing', { ...settings, needs: 'billing >= 5' }).agent('mara');
    floor.caller('ann', 'billing', null, prefers('mara', 'accountManager'));
    expect(floor.offers()).toEqual(['ann > mara']);
  });

  test('who agreed to call is waited for five minutes whatever the queue says, and needs none of its skills', () => {
    const floor = new Floor().queue('billing', { needs: 'billing >= 5' }).agent('mara').agent('wei', { billing: 9 });
    floor.queue('sales').talks('first', 'sales');
    floor.caller('ann', 'billing', null, prefers('mara', 'agreed'));
    expect(floor.offers()).toEqual([]);
    floor.pass(299_000).tick();
    expect(floor.offers()).toEqual([]);
    floor.workEnds('mara', 'first');
    expect(floor.offers()).toEqual(['ann > mara']);
    expect(floor.offered().reasons).toContainEqual({ code: 'agreed', facts: { waitedMs: 299_000 } });
  });

  test('after five minutes a call that was agreed is anybody’s', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    expect(floor.talks('first', 'billing').agentId).toBe('lena');
    floor.caller('ann', 'billing', null, prefers('lena', 'agreed'));
    floor.pass(300_000).tick();
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('who was at work before a restart is waited for until they are back, and no longer when they have a break then', () => {
    const floor = new Floor().queue('billing').agent('wei').agent('lena');
    const reachable = (isReachable: boolean) =>
      floor.tell({ type: 'agent:reachabilityChanged', agentId: agent('lena'), isReachable, isAtDesktop: true });
    floor.presence('lena', 'loggedOut');
    reachable(false);
    for (const name of ['ann', 'bob']) floor.caller(name, 'billing', null, expected);
    floor.presence('lena', 'available');
    expect(floor.offers()).toEqual([]);
    reachable(true);
    expect(floor.offers()).toEqual(['ann > lena']);
    floor.accept(floor.offered());
    floor.presence('lena', 'notReady');
    expect(floor.offers()).toEqual(['bob > wei']);
  });

  test('who does not come back after a restart is waited for as long as was agreed', () => {
    const floor = new Floor().queue('billing').agent('wei').agent('lena');
    floor.presence('lena', 'loggedOut');
    floor.caller('ann', 'billing', null, expected);
    floor.pass(59_000).tick();
    expect(floor.offers()).toEqual([]);
    floor.pass(1_000).tick();
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('a queue that does not ask for it does not wait', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.talks('first', 'billing');
    floor.caller('ann', 'billing', null, prefers('lena', 'lastAgent'));
    expect(floor.offers()).toEqual(['ann > wei']);
  });
});

describe('after a restart', () => {
  test('what waited before goes on waiting since then, for rings and limits alike', () => {
    const floor = new Floor().queue('billing', { needs: 'a >= 5', rings: [{ afterSeconds: 30, needs: 'a' }], maxWaitSeconds: 60 });
    floor.agent('lena', { a: 1 });
    floor.caller('ann', 'billing', null, { queuedAt: floor.at - 40_000 });
    expect(floor.offers()).toEqual(['ann > lena']);
    expect(floor.queueView('billing').longestWaitSince).toBe(floor.at - 40_001);
  });
});

describe('what a supervisor changes', () => {
  test('another priority puts it before others', () => {
    const floor = new Floor().queue('billing');
    floor.caller('ann', 'billing');
    floor.caller('bob', 'billing');
    floor.tell({ type: 'item:changed', workItemId: item('bob'), priority: 9, queueId: null });
    expect(positionOf(floor.state, item('bob'))).toBe(1);
  });

  test('another queue takes back what rings, blames nobody, and offers it there', () => {
    const floor = new Floor().queue('billing', { needs: 'billing' }).queue('sales', { needs: 'sales' }).agent('lena', { billing: 1 });
    floor.agent('mia', { sales: 1 });
    floor.caller('ann', 'billing');
    const decisions = floor.tell({ type: 'item:changed', workItemId: item('ann'), priority: null, queueId: queue('sales') });
    expect(codes(decisions)).toEqual(['withdraw', 'move supervisorMoved', 'offer']);
    expect(decisions[0]).toMatchObject({ cause: 'released', countsAgainstAgent: false });
    expect(floor.offers()).toEqual(['ann > mia']);
  });

  test('a queue that is removed gives those who wait on to another, or tells them', () => {
    const floor = new Floor().queue('old').queue('new');
    floor.caller('ann', 'old');
    expect(codes(floor.tell({ type: 'queue:removed', queueId: queue('old'), to: queue('new') }))).toEqual(['move queueClosed']);
    expect(itemOf(floor.state, item('ann'))?.queueId).toBe('new');
    expect(codes(floor.tell({ type: 'queue:removed', queueId: queue('new'), to: null }))).toEqual(['divert queueClosed']);
  });

  test('an agent who is removed keeps what they have and gets nothing more', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    floor.tell({ type: 'agent:removed', agentId: agent('lena') });
    floor.caller('bob', 'billing');
    floor.workEnds('lena', 'ann');
    expect(floor.offers()).toEqual([]);
    expect(floor.agentView('lena')).toMatchObject({ presence: 'loggedOut' });
  });
});
