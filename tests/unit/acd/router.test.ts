import { describe, expect, test } from 'vitest';
import { itemOf, positionOf, restMs } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type QueueId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { deeds, Floor, settingsOf } from './floor.ts';

const position = (floor: Floor, name: string) => positionOf(floor.state, asId<WorkItemId>(name));

describe('offering', () => {
  test('offers a caller to the free agent at once, under a lease of the ring time', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    expect(floor.offered()).toMatchObject({
      state: 'pending',
      workItemId: 'ann',
      interactionId: 'i-ann',
      agentId: 'lena',
      queueId: 'billing',
      offeredAt: floor.at,
      expiresAt: floor.at + 20_000,
    });
    expect(floor.decisions).toContainEqual({ type: 'wakeAt', at: floor.at + 20_000 });
  });

  test('keeps a caller waiting until somebody is free, then offers at once', () => {
    const floor = new Floor().queue('billing');
    expect(deeds(floor.caller('ann', 'billing'))).toEqual([]);
    floor.agent('lena');
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('chooses whoever has been free the longest', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei').agent('tom');
    floor.talks('ann', 'billing');
    floor.pass(1_000).workEnds('lena', 'ann');
    floor.caller('bob', 'billing');
    expect(floor.offers()).toEqual(['bob > wei']);
    floor.caller('cy', 'billing');
    floor.caller('di', 'billing');
    expect(floor.offers()).toEqual(['di > lena']);
  });

  test('offers only to those whose skills reach the level the queue needs', () => {
    const floor = new Floor().queue('french', { needs: 'french >= 4' });
    floor.agent('none').agent('beginner', { french: 3 });
    expect(deeds(floor.caller('ann', 'french'))).toEqual([]);
    floor.agent('fluent', { french: 4 });
    expect(floor.offers()).toEqual(['ann > fluent']);
  });

  test('serves the higher priority first, and the earlier among equals, over all queues of an agent', () => {
    const floor = new Floor().queue('billing').queue('sales');
    floor.caller('ann', 'billing', 5);
    floor.caller('bob', 'sales', 7);
    floor.caller('cy', 'billing', 7);
    const served: string[] = [];
    floor.agent('lena');
    for (let turn = 0; turn < 3; turn++) {
      const offer = floor.offered();
      served.push(offer.workItemId);
      floor.accept(offer);
      floor.pass(1).workEnds('lena', offer.workItemId);
    }
    expect(served).toEqual(['bob', 'cy', 'ann']);
  });

  test('passes over callers nobody free can serve, and serves the next who can be', () => {
    const floor = new Floor().queue('french', { needs: 'french >= 1' }).queue('billing');
    floor.caller('first', 'french', 9);
    floor.caller('second', 'billing', 1);
    floor.agent('lena');
    expect(floor.offers()).toEqual(['second > lena']);
  });

  test.each([
    ['is on a break', (floor: Floor) => floor.presence('lena', 'notReady')],
    ['has signed out', (floor: Floor) => floor.presence('lena', 'loggedOut')],
    ['cannot be reached', (floor: Floor) => floor.reachable('lena', false)],
    ['has an offer already', (floor: Floor) => floor.caller('other', 'billing')],
    ['is talking', (floor: Floor) => floor.talks('other', 'billing')],
    [
      'is wrapping up',
      (floor: Floor) => {
        floor.talks('other', 'billing');
        floor.workEnds('lena', 'other', true);
      },
    ],
  ])('offers nothing to an agent who %s', (_why, busy) => {
    const floor = new Floor().queue('billing').agent('lena');
    busy(floor);
    expect(deeds(floor.caller('ann', 'billing'))).toEqual([]);
    expect(itemOf(floor.state, asId<WorkItemId>('ann'))?.reservationIds).toEqual([]);
  });

  test('offers again as soon as wrap-up has ended', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    floor.caller('bob', 'billing');
    floor.workEnds('lena', 'ann', true);
    floor.wrapUpEnds('lena', 'ann');
    expect(floor.offers()).toEqual(['bob > lena']);
  });

  test('measures every agent anew when the needs of a queue change', () => {
    const floor = new Floor().queue('billing', { needs: 'billing >= 5' }).agent('lena', { billing: 3 });
    floor.caller('ann', 'billing');
    expect(floor.offers()).toEqual([]);
    floor.queue('billing', { needs: 'billing >= 3' });
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('offers work of a new skill to an agent who has just been given it', () => {
    const floor = new Floor().queue('billing', { needs: 'billing >= 1' }).agent('lena');
    floor.caller('ann', 'billing');
    floor.tell({ type: 'agent:configured', agentId: asId<AgentId>('lena'), settings: settingsOf({ billing: 2 }) });
    expect(floor.offers()).toEqual(['ann > lena']);
  });
});

describe('an offer that comes to nothing', () => {
  test('puts a rejected call back at its old place', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    const offer = floor.offered();
    floor.caller('bob', 'billing');
    floor.caller('cy', 'billing');
    floor.fail(offer, 'rejected');
    expect([position(floor, 'ann'), position(floor, 'bob'), position(floor, 'cy')]).toEqual([1, 2, 3]);
  });

  test('goes to another agent at once, however long the one who missed it has been idle', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected');
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('is not offered again to the only agent there is until a rest has passed', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected');
    expect(floor.offers()).toEqual([]);
    expect(floor.decisions).toContainEqual({ type: 'wakeAt', at: floor.at + restMs });
    floor.pass(restMs - 1).tick();
    expect(floor.offers()).toEqual([]);
    floor.pass(1).tick();
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('is offered again at once when the only agent there is chooses to be available anew', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected');
    floor.presence('lena', 'available');
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('leaves the agent who rejected it free for other callers', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected');
    floor.caller('bob', 'billing');
    expect(floor.offers()).toEqual(['bob > lena']);
  });

  test('asks the agent who missed it last, even one who has rested and been free the longest', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected'); // lena's; rings at wei now
    floor.agent('tom');
    floor.pass(20_000).tick();
    expect(floor.offers()).toEqual(['ann > tom']);
  });

  test('goes round among those who all missed it, each after a rest', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'rejected');
    floor.pass(1_000).fail(floor.offered(), 'rejected');
    expect(floor.offers()).toEqual([]);
    floor.pass(restMs - 1_000).tick();
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('counts against the agent when it was rejected or left to ring, and never when a device failed or the caller left', () => {
    const causes = ['rejected', 'noAnswer', 'deviceUnreachable', 'mediaFailed', 'callerLeft', 'shutdown', 'agentGone'] as const;
    const blamed = causes.filter((cause) => {
      const floor = new Floor().queue('billing').agent('lena');
      floor.caller('ann', 'billing');
      const [withdrawn] = deeds(floor.fail(floor.offered(), cause));
      expect(withdrawn).toMatchObject({ type: 'withdraw', cause, reservation: { workItemId: 'ann' } });
      return withdrawn?.type === 'withdraw' && withdrawn.countsAgainstAgent;
    });
    expect(blamed).toEqual(['rejected', 'noAnswer']);
  });

  test('leaves the caller who hung up nowhere, and the agent first among the idle', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    const offer = floor.offered();
    expect(deeds(floor.pass(500).leaves('ann'))).toEqual([
      { type: 'withdraw', reservation: { ...offer, state: 'canceled' }, cause: 'callerLeft', countsAgainstAgent: false },
    ]);
    expect(position(floor, 'ann')).toBeNull();
    floor.caller('bob', 'billing');
    expect(floor.offers()).toEqual(['bob > lena']);
  });
});

