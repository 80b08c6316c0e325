import { describe, expect, it } from 'vitest';
import { agentOf, workStateOf } from '../../../cti-bridge/acd/index.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import type { AskTarget } from '../../../shared/contracts/call-features.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { settingsOf } from '../acd/floor.ts';
import { callInQueue, callTalking, type FakeLeg, lena, newHouse, wei } from './fakes.ts';

/** Calls that go from hand to hand: whoever has the customer, the other is free, and nobody is left in silence. */

type House = ReturnType<typeof newHouse>;

const as = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: agentId, agentId, may: () => true });
const words = { reason: 'Wants a refund', note: 'Order 4711, has called twice.' };
const toWei: AskTarget = { kind: 'agent', agentId: wei };
const outside: AskTarget = { kind: 'outside', number: '+442079460000' };

const stateOf = (house: House, agentId: AgentId) => {
  const agent = agentOf(house.routing.state, agentId);
  return agent && workStateOf(agent);
};
const ends = (house: House) => house.events.flatMap((event) => (event.type === 'interaction:ended' ? [event.end.reason] : []));

/** Lena talks with the customer, and Wei is free. */
async function withWei(house: House) {
  const talking = await callTalking(house);
  await house.ready(wei, '6013');
  const run = () => house.clock.run(10);
  const ask = async (name: 'call:transfer' | 'call:consult', to: AskTarget = toWei) => {
    const answer = await house.features[name](as(lena), { interactionId: talking.interactionId, to, ...words });
    await run();
    return answer;
  };
  const does = async (
    name: 'call:swap' | 'call:complete-transfer' | 'call:cancel-consult' | 'call:conference',
    interactionId = talking.interactionId,
  ): Promise<Awaited<ReturnType<House['features'][typeof name]>>> => {
    const answer = await house.features[name](as(lena), { interactionId });
    await run();
    return answer;
  };
  const answers = async (): Promise<FakeLeg> => {
    const leg = house.phones.last;
    leg.answers();
    await run();
    return leg;
  };
  return { ...talking, run, ask, does, answers, view: () => house.desktops.of('call:changed', lena).at(-1) };
}

async function over(house: House, story: Promise<void>) {
  await house.clock.run(400_000);
  await story;
  expect(house.errors).toEqual([]);
  expect(house.live.count).toBe(0);
  expect(house.routing.state.items).toBeNull();
  expect(house.routing.state.reservations).toBeNull();
  expect(house.routing.state.assigned).toBeNull();
}

