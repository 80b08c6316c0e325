import { describe, expect, it } from 'vitest';
import { agentOf, workStateOf } from '../../../cti-bridge/acd/index.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { billing, callTalking, lena, newHouse, users, wei } from './fakes.ts';

/** A queue is asked for advice: whoever is free in it, one after the other, and nobody twice. */

const mia = asId<AgentId>('mia');
const [first] = users;
if (!first) throw new Error('nobody works here');
const three = [...users, { ...first, userId: asId<UserId>('u-mia'), username: 'mia', name: 'Mia Rossi', agentId: mia, extension: '6014' }];

const as = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: agentId, agentId, may: () => true });
const words = { reason: 'Two bills', note: '' };

/** Lena talks; Wei has been idle for longer than Mia. */
async function talking() {
  const house = newHouse(billing, three);
  const call = await callTalking(house);
  await house.ready(wei, '6013');
  await house.clock.run(1_000);
  await house.ready(mia, '6014');
  const consult = async (queueId = 'billing') => {
    const answer = await house.features['call:consult'](as(lena), {
      interactionId: call.interactionId,
      to: { kind: 'queue', queueId },
      ...words,
    });
    await house.clock.run(10);
    return answer;
  };
  const view = () => house.desktops.of('call:changed', lena).at(-1);
  const rung = () => house.phones.legs.slice(1).map(({ request }) => request.extension);
  const over = async () => {
    call.call.callerHangsUp();
    await house.clock.run(400_000);
    await call.story;
    expect(house.errors).toEqual([]);
    expect(house.live.count).toBe(0);
    expect(house.routing.state).toMatchObject({ items: null, reservations: null, assigned: null });
  };
  return { ...call, house, consult, view, rung, over };
}

describe('a queue that is asked', () => {
  it('is asked in whoever has been free the longest, while the customer hears music', async () => {
    const { house, consult, view, rung, call, over } = await talking();
    expect(await consult()).toMatchObject({ ok: true, value: { parties: [{ name: '林薇', state: 'ringing', purpose: 'consult' }] } });
    expect(rung()).toEqual(['6013']);
    expect(house.desktops.of('reservation:offered', wei)[0]?.pop.transfer).toMatchObject({
      fromName: 'Lena Hartmann',
      kind: 'consult',
      ...words,
    });
    house.phones.last.answers();
    await house.clock.run(10);
    expect(view()).toMatchObject({ state: 'held', parties: [{ name: '林薇', agentId: wei, state: 'aside' }] });
    expect(call.heard.at(-1)).toBe('music');
    expect(house.live.count).toBe(2);
    await over();
  });

  it('is asked in the next one when somebody does not take it, each once, and each question is recorded', async () => {
    const { house, consult, view, rung, over } = await talking();
    await consult();
    house.phones.last.fails('rejected');
    await house.clock.run(10);
    expect(view()).toMatchObject({ parties: [{ name: 'Mia Rossi', state: 'ringing' }] });
    expect(rung()).toEqual(['6013', '6014']);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(view()).toMatchObject({ parties: [{ name: 'Mia Rossi', agentId: mia, state: 'aside' }] });
    expect(house.events.flatMap((event) => (event.type === 'call:asked' ? [event.to] : []))).toEqual([wei, mia]);
    await over();
  });

  it('brings the agent back to their decision when nobody takes it', async () => {
    const { house, consult, view, rung, call, over } = await talking();
    await consult();
    house.phones.last.fails('rejected');
    await house.clock.run(10);
    house.phones.last.fails('deviceUnreachable');
    await house.clock.run(10);
    expect(rung()).toEqual(['6013', '6014']);
    expect(view()).toMatchObject({
      state: 'held',
      parties: [],
      askFailed: { name: 'Mia Rossi', purpose: 'consult', cause: 'deviceUnreachable' },
    });
    expect(call.end).toBeNull();
    await over();
  });

  it('stops at the one it rings when the agent gives up', async () => {
    const { house, interactionId, consult, rung, over } = await talking();
    await consult();
    await house.features['call:cancel-consult'](as(lena), { interactionId });
    await house.clock.run(10);
    expect(rung()).toEqual(['6013']);
    expect([wei, mia].map((agentId) => workStateOf(agentOf(house.routing.state, agentId) as never))).toEqual(['idle', 'idle']);
    await over();
  });

  it('with nobody free, or that there is not, is not asked, and the customer notices nothing', async () => {
    const { house, consult, call, leg, over } = await talking();
    for (const agentId of [wei, mia]) await house.desk.setPresence(agentId, { presence: 'notReady', reason: 'meal' });
    expect(await consult()).toMatchObject({ ok: false, error: { code: 'conflict', why: 'cannotBeAsked' } });
    expect(await consult('nothing')).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(call.joined).toBe(leg);
    await over();
  });
});
