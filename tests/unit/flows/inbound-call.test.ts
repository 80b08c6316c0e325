import { describe, expect, it } from 'vitest';
import { agentOf } from '../../../cti-bridge/acd/index.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import { recover } from '../../../cti-bridge/flows/recover.ts';
import { type InteractionEvent, mainPathSteps, stepOf } from '../../../cti-bridge/interactions/index.ts';
import type { Flow } from '../../../cti-bridge/ivr/index.ts';
import { silentLog } from '../../../cti-bridge/kernel/index.ts';
import { asId, type InteractionId } from '../../../shared/ids.ts';
import { flowOf } from '../ivr/flows.ts';
import { billing, callInQueue, callTalking, FakeCall, lena, margaret, newHouse, users, wei } from './fakes.ts';
import { lenaAsks } from './supervision-house.ts';

type House = ReturnType<typeof newHouse>;

/** Nothing may be left of a story that is over. */
function expectNothingLeft(house: House) {
  expect(house.live.count).toBe(0);
  expect(house.errors).toEqual([]);
  expect(house.routing.state.items).toBeNull();
  expect(house.routing.state.reservations).toBeNull();
}

const endOf = (house: House) => house.events.find((event) => event.type === 'interaction:ended')?.end;
const offersEnded = (house: House) => house.events.filter((event) => event.type === 'reservation:ended');

