import { describe, expect, it } from 'vitest';
import { agentOf, type LastPresence } from '../../../cti-bridge/acd/index.ts';
import { resumeCall } from '../../../cti-bridge/flows/resume-call.ts';
import type { StoredCall } from '../../../cti-bridge/interactions/index.ts';
import { hours, minutes } from '../../../shared/duration.ts';
import { asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { alone, billing, callInQueue, FakeCall, lena, newHouse, users, wei } from './fakes.ts';

/** What agents had chosen is on disk; a bridge that starts goes on with it as soon as they can be reached again. */

const onTheDesk = users.map((user) =>
  user.agentId === lena ? { ...user, phone: { kind: 'address', uri: 'sip:6012@192.0.2.7' } as const } : user,
);

/** A bridge just started. `ago`: how long before it they chose; their log-in began an hour before that. */
function started(chosen: Partial<LastPresence>, { ago = minutes(1), people = users } = {}) {
  const house = newHouse(billing, people);
  const now = house.clock.now();
  house.context.agents.expect([{ agentId: lena, presence: 'available', reason: null, at: now - ago, ...chosen }], now);
  house.context.agents.goOn();
  const desktopBack = async (signedInAt = now - ago - hours(1)) => {
    house.desk.desktopConnected(lena, signedInAt);
    house.phones.register('6012');
    await house.clock.run(10);
  };
  const stands = () => {
    const agent = agentOf(house.routing.state, lena);
    return agent && [agent.presence, agent.notReadyReason, agent.isReachable];
  };
  return { house, desktopBack, stands };
}

describe('an agent with a desktop', () => {
  it('who was available is so again when the desktop is back, not before, and is rung', async () => {
    const { house, desktopBack, stands } = started({});
    const { call } = await callInQueue(house);
    expect([stands(), house.phones.legs.length]).toEqual([['loggedOut', null, false], 0]);
    await desktopBack();
    expect(stands()).toEqual(['available', null, true]);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
    expect(house.types().filter((type) => type === 'agent:presenceChanged')).toHaveLength(1);
    expect(house.errors).toEqual([]);
  });

  it('who was not ready keeps the reason', async () => {
    const { desktopBack, stands } = started({ presence: 'notReady', reason: 'meal' });
    await desktopBack();
    expect(stands()).toEqual(['notReady', 'meal', true]);
  });

  it.each([
    ['had signed out', { presence: 'loggedOut' }, undefined, 0],
    ['signs in anew', {}, undefined, 1],
    ['chose longer ago than a log-in lasts', {}, hours(12), 0],
  ] as const)('who %s starts as not ready', async (_who, chosen, ago, sinceStart) => {
    const { house, desktopBack, stands } = started(chosen, ago === undefined ? {} : { ago });
    await desktopBack(sinceStart > 0 ? house.clock.now() : undefined);
    expect(stands()).toEqual(['notReady', 'signedIn', true]);
  });

  it('goes on once: a network that is away later changes nothing of what was chosen since', async () => {
    const { house, desktopBack, stands } = started({});
    await desktopBack();
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    house.desk.desktopGone(lena, 'connectionLost');
    await desktopBack();
    expect(stands()).toEqual(['notReady', 'meal', true]);
  });
});

describe('an agent with a desk phone', () => {
  it('is as before as soon as the phone is there, without dialling anything', async () => {
    const { house, stands } = started({}, { people: onTheDesk });
    expect(stands()).toEqual(['loggedOut', null, false]);
    house.phones.register('6012');
    await house.clock.run(10);
    expect(stands()).toEqual(['available', null, true]);
  });

  it('who dialled something first has what they dialled', async () => {
    const { house, stands } = started({}, { people: onTheDesk });
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    house.phones.register('6012');
    await house.clock.run(10);
    expect(stands()).toEqual(['notReady', 'meal', true]);
  });
});

describe('an agent in whose call the bridge was killed', () => {
  /** A call that has not answered its new media yet. */
  function comingBack(house: ReturnType<typeof newHouse>) {
    const answer = Promise.withResolvers<boolean>();
    const call = new (class extends FakeCall {
      override answer = () => answer.promise;
    })(house.clock, '1000');
    const stored: StoredCall = {
      interactionId: asId<InteractionId>('talked'),
      workItemId: asId<WorkItemId>('item-1'),
      queueId: asId<QueueId>(billing.id),
      agentId: lena,
      talkingSince: house.clock.now() - minutes(2),
      queuedAt: house.clock.now() - minutes(3),
      ...{ priority: 5, locale: 'en', isHeld: false, menu: null, legs: '' },
    };
    void resumeCall(stored, call, alone, house.context);
    return { call, answer };
  }

  it('is offered nothing else while it is not known whether the customer is still there, and has them back', async () => {
    const { house, desktopBack, stands } = started({});
    const { answer } = comingBack(house);
    await callInQueue(house);
    await desktopBack();
    expect([stands(), house.phones.legs.length]).toEqual([['notReady', 'signedIn', true], 0]);
    answer.resolve(true);
    await house.clock.run(10);
    expect(stands()).toEqual(['available', null, true]);
    expect(agentOf(house.routing.state, lena)?.works.map(({ state }) => state)).toEqual(['engaged']);
    expect(house.phones.legs).toEqual([]);
  });

  it('is available again when the customer has gone', async () => {
    const { house, desktopBack, stands } = started({});
    const { call, answer } = comingBack(house);
    await desktopBack();
    call.hangUp('hungUp', 'caller', 'caller');
    answer.resolve(false);
    await house.clock.run(10);
    expect(stands()).toEqual(['available', null, true]);
    const next = await callInQueue(house);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(next.call.joined).toBe(house.phones.last);
  });

  it('who chose meanwhile has what they chose', async () => {
    const { house, desktopBack, stands } = started({});
    const { answer } = comingBack(house);
    await desktopBack();
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    answer.resolve(true);
    await house.clock.run(10);
    expect(stands()).toEqual(['notReady', 'meal', true]);
    expect(agentOf(house.routing.state, wei)?.presence).toBe('loggedOut');
  });
});
