import { describe, expect, it } from 'vitest';
import { featureCode } from '../../../cti-bridge/flows/feature-codes.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { billing, callInQueue, FakeCall, lena, newHouse, users, wei } from './fakes.ts';

/** Agents who work by telephone alone: the stories, under a clock that obeys. Lena has a desk phone, Wei a desktop. */

const noTrials = { find: () => undefined };
const reasons = ['break', 'meal'].map((id) => ({ id, name: { en: id, zh: id } }));
const people = users.map((user) =>
  user.agentId === lena ? { ...user, phone: { kind: 'address', uri: 'sip:6012@192.0.2.7' } as const } : user,
);

function start(queue: QueueConfiguration = billing) {
  const house = newHouse(queue, people);
  house.phones.register('6012');
  const dial = async (code: string, extension = '6012') => {
    const call = new FakeCall(house.clock, code);
    const story = featureCode(call, extension, house.context, () => ({ reasons }), house.parked, noTrials);
    await house.clock.run(10);
    await story;
    return call;
  };
  const view = () => house.context.agents.view(lena);
  return { ...house, house, dial, view };
}

/** A call that Lena answered by lifting her receiver, and the caller has hung up. */
async function wrappingUp(queue?: QueueConfiguration) {
  const stage = start(queue);
  await stage.dial('*12');
  const { call, story } = await callInQueue(stage.house);
  stage.phones.last.answers();
  await stage.clock.run(10);
  call.hangUp('hungUp', 'caller', 'caller');
  await stage.clock.run(10);
  return { ...stage, story };
}

describe('a code', () => {
  it.each([
    ['*11', 'en/desk-signed-in', 'notReady', 'signedIn'],
    ['*12', 'en/desk-available', 'available', null],
    ['*13', 'en/desk-not-ready', 'notReady', 'break'],
    ['*131', 'en/desk-not-ready', 'notReady', 'break'],
    ['*132', 'en/desk-not-ready', 'notReady', 'meal'],
    ['*10', 'en/desk-signed-out', 'loggedOut', null],
  ])('%s says %s and leaves the agent %s', async (code, said, presence, notReadyReason) => {
    const { dial, view, types } = start();
    const call = await dial(code);
    expect(call.heard).toEqual(['answered', said]);
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
    expect(view()).toMatchObject({ presence, notReadyReason });
    expect(types()).toEqual(['agent:presenceChanged']);
  });

  it.each(['*133', '*14', '*140', '*14100', '*1', '*', '*130', '*12#', '*1200'])(
    '%s means nothing, is said so, and changes nothing',
    async (code) => {
      const { dial, types } = start();
      expect((await dial(code)).heard).toEqual(['answered', 'en/desk-unknown']);
      expect(types()).toEqual([]);
    },
  );

  it('*14 and a place where nobody is parked is said so', async () => {
    const { dial, phones } = start();
    await dial('*12');
    expect((await dial('*147')).heard).toEqual(['answered', 'en/desk-nobody-parked']);
    expect(phones.legs).toEqual([]);
  });

  it('*11 dialled once more takes nobody out of work', async () => {
    const { dial, view } = start();
    await dial('*12');
    expect((await dial('*11')).heard).toContain('en/desk-available');
    expect(view()?.presence).toBe('available');
  });

  it('is refused in words to who has no desk phone, and to nobody of ours', async () => {
    const { dial, types } = start();
    for (const extension of ['6013', '4711']) expect((await dial('*12', extension)).refusedWith).toBe(403);
    expect(types()).toEqual([]);
  });

  it('does nothing when its caller is gone before the answer', async () => {
    const { house, context, types } = start();
    const call = new FakeCall(house.clock, '*12');
    call.finish({ by: 'caller', reason: 'abandoned', fault: 'caller' });
    await featureCode(call, '6012', context, () => ({ reasons }), house.parked, noTrials);
    expect(types()).toEqual([]);
  });
});

describe('a parked customer', () => {
  /** Wei parked somebody from the desktop. */
  async function parked() {
    const stage = start();
    const { house } = stage;
    await house.ready(wei, '6013');
    const { call, story } = await callInQueue(house);
    house.phones.last.answers();
    await house.clock.run(10);
    const interactionId = house.desktops.of('interaction:assigned')[0]?.interactionId ?? '';
    const asker = { userId: asId<UserId>('u-wei'), name: 'wei', agentId: wei, may: () => true };
    expect(await house.parking['call:park'](asker, { interactionId })).toEqual({ ok: true, value: { slot: '1' } });
    await house.clock.run(10);
    const over = async () => {
      call.callerHangsUp();
      await house.clock.run(400_000);
      await story;
      expect(house.errors).toEqual([]);
      expect(house.live.count).toBe(0);
    };
    return { ...stage, call, over, rung: () => house.phones.legs.slice(1).map(({ request }) => request.extension) };
  }

  it('is fetched with *14 and the place: it is said, the phone is put down, rings, and the two talk', async () => {
    const { house, dial, call, phones, over, rung } = await parked();
    await dial('*13');
    const code = new FakeCall(house.clock, '*141');
    const story = featureCode(code, '6012', house.context, () => ({ reasons }), house.parked, noTrials);
    await house.clock.run(10);
    expect(code.heard).toEqual(['answered', 'en/desk-parked']);
    expect(code.end).toMatchObject({ reason: 'completedInIvr' });
    expect(rung()).toEqual(['6012']);
    phones.last.answers();
    await house.clock.run(10);
    await story;
    expect(call.joined).toBe(phones.last);
    expect((await dial('*141')).heard).toContain('en/desk-nobody-parked');
    await over();
  });

  it('stays there, and it is said, for whoever is signed out or has a call', async () => {
    const { dial, call, over, rung } = await parked();
    expect((await dial('*141')).heard).toEqual(['answered', 'en/desk-failed']);
    expect(rung()).toEqual([]);
    expect(call.isPlaying).toBe(true);
    await over();
  });
});

