import { describe, expect, it } from 'vitest';
import { agentOf, itemOf, positionOf, restMs } from '../../../cti-bridge/acd/index.ts';
import { limits } from '../../../cti-bridge/flows/context.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { billing, callInQueue, lena, newHouse, wei } from './fakes.ts';

type House = ReturnType<typeof newHouse>;

const offering = (settings: Partial<QueueConfiguration> = {}): House => newHouse({ ...billing, callbackAfterSeconds: 60, ...settings });

/** Margaret has waited a minute, heard the offer and pressed 1. */
async function promised(house = offering()) {
  const { call, story } = await callInQueue(house);
  await house.clock.run(60_000);
  call.press('1');
  await house.clock.run(10);
  const workItemId = asId<WorkItemId>(house.events.find((event) => event.type === 'workItem:queued')?.workItemId ?? '');
  return { house, call, story, workItemId };
}

/** Lena has taken the item, and the customer's phone rings. */
async function dialled() {
  const all = await promised();
  await all.story;
  await all.house.ready(lena, '6012');
  all.house.phones.last.answers();
  await all.house.clock.run(10);
  const [customer] = all.house.customers.dialled;
  if (!customer) throw new Error('The customer was not called');
  return { ...all, customer };
}

const types = (house: House, interactionId: string | undefined) =>
  house.events.flatMap((event) => ('interactionId' in event && event.interactionId === interactionId ? event.type : []));
const outbound = (house: House) =>
  house.events.findLast((event) => event.type === 'interaction:received' && event.direction === 'outbound') as
    | { interactionId: string }
    | undefined;
const endsOf = (house: House) => house.events.flatMap((event) => (event.type === 'interaction:ended' ? [event.end] : []));
const worksOf = (house: House, agentId = lena) => agentOf(house.routing.state, agentId)?.works.map(({ state }) => state);

describe('a caller who waits long', () => {
  it('is offered to be called back, and keeps the place with key 1', async () => {
    const { house, call, story, workItemId } = await promised();
    await story;
    expect(call.heard.slice(-4)).toEqual(['music', 'en/callback-offer', 'music', 'en/callback-promised']);
    expect(endsOf(house)).toEqual([{ by: 'system', reason: 'callbackPromised', fault: 'caller' }]);
    expect(itemOf(house.routing.state, workItemId)).toMatchObject({ isCallback: true });
    expect(house.promises.states).toEqual(['pending']);
    const later = await callInQueue(house, { number: '+447700900143', presentedName: null });
    expect(positionOf(house.routing.state, workItemId)).toBe(1);
    expect(later.call.end).toBeNull();
  });

  it('is not asked before the time, and key 1 before it says nothing', async () => {
    const house = offering();
    const { call } = await callInQueue(house);
    await house.clock.run(59_000);
    call.press('1');
    await house.clock.run(900);
    expect(call.heard.at(-1)).toBe('music');
    expect(call.heard).not.toContain('en/callback-offer');
    expect(house.promises.states).toEqual([]);
  });

  it('is not offered it without a number to call, or where the queue does not', async () => {
    const house = offering();
    const anonymous = await callInQueue(house, { number: null, presentedName: null });
    await house.clock.run(120_000);
    expect(anonymous.call.heard.at(-1)).toBe('music');
    const other = newHouse();
    const { call } = await callInQueue(other);
    await other.clock.run(600_000);
    expect(call.heard.at(-1)).toBe('music');
  });

  it('goes on waiting when the promise cannot be stored', async () => {
    const house = offering();
    house.promises.failNext = true;
    const { call } = await callInQueue(house);
    await house.clock.run(60_000);
    call.press('1');
    await house.clock.run(10);
    expect(call.end).toBeNull();
    expect(call.heard.at(-1)).toBe('music');
    expect(house.routing.state.items).not.toBeNull();
    call.press('1');
    await house.clock.run(10);
    expect(call.heard.at(-1)).toBe('en/callback-promised');
  });

  it('talks to the agent who is there before the promise is on disk, and is not called besides', async () => {
    const house = offering();
    const { call } = await callInQueue(house);
    await house.clock.run(60_000);
    const disk = Promise.withResolvers<void>();
    house.promises.gate = disk.promise;
    call.press('1');
    await house.ready(lena, '6012');
    house.phones.last.answers();
    await house.clock.run(10);
    disk.resolve();
    await house.clock.run(10);
    expect(call.joined).not.toBeNull();
    expect(house.promises.states).toEqual(['canceled']);
    expect(house.callbacks.count).toBe(0);
  });

  it('is called back where a full queue says so, without being asked', async () => {
    const house = newHouse({ ...billing, maxWaiting: 1, whenFull: { to: 'callback' } });
    await callInQueue(house);
    const second = await callInQueue(house, { number: '+447700900143', presentedName: null });
    await second.story;
    expect(second.call.heard.at(-1)).toBe('en/callback-promised');
    expect(house.callbacks.count).toBe(1);
    const anonymous = await callInQueue(house, { number: null, presentedName: null });
    await anonymous.story;
    expect(anonymous.call.heard.at(-1)).toBe('zh/queue-full');
    expect(house.callbacks.count).toBe(1);
  });
});

