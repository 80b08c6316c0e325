import { describe, expect, it } from 'vitest';
import { agentOf, workStateOf } from '../../../cti-bridge/acd/index.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import type { User } from '../../../cti-bridge/identity/index.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { billing, callTalking, type FakeLeg, lena, newHouse, users, wei } from './fakes.ts';

/** A supervisor in a call of somebody else: who hears them is for them to say, and it starts with nobody. */

type House = ReturnType<typeof newHouse>;

const kim = asId<AgentId>('kim');
const people: readonly User[] = [
  ...users,
  { ...(users[0] as User), userId: asId<UserId>('u-kim'), username: 'kim', name: 'Kim', agentId: kim, extension: '6014' },
];
const as = (agentId: AgentId | null): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: 'Kim', agentId, may: () => true });
const stateOf = (house: House, agentId: AgentId) => {
  const agent = agentOf(house.routing.state, agentId);
  return agent && workStateOf(agent);
};

/** Lena talks, and Kim is there to listen. */
async function withKim(house: House = newHouse(billing, people)) {
  const talking = await callTalking(house);
  await house.ready(kim, '6014');
  const { interactionId } = talking;
  const supervise = async (how: 'monitor' | 'whisper' | 'barge', answers = true) => {
    const asking = house.supervised['call:supervise'](as(kim), { interactionId, how });
    await house.clock.run(0);
    const leg = house.phones.last;
    if (answers) leg.answers();
    await house.clock.run(0);
    return { leg, asking };
  };
  const pairs = (kims: FakeLeg) => [...talking.call.hearing].filter((pair) => pair.includes(kims.partyId)).sort();
  return { house, ...talking, supervise, pairs };
}