describe('an agent with a desk phone', () => {
  it('is reachable while that phone is, with or without a desktop', async () => {
    const { dial, view, phones, desk, clock } = start();
    await dial('*12');
    expect(view()?.workState).toBe('idle');
    phones.register('6012', false);
    expect(view()?.workState).toBe('notReachable');
    desk.desktopConnected(lena, clock.now());
    await clock.run(0);
    expect(view()?.workState).toBe('notReachable');
    phones.register('6012');
    desk.desktopGone(lena, 'connectionLost');
    await clock.run(0);
    expect(view()?.workState).toBe('idle');
  });

  it('is rung without any word from a desktop about the pop', async () => {
    const { dial, house, phones, clock, desktops, types } = start();
    desktops.onOffer = null;
    await dial('*12');
    await callInQueue(house);
    phones.last.rings();
    await clock.run(10_000);
    expect(phones.last.released).toBeNull();
    phones.last.answers();
    await clock.run(10);
    expect(types()).toContain('interaction:answered');
  });

  it('who lets it ring as often as the queue allows is not ready, and not before', async () => {
    const { dial, house, phones, clock, view, events } = start();
    await dial('*12');
    for (let caller = 0; caller < billing.missesBeforeNotReady; caller++) await callInQueue(house);
    const missed = () =>
      events.filter((event) => event.type === 'reservation:ended' && event.cause === 'noAnswer' && event.countsAgainstAgent);
    for (let second = 0; second < 200 && view()?.presence === 'available'; second++) {
      expect(missed().length).toBeLessThan(billing.missesBeforeNotReady);
      phones.last.rings();
      await clock.run(1_000);
    }
    expect(missed()).toHaveLength(billing.missesBeforeNotReady);
    expect(view()).toMatchObject({ presence: 'notReady', notReadyReason: 'noAnswer' });
  });

  it('whose phone does not even ring is not blamed', async () => {
    const { dial, house, clock, events } = start();
    await dial('*12');
    await callInQueue(house);
    await clock.run(3_010);
    const ended = events.find((event) => event.type === 'reservation:ended');
    expect(ended).toMatchObject({ cause: 'deviceUnreachable', countsAgainstAgent: false });
  });

  it('whose phone lost its call is rung again at once, and goes on with the caller', async () => {
    const { dial, house, phones, clock, types } = start();
    await dial('*12');
    const { call } = await callInQueue(house);
    const first = phones.last;
    first.answers();
    await clock.run(10);
    first.vanish('lost');
    await clock.run(10);
    expect(call.heard.at(-1)).toBe('music');
    const again = phones.last;
    expect(again).not.toBe(first);
    again.answers();
    await clock.run(10);
    expect(call.joined).toBe(again);
    expect(types()).toContain('call:agentRejoined');
  });
});

describe('wrap-up without a screen', () => {
  it('ends with *12 and the default outcome', async () => {
    const { dial, view, interactions, story } = await wrappingUp();
    expect(view()?.workState).toBe('wrappingUp');
    expect((await dial('*12')).heard).toContain('en/desk-available');
    await story;
    expect(interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
    expect(view()).toMatchObject({ presence: 'available', workState: 'idle' });
  });

  it.each(['optional', 'required', 'timed', 'timedNoEarlyExit'] as const)('%s ends by the timer', async (mode) => {
    const { view, interactions, clock, story } = await wrappingUp({ ...billing, wrapUp: { ...billing.wrapUp, mode } });
    await clock.run(billing.wrapUp.seconds * 1_000 - 100);
    expect(view()?.workState).toBe('wrappingUp');
    await clock.run(200);
    await story;
    expect(interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
  });

  it('that has to run its time does, and *12 says so', async () => {
    const { dial, view, clock, story } = await wrappingUp({ ...billing, wrapUp: { ...billing.wrapUp, mode: 'timedNoEarlyExit' } });
    expect((await dial('*12')).heard).toContain('en/desk-wrap-up');
    expect(view()?.workState).toBe('wrappingUp');
    await clock.run(billing.wrapUp.seconds * 1_000);
    await story;
    expect(view()).toMatchObject({ presence: 'available', workState: 'idle' });
  });

  it('is left to the screen where there is one', async () => {
    const { dial, desk, clock, interactions } = await wrappingUp();
    desk.desktopConnected(lena, clock.now());
    await clock.run(0);
    expect((await dial('*12')).heard).toContain('en/desk-wrap-up');
    expect(interactions.completed).toEqual([]);
  });
});
