import { describe, expect, it } from 'vitest';
import { itemOf } from '../../../cti-bridge/acd/index.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { queueOf } from '../acd/floor.ts';
import { billing, callInQueue, callTalking, FakeCall, lena, newHouse, wei } from './fakes.ts';

type House = ReturnType<typeof newHouse>;

const billingId = asId<QueueId>('billing');
const days = (n: number) => n * 86_400_000;
const withBilling = (settings: Partial<QueueConfiguration>): House => newHouse({ ...billing, ...settings });
/** What they heard since they came into the queue. */
const heardWaiting = (call: FakeCall) => call.heard.slice(call.heard.indexOf('music'));
const endOf = (house: House) => house.events.findLast((event) => event.type === 'interaction:ended')?.end;
const offeredTo = (house: House) => house.phones.legs.map((leg) => leg.request.extension);

describe('whom a customer knows', () => {
  const settings = { lastAgent: { waitSeconds: 60, withinDays: 7 }, accountManager: { waitSeconds: 30 } };

  /** Wei is free the longest; Lena is the one the customer knows. */
  async function bothFree(house: House) {
    await house.ready(wei, '6013');
    await house.clock.run(1_000);
    await house.ready(lena, '6012');
  }

  it('is offered them first: who had them last', async () => {
    const house = withBilling(settings);
    await bothFree(house);
    house.contacts.preferred = { lastAgent: { agentId: lena, at: house.clock.now() - days(6) }, accountManager: null };
    await callInQueue(house);
    expect(offeredTo(house)).toEqual(['6012']);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop.why).toContainEqual(expect.objectContaining({ code: 'lastAgent' }));
  });

  it('counts for nothing when it was too many days ago', async () => {
    const house = withBilling(settings);
    await bothFree(house);
    house.contacts.preferred = { lastAgent: { agentId: lena, at: house.clock.now() - days(8) }, accountManager: null };
    await callInQueue(house);
    expect(offeredTo(house)).toEqual(['6013']);
  });

  it('is their account manager before who happened to have them last', async () => {
    const house = withBilling(settings);
    await bothFree(house);
    house.contacts.preferred = { lastAgent: { agentId: wei, at: house.clock.now() }, accountManager: lena };
    await callInQueue(house);
    expect(offeredTo(house)).toEqual(['6012']);
  });

  it('never keeps them from the queue longer than a tenth of a second', async () => {
    const house = withBilling(settings);
    await bothFree(house);
    house.contacts.preferred = { lastAgent: null, accountManager: lena };
    house.contacts.preferredGate = new Promise(() => {});
    await callInQueue(house);
    expect(offeredTo(house)).toEqual([]);
    await house.clock.run(100);
    expect(offeredTo(house)).toEqual(['6013']);
  });

  it('is not asked for where the queue does not care', async () => {
    const house = newHouse();
    house.contacts.preferredGate = Promise.reject(new Error('asked'));
    house.contacts.preferredGate.catch(() => {});
    await bothFree(house);
    await callInQueue(house);
    expect(offeredTo(house)).toEqual(['6013']);
  });
});

describe('a queue that cannot keep a caller', () => {
  it('says in their language that it is closed, and ends the call', async () => {
    const house = withBilling({ whenClosed: { to: 'announce', prompt: 'queue-closed' } });
    house.contacts.found = house.contacts.found.map((contact) => ({ ...contact, locale: 'zh' }));
    house.routing.tell({ type: 'queue:hours', queueId: billingId, isOpen: false });
    const { call, story } = await callInQueue(house);
    await story;
    expect(call.heard.at(-1)).toBe('zh/queue-closed');
    expect(endOf(house)).toEqual({ by: 'system', reason: 'diverted', fault: 'ours' });
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'workItem:diverted', why: 'closed' }));
    expect(house.routing.state.items).toBeNull();
  });

  it('says that it is full', async () => {
    const house = withBilling({ maxWaiting: 1, whenFull: { to: 'announce', prompt: 'queue-full' } });
    await callInQueue(house);
    const second = await callInQueue(house);
    await second.story;
    expect(second.call.heard.at(-1)).toBe('en/queue-full');
  });

  it('gives up who waited too long, and not who is asked for at that moment', async () => {
    const house = withBilling({ maxWaitSeconds: 60, whenWaitedTooLong: { to: 'announce', prompt: 'waited-too-long' } });
    const { call, story } = await callInQueue(house);
    await house.clock.run(59_000);
    expect(call.end).toBeNull();
    await house.clock.run(1_000);
    await story;
    expect(call.heard.at(-1)).toBe('en/waited-too-long');
  });

  it('counts who hangs up while hearing it as turned away by us', async () => {
    const house = withBilling({ maxWaiting: 1, whenFull: { to: 'announce', prompt: 'queue-full' } });
    await callInQueue(house);
    const call = new FakeCall(house.clock);
    const play = call.play.bind(call);
    call.play = async (sound, signal) => {
      if (sound.kind !== 'prompt' || sound.name !== 'queue-full') return play(sound, signal);
      call.callerHangsUp();
      return 'callEnded';
    };
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('1');
    await story;
    expect(endOf(house)).toEqual({ by: 'caller', reason: 'diverted', fault: 'caller' });
  });

  it('gives them to the other queue at the place of their arrival, and the pop says so', async () => {
    const house = withBilling({ overflow: { afterSeconds: 30, queue: 'general' } });
    house.routing.tell({
      type: 'queue:configured',
      queue: queueOf('general', { name: { en: 'General', zh: '综合' }, needs: 'billing >= 3' }),
    });
    house.routing.tell({
      type: 'queue:configured',
      queue: { ...billing, needs: 'billing >= 9', overflow: { afterSeconds: 30, queue: 'general' } },
    });
    await house.ready(lena, '6012');
    const { call } = await callInQueue(house);
    await house.clock.run(30_000);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({ queueId: 'general', queueName: { en: 'General' } });
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'workItem:moved', to: 'general', why: 'overflowed' }));
    expect(call.end).toBeNull();
  });
});