describe('a supervisor in a call', () => {
  it('hears both and is heard by nobody, gets no work meanwhile, and the agent’s screen says so', async () => {
    const { house, call, supervise, pairs, leg } = await withKim();
    const { leg: kims, asking } = await supervise('monitor');
    expect(await asking).toMatchObject({ ok: true });
    expect(pairs(kims)).toEqual([`${kims.partyId} < customer`, `${kims.partyId} < ${leg.partyId}`].sort());
    expect(call.joined).toBe(leg);
    expect(stateOf(house, kim)).toBe('supervising');
    expect(house.desktops.of('call:changed', lena).at(-1)?.supervisedBy).toEqual([{ name: 'Kim', how: 'monitor' }]);
    expect(house.desktops.of('supervising:changed', kim)[0]).toMatchObject({
      how: 'monitor',
      reservationId: kims.reservationId,
      about: { agentName: 'Lena Hartmann' },
    });
  });

  it('whispers to the agent alone, and speaks to all, when they say so', async () => {
    const { house, supervise, pairs, leg, interactionId } = await withKim();
    const { leg: kims } = await supervise('whisper');
    expect(pairs(kims)).toContain(`${leg.partyId} < ${kims.partyId}`);
    expect(pairs(kims)).not.toContain(`customer < ${kims.partyId}`);
    await house.supervised['call:supervise'](as(kim), { interactionId, how: 'barge' });
    expect(pairs(kims)).toContain(`customer < ${kims.partyId}`);
    await house.supervised['call:supervise'](as(kim), { interactionId, how: 'monitor' });
    expect(pairs(kims)).toHaveLength(2);
  });

  it('is not told of where the organisation does not want it', async () => {
    const { house, supervise } = await withKim();
    house.hidesSupervision.is = true;
    await supervise('monitor');
    expect(house.desktops.of('call:changed', lena).at(-1)?.supervisedBy).toEqual([]);
  });

  it('stays with the call when it is given to a colleague, at the side of whoever has it then', async () => {
    const { house, call, supervise, pairs, interactionId } = await withKim();
    const { leg: kims } = await supervise('whisper');
    await house.ready(wei, '6013');
    await house.features['call:transfer'](as(lena), { interactionId, to: { kind: 'agent', agentId: wei }, reason: '', note: '' });
    await house.clock.run(0);
    const weis = house.phones.last;
    weis.answers();
    await house.clock.run(0);
    expect(call.joined).toBe(weis);
    expect(pairs(kims)).toContain(`${weis.partyId} < ${kims.partyId}`);
    expect(pairs(kims)).toContain(`${kims.partyId} < customer`);
    expect(house.desktops.of('call:changed', wei).at(-1)?.supervisedBy).toEqual([{ name: 'Kim', how: 'whisper' }]);
    const weisPart = house.desktops.of('interaction:assigned', wei).at(-1)?.interactionId;
    expect(weisPart).not.toBe(interactionId);
    const told = house.desktops.of('supervising:changed', kim);
    expect(told.map((each) => [each.interactionId, each.about?.agentName])).toEqual([
      [interactionId, 'Lena Hartmann'],
      [weisPart, '林薇'],
    ]);
    expect(await house.supervised['call:supervise'](as(kim), { interactionId: String(weisPart), how: 'monitor' })).toMatchObject({
      ok: true,
    });
    expect(pairs(kims)).toHaveLength(2);
  });

  it.each([
    ['stops', (house: House) => void house.supervised['call:stop-supervising'](as(kim), {})],
    ['hangs up', (_house: House, kims: FakeLeg) => kims.vanish('hungUp')],
  ])('is free for work again who %s, and the call goes on', async (_how, goes) => {
    const { house, call, supervise, leg } = await withKim();
    const { leg: kims } = await supervise('barge');
    goes(house, kims);
    await house.clock.run(0);
    expect(stateOf(house, kim)).toBe('idle');
    expect(kims.released).toBe('ended');
    expect([...call.hearing].sort()).toEqual([`${leg.partyId} < customer`, `customer < ${leg.partyId}`].sort());
    expect(house.desktops.of('call:changed', lena).at(-1)?.supervisedBy).toEqual([]);
    expect(house.desktops.of('supervising:changed', kim).at(-1)?.how).toBeNull();
  });

  it('is free when the call ends', async () => {
    const { house, call, story, supervise } = await withKim();
    const { leg: kims } = await supervise('monitor');
    call.callerHangsUp();
    await house.clock.run(400_000);
    await story;
    expect(stateOf(house, kim)).toBe('idle');
    expect(kims.released).not.toBeNull();
    expect(house.errors).toEqual([]);
  });

  it('who does not answer the own phone is in no call', async () => {
    const { house, supervise, pairs } = await withKim();
    const { leg: kims, asking } = await supervise('monitor', false);
    await house.clock.run(15_000);
    expect(await asking).toMatchObject({ ok: false, error: { code: 'device_unreachable' } });
    expect(pairs(kims)).toEqual([]);
    expect(stateOf(house, kim)).toBe('idle');
  });

  it('may be in calls of the people they supervise, and in no others', async () => {
    const { house, interactionId } = await withKim();
    house.outOfScope.add(lena);
    const others = await house.supervised['call:supervise'](as(kim), { interactionId, how: 'monitor' });
    const own = await house.supervised['call:supervise'](as(lena), { interactionId, how: 'monitor' });
    const none = await house.supervised['call:supervise'](as(kim), { interactionId: 'nothing', how: 'monitor' });
    for (const answer of [others, own, none]) expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(house.phones.legs).toHaveLength(1);
  });

  it('takes the call over: it is theirs, and whoever had it wraps up', async () => {
    const { house, call, story, supervise, leg } = await withKim();
    const { leg: kims } = await supervise('monitor');
    expect(await house.supervised['call:take-over'](as(kim), {})).toMatchObject({ ok: true });
    await house.clock.run(0);
    expect(call.joined).toBe(kims);
    expect(leg.released).toBe('ended');
    expect([stateOf(house, lena), stateOf(house, kim)]).toEqual(['wrappingUp', 'engaged']);
    expect(house.desktops.of('interaction:assigned', kim)).toHaveLength(1);
    call.callerHangsUp();
    await house.clock.run(400_000);
    await story;
    expect(house.errors).toEqual([]);
    expect(house.live.count).toBe(0);
    expect([stateOf(house, lena), stateOf(house, kim)]).toEqual(['idle', 'idle']);
  });
});