describe('an agent who lets it ring', () => {
  const missed = (floor: Floor, name: string) => {
    floor.caller(name, 'billing');
    floor.pass(20_000).tick();
  };

  test('is set not ready with the cause after as many offers in a row as the queue allows', () => {
    const floor = new Floor().queue('billing', { missesBeforeNotReady: 2 }).agent('lena');
    missed(floor, 'ann');
    expect(floor.agentView('lena')).toMatchObject({ presence: 'available', workState: 'idle' });
    missed(floor, 'bob');
    expect(floor.decisions).toContainEqual({ type: 'setNotReady', agentId: 'lena', reason: 'noAnswer' });
    expect(floor.agentView('lena')).toMatchObject({ presence: 'notReady', notReadyReason: 'noAnswer', workState: 'idle' });
  });

  test.each([
    ['answered', (floor: Floor) => floor.workEnds('lena', floor.talks('between', 'billing').workItemId)],
    ['rejected', (floor: Floor) => floor.caller('between', 'billing') && floor.fail(floor.offered(), 'rejected')],
  ])('starts a new row with an offer that was %s', (_how, between) => {
    const floor = new Floor().queue('billing', { missesBeforeNotReady: 2 }).agent('lena');
    missed(floor, 'ann');
    between(floor);
    missed(floor, 'bob');
    expect(floor.agentView('lena').presence).toBe('available');
  });

  test('keeps the reason they chose themselves while it rang', () => {
    const floor = new Floor().queue('billing', { missesBeforeNotReady: 1 }).agent('lena');
    floor.caller('ann', 'billing');
    floor.presence('lena', 'notReady');
    floor.pass(20_000).tick();
    expect(floor.decisions.map(({ type }) => type)).not.toContain('setNotReady');
    expect(floor.agentView('lena')).toMatchObject({ presence: 'notReady', notReadyReason: 'break' });
  });
});