describe('inbound call', () => {
  it('walks the ten steps in their order', async () => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    call.soundFlows();
    await house.clock.run(10);
    call.callerHangsUp();
    await house.clock.run(10);
    await house.desk.completeInteraction(lena, {
      interactionId,
      dispositionCode: 'billing.explained',
      note: 'Explained.',
      then: 'available',
    });
    await story;

    const steps = house.events.flatMap((event) => stepOf(event.type) ?? []);
    expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual([...mainPathSteps]);
    expect(call.heard).toEqual(['answered', 'en/welcome', 'en/menu-main']);
    expect(house.interactions.completed).toMatchObject([
      { dispositionCode: 'billing.explained', note: 'Explained.', isAutomatic: false, contactId: margaret.contactId },
    ]);
    expect(endOf(house)).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    expectNothingLeft(house);
  });

  it('shows the record with the offer, before the phone is answered', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await callInQueue(house);
    const [offer] = house.desktops.of('reservation:offered', lena);
    expect(offer?.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
    expect(offer?.pop.path.map((entry) => entry.code)).toEqual(['dialled', 'recognised', 'language', 'pressed', 'queued', 'rings']);
    expect(house.phones.last.request).toMatchObject({ extension: '6012', callerDisplay: 'Margaret Okafor' });
  });

  it('refuses an unknown number with 404 and asks nobody', async () => {
    const house = newHouse();
    const call = new FakeCall(house.clock, '4711');
    await inboundCall(call, house.context);
    expect(call.refusedWith).toBe(404);
    expect(house.types()).toEqual(['interaction:received', 'interaction:ended']);
    expectNothingLeft(house);
  });

  it('rings no agent before the caller has acknowledged our answer', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    const { promise, resolve } = Promise.withResolvers<void>();
    call.acknowledged = promise;
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('1');
    await house.clock.run(100);
    expect(house.types()).toContain('reservation:offered');
    expect([house.phones.legs, house.desktops.of('reservation:offered', lena)]).toEqual([[], []]);
    resolve();
    await house.clock.run(10);
    expect(house.phones.legs).toHaveLength(1);
    call.callerHangsUp();
    await story;
    expectNothingLeft(house);
  });

  it('rings nobody at all for a caller who never acknowledges', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    call.acknowledged = call.ended.then(() => {});
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('1');
    await house.clock.run(10);
    call.finish({ by: 'system', reason: 'peerLost', fault: 'upstream' });
    await story;
    expect([house.phones.legs, house.desktops.of('reservation:offered', lena)]).toEqual([[], []]);
    expectNothingLeft(house);
  });

  it('counts a caller who leaves in the menu as abandoned', async () => {
    const house = newHouse();
    const call = new FakeCall(house.clock);
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.callerHangsUp();
    await story;
    expect(endOf(house)).toEqual({ by: 'caller', reason: 'abandoned', fault: 'caller' });
    expect(house.types()).not.toContain('workItem:queued');
    expectNothingLeft(house);
  });

  it('lets the flow end the call', async () => {
    const house = newHouse();
    const call = new FakeCall(house.clock);
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('7');
    await story;
    expect(call.heard.at(-1)).toBe('en/goodbye');
    expect(endOf(house)?.reason).toBe('completedInIvr');
    expectNothingLeft(house);
  });

  it('plays music while nobody is free and rings the first who becomes available', async () => {
    const house = newHouse();
    const { call } = await callInQueue(house);
    await house.clock.run(60_000);
    expect(call.heard.at(-1)).toBe('music');
    expect(house.phones.legs).toHaveLength(0);
    await house.ready(wei, '6013');
    await house.clock.run(10);
    expect(house.phones.last.request.extension).toBe('6013');
  });

  it('stops ringing at once when the caller leaves, and does not blame the agent', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const { call, story } = await callInQueue(house);
    house.phones.last.rings();
    call.callerHangsUp();
    await story;
    expect(house.phones.last.released).toBe('callerLeft');
    expect(offersEnded(house)).toMatchObject([{ cause: 'callerLeft', countsAgainstAgent: false }]);
    expect(house.desktops.of('reservation:ended', lena)).toMatchObject([{ cause: 'callerLeft' }]);
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
    expectNothingLeft(house);
  });

  it('joins nobody to an empty call when the answer and the caller’s leaving cross', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const { call, story } = await callInQueue(house);
    house.phones.last.answers();
    call.callerHangsUp();
    await story;
    expect(call.joined).toBeNull();
    expect(house.types()).not.toContain('interaction:answered');
    expect(house.phones.last.released).toBe('callerLeft');
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
    expectNothingLeft(house);
  });

  it('takes the offer back when the desktop does not acknowledge the pop in two seconds, and asks the next agent', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await house.clock.run(1_000);
    await house.ready(wei, '6013');
    house.desktops.onOffer = (agentId, offer) => {
      if (agentId === wei) void house.desk.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
    };
    await callInQueue(house);
    house.phones.last.rings();
    await house.clock.run(2_000);
    expect(offersEnded(house)).toMatchObject([{ agentId: lena, cause: 'deviceUnreachable', countsAgainstAgent: false }]);
    expect(house.phones.legs.map((leg) => leg.request.extension)).toEqual(['6012', '6013']);
    expect(house.phones.legs[0]?.released).toBe('rescinded');
  });

  it('takes the offer back when the phone does not ring within three seconds', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await callInQueue(house);
    await house.clock.run(3_000);
    expect(offersEnded(house)).toMatchObject([{ cause: 'deviceUnreachable', countsAgainstAgent: false }]);
  });

  it('ends an unanswered offer with the lease, and counts it against the agent', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await callInQueue(house);
    house.phones.last.rings();
    await house.clock.run(20_000);
    expect(offersEnded(house)).toMatchObject([{ cause: 'noAnswer', countsAgainstAgent: true }]);
    expect(house.phones.legs[0]?.released).toBe('noAnswer');
  });

  it('keeps an acceptance that came in time, however long the sound takes; and returns the caller to the front when it never comes', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const { call } = await callInQueue(house);
    await house.clock.run(1_000);
    await house.ready(wei, '6013');
    const leg = house.phones.last;
    leg.rings();
    await house.clock.run(18_900);
    leg.accepts();
    await house.clock.run(1_000);
    expect(offersEnded(house)).toEqual([]);
    expect(call.joined).toBeNull();
    leg.fails('mediaFailed');
    await house.clock.run(10);
    expect(offersEnded(house)).toMatchObject([{ agentId: lena, cause: 'mediaFailed', countsAgainstAgent: false }]);
    expect(house.phones.last.request.extension).toBe('6013');
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
  });

  it('offers a rejected call to the next agent', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await house.clock.run(1_000);
    await house.ready(wei, '6013');
    await callInQueue(house);
    const [offer] = house.desktops.of('reservation:offered', lena);
    await house.desk.rejectReservation(lena, { reservationId: offer?.reservationId ?? '' });
    await house.clock.run(10);
    expect(offersEnded(house)).toMatchObject([{ agentId: lena, cause: 'rejected', countsAgainstAgent: true }]);
    expect(house.phones.last.request.extension).toBe('6013');
  });

  it('lets only the agent who is offered the call reject it', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await callInQueue(house);
    const [offer] = house.desktops.of('reservation:offered', lena);
    const refused = await house.desk.rejectReservation(wei, { reservationId: offer?.reservationId ?? '' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(offersEnded(house)).toEqual([]);
  });

  it('records how long the pop took, once', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    house.desktops.onOffer = null;
    await callInQueue(house);
    await house.clock.run(30);
    const [offer] = house.desktops.of('reservation:offered', lena);
    const pop = { reservationId: offer?.reservationId ?? '', popId: offer?.pop.popId ?? '' };
    await house.desk.popDelivered(lena, pop);
    await house.desk.popDelivered(lena, pop);
    await house.desk.popPainted(lena, pop);
    await house.clock.run(0);
    expect(house.events.filter((event) => event.type === 'pop:delivered')).toMatchObject([{ sinceOfferMs: 40, sinceReceivedMs: 50 }]);
    expect(house.types().filter((type) => type === 'pop:painted')).toHaveLength(1);
  });
});

