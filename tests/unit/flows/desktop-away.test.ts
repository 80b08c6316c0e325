import { expect, it } from 'vitest';
import { agentOf } from '../../../cti-bridge/acd/index.ts';
import { callInQueue, callTalking, lena, newHouse, wei } from './fakes.ts';

/** The network of an agent who talks is away: their desktop, their phone and the sound of their call, all at once. */

async function away() {
  const house = newHouse();
  const talking = await callTalking(house);
  const { interactionId, leg } = talking;
  await house.desk.saveDraft(lena, { interactionId, text: 'half a sentence', revision: 1 });
  house.desk.desktopGone(lena, 'connectionLost');
  house.phones.register('6012', false);
  leg.vanish('lost');
  await house.clock.run(10);
  const rungFor = () => house.phones.legs.filter(({ request }) => request.extension === '6012').length;
  const back = async () => {
    house.desk.desktopConnected(lena, house.clock.now());
    house.phones.register('6012');
    await house.clock.run(10);
    return house.desk.snapshot(lena);
  };
  return { house, ...talking, rungFor, back };
}

it('for 30 s: the customer hears music, nobody else is offered them, and they have the agent back, whose words are kept', async () => {
  const { house, call, interactionId, rungFor, back } = await away();
  expect(call.heard.at(-1)).toBe('music');
  const waiter = await callInQueue(house);
  await house.ready(wei, '6013');
  house.phones.last.answers();
  await house.clock.run(30_000);
  expect([rungFor(), call.end, waiter.call.joined?.partyId === undefined]).toEqual([1, null, false]);
  expect(agentOf(house.routing.state, lena)).toMatchObject({ isReachable: false, presence: 'available' });

  const { interactions, offers } = await back();
  expect(offers).toEqual([]);
  expect(interactions).toMatchObject([{ interactionId, call: { state: 'rejoining' }, draft: { text: 'half a sentence' } }]);
  await house.desk.rejoinCall(lena, { interactionId });
  house.phones.last.answers();
  await house.clock.run(10);
  expect(call.joined).toBe(house.phones.last);
  expect(agentOf(house.routing.state, lena)).toMatchObject({ isReachable: true, presence: 'available' });
  await house.clock.run(60_000);
  expect(call.end).toBeNull();
  expect(house.errors).toEqual([]);
});

it('their phone is asked for a word, and is sent nobody until it has said one', async () => {
  const { house } = await away();
  expect(house.phones.doubted).toEqual(['6012']);
});

it('an offer of before anybody could know takes an agent off, who is available again with their device, and not when the device failed long before', async () => {
  for (const [lostAfterMs, presence] of [
    [5_000, 'available'],
    [60_000, 'notReady'],
  ] as const) {
    const house = newHouse();
    house.desktops.onOffer = null;
    await house.ready(lena, '6012');
    await callInQueue(house);
    await house.clock.run(4_000);
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'notReady', notReadyReason: 'deviceUnreachable' });
    await house.clock.run(lostAfterMs);
    house.desk.desktopGone(lena, 'connectionLost');
    house.phones.register('6012', false);
    await house.clock.run(10_000);
    house.desk.desktopConnected(lena, house.clock.now());
    house.phones.register('6012');
    await house.clock.run(10);
    expect([lostAfterMs, agentOf(house.routing.state, lena)?.presence]).toEqual([lostAfterMs, presence]);
  }
});

it('for 10 min: the customer is with another agent since 45 s, before who waited longer, and whoever comes back finds the truth and no ring', async () => {
  const { house, call, interactionId, rungFor, back } = await away();
  const waiter = await callInQueue(house);
  await house.clock.run(44_000);
  expect(call.joined).toBeNull();
  await house.clock.run(2_000);
  await house.ready(wei, '6013');
  await house.clock.run(10);
  const weis = house.phones.last;
  weis.answers();
  await house.clock.run(10);
  expect([call.joined === weis, waiter.call.joined]).toEqual([true, null]);
  expect(house.desktops.of('interaction:assigned', wei).at(-1)?.pop.match.kind).toBe('certain');

  await house.clock.run(554_000);
  expect(rungFor()).toBe(1);
  const { interactions, offers, agent } = await back();
  expect(interactions).toEqual([]);
  // Whoever waits now is a call like any other; the one that was lost is not rung for again.
  expect(offers.map((offer) => offer.interactionId === interactionId)).toEqual([false]);
  expect(agent).toMatchObject({ presence: 'available', workState: 'reserved' });
  expect([rungFor(), call.joined?.partyId]).toEqual([2, weis.partyId]);
  expect(house.errors).toEqual([]);
});