describe('a dead device', () => {
  test('is offered nothing more once it did not even ring, and its agent is told why', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.caller('bob', 'billing');
    floor.leaves('bob');
    floor.pass(3_000).caller('cy', 'billing');
    const offer = floor.decisions;
    expect(deeds(offer)).toEqual([]);
    const ringing = floor.state.reservations?.value;
    expect(ringing).toBeDefined();
    if (ringing) floor.fail(ringing, 'deviceUnreachable');
    expect(deeds(floor.decisions).map(({ type }) => type)).toEqual(['withdraw', 'setNotReady']);
    expect(floor.agentView('lena')).toMatchObject({ presence: 'notReady', notReadyReason: 'deviceUnreachable' });
    floor.pass(restMs).tick();
    expect(floor.offers()).toEqual([]);
    expect([position(floor, 'ann'), position(floor, 'cy')]).toEqual([1, 2]);
  });

  test('gets work again when its agent chooses to be available', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'deviceUnreachable');
    floor.presence('lena', 'available');
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('is taken for dead when sound failed on it as often as an agent may miss, without blame', () => {
    const floor = new Floor().queue('billing', { missesBeforeNotReady: 2 }).agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'mediaFailed');
    expect(floor.agentView('lena').presence).toBe('available');
    floor.caller('bob', 'billing');
    floor.fail(floor.offered(), 'mediaFailed');
    expect(floor.agentView('lena')).toMatchObject({ presence: 'notReady', notReadyReason: 'deviceUnreachable' });
  });

  test('passes its ringing offer on the moment it is known to be out of reach, and its agent keeps their presence', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    floor.reachable('lena', false);
    expect(deeds(floor.decisions)).toMatchObject([
      { type: 'withdraw', cause: 'deviceUnreachable', countsAgainstAgent: false },
      { type: 'offer', reservation: { workItemId: 'ann', agentId: 'wei' } },
    ]);
    expect(floor.agentView('lena')).toMatchObject({ presence: 'available', workState: 'notReachable' });
  });

  test('of an agent who is gone is offered nothing until it is reachable again, in whichever order the news comes', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.fail(floor.offered(), 'agentGone');
    expect(deeds(floor.caller('bob', 'billing'))).toEqual([]);
    floor.reachable('lena', false);
    floor.reachable('lena', true);
    expect(floor.offers()).toEqual(['ann > lena']);
  });

  test('rings for the same caller as soon as it is back: nobody was asked in earnest', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    floor.reachable('lena', false);
    expect(floor.pass(restMs / 2).offers()).toEqual([]);
    floor.reachable('lena', true);
    expect(floor.offers()).toEqual(['ann > lena']);
  });
});

describe('signing out', () => {
  test('withdraws the ringing offer and gives it to the next agent', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    floor.presence('lena', 'loggedOut');
    expect(deeds(floor.decisions)).toMatchObject([
      { type: 'withdraw', cause: 'agentGone', countsAgainstAgent: false },
      { type: 'offer', reservation: { agentId: 'wei' } },
    ]);
  });

  test('leaves a talk in hand', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    floor.presence('lena', 'loggedOut');
    expect(floor.agentView('lena')).toMatchObject({ presence: 'loggedOut', workState: 'engaged' });
  });
});