describe('a slow or broken record', () => {
  it('never delays the menu longer than a quarter of a second, and corrects the pop when it arrives', async () => {
    const house = newHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.contacts.gate = promise;
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    void inboundCall(call, house.context);
    await house.clock.run(249);
    expect(call.heard).toEqual([]);
    await house.clock.run(10);
    expect(call.heard[0]).toBe('answered');
    call.press('1');
    await house.clock.run(10);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop.match.kind).toBe('unknown');
    resolve();
    await house.clock.run(10);
    expect(house.desktops.of('pop:updated', lena)[0]?.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
  });

  it('lets the call go on as unknown when the store fails', async () => {
    const house = newHouse();
    const { promise, reject } = Promise.withResolvers<void>();
    house.contacts.gate = promise;
    reject(new Error('disk'));
    await expect(promise).rejects.toThrow('disk');
    await house.ready(lena, '6012');
    await callInQueue(house);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop.match.kind).toBe('unknown');
    expect(house.errors).toEqual([]);
  });

  it('has a pop for several candidates, and links the one the agent chooses', async () => {
    const house = newHouse();
    house.contacts.found = [margaret, { ...margaret, contactId: 'c-tomasz', name: 'Tomasz Zielinski' }];
    const { interactionId } = await callTalking(house);
    expect(house.desktops.of('interaction:assigned')[0]?.pop.match).toMatchObject({
      kind: 'candidates',
      candidates: [{ name: 'Margaret Okafor' }, { name: 'Tomasz Zielinski' }],
    });
    const chosen = await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-tomasz' });
    expect(chosen).toMatchObject({
      ok: true,
      value: { match: { kind: 'certain', reason: 'chosenByAgent', contact: { name: 'Tomasz Zielinski' } } },
    });
    expect(house.contacts.linked).toEqual([`${interactionId} c-tomasz`]);
  });

  it('has a pop for an anonymous caller', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await callInQueue(house, { number: null, presentedName: null });
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({
      match: { kind: 'anonymous' },
      caller: { number: null },
    });
  });
});

