import { describe, expect, it } from 'vitest';
import { agentOf } from '../../../cti-bridge/acd/index.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import type { Flow } from '../../../cti-bridge/ivr/index.ts';
import { hours, minutes, seconds } from '../../../shared/duration.ts';
import { entranceOf, flowOf } from '../ivr/flows.ts';
import { billing, callInQueue, callTalking, FakeCall, lena, newHouse, users, wei } from './fakes.ts';
import { lenaAsks } from './supervision-house.ts';

type House = ReturnType<typeof newHouse>;

const broken = async (): Promise<never> => {
  throw new Error('the disk is gone');
};
const never = () => new Promise<never>(() => {});

const endOf = (house: House) => house.events.find((event) => event.type === 'interaction:ended')?.end;
const ours = { by: 'system', reason: 'fault', fault: 'ours' };

describe('a drain', () => {
  it.each(['in the menu', 'in the queue', 'while a phone rings'])('ends and records a call that is %s', async (where) => {
    const house = newHouse();
    if (where === 'while a phone rings') await house.ready(lena, '6012');
    const call = new FakeCall(house.clock);
    let isOver = false;
    const story = inboundCall(call, house.context).finally(() => {
      isOver = true;
    });
    await house.clock.run(10);
    if (where !== 'in the menu') call.press('1');
    await house.clock.run(10);
    await house.scope.end('shutdown');
    await house.clock.run(0);
    expect(isOver).toBe(true);
    await story;
    expect(endOf(house)).toEqual({ by: 'system', reason: 'shutdown', fault: 'ours' });
  });
});

describe('a bug', () => {
  it('in an offer ends the call as ours, and frees the agent', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    house.phones.ring = () => {
      throw new Error('a bug');
    };
    const { call, story } = await callInQueue(house);
    await house.clock.run(0);
    await story;
    expect(call.end).toEqual(ours);
    expect(endOf(house)).toEqual(ours);
    expect(house.errors).toHaveLength(1);
    expect(house.live.count).toBe(0);
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
    expect(house.desktops.of('reservation:ended', lena)).toHaveLength(1);
  });

  it('in a prompt of the menu leads to the default queue instead of to silence', async () => {
    const house = newHouse();
    const call = new FakeCall(house.clock);
    const play = call.play.bind(call);
    call.play = async (sound, signal) => (sound.kind === 'prompt' ? broken() : play(sound, signal));
    const story = inboundCall(call, house.context);
    await house.clock.run(20);
    expect(house.types()).toContain('workItem:queued');
    await house.clock.run(200);
    expect(call.heard).toEqual(['answered', 'music']);
    call.callerHangsUp();
    await story;
  });

  it('in the menu itself answers the call and leads to the default queue', async () => {
    const house = newHouse();
    const call = new FakeCall(house.clock);
    const flow: Flow = {
      ...flowOf({}, 'first', { fallback: { queueId: 'billing', prompt: 'technical-difficulty' } }),
      get nodes(): never {
        throw new Error('a bug');
      },
    };
    const organisation = { ...house.context.organisation, flowFor: () => entranceOf(flow) };
    const story = inboundCall(call, { ...house.context, organisation });
    await house.clock.run(20);
    expect(house.types()).toContain('workItem:queued');
    await house.clock.run(200);
    expect(call.heard).toEqual(['answered', 'music']);
    call.callerHangsUp();
    await story;
  });

  it('while talking ends the call as ours, and leaves the agent no dead contact', async () => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    house.phones.last.release = () => {};
    call.disconnect = () => {
      call.disconnect = () => {};
      throw new Error('a bug');
    };
    house.phones.last.holds(true);
    await house.clock.run(0);
    await story;
    expect(call.end).toEqual(ours);
    expect(endOf(house)).toEqual(ours);
    expect(house.desktops.of('interaction:completed', lena)).toMatchObject([{ interactionId, automatic: true }]);
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
  });
});