describe('a call back', () => {
  it('rings at an agent with the customer’s record, who is dialled when it is answered, and then it is a call like any other', async () => {
    const { house, customer, call, story } = await dialled();
    await story;
    const [offer] = house.desktops.of('reservation:offered', lena);
    expect(offer?.pop).toMatchObject({ callback: { attempt: 1 }, match: { kind: 'certain', contact: { name: 'Margaret Okafor' } } });
    expect(customer.caller.number).toBe(call.caller.number);
    expect(house.desktops.of('interaction:assigned', lena)[0]?.call.state).toBe('connecting');
    expect(customer.joined).toBeNull();
    customer.customerAnswers();
    await house.clock.run(10);
    expect(customer.joined).not.toBeNull();
    expect(house.promises.states).toEqual(['reached']);
    customer.callerHangsUp();
    await house.clock.run(10);
    const interactionId = outbound(house)?.interactionId ?? '';
    await house.desk.completeInteraction(lena, { interactionId, dispositionCode: 'billing.explained', note: '', then: 'available' });
    await house.clock.run(10);
    expect(types(house, interactionId)).toEqual([
      ...['reservation:offered', 'pop:delivered', 'interaction:received', 'workItem:calledBack', 'interaction:answered'],
      ...['interaction:ended', 'wrapUp:started', 'interaction:completed'],
    ]);
    expect(house.live.count).toBe(0);
    expect(house.routing.state.items).toBeNull();
    expect(worksOf(house)).toEqual([]);
    expect(house.errors).toEqual([]);
  });

  it('is tried once more, in front, when nobody answers, and then no more', async () => {
    const { house, customer, workItemId } = await dialled();
    await house.clock.run(limits.callbackRing);
    expect(customer.end).toMatchObject({ reason: 'notReached' });
    expect(house.phones.last.released).toBe('ended');
    expect(house.desktops.of('call:changed', lena).at(-1)).toMatchObject({ state: 'ended', end: { reason: 'notReached' } });
    expect(house.desktops.of('interaction:completed', lena)).toHaveLength(1);
    expect(worksOf(house)).toEqual([]);

    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    await callInQueue(house, { number: '+447700900143', presentedName: null });
    await house.clock.run(limits.callbackRetry);
    expect(positionOf(house.routing.state, workItemId)).toBe(1);
    await house.clock.run(restMs);
    await house.desk.setPresence(lena, { presence: 'available' });
    await house.clock.run(10);
    expect(house.desktops.of('reservation:offered', lena).at(-1)?.pop.callback).toMatchObject({ attempt: 2 });
    house.phones.last.answers();
    await house.clock.run(10);
    house.customers.dialled.at(-1)?.customerIsBusy();
    await house.clock.run(10);
    expect(house.promises.states).toEqual(['notReached']);
    await house.clock.run(3_600_000);
    expect(house.customers.dialled).toHaveLength(2);
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'workItem:canceled', why: 'notReached' }));
    expect(house.errors).toEqual([]);
  });

  it('goes to the next agent when the first does not answer, without calling the customer', async () => {
    const { house, story } = await promised();
    await story;
    await house.ready(lena, '6012');
    await house.clock.run(1_000);
    await house.ready(wei, '6013');
    house.phones.last.fails('rejected');
    await house.clock.run(10);
    expect(house.phones.legs.map((leg) => leg.request.extension)).toEqual(['6012', '6013']);
    expect(house.customers.dialled).toEqual([]);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(house.customers.dialled).toHaveLength(1);
  });

  it('given up by the agent before the customer answers is ended, and tried again', async () => {
    const { house, customer } = await dialled();
    house.phones.last.vanish('hungUp');
    await house.clock.run(10);
    expect(customer.end).toMatchObject({ by: 'agent', reason: 'hungUp' });
    expect(worksOf(house)).toEqual([]);
    await house.clock.run(limits.callbackRetry + restMs);
    expect(house.phones.legs).toHaveLength(2);
  });

  it('is the same work for a supervisor, who finds it by the call in which it was promised', async () => {
    const { house } = await dialled();
    const first = house.events.find((event) => event.type === 'interaction:received');
    const interactionId = first && 'interactionId' in first ? first.interactionId : '';
    expect(house.live.find(interactionId)?.callback).toMatchObject({ attempt: 1 });
  });

  it('waits a little when no media can be had for it, and keeps its place', async () => {
    const { house, story } = await promised();
    await story;
    house.customers.hasMedia = false;
    await house.ready(lena, '6012');
    expect(house.phones.legs).toEqual([]);
    expect(agentOf(house.routing.state, lena)?.presence).toBe('available');
    house.customers.hasMedia = true;
    await house.clock.run(limits.callbackNoMedia + restMs);
    expect(house.phones.legs).toHaveLength(1);
  });
});

