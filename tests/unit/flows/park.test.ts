import { describe, expect, it } from 'vitest';
import { agentOf, workStateOf } from '../../../cti-bridge/acd/index.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { callTalking, lena, newHouse, wei } from './fakes.ts';

/** A customer in a numbered place: with music, for anybody to pick up, and never forgotten. */

type House = ReturnType<typeof newHouse>;

const as = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: agentId, agentId, may: () => true });
const stateOf = (house: House, agentId: AgentId) => {
  const agent = agentOf(house.routing.state, agentId);
  return agent && workStateOf(agent);
};

async function parked(house: House) {
  const talking = await callTalking(house);
  await house.ready(wei, '6013');
  const answer = await house.parking['call:park'](as(lena), { interactionId: talking.interactionId });
  await house.clock.run(10);
  return { ...talking, answer };
}

async function over(house: House, story: Promise<void>) {
  await house.clock.run(400_000);
  await story;
  expect(house.errors).toEqual([]);
  expect(house.live.count).toBe(0);
  expect(house.routing.state).toMatchObject({ items: null, reservations: null, assigned: null });
}

describe('a customer who is parked', () => {
  it('hears music in a place that is said and shown to the agent, who wraps up', async () => {
    const house = newHouse();
    const { call, story, answer, leg } = await parked(house);
    expect(answer).toEqual({ ok: true, value: { slot: '1' } });
    expect(call.played).toContain(`${leg.partyId} number-1`);
    expect(call.isPlaying).toBe(true);
    expect(leg.released).toBe('ended');
    expect(stateOf(house, lena)).toBe('wrappingUp');
    call.callerHangsUp();
    await over(house, story);
    const ends = house.events.flatMap((event) => (event.type === 'interaction:ended' ? [event.end.reason] : []));
    expect(ends).toEqual(['transferred', 'abandoned']);
  });

  it('stays there when the agent hangs up while the number is being said', async () => {
    const house = newHouse();
    const { call, story, leg, interactionId } = await callTalking(house);
    call.playTo = () => new Promise(() => {});
    await house.parking['call:park'](as(lena), { interactionId });
    await house.clock.run(10);
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(call.end).toBeNull();
    expect(stateOf(house, lena)).toBe('wrappingUp');
    call.callerHangsUp();
    await over(house, story);
  });

  it('is with whoever picks them up, and the place is free again', async () => {
    const house = newHouse();
    const { call, story } = await parked(house);
    const picking = house.parking['call:pick-up'](as(wei), { slot: '1' });
    await house.clock.run(10);
    expect(house.desktops.of('reservation:offered', wei)[0]?.pop.transfer).toMatchObject({ kind: 'parked', fromName: 'Lena Hartmann' });
    house.phones.last.answers();
    await house.clock.run(10);
    expect(await picking).toMatchObject({ ok: true });
    expect(call.joined).toBe(house.phones.last);
    expect(await house.parking['call:pick-up'](as(wei), { slot: '1' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    call.callerHangsUp();
    await over(house, story);
  });

  it('stays there when the phone of whoever wants them is not answered', async () => {
    const house = newHouse();
    const { call, story } = await parked(house);
    const picking = house.parking['call:pick-up'](as(wei), { slot: '1' });
    await house.clock.run(10);
    house.phones.last.fails('rejected');
    await house.clock.run(10);
    expect(await picking).toMatchObject({ ok: false });
    expect(call.isPlaying).toBe(true);
    call.callerHangsUp();
    await over(house, story);
  });

  it('comes back to whoever parked them, and to the front of the queue when they do not take it', async () => {
    const house = newHouse();
    const { call, story } = await parked(house);
    await house.clock.run(100_000);
    const before = house.phones.legs.length;
    await house.clock.run(21_000);
    expect(house.phones.legs.slice(before)[0]?.request.extension).toBe('6012');
    house.phones.legs[before]?.fails('rejected');
    await house.clock.run(1_000);
    expect(house.phones.last.request.extension).toBe('6013');
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
    call.callerHangsUp();
    await over(house, story);
  });
});
