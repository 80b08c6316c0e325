import { describe, expect, it } from 'vitest';
import { boardRows } from '../../../cti-bridge/reporting/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import { ownContactSchema, ownFiguresSchema } from '../../../shared/contracts/own-figures.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { minutes, seconds } from '../../../shared/duration.ts';
import { type AgentId, asId, type ContactId, type InteractionId, type QueueId, type UserId } from '../../../shared/ids.ts';
import { callInQueue, lena, newHouse, wei } from './fakes.ts';

/** What an agent is told of their own day, and that it is what the board says and what the lists hold. */

const as = (agentId: AgentId | null, role: Role = 'agent') => ({
  userId: asId<UserId>(`u-${agentId}`),
  name: 'x',
  agentId,
  may: (right: (typeof rightsOfRole)['agent'][number]) => rightsOfRole[role].includes(right),
});

type House = ReturnType<typeof newHouse>;

/** Somebody calls, waits, is answered by whoever is ready, talks, and is wrapped up by the timer. */
async function handle(house: House, talkMs: number, waitMs = 0) {
  await house.clock.run(waitMs);
  house.phones.last.answers();
  await house.clock.run(talkMs);
}

async function lists(house: House, agentId = lena) {
  const of = async (figure: 'handled' | 'serviceLevel') => {
    const answer = await house.figures['figures:contacts'](as(agentId), { figure });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value.contacts;
  };
  return { handled: await of('handled'), level: await of('serviceLevel') };
}

describe('own figures', () => {
  it('are as long as their lists, and what the board says of the same moment', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    for (const talkMs of [seconds(30), seconds(90)]) {
      const { call } = await callInQueue(house);
      await handle(house, talkMs);
      call.callerHangsUp();
      await house.clock.run(minutes(3));
    }
    await house.desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    const { call } = await callInQueue(house);
    await house.clock.run(minutes(5));
    call.callerHangsUp();
    await house.clock.run(seconds(1));

    const mine = house.figures.today(lena);
    expect(ownFiguresSchema.parse(mine)).toEqual(mine);
    const { handled, level } = await lists(house);
    for (const contact of [...handled, ...level]) expect(ownContactSchema.parse(contact)).toEqual(contact);
    expect(mine).toMatchObject({ handled: 2, queues: [{ queueId: 'billing', inTime: 2, of: 3 }] });
    expect(handled).toHaveLength(mine.handled);
    const known = handled.map(({ handlingMs }) => handlingMs ?? 0);
    expect(mine.averageHandlingMs).toBe(Math.round(known.reduce((sum, each) => sum + each, 0) / known.length));
    expect(level).toHaveLength(3);
    expect(level.map((contact) => contact.level)).toEqual(['gaveUp', 'inTime', 'inTime']);
    expect(level.map(({ isOwn }) => isOwn)).toEqual([false, true, true]);

    const { queues, agents } = boardRows(
      house.report,
      { queues: [{ queueId: 'billing' } as never], agents: [{ agentId: lena } as never] },
      () => ({ target: {}, alerts: {} }) as never,
      house.clock.now(),
    );
    expect(agents[0]?.handledToday).toBe(mine.handled);
    expect(queues[0]?.serviceLevelToday).toMatchObject({ inTime: 2, of: 3 });
  });

  it('go to the desktop with the end of the work, and of what others do at most every ten seconds', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    await house.clock.run(seconds(20));
    const { call } = await callInQueue(house);
    const before = house.desktops.of('figures:changed', lena).length;
    await handle(house, seconds(5));
    expect(house.desktops.of('figures:changed', lena)).toHaveLength(before);
    await house.clock.run(seconds(10));
    expect(house.desktops.of('figures:changed', lena).slice(before)).toMatchObject([{ handled: 0, queues: [{ inTime: 1, of: 1 }] }]);
    call.callerHangsUp();
    await house.clock.run(minutes(3));
    expect(house.desktops.of('interaction:completed', lena).at(-1)?.today).toMatchObject({ handled: 1, queues: [{ of: 1 }] });
    expect(house.desktops.of('figures:changed', lena).length - before).toBeLessThanOrEqual(2);
  });

  it('name who it was to whoever had them, and to nobody else', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    const { call } = await callInQueue(house);
    await handle(house, seconds(5));
    call.callerHangsUp();
    await house.clock.run(minutes(3));
    const { interactionId } = (await lists(house)).handled[0] ?? {};
    house.knownNames.push({
      interactionId: asId<InteractionId>(interactionId ?? ''),
      contactId: asId<ContactId>('c-1'),
      who: 'Margaret Okafor',
    });
    expect((await lists(house)).handled).toMatchObject([{ who: 'Margaret Okafor', contactId: 'c-1' }]);
    await house.ready(wei, '6013');
    expect(await lists(house, wei)).toMatchObject({ handled: [], level: [{ who: null, contactId: null, isOwn: false }] });
    expect(await house.figures['figures:contacts'](as(null, 'administrator'), { figure: 'handled' })).toMatchObject({ ok: false });
  });

  it('say what customers answered where they are asked, at once, as the board does, with each answer behind it', async () => {
    const house = newHouse();
    await house.ready(lena, '6012');
    expect(house.figures.today(lena).rating).toBe(undefined);
    house.asking.surveys.push({ isOn: true, queues: ['billing'] } as never);
    expect(house.figures.today(lena).rating).toEqual({ average: null, count: 0 });
    const { call } = await callInQueue(house);
    await handle(house, seconds(5));
    call.callerHangsUp();
    await house.clock.run(minutes(3));
    const { interactionId } = (await lists(house)).handled[0] ?? {};
    const about = { type: 'survey:answered', queueId: asId<QueueId>('billing'), agentId: lena, highest: 5 } as const;
    const told = house.desktops.of('figures:changed', lena).length;
    await house.context.recorder.record(asId(interactionId ?? ''), { ...about, by: 'sms', score: 4 });
    await house.context.recorder.record(asId('a chat of yesterday'), { ...about, by: 'widget', score: 5 });
    await house.context.recorder.record(asId('of Wei'), { ...about, by: 'sms', score: 1, agentId: wei });
    await house.clock.run(seconds(10));
    expect(house.desktops.of('figures:changed', lena).slice(told)).toMatchObject([{ rating: { average: 4.5, count: 2 } }]);
    const answer = await house.figures['figures:contacts'](as(lena), { figure: 'rating' });
    const contacts = answer.ok ? answer.value.contacts : [];
    for (const contact of contacts) expect(ownContactSchema.parse(contact)).toEqual(contact);
    expect(contacts.map(({ channel, rating, isOwn }) => [channel, rating, isOwn]).toSorted()).toEqual([
      ['chat', 5, true],
      ['voice', 4, true],
    ]);
    expect(house.report.agent(lena, house.clock.now()).satisfaction).toEqual(house.figures.today(lena).rating);
  });

  it('count by the threshold that is set for the queue, whoever looked at it before', async () => {
    const house = newHouse();
    const { call } = await callInQueue(house);
    await house.clock.run(seconds(25));
    await house.ready(lena, '6012');
    await handle(house, seconds(5), seconds(1));
    const queue = house.routing.queue(asId('billing'));
    expect(queue?.serviceLevel.thresholdMs).toBe(20_000);
    expect(house.figures.today(lena).queues).toMatchObject([{ inTime: 0, of: 1, targetPercent: 80, thresholdMs: 20_000 }]);
    call.callerHangsUp();
    await house.clock.run(minutes(3));
  });
});