describe('talking', () => {
  it('puts the caller on hold with music and takes them back', async () => {
    const house = newHouse();
    const { call, leg, interactionId } = await callTalking(house);
    expect(call.joined).toBe(leg);
    const held = await house.desk.holdCall(lena, { interactionId });
    expect(held).toMatchObject({ ok: true, value: { state: 'held' } });
    expect(call.joined).toBeNull();
    expect(call.heard.at(-1)).toBe('music');
    const resumed = await house.desk.resumeCall(lena, { interactionId });
    expect(resumed).toMatchObject({ ok: true, value: { state: 'talking', heldSince: null } });
    expect(call.joined).toBe(leg);
    expect(house.types().filter((type) => type.startsWith('call:'))).toEqual(['call:held', 'call:resumed']);
  });

  it('knows hold by the phone itself', async () => {
    const house = newHouse();
    const { call, leg } = await callTalking(house);
    leg.holds(true);
    await house.clock.run(0);
    expect(call.joined).toBeNull();
    leg.holds(false);
    await house.clock.run(0);
    expect(call.joined).toBe(leg);
  });

  it('passes the agent’s keys on to the caller’s side', async () => {
    const house = newHouse();
    const { call, leg } = await callTalking(house);
    leg.presses('5');
    expect(call.keysSent).toEqual(['5']);
  });

  it('says who hung up', async () => {
    const house = newHouse();
    const { call, leg } = await callTalking(house);
    leg.vanish('hungUp');
    await house.clock.run(10);
    expect(call.end).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
    expect(endOf(house)).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
  });

  it('keeps the customer with music while the agent’s phone is gone, and joins them again', async () => {
    const house = newHouse();
    const { call, leg, interactionId } = await callTalking(house);
    leg.vanish('lost');
    await house.clock.run(10);
    expect(call.heard.at(-1)).toBe('music');
    expect(house.desktops.of('call:changed', lena).at(-1)?.state).toBe('rejoining');
    await house.desk.rejoinCall(lena, { interactionId });
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
    expect(house.desktops.of('call:changed', lena).at(-1)?.state).toBe('talking');
    await house.clock.run(60_000);
    expect(call.end).toBeNull();
  });

  it('gives the customer to another agent, in front, when the first does not return in 45 seconds', async () => {
    const house = newHouse();
    const { call, leg } = await callTalking(house);
    house.phones.register('6012', false);
    leg.vanish('lost');
    await house.clock.run(44_000);
    expect(agentOf(house.routing.state, lena)?.works[0]?.state).toBe('engaged');
    await house.ready(wei, '6013');
    await house.clock.run(2_000);
    expect(house.phones.last.request.extension).toBe('6013');
    expect(house.desktops.of('interaction:completed', lena)).toHaveLength(1);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
  });

  it('gives the customer to another agent at once when the first signs out', async () => {
    const house = newHouse();
    const { call, leg } = await callTalking(house);
    await house.ready(wei, '6013');
    house.desk.desktopGone(lena, 'loggedOut');
    await house.clock.run(100);
    expect(leg.released).toBe('ended');
    expect(call.heard.at(-1)).toBe('music');
    expect(house.phones.last.request.extension).toBe('6013');
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).toBe(house.phones.last);
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'loggedOut', works: [] });
    expect(house.errors).toEqual([]);
  });
});

describe('wrap-up', () => {
  it('stores the default outcome when the server’s timer runs out, marked automatic, and keeps the draft', async () => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    await house.desk.saveDraft(lena, { interactionId, text: 'half a sentence', revision: 1 });
    call.callerHangsUp();
    await house.clock.run(90_000);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true, note: '' }]);
    expect(house.interactions.drafts.get(interactionId)?.text).toBe('half a sentence');
    expect(house.desktops.of('interaction:completed', lena)).toMatchObject([{ automatic: true }]);
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
    expectNothingLeft(house);
  });

  it('can be extended, but not for ever', async () => {
    const house = newHouse();
    const { call, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    const first = await house.desk.extendWrapUp(lena, { interactionId });
    expect(first).toMatchObject({ ok: true, value: { canExtend: true } });
    expect(await house.desk.extendWrapUp(lena, { interactionId })).toMatchObject({ ok: true, value: { canExtend: false } });
    expect(await house.desk.extendWrapUp(lena, { interactionId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await house.clock.run(149_000);
    expect(house.interactions.completed).toEqual([]);
    await house.clock.run(1_000);
    expect(house.interactions.completed).toHaveLength(1);
  });

  it('stays open when the store fails, so that the agent can try again', async () => {
    const house = newHouse();
    const { call, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    const finish = { interactionId, dispositionCode: 'billing.explained', note: 'x', then: 'available' } as const;
    house.interactions.failNext = true;
    expect(await house.desk.completeInteraction(lena, finish)).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
    expect(house.live.count).toBe(1);
    expect(await house.desk.completeInteraction(lena, finish)).toMatchObject({ ok: true });
    expect(house.interactions.completed).toHaveLength(1);
  });

  it('does one thing for a double click', async () => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    const finish = { interactionId, dispositionCode: 'billing.explained', note: 'x', then: 'notReady' } as const;
    await Promise.all([house.desk.completeInteraction(lena, finish), house.desk.completeInteraction(lena, finish)]);
    await story;
    expect(house.interactions.completed).toHaveLength(1);
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'notReady', notReadyReason: 'wrapUpEnded' });
  });

  it('accepts only outcomes that exist and have none below them', async () => {
    const house = newHouse();
    const { call, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    for (const dispositionCode of ['billing', 'nonsense']) {
      expect(await house.desk.completeInteraction(lena, { interactionId, dispositionCode, note: '', then: 'available' })).toMatchObject({
        ok: false,
        error: { code: 'bad_request' },
      });
    }
  });

  it('refuses an older draft than the stored one', async () => {
    const house = newHouse();
    const { interactionId } = await callTalking(house);
    await house.desk.saveDraft(lena, { interactionId, text: 'newer', revision: 2 });
    expect(await house.desk.saveDraft(lena, { interactionId, text: 'older', revision: 1 })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
  });
});

describe('agents', () => {
  it('are offered nothing while their desktop or their phone is gone', async () => {
    for (const lose of [
      (house: House) => house.desk.desktopGone(lena, 'connectionLost'),
      (house: House) => house.phones.register('6012', false),
    ]) {
      const house = newHouse();
      await house.ready(lena, '6012');
      lose(house);
      await house.clock.run(0);
      await callInQueue(house);
      expect(house.phones.legs).toHaveLength(0);
      expect(house.desktops.of('agent:changed', lena).at(-1)?.workState).toBe('notReachable');
    }
  });

  it('keep their presence through a short loss of the desktop', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    house.desk.desktopGone(lena, 'connectionLost');
    await house.clock.run(0);
    house.desk.desktopConnected(lena, house.clock.now());
    await house.clock.run(0);
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'available', isReachable: true });
  });

  it('start as not ready after signing in', async () => {
    const house = newHouse();
    house.phones.register('6012');
    house.desk.desktopConnected(lena, house.clock.now());
    await house.clock.run(0);
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'notReady', notReadyReason: 'signedIn' });
  });
});