describe('a call that is given to a colleague', () => {
  it('is on their screen with who gives it and why, before they answer', async () => {
    const house = newHouse();
    const { ask } = await withWei(house);
    await ask('call:transfer');
    const [offer] = house.desktops.of('reservation:offered', wei);
    expect(offer?.pop).toMatchObject({
      match: { kind: 'certain', contact: { name: 'Margaret Okafor' } },
      transfer: { fromAgentId: lena, fromName: 'Lena Hartmann', kind: 'transfer', ...words },
    });
    expect(offer?.pop.path.map(({ code }) => code)).toContain('pressed');
  });

  it('is theirs when they answer: the one wraps up, the other talks, and the customer heard music in between', async () => {
    const house = newHouse();
    const { call, story, ask, answers, leg, run } = await withWei(house);
    await ask('call:transfer');
    expect(call.heard.at(-1)).toBe('music');
    expect(call.joined).toBeNull();
    const weis = await answers();
    expect(call.joined).toBe(weis);
    expect(leg.released).toBe('ended');
    expect([stateOf(house, lena), stateOf(house, wei)]).toEqual(['wrappingUp', 'engaged']);
    expect(ends(house)).toEqual(['transferred']);
    call.callerHangsUp();
    await run();
    expect(stateOf(house, wei)).toBe('wrappingUp');
    await over(house, story);
    expect(ends(house)).toEqual(['transferred', 'hungUp']);
    expect(house.interactions.completed.map(({ agentId }) => agentId)).toEqual([lena, wei]);
  });

  it.each([
    ['rejected', (house: House): void => house.phones.last.fails('rejected')],
    ['noAnswer', (house: House): void => void house.clock.run(21_000)],
    ['mediaFailed', (house: House): void => house.phones.last.fails('mediaFailed')],
  ] as const)('is back with the agent, who is told why, when it was %s', async (cause, happens) => {
    const house = newHouse();
    const { call, story, ask, leg, view, run } = await withWei(house);
    await ask('call:transfer');
    house.phones.last.rings();
    await run();
    happens(house);
    await house.clock.run(21_000);
    expect(call.joined).toBe(leg);
    expect(view()).toMatchObject({ state: 'talking', askFailed: { name: '林薇', purpose: 'transfer', cause }, parties: [] });
    expect(stateOf(house, wei)).toBe('idle');
    expect(stateOf(house, lena)).toBe('engaged');
    call.callerHangsUp();
    await over(house, story);
  });

  it('who cannot be asked now is not rung, and the customer notices nothing', async () => {
    const house = newHouse();
    const { call, ask, leg } = await withWei(house);
    await house.desk.setPresence(wei, { presence: 'loggedOut' });
    expect(await ask('call:transfer')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(call.joined).toBe(leg);
    expect(await ask('call:transfer', { kind: 'agent', agentId: 'nobody' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('is found by the extension, too', async () => {
    const house = newHouse();
    const { ask } = await withWei(house);
    await ask('call:transfer', { kind: 'extension', extension: '6013' });
    expect(house.phones.last.request.extension).toBe('6013');
  });

  it('goes on ringing when the agent hangs up, and is theirs who answers', async () => {
    const house = newHouse();
    const { call, story, ask, answers, leg, run } = await withWei(house);
    await ask('call:transfer');
    leg.vanish('hungUp');
    await run();
    expect(call.end).toBeNull();
    expect(stateOf(house, lena)).toBe('wrappingUp');
    const weis = await answers();
    expect(call.joined).toBe(weis);
    call.callerHangsUp();
    await over(house, story);
  });

  it('stands at the front of its queue when the agent has hung up and nobody answers', async () => {
    const house = newHouse();
    const { call, story, ask, leg, run } = await withWei(house);
    await ask('call:transfer');
    leg.vanish('hungUp');
    await run();
    house.phones.last.fails('rejected');
    await house.clock.run(1_000);
    expect(call.end).toBeNull();
    expect(call.heard.at(-1)).toBe('music');
    expect(house.types()).toContain('workItem:queued');
    call.callerHangsUp();
    await over(house, story);
    expect(ends(house)).toEqual(['transferred', 'abandoned']);
  });

  it('stops ringing when the customer leaves', async () => {
    const house = newHouse();
    const { call, story, ask } = await withWei(house);
    await ask('call:transfer');
    house.phones.last.rings();
    call.callerHangsUp();
    await house.clock.run(10);
    expect(house.phones.last.released).toBe('callerLeft');
    expect(stateOf(house, wei)).toBe('idle');
    await over(house, story);
  });

  it('is not everybody’s to give', async () => {
    const house = newHouse();
    const { interactionId } = await withWei(house);
    const answer = await house.features['call:transfer'](as(wei), { interactionId, to: { kind: 'agent', agentId: lena }, ...words });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a call that is given to a queue', () => {
  it('stands before all who wait there, with the time it has waited, and the agent wraps up', async () => {
    const house = newHouse();
    const talking = await callTalking(house);
    const other = await callInQueue(house, { number: '+447700900199', presentedName: null });
    await house.clock.run(5_000);
    const { interactionId } = talking;
    const toQueue = { interactionId, to: { kind: 'queue', queueId: 'billing' }, ...words } as const;
    expect(await house.features['call:transfer'](as(lena), toQueue)).toMatchObject({ ok: true });
    await house.clock.run(10);
    expect(talking.call.heard.at(-1)).toBe('music');
    expect(stateOf(house, lena)).toBe('wrappingUp');
    await house.ready(wei, '6013');
    await house.clock.run(10);
    const offer = house.desktops.of('reservation:offered', wei).at(-1);
    expect(offer?.pop).toMatchObject({ transfer: { fromName: 'Lena Hartmann', ...words } });
    house.phones.last.answers();
    await house.clock.run(10);
    expect(talking.call.joined).toBe(house.phones.last);
    talking.call.callerHangsUp();
    other.call.callerHangsUp();
    await over(
      house,
      Promise.all([talking.story, other.story]).then(() => undefined),
    );
  });

  it('that is closed stays where it is', async () => {
    const house = newHouse();
    const { call, ask, leg } = await withWei(house);
    house.routing.tell({ type: 'queue:hours', queueId: asId('billing'), isOpen: false });
    expect(await ask('call:transfer', { kind: 'queue', queueId: 'billing' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(call.joined).toBe(leg);
  });
});

describe('a colleague who is asked first', () => {
  it('speaks with the agent while the customer hears music, and with the customer in turn', async () => {
    const house = newHouse();
    const { call, ask, answers, does, view, leg } = await withWei(house);
    await ask('call:consult');
    expect(call.played).toEqual([`${leg.partyId} ringback`]);
    const weis = await answers();
    expect([...call.hearing].sort()).toEqual([`${leg.partyId} < ${weis.partyId}`, `${weis.partyId} < ${leg.partyId}`].sort());
    expect(view()).toMatchObject({ state: 'held', parties: [{ name: '林薇', state: 'aside' }] });
    expect(house.desktops.of('interaction:assigned', wei)[0]).toMatchObject({ pop: { transfer: { kind: 'consult', ...words } } });

    await does('call:swap');
    expect(call.joined).toBe(leg);
    expect(call.played.at(-1)).toBe(`${weis.partyId} music`);
    expect(view()).toMatchObject({ state: 'talking', parties: [{ state: 'held' }] });
    await does('call:swap');
    expect(call.joined).toBeNull();
    expect(call.heard.at(-1)).toBe('music');
  });

  it('sees whom they advise, whether the customer hears them, and that the call is theirs once it is', async () => {
    const house = newHouse();
    const { call, story, ask, answers, does, leg } = await withWei(house);
    const seen = () => house.desktops.of('call:changed', wei).at(-1);
    await ask('call:consult');
    await answers();
    expect(house.desktops.of('interaction:assigned', wei)[0]?.call).toMatchObject({
      advising: { name: 'Lena Hartmann', withCustomer: false },
    });
    await does('call:conference');
    expect(seen()?.advising).toEqual({ name: 'Lena Hartmann', withCustomer: true });
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(seen()?.advising).toBeUndefined();
    call.callerHangsUp();
    await over(house, story);
  });

  it('has the customer when the agent completes it', async () => {
    const house = newHouse();
    const { call, story, ask, answers, does } = await withWei(house);
    await ask('call:consult');
    const weis = await answers();
    expect(await does('call:complete-transfer')).toMatchObject({ ok: true });
    expect(call.joined).toBe(weis);
    expect([stateOf(house, lena), stateOf(house, wei)]).toEqual(['wrappingUp', 'engaged']);
    expect(house.desktops.of('call:changed', wei).at(-1)?.advising).toBeUndefined();
    call.callerHangsUp();
    await over(house, story);
  });

  it('goes when the agent cancels, and the agent takes the customer back', async () => {
    const house = newHouse();
    const { call, story, ask, answers, does, interactionId, leg, view } = await withWei(house);
    await ask('call:consult');
    const weis = await answers();
    await does('call:cancel-consult');
    expect(weis.released).toBe('ended');
    expect(stateOf(house, wei)).toBe('idle');
    expect(house.desktops.of('interaction:completed', wei)).toHaveLength(1);
    expect(view()).toMatchObject({ state: 'held', parties: [] });
    await house.desk.resumeCall(lena, { interactionId });
    expect(call.joined).toBe(leg);
    call.callerHangsUp();
    await over(house, story);
  });

  it('and hangs up leaves the customer with music and the agent told', async () => {
    const house = newHouse();
    const { call, story, ask, answers, view } = await withWei(house);
    await ask('call:consult');
    (await answers()).vanish('hungUp');
    await house.clock.run(10);
    expect(view()).toMatchObject({ state: 'held', askFailed: { cause: 'left' } });
    expect(call.hearing.size).toBe(0);
    expect(stateOf(house, wei)).toBe('idle');
    call.callerHangsUp();
    await over(house, story);
  });

  it('has the customer when the agent hangs up while they speak', async () => {
    const house = newHouse();
    const { call, story, ask, answers, leg } = await withWei(house);
    await ask('call:consult');
    const weis = await answers();
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(call.joined).toBe(weis);
    expect(stateOf(house, wei)).toBe('engaged');
    call.callerHangsUp();
    await over(house, story);
  });

  it('is one at a time', async () => {
    const house = newHouse();
    const { ask } = await withWei(house);
    await ask('call:consult');
    expect(await ask('call:consult', outside)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('somebody outside', () => {
  it('has the customer when they answer, and whoever hangs up ends it', async () => {
    const house = newHouse();
    const { call, story, ask } = await withWei(house);
    await ask('call:transfer', outside);
    const [bank] = call.outside;
    bank?.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(bank);
    expect(stateOf(house, lena)).toBe('wrappingUp');
    bank?.vanish('hungUp');
    await over(house, story);
    expect(ends(house)).toEqual(['transferred', 'hungUp']);
  });

  it('hears the keys of the customer, who was handed on while the recording was paused', async () => {
    const house = newHouse();
    house.recordedQueue.as = { mode: 'always', announcement: null };
    const { call, interactionId, ask, run } = await withWei(house);
    await house.desk.pauseRecording(lena, { interactionId });
    await ask('call:transfer', outside);
    expect(call.masks).toEqual([true]);
    call.outside[0]?.answers();
    await run();
    expect(call.masks).toEqual([true, false]);
    expect(call.recordings.map(({ asked }) => asked)).toEqual([['started', 'paused', 'stopped']]);
  });

  it.each(['rejected', 'deviceUnreachable'] as const)('who is %s leaves the customer with the agent', async (failure) => {
    const house = newHouse();
    const { call, story, ask, leg, view } = await withWei(house);
    await ask('call:transfer', outside);
    call.outside[0]?.fails(failure);
    await house.clock.run(10);
    expect(call.joined).toBe(leg);
    expect(view()).toMatchObject({ askFailed: { cause: failure } });
    call.callerHangsUp();
    await over(house, story);
  });

  it('is given up after a while', async () => {
    const house = newHouse();
    const { call, ask, leg, view } = await withWei(house);
    await ask('call:transfer', outside);
    await house.clock.run(45_000);
    expect(call.outside[0]?.released).toBe('noAnswer');
    expect(call.joined).toBe(leg);
    expect(view()).toMatchObject({ askFailed: { cause: 'noAnswer' } });
  });

  it('is not called where the rules bar the number', async () => {
    const house = newHouse();
    const { call, ask, leg } = await withWei(house);
    expect(await ask('call:transfer', { kind: 'outside', number: '900123' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(call.outside).toEqual([]);
    expect(call.joined).toBe(leg);
  });
});

describe('a conference', () => {
  it('lets all hear each other, and goes on when the agent who called it leaves', async () => {
    const house = newHouse();
    const { call, story, ask, answers, does, leg, view } = await withWei(house);
    await ask('call:consult');
    const weis = await answers();
    await does('call:conference');
    expect(call.hearing.size).toBe(6);
    expect(view()).toMatchObject({ state: 'talking', parties: [{ state: 'talking' }] });
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect([...call.hearing].sort()).toEqual([`${weis.partyId} < customer`, `customer < ${weis.partyId}`].sort());
    expect(stateOf(house, wei)).toBe('engaged');
    call.callerHangsUp();
    await over(house, story);
  });

  it('takes another in, whom the agent speaks to first while the others go on', async () => {
    const house = newHouse();
    const { call, story, ask, answers, does, leg } = await withWei(house);
    await ask('call:consult');
    const weis = await answers();
    await does('call:conference');
    await ask('call:consult', outside);
    expect([...call.hearing].sort()).toEqual([`${weis.partyId} < customer`, `customer < ${weis.partyId}`].sort());
    call.outside[0]?.answers();
    await house.clock.run(10);
    await does('call:conference');
    expect(call.hearing.size).toBe(12);
    expect(call.hearing.has(`${call.outside[0]?.partyId} < ${leg.partyId}`)).toBe(true);
    call.callerHangsUp();
    await over(house, story);
  });

  it('with somebody outside ends when the last of us leaves', async () => {
    const house = newHouse();
    const { call, story, ask, does, leg } = await withWei(house);
    await ask('call:consult', outside);
    call.outside[0]?.answers();
    await house.clock.run(10);
    await does('call:conference');
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(call.end).toMatchObject({ by: 'agent' });
    expect(call.outside[0]?.released).toBe('ended');
    await over(house, story);
  });
});

describe('the transfer key of a phone', () => {
  it('gives the call to the extension that is dialled, and hears how it went', async () => {
    const house = newHouse();
    const { call, story, answers, leg, run } = await withWei(house);
    const done = leg.refers('6013');
    await run();
    const weis = await answers();
    expect(await done).toBe(true);
    expect(call.joined).toBe(weis);
    call.callerHangsUp();
    await over(house, story);
  });

  it('leaves the customer with the agent when nobody is there', async () => {
    const house = newHouse();
    const { call, leg, run } = await withWei(house);
    const refused = leg.refers('6013');
    await run();
    house.phones.last.fails('rejected');
    await run();
    expect(await refused).toBe(false);
    expect(await leg.refers('900123')).toBe(false);
    expect(call.joined).toBe(leg);
  });
});

describe('somebody outside who is asked in', () => {
  it.each(['call:consult', 'call:transfer'] as const)(
    'is heard by the agent alone before they answer, in place of our ringback (%s)',
    async (what) => {
      const house = newHouse();
      const { call, story, ask, leg, run } = await withWei(house);
      await ask(what, outside);
      expect(call.played.at(-1)).toContain('ringback');
      const [asked] = call.outside;
      asked?.earlySound();
      await run();
      expect([...call.hearing]).toEqual([`${leg.partyId} < ${asked?.partyId}`]);
      asked?.answers();
      await run();
      const one = what === 'call:consult' ? leg.partyId : 'customer';
      expect([...call.hearing].sort()).toEqual([`${asked?.partyId} < ${one}`, `${one} < ${asked?.partyId}`].sort());
      call.callerHangsUp();
      await over(house, story);
    },
  );

  it('who does not answer after that leaves the agent as before', async () => {
    const house = newHouse();
    const { call, ask, leg, run } = await withWei(house);
    await ask('call:transfer', outside);
    call.outside[0]?.earlySound();
    await run();
    call.outside[0]?.fails('rejected');
    await run();
    expect([...call.hearing].sort()).toEqual([`${leg.partyId} < customer`, `customer < ${leg.partyId}`].sort());
  });
});

describe('the transfer key of a phone with two calls', () => {
  async function withTwo(house: House) {
    house.routing.tell({
      type: 'agent:configured',
      agentId: lena,
      settings: settingsOf({ billing: 4 }, { capacity: { voice: { max: 2, weight: 50, interrupts: [] } } }),
    });
    const first = await callTalking(house);
    const second = await callInQueue(house, { number: '+447700900199', presentedName: null });
    house.phones.last.answers();
    await house.clock.run(10);
    return { first, second };
  }

  it('brings the two customers together, and the agent is with neither', async () => {
    const house = newHouse();
    const { first, second } = await withTwo(house);
    const done = first.leg.refers('+447700900199', second.call);
    await house.clock.run(10);
    const [brought] = first.call.outside;
    expect(first.call.isPlaying).toBe(true);
    brought?.answers();
    await house.clock.run(10);
    expect(await done).toBe(true);
    expect([...first.call.hearing].sort()).toEqual([`${brought?.partyId} < customer`, `customer < ${brought?.partyId}`].sort());
    expect(second.call.end).toMatchObject({ by: 'agent', reason: 'transferred' });
    expect(ends(house).sort()).toEqual(['transferred', 'transferred']);
    expect(first.leg.released).toBe('ended');
    brought?.vanish('hungUp');
    await over(house, first.story);
    await second.story;
  });

  it('leaves both calls as they were when the other customer cannot be moved', async () => {
    const house = newHouse();
    const { first, second } = await withTwo(house);
    const done = first.leg.refers('+447700900199', second.call);
    await house.clock.run(10);
    first.call.outside[0]?.fails('deviceUnreachable');
    await house.clock.run(10);
    expect(await done).toBe(false);
    expect(first.call.joined).toBe(first.leg);
    expect(second.call.end).toBeNull();
  });

  it("does nothing about a call that is not this agent's", async () => {
    const house = newHouse();
    const { leg } = await callTalking(house);
    const { call: waiting } = await callInQueue(house, { number: '+447700900199', presentedName: null });
    expect(await leg.refers('+447700900199', waiting)).toBe(false);
    expect(waiting.end).toBeNull();
  });
});

describe('a second call', () => {
  it('puts the first on hold when it is answered, and a swap turns from one to the other', async () => {
    const house = newHouse();
    house.routing.tell({
      type: 'agent:configured',
      agentId: lena,
      settings: settingsOf({ billing: 4 }, { capacity: { voice: { max: 2, weight: 50, interrupts: [] } } }),
    });
    const first = await callTalking(house);
    const second = await callInQueue(house, { number: '+447700900199', presentedName: null });
    const leg = house.phones.last;
    leg.answers();
    await house.clock.run(10);
    expect([first.call.joined, second.call.joined]).toEqual([null, leg]);
    expect(first.call.isPlaying).toBe(true);

    await house.features['call:swap'](as(lena), { interactionId: first.interactionId });
    await house.clock.run(10);
    expect([first.call.joined, second.call.joined]).toEqual([first.leg, null]);
    expect(second.call.isPlaying).toBe(true);
    first.call.callerHangsUp();
    second.call.callerHangsUp();
    await over(
      house,
      Promise.all([first.story, second.story]).then(() => undefined),
    );
  });
});