describe('a caller who lost the agent', () => {
  const lost = () => {
    const floor = new Floor().queue('billing').agent('lena');
    const queuedAt = floor.at + 1;
    floor.talks('ann', 'billing');
    floor.caller('vip', 'billing', 9);
    floor.caller('bob', 'billing');
    floor.pass(30_000).returns('ann', 'billing', 'lena', queuedAt);
    return { floor, queuedAt };
  };

  test('stands before everybody and has waited since the first time', () => {
    const { floor, queuedAt } = lost();
    expect([position(floor, 'ann'), position(floor, 'vip'), position(floor, 'bob')]).toEqual([1, 2, 3]);
    expect(floor.queueView('billing').longestWaitSince).toBe(queuedAt);
    floor.agent('wei');
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('is not given back at once to the agent they were lost from, who gets somebody else', () => {
    expect(lost().floor.offers()).toEqual(['vip > lena']);
  });

  test('is queued even when the agent is not known any more', () => {
    const floor = new Floor().queue('billing').agent('wei');
    floor.returns('ann', 'billing', 'nobody', floor.at - 5_000);
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('stays with an agent who has them, whatever another agent says', () => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.talks('ann', 'billing');
    expect(floor.returns('ann', 'billing', 'wei', floor.at)).toEqual([]);
    expect(floor.agentView('lena').workState).toBe('engaged');
  });
});

describe('what makes no sense', () => {
  test('changes nothing and decides nothing', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    const unknownAgent = asId<AgentId>('nobody');
    const unknownItem = asId<WorkItemId>('nothing');
    const before = floor.state;
    expect([
      ...floor.tell({ type: 'agent:presenceSet', agentId: unknownAgent, presence: 'available', reason: null }),
      ...floor.tell({ type: 'agent:reachabilityChanged', agentId: unknownAgent, isReachable: true }),
      ...floor.leaves('nothing'),
      ...floor.caller('bob', 'no-such-queue'),
      ...floor.returns('bob', 'no-such-queue', 'lena', floor.at),
      ...floor.tell({ type: 'reservation:failed', reservationId: asId<ReservationId>('none'), cause: 'rejected' }),
      ...floor.tell({ type: 'work:ended', agentId: unknownAgent, workItemId: unknownItem, wrapsUp: true }),
      ...floor.workEnds('lena', 'nothing'),
      ...floor.wrapUpEnds('lena', 'ann'),
      ...floor.tick(),
    ]).toEqual([]);
    expect(floor.state).toEqual(before);
  });

  test('queues nobody twice: not who waits, and not who talks already', () => {
    const floor = new Floor().queue('billing').queue('sales');
    floor.caller('ann', 'billing');
    expect(floor.caller('ann', 'sales')).toEqual([]);
    floor.agent('lena');
    floor.accept(floor.offered());
    expect(floor.caller('ann', 'sales')).toEqual([]);
    expect([floor.queueView('billing').waiting, floor.queueView('sales').waiting]).toEqual([0, 0]);
  });

  test('a name from the language itself is an ordinary unknown skill or queue', () => {
    const floor = new Floor().queue('odd', { needs: 'constructor >= 1' }).agent('lena');
    floor.caller('ann', 'odd');
    expect(floor.offers()).toEqual([]);
    expect(floor.queueView(asId<QueueId>('__proto__')).waiting).toBe(0);
  });
});

test('remembers nothing of a caller who is gone', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.caller('ann', 'billing');
  floor.fail(floor.offered(), 'rejected');
  floor.leaves('ann');
  const { items, reservations, deadlines, assigned } = floor.state;
  expect({ items, reservations, deadlines, assigned }).toEqual({ items: null, reservations: null, deadlines: null, assigned: null });
});

describe('waking', () => {
  test('tells the next deadline after every tick, so that an early one loses nothing', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.caller('ann', 'billing');
    const lease = floor.at + 20_000;
    floor.pass(19_999);
    expect(floor.tick()).toEqual([{ type: 'wakeAt', at: lease }]);
  });

  test('asks for nothing when nothing is due any more', () => {
    const floor = new Floor().queue('billing').agent('lena');
    floor.talks('ann', 'billing');
    expect(floor.tick()).toEqual([]);
  });
});