describe('queue news', () => {
  it('are told to everybody at most ten times a second, the latest always', async () => {
    const house = newHouse();
    await house.clock.run(100);
    const before = house.desktops.of('queue:changed').length;
    await house.ready(lena, '6012');
    await callInQueue(house);
    await callInQueue(house);
    await house.clock.run(200);
    const told = house.desktops.of('queue:changed').slice(before);
    expect(told.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toMatchObject({ waiting: 2, agentsFree: 0 });
  });
});

describe('the end of the house', () => {
  it('hangs up every call when the bridge drains, and says that it was us', async () => {
    const house = newHouse();
    const { call, story } = await callTalking(house);
    await house.scope.end('shutdown');
    await story;
    house.routing.stop();
    expect(call.end).toEqual({ by: 'system', reason: 'shutdown', fault: 'ours' });
    expect(house.clock.pending).toBe(0);
  });

  it('closes once, after a crash, what the store still has open', async () => {
    const house = newHouse();
    house.interactions.open = [
      { interactionId: asId<InteractionId>('talking-then'), isEnded: false, agentId: lena, wrapUpEndsAt: null, storedDisposition: null },
      { interactionId: asId<InteractionId>('waiting-then'), isEnded: false, agentId: null, wrapUpEndsAt: null, storedDisposition: null },
      { interactionId: asId<InteractionId>('wrapping-then'), isEnded: true, agentId: lena, wrapUpEndsAt: 1, storedDisposition: null },
    ];
    await recover({
      interactions: house.interactions,
      ledger: house.ledger,
      recorder: house.context.recorder,
      clock: house.clock,
      log: silentLog,
      defaultDisposition: 'notCoded',
    });
    const told = (house.events as InteractionEvent[]).map((event) => `${event.interactionId} ${event.type}`);
    expect(told).toEqual([
      'talking-then interaction:ended',
      'talking-then interaction:completed',
      'waiting-then interaction:ended',
      'wrapping-then interaction:completed',
    ]);
    expect(house.interactions.completed.every((closing) => closing.isAutomatic)).toBe(true);
  });
});

describe('who it is', () => {
  const tomasz = { ...margaret, contactId: 'c-tomasz', name: 'Tomasz Zielinski' };

  it('can be chosen while it rings, and everybody at whom it rings sees it', async () => {
    const house = newHouse();
    house.contacts.found = [margaret, tomasz];
    await house.ready(lena, '6012');
    await callInQueue(house);
    const [offer] = house.desktops.of('reservation:offered', lena);
    const interactionId = offer?.interactionId ?? '';
    const chosen = await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-tomasz' });
    expect(chosen).toMatchObject({ ok: true, value: { match: { kind: 'certain', reason: 'chosenByAgent' } } });
    expect(house.desktops.of('pop:updated', lena)).toMatchObject([{ pop: { match: { contact: { name: 'Tomasz Zielinski' } } } }]);
    const { offers } = await house.desk.snapshot(lena);
    expect(offers).toMatchObject([{ pop: { match: { kind: 'certain', contact: { name: 'Tomasz Zielinski' } } } }]);
  });

  it('can be chosen once more in the wrap-up, when it was somebody else after all; not by another agent', async () => {
    const house = newHouse();
    house.contacts.found = [margaret, tomasz];
    const { call, interactionId } = await callTalking(house);
    await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-tomasz' });
    call.callerHangsUp();
    await house.clock.run(10);
    const weiAsks = { ...lenaAsks, agentId: wei };
    expect(await house.desk.chooseContact(weiAsks, { interactionId, contactId: 'c-margaret' })).toMatchObject({
      error: { code: 'not_found' },
    });
    await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-margaret' });
    await house.desk.completeInteraction(lena, { interactionId, dispositionCode: 'billing.explained', note: '', then: 'available' });
    expect(house.interactions.completed).toMatchObject([{ contactId: 'c-margaret' }]);
    expect(house.contacts.linked).toEqual([`${interactionId} c-tomasz`, `${interactionId} c-margaret`]);
  });

  it('is what the agent said, whatever the store finds later; and the number is taught all the same', async () => {
    const house = newHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.contacts.gate = promise;
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    void inboundCall(call, house.context);
    await house.clock.run(260);
    call.press('1');
    await house.clock.run(10);
    const interactionId = house.desktops.of('reservation:offered', lena)[0]?.interactionId ?? '';
    house.contacts.found = [margaret, tomasz];
    await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-tomasz' });
    house.contacts.found = [margaret];
    resolve();
    await house.clock.run(10);
    expect(house.contacts.taught).toEqual(['+447700900142']);
    expect(house.live.all()[0]?.contactId).toBe('c-tomasz');
    expect((await house.desk.snapshot(lena)).offers).toMatchObject([
      { pop: { match: { reason: 'chosenByAgent', contact: { name: 'Tomasz Zielinski' } } } },
    ]);
  });

  it('is chosen even where the number is certain, when somebody else is speaking', async () => {
    const house = newHouse();
    const { interactionId } = await callTalking(house);
    house.contacts.found = [margaret, tomasz];
    expect(await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-tomasz' })).toMatchObject({
      value: { match: { reason: 'chosenByAgent', contact: { name: 'Tomasz Zielinski' } } },
    });
  });

  it('is kept on the card that holds the number, whoever the person is shown as', async () => {
    const house = newHouse();
    house.contacts.found = [{ ...margaret, cardId: 'c-margaret-2' }];
    const { call, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    await house.desk.completeInteraction(lena, { interactionId, dispositionCode: 'billing.explained', note: '', then: 'available' });
    expect(house.interactions.completed).toMatchObject([{ contactId: 'c-margaret-2' }]);
  });

  it('is found anew by what the caller types in the menu', async () => {
    const house = newHouse(billing, users, collecting(false));
    house.contacts.found = [margaret, tomasz];
    house.contacts.byEntered.set('4711', tomasz);
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    void inboundCall(call, house.context);
    await house.clock.run(10);
    for (const digit of '4711#') call.press(digit);
    await house.clock.run(10);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({
      match: { kind: 'certain', reason: 'enteredId', contact: { name: 'Tomasz Zielinski' } },
      path: expect.arrayContaining([expect.objectContaining({ code: 'recognised', facts: { name: 'Tomasz Zielinski' } })]),
    });
    expect(house.contacts.asked.map(({ entered }) => entered)).toEqual([[], ['4711']]);
  });

  it('is nobody’s business whose digits are masked', async () => {
    const house = newHouse(billing, users, collecting(true));
    await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    void inboundCall(call, house.context);
    await house.clock.run(10);
    for (const digit of '4711#') call.press(digit);
    await house.clock.run(10);
    expect(house.contacts.asked.map(({ entered }) => entered)).toEqual([[]]);
  });
});

/** Asks for the customer number before it queues. */
const collecting = (masked: boolean): Flow =>
  flowOf(
    {
      answer: { kind: 'answer', exits: { next: 'id' } },
      id: {
        ...{ kind: 'collect', prompts: [], onInvalid: null, attribute: 'customer', minLength: 1, maxLength: 8, terminator: '#' },
        ...{ firstKeyMs: 5_000, betweenKeysMs: 3_000, attempts: 1, masked, exits: { done: 'queue', nothing: 'queue' } },
      },
      queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
    },
    'answer',
    { fallback: { queueId: 'billing', prompt: 'technical-difficulty' } },
  );