describe('while waiting', () => {
  const every30s = { everySeconds: 30, position: true, expectedWait: false };

  it('a caller hears their place every so often, and music in between', async () => {
    const house = withBilling({ announcements: every30s });
    const { call } = await callInQueue(house);
    await house.clock.run(29_000);
    expect(heardWaiting(call)).toEqual(['music']);
    await house.clock.run(1_000);
    expect(heardWaiting(call)).toEqual(['music', 'en/position-before', 'en/number-1', 'en/position-after', 'music']);
  });

  it('nothing is said again that has not become better', async () => {
    const house = withBilling({ announcements: every30s });
    const { call: first } = await callInQueue(house);
    const { call: second } = await callInQueue(house);
    await house.clock.run(120_000);
    expect(heardWaiting(second).filter((sound) => sound.includes('number'))).toEqual(['en/number-2']);
    first.callerHangsUp();
    await house.clock.run(30_000);
    expect(heardWaiting(second).filter((sound) => sound.includes('number'))).toEqual(['en/number-2', 'en/number-1']);
    expect(second.heard.at(-1)).toBe('music');
  });

  it('the expected wait is said in minutes, coarser the longer it is', async () => {
    const house = withBilling({ announcements: { everySeconds: 30, position: false, expectedWait: true } });
    const talking = await callTalking(house);
    await house.clock.run(660_000);
    talking.call.callerHangsUp();
    await house.clock.run(90_000);
    await talking.story;
    await house.desk.setPresence(lena, { presence: 'available' });
    const { call: taken } = await callInQueue(house);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(taken.joined).not.toBeNull();
    const { call } = await callInQueue(house);
    await house.clock.run(30_000);
    expect(heardWaiting(call)).toEqual(['music', 'en/wait-before', 'en/minutes-15', 'music']);
  });

  it('nothing begins while an agent’s phone rings, and what is being said stops when they answer', async () => {
    const house = withBilling({ announcements: every30s });
    const { call } = await callInQueue(house);
    await house.clock.run(25_000);
    await house.ready(lena, '6012');
    house.phones.last.rings();
    await house.clock.run(10_000);
    expect(heardWaiting(call)).toEqual(['music']);
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    house.phones.last.fails('rejected');
    await house.clock.run(5_000);
    expect(heardWaiting(call)).toContain('en/number-1');
  });

  it('an announcement under way gives way to music when the phone is answered', async () => {
    const house = withBilling({ announcements: every30s });
    await house.ready(lena, '6012');
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    const { call } = await callInQueue(house);
    const aborted: string[] = [];
    const play = call.play.bind(call);
    call.play = (sound, signal) => {
      if (sound.kind !== 'prompt') return play(sound, signal);
      call.heard.push(`${sound.name}…`);
      return new Promise((resolve) =>
        signal?.addEventListener('abort', () => {
          aborted.push(sound.name);
          resolve('stopped');
        }),
      );
    };
    await house.clock.run(30_000);
    expect(call.heard.at(-1)).toBe('position-before…');
    await house.desk.setPresence(lena, { presence: 'available' });
    await house.clock.run(10);
    expect(aborted).toEqual([]);
    house.phones.last.rings();
    house.phones.last.accepts();
    await house.clock.run(10);
    expect(aborted).toEqual(['position-before']);
    expect(call.heard.at(-1)).toBe('music');
  });

  it('in another queue, that queue’s ways hold', async () => {
    const house = withBilling({ overflow: { afterSeconds: 30, queue: 'general' } });
    house.routing.tell({ type: 'queue:configured', queue: queueOf('general', { announcements: every30s }) });
    const { call } = await callInQueue(house);
    await house.clock.run(59_000);
    expect(heardWaiting(call)).toEqual(['music']);
    await house.clock.run(1_100);
    expect(heardWaiting(call)).toContain('en/number-1');
  });

  it('an announcement that fails costs a caller neither the music nor the place', async () => {
    const house = withBilling({ announcements: every30s });
    const { call } = await callInQueue(house);
    const play = call.play.bind(call);
    call.play = (sound, signal) => (sound.kind === 'prompt' ? Promise.reject(new Error('no such player')) : play(sound, signal));
    await house.clock.run(60_000);
    expect(call.heard.at(-1)).toBe('music');
    expect(call.end).toBeNull();
    await house.ready(lena, '6012');
    house.phones.last.answers();
    await house.clock.run(10);
    expect(call.joined).not.toBeNull();
    expect(house.errors).toEqual([]);
  });

  it('a caller hears music, but no scrap of it before an agent who answers at once', async () => {
    const house = withBilling({});
    const { call } = await callInQueue(house);
    await house.clock.run(180);
    expect(call.heard.at(-1)).toBe('en/menu-main');
    await house.clock.run(20);
    expect(call.heard.at(-1)).toBe('music');

    const another = newHouse();
    const { call: answered } = await callTalking(another);
    answered.soundFlows();
    await another.clock.run(1_000);
    expect(answered.heard).not.toContain('music');
  });

  it('a caller who leaves is told nothing more', async () => {
    const house = withBilling({ announcements: every30s });
    const { call, story } = await callInQueue(house);
    await house.clock.run(200);
    call.callerHangsUp();
    await story;
    await house.clock.run(120_000);
    expect(heardWaiting(call)).toEqual(['music']);
    expect(itemOf(house.routing.state, asId('id-2'))).toBeNull();
    expect(house.errors).toEqual([]);
  });
});