describe('a supervisor', () => {
  it('lets go of somebody who waits to be called, for good', async () => {
    const { house, story, workItemId } = await promised();
    await story;
    expect(house.callbacks.cancel(workItemId)).toBe(true);
    expect(house.callbacks.cancel(workItemId)).toBe(false);
    expect(house.promises.states).toEqual(['canceled']);
    expect(itemOf(house.routing.state, workItemId)).toBeNull();
  });
});

describe('never two calls', () => {
  it('a caller who rings again cancels the call they wait for, also while it rings at an agent', async () => {
    const { house, story } = await promised();
    await story;
    await house.ready(lena, '6012');
    expect(house.phones.legs).toHaveLength(1);
    const { call } = await callInQueue(house, { number: '+44 7700 900142', presentedName: null });
    expect(house.promises.states).toEqual(['calledAgain']);
    expect(house.phones.legs[0]?.released).toBe('callerLeft');
    expect(house.callbacks.count).toBe(0);
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'workItem:canceled', why: 'calledAgain' }));
    // And is offered as the call that they are in now.
    expect(house.desktops.of('reservation:offered', lena).at(-1)?.pop.callback).toBeNull();
    expect(call.end).toBeNull();
    expect(house.customers.dialled).toEqual([]);
  });

  it('somebody else who rings cancels nothing', async () => {
    const { house, story } = await promised();
    await story;
    await callInQueue(house, { number: '+447700900143', presentedName: null });
    expect(house.promises.states).toEqual(['pending']);
  });
});

describe('after a restart', () => {
  it('whom we owe a call waits again in the order of before, in front of anybody new, also where the queue is closed', async () => {
    const before = await promised();
    const second = await callInQueue(before.house, { number: '+447700900143', presentedName: null });
    await before.house.clock.run(60_000);
    second.call.press('1');
    await before.house.clock.run(10);
    await Promise.all([before.story, second.story]);
    expect(before.house.promises.states).toEqual(['pending', 'pending']);

    const house = offering({ maxWaiting: 5 });
    for (const [id, row] of before.house.promises.rows) house.promises.rows.set(id, row);
    expect(await house.callbacks.resume()).toBe(2);
    house.routing.tell({ type: 'queue:hours', queueId: asId<QueueId>('billing'), isOpen: false });
    await house.ready(lena, '6012');
    expect(house.phones.legs).toEqual([]);
    house.routing.tell({ type: 'queue:hours', queueId: asId<QueueId>('billing'), isOpen: true });
    await house.clock.run(10);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop.callback).toMatchObject({ attempt: 1 });
    expect(house.desktops.of('pop:updated', lena)[0]?.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
    house.phones.last.answers();
    await house.clock.run(10);
    expect(house.customers.dialled.map(({ caller }) => caller.number)).toEqual(['+447700900142']);
  });

  it('an attempt that the crash cut off counts: nobody is called a third time', async () => {
    const { house, workItemId } = await dialled();
    const restarted = offering();
    const row = house.promises.rows.get(workItemId);
    if (row) restarted.promises.rows.set(workItemId, { ...row, attempts: limits.callbackAttempts });
    expect(await restarted.callbacks.resume()).toBe(0);
    expect(restarted.promises.states).toEqual(['notReached']);
  });

  it('a promise whose queue is gone is given up, and said so', async () => {
    const { house, story } = await promised();
    await story;
    const restarted = newHouse({ ...billing, id: 'other' });
    for (const [id, row] of house.promises.rows) restarted.promises.rows.set(id, row);
    await restarted.callbacks.resume();
    expect(restarted.promises.states).toEqual(['canceled']);
  });
});

describe('a drain', () => {
  it('while the customer’s phone rings ends the call and keeps the promise for the next start', async () => {
    const { house, customer } = await dialled();
    await house.scope.end('shutdown');
    await house.callbacks.settled();
    expect(customer.end).toMatchObject({ reason: 'shutdown' });
    expect(house.promises.states).toEqual(['pending']);
    expect(house.errors).toEqual([]);
  });
});