describe('a store that does not answer', () => {
  it('keeps no caller waiting for the menu', async () => {
    const house = newHouse();
    house.interactions.recordCaller = never;
    const call = new FakeCall(house.clock);
    const story = inboundCall(call, house.context);
    await house.clock.run(300);
    expect(call.heard).toContain('answered');
    call.callerHangsUp();
    await story;
  });

  it('does not lose the caller of an agent who was lost', async () => {
    const house = newHouse();
    const { call } = await callTalking(house);
    house.phones.last.vanish('lost');
    await house.ready(wei, '6013');
    await house.clock.run(seconds(45));
    await house.clock.run(10);
    expect(call.end).toBeNull();
    expect(house.desktops.of('reservation:offered', wei)).toHaveLength(1);
    expect(house.desktops.of('interaction:completed', lena)).toHaveLength(1);
    call.callerHangsUp();
  });

  it('lets the agent go on whose outcome nobody chose, raises the alarm, and writes it once it can', async () => {
    const house = newHouse();
    const { defaultOutcomes } = house.context;
    const { call, story, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    const works = house.interactions.complete.bind(house.interactions);
    house.interactions.complete = broken;
    await house.clock.run(minutes(2));
    await story;
    expect(house.desktops.of('interaction:completed', lena)).toMatchObject([{ interactionId, automatic: true }]);
    expect(house.types().filter((type) => type === 'interaction:completed')).toHaveLength(1);
    expect(defaultOutcomes.problems).toEqual([expect.stringContaining('not yet stored: 1.')]);
    await house.clock.run(minutes(10));
    expect(defaultOutcomes.problems).toHaveLength(1);
    house.interactions.complete = works;
    await house.clock.run(seconds(11));
    expect(defaultOutcomes.problems).toEqual([]);
    expect(house.interactions.completed).toMatchObject([{ interactionId, isAutomatic: true }]);
    expect(house.errors).toEqual([]);
  });

  it('holds nobody in their wrap-up whose outcome it never says to have stored', async () => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    house.interactions.complete = never;
    void house.desk.completeInteraction(lena, { interactionId, dispositionCode: 'billing.explained', note: '', then: 'available' });
    await house.clock.run(billing.wrapUp.seconds * 1_000 + seconds(6));
    await story;
    expect(agentOf(house.routing.state, lena)?.works).toEqual([]);
  });

  it.each([
    ['fails', broken],
    ['hangs', never],
  ])('frees an agent without a screen at the end of their time, and by *12 before it, while the disk %s', async (_how, failure) => {
    const people = users.map((user) =>
      user.agentId === lena ? { ...user, phone: { kind: 'address', uri: 'sip:6012@192.0.2.7' } as const } : user,
    );
    for (const dials of [false, true]) {
      const house = newHouse(billing, people);
      house.phones.register('6012');
      await house.desk.setPresence(lena, { presence: 'available' });
      const { call, story } = await callInQueue(house);
      house.phones.last.answers();
      await house.clock.run(10);
      house.interactions.complete = failure;
      call.callerHangsUp();
      await house.clock.run(10);
      expect(house.context.agents.view(lena)?.workState).toBe('wrappingUp');
      if (dials) await house.desk.setPresence(lena, { presence: 'available' });
      else await house.clock.run(billing.wrapUp.seconds * 1_000);
      await house.clock.run(10);
      expect(house.context.agents.view(lena)).toMatchObject({ presence: 'available', workState: 'idle' });
      await story;
    }
  });

  it('is told to the agent as such, and the draft and the outcome can be tried again', async () => {
    const house = newHouse();
    const { call, interactionId } = await callTalking(house);
    const refused = { ok: false, error: { code: 'storage_unavailable' } };
    house.interactions.saveDraft = broken;
    expect(await house.desk.saveDraft(lena, { interactionId, text: 'x', revision: 1 })).toMatchObject(refused);
    house.contacts.readRecord = broken;
    expect(await house.desk.readContact(lenaAsks, { contactId: 'c-margaret' })).toMatchObject(refused);
    expect(await house.desk.chooseContact(lenaAsks, { interactionId, contactId: 'c-margaret' })).toMatchObject(refused);
    call.callerHangsUp();
    await house.clock.run(10);
    const finish = { interactionId, dispositionCode: 'billing.explained', note: 'x', then: 'available' } as const;
    house.interactions.failNext = true;
    expect(await house.desk.completeInteraction(lena, finish)).toMatchObject(refused);
    expect(await house.desk.completeInteraction(lena, finish)).toMatchObject({ ok: true });
  });
});

describe('a clock that jumps', () => {
  it.each([-hours(1), hours(1)])('by %i ms changes neither the wrap-up’s time nor how long the call took', async (jumpMs) => {
    const house = newHouse();
    const { call, story, interactionId } = await callTalking(house);
    house.clock.jump(jumpMs);
    call.callerHangsUp();
    await house.clock.run(seconds(80));
    house.clock.jump(jumpMs);
    expect(await house.desk.extendWrapUp(lena, { interactionId })).toMatchObject({ ok: true });
    await house.clock.run(seconds(35));
    expect(house.live.count).toBe(1);
    await house.clock.run(seconds(10));
    await story;
    expect(house.interactions.completed).toMatchObject([{ isAutomatic: true }]);
    expect(Math.round((house.interactions.completed[0]?.handlingMs ?? 0) / 1_000)).toBe(120);
  });

  it('leaves an offer its time to ring, in the desktop’s own time', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    house.clock.jump(hours(1));
    await callInQueue(house);
    const [offer] = house.desktops.of('reservation:offered', lena);
    expect((offer?.ringsUntil ?? 0) - house.clock.now()).toBeGreaterThan(19_000);
    expect((offer?.ringsUntil ?? 0) - house.clock.now()).toBeLessThanOrEqual(20_000);
  });
});
