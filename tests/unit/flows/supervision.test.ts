import { describe, expect, it } from 'vitest';
import type { ParkedWork } from '../../../cti-bridge/flows/floor.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { boardFigures, boardSchema } from '../../../shared/contracts/board.ts';
import { minutes, seconds } from '../../../shared/duration.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { callInQueue, callTalking, lena, wei } from './fakes.ts';
import { adam, eva, lenaAsks, newSupervisedHouse } from './supervision-house.ts';

type House = ReturnType<typeof newSupervisedHouse>;

const rowOf = (board: ReturnType<House['watch']>) => {
  const [row] = board.queues;
  if (!row) throw new Error('No row');
  return row;
};
const personOf = (board: ReturnType<House['watch']>, agentId: string = lena) => {
  const person = board.agents.find((agent) => agent.agentId === agentId);
  if (!person) throw new Error('No such person');
  return person;
};
const waitingItem = (house: House): WorkItemId => {
  const [item] = house.live.all();
  if (!item) throw new Error('Nobody waits');
  return item.workItemId;
};

/** Every number on the board is the length of its list. */
async function expectNumbersToBeTheirLists(house: House): Promise<void> {
  const row = rowOf(house.watch());
  for (const figure of boardFigures) {
    const { length } = await house.list(figure);
    if (figure === 'answeredInTime') expect(length).toBeLessThanOrEqual(row.answered);
    else expect([figure, length]).toEqual([figure, row[figure]]);
  }
}

describe('the board, through a call', () => {
  it('shows who waits, rings, talks and wraps up, with the numbers and their lists alike at every step', async () => {
    const house = newSupervisedHouse();
    expect(boardSchema.parse(house.watch())).toEqual(house.watch());
    const { call, story } = await callInQueue(house);
    expect(rowOf(await house.later())).toMatchObject({ waiting: 1, people: { signedOut: 2, free: 0 } });
    await expectNumbersToBeTheirLists(house);
    expect(await house.list('waiting')).toMatchObject([{ queueId: 'billing', answeredAt: null, agentId: null, channel: 'voice' }]);

    await house.ready(lena, '6012');
    expect(rowOf(await house.later())).toMatchObject({ waiting: 1, people: { ringing: 1, signedOut: 1 } });
    await expectNumbersToBeTheirLists(house);

    house.phones.last.rings();
    house.phones.last.answers();
    const talking = await house.later();
    expect(rowOf(talking)).toMatchObject({
      waiting: 0,
      answered: 1,
      handling: 1,
      people: { engaged: 1 },
      serviceLevelToday: { percent: 100 },
    });
    expect(personOf(talking)).toMatchObject({ workState: 'engaged', works: [{ state: 'engaged', queueId: 'billing' }], handledToday: 0 });
    await expectNumbersToBeTheirLists(house);
    expect(await house.list('handling')).toMatchObject([{ agentId: lena, agentName: 'Lena Hartmann' }]);

    call.callerHangsUp();
    expect(rowOf(await house.later())).toMatchObject({ handling: 1, people: { wrappingUp: 1 } });
    await expectNumbersToBeTheirLists(house);
    await house.clock.run(minutes(2));
    await story;
    const over = await house.later();
    expect(rowOf(over)).toMatchObject({ handling: 0, answered: 1, averageHandlingMs: expect.any(Number) });
    expect(personOf(over)).toMatchObject({ handledToday: 1, works: [] });
    await expectNumbersToBeTheirLists(house);
  });

  it('counts who gives up, and lists them', async () => {
    const house = newSupervisedHouse();
    house.watch();
    const { call } = await callInQueue(house);
    await house.clock.run(seconds(30));
    call.callerHangsUp();
    expect(rowOf(await house.later())).toMatchObject({ waiting: 0, abandoned: 1, serviceLevelToday: { percent: 0, of: 1 } });
    const [contact] = await house.list('abandoned');
    expect(contact?.waitedMs).toBeGreaterThanOrEqual(seconds(30));
    await expectNumbersToBeTheirLists(house);
  });

  it('keeps its distance from a storm: a thousand events in a second are two messages at most', async () => {
    const house = newSupervisedHouse();
    await house.ready(lena, '6012');
    house.watch();
    await house.clock.run(seconds(3));
    const before = house.boards.length;
    for (let change = 0; change < 1_000; change++) {
      house.routing.tell({ type: 'agent:supervising', agentId: lena, isSupervising: change % 2 === 0 });
      house.clock.advance(1);
    }
    expect(house.supervision.news.counters.changes).toBeGreaterThanOrEqual(1_000);
    expect(house.boards.length - before).toBeLessThanOrEqual(2);
  });

  it('tells at once that a call waits: what it did before that is no news', async () => {
    const house = newSupervisedHouse();
    house.watch();
    await house.clock.run(seconds(3));
    const before = house.boards.length;
    await callInQueue(house);
    await house.clock.run(50);
    expect(house.boards).toHaveLength(before + 1);
    expect(house.boards.at(-1)?.queues).toMatchObject([{ waiting: 1 }]);
  });

  it('raises an alert when somebody waits too long above the threshold, by itself', async () => {
    const house = newSupervisedHouse();
    house.watch();
    await callInQueue(house);
    expect((await house.later()).alerts).toEqual([]);
    const board = await house.later(seconds(3));
    expect(board.alerts).toMatchObject([{ code: 'waiting', subject: { queueId: 'billing' } }]);
    expect(rowOf(board).alerts).toEqual(['waiting']);
  });
});

describe('whom and what somebody may see', () => {
  it('a supervisor sees the people below their place, an administrator everybody; queues are the same', async () => {
    const house = newSupervisedHouse();
    const seen = (as: typeof eva) => house.supervision.watch(as, as.userId, () => {}).agents.map(({ agentId }) => agentId);
    expect(seen(eva)).toEqual([lena]);
    expect(seen(adam).toSorted()).toEqual([lena, wei]);
  });

  it('names behind a number are for those who may read records', async () => {
    const house = newSupervisedHouse();
    await callInQueue(house);
    const interactionId = house.live.all()[0]?.interactionId ?? asId<InteractionId>('');
    house.kept.names = [{ interactionId, contactId: asId('c-margaret'), who: 'Margaret Okafor' }];
    expect(await house.list('waiting')).toMatchObject([{ who: 'Margaret Okafor', contactId: 'c-margaret' }]);
    house.kept.isBroken = true;
    const watcher: Asker = { ...adam, may: (right) => right !== 'contact:read' && adam.may(right) };
    expect(await house.list('waiting', watcher)).toMatchObject([{ who: null, contactId: null }]);
    expect(await house.supervision.contacts(eva, { queueId: null, figure: 'waiting' })).toMatchObject({
      error: { code: 'storage_unavailable' },
    });
  });

  it('agents of another place are hidden in lists and not found in commands', async () => {
    const house = newSupervisedHouse();
    await house.ready(wei, '6013');
    await callInQueue(house);
    house.phones.last.answers();
    await house.clock.run(10);
    expect(await house.list('handling')).toMatchObject([{ agentId: null, agentName: null }]);
    expect(await house.list('handling', adam)).toMatchObject([{ agentId: wei, agentName: '林薇' }]);
    const interactionId = house.live.all()[0]?.interactionId ?? '';
    const notFound = { ok: false, error: { code: 'not_found' } };
    const { supervision } = house;
    expect(await supervision.setPresence(eva, { agentId: wei, set: { presence: 'loggedOut' } })).toMatchObject(notFound);
    expect(await supervision.setSkills(eva, { agentId: wei, skills: {}, leftQueueIds: [] })).toMatchObject(notFound);
    expect(await supervision.whyAgent(eva, { agentId: wei })).toMatchObject(notFound);
    expect(await supervision.release(eva, { interactionId })).toMatchObject(notFound);
    expect(house.live.all()[0]?.assigned?.agentId).toBe(wei);
  });
});

describe('why', () => {
  it('agents may ask about themselves and what they have in hand, supervisors about every item', async () => {
    const house = newSupervisedHouse();
    await house.ready(wei, '6013');
    await callInQueue(house);
    const workItemId = waitingItem(house);
    const { supervision } = house;
    const notFound = { ok: false, error: { code: 'not_found' } };
    expect(await supervision.whyItem(lenaAsks, { workItemId })).toMatchObject(notFound);
    expect(await supervision.whyAgent(lenaAsks, { agentId: wei })).toMatchObject(notFound);
    expect(await supervision.whyAgent(lenaAsks, { agentId: lena })).toMatchObject({
      ok: true,
      value: { now: [{ code: 'agentSignedOut' }] },
    });
    expect(await supervision.whyItem(eva, { workItemId: 'nothing' })).toMatchObject(notFound);
    const why = await supervision.whyItem(eva, { workItemId });
    expect(why).toMatchObject({ ok: true, value: { now: [{ code: 'itemRings', facts: { agentId: wei, agent: '林薇' } }] } });
  });

  it('tells the steps of the log with the names of those they speak of', async () => {
    const house = newSupervisedHouse();
    await callTalking(house);
    house.kept.steps = [
      {
        at: 1,
        kind: 'offered',
        agentId: lena,
        agentName: 'Lena Hartmann',
        queueId: 'billing',
        cause: null,
        reasons: [{ code: 'lastAgent', facts: { agentId: wei, waitedMs: 5 } }],
      },
    ];
    const why = await house.supervision.whyItem(lenaAsks, { workItemId: waitingItem(house) });
    expect(why).toMatchObject({ value: { now: [{ code: 'itemAssigned' }], steps: [{ reasons: [{ facts: { agent: '林薇' } }] }] } });
    house.kept.isBroken = true;
    expect(await house.supervision.whyItem(eva, { workItemId: waitingItem(house) })).toMatchObject({
      error: { code: 'storage_unavailable' },
    });
  });
});

describe('a hand on people', () => {
  it('sets a state, which is recorded with who did it', async () => {
    const house = newSupervisedHouse();
    await house.ready(lena, '6012');
    const { supervision } = house;
    expect(await supervision.setPresence(eva, { agentId: lena, set: { presence: 'notReady', reason: 'meal' } })).toEqual({
      ok: true,
      value: {},
    });
    expect(house.desktops.of('agent:changed', lena).at(-1)).toMatchObject({ presence: 'notReady', notReadyReason: 'meal' });
    expect(house.events.at(-1)).toMatchObject({ type: 'agent:presenceChanged', agentId: lena, reason: 'meal', by: 'u-eva' });
    expect(await supervision.setPresence(eva, { agentId: lena, set: { presence: 'notReady', reason: 'nap' } })).toMatchObject({
      error: { code: 'bad_request' },
    });
    expect(await supervision.setPresence(eva, { agentId: lena, set: { presence: 'available' } })).toMatchObject({ ok: true });
    expect(house.desktops.of('agent:changed', lena).at(-1)).toMatchObject({ presence: 'available', notReadyReason: null });
  });

  it('changes skills as a change of the configuration, again when somebody else saved in between', async () => {
    const house = newSupervisedHouse();
    house.administered.conflicts = 2;
    const change = { agentId: lena, skills: { billing: 9 }, leftQueueIds: ['billing'] };
    expect(await house.supervision.setSkills(eva, change)).toEqual({ ok: true, value: {} });
    expect(house.administered.saves).toEqual([{ by: 'u-eva', note: 'supervisor' }]);
    const [changed, ...others] = house.administered.configuration.users;
    expect(changed?.agent).toMatchObject({ skills: { billing: 9 }, leftQueues: ['billing'], extension: '100' });
    expect(others.map(({ agent }) => agent?.skills)).toEqual([{ billing: 4 }, undefined, undefined]);
    house.administered.conflicts = 3;
    expect(await house.supervision.setSkills(eva, change)).toMatchObject({ error: { code: 'conflict' } });
  });

  it('tells in words what was wrong with skills, and changes nothing', async () => {
    const house = newSupervisedHouse();
    const refused = await house.supervision.setSkills(eva, { agentId: lena, skills: { singing: 3 }, leftQueueIds: [] });
    expect(refused).toMatchObject({ error: { code: 'bad_request', message: expect.stringContaining('singing') } });
    expect(house.administered.saves).toEqual([]);
  });
});

describe('giving written work', () => {
  const given = { interactionId: 'i-mail', agentId: lena, note: 'Please today.' };

  it('is for supervisors of whoever gets it and of whoever has it, and stays on its record', async () => {
    const house = newSupervisedHouse();
    expect(await house.supervision.giveWork(eva, given)).toEqual({ ok: true, value: {} });
    const [told] = house.given;
    expect(told).toMatchObject({ interactionId: 'i-mail', to: lena, note: 'Please today.', by: { userId: 'u-eva' } });
    // Wei works in Leeds, which is not Eva's.
    expect([told?.mayTakeFrom(lena), told?.mayTakeFrom(wei)]).toEqual([true, false]);
    await house.clock.run(10);
    expect(house.events).toContainEqual(
      expect.objectContaining({ type: 'supervisor:acted', what: 'given', by: 'u-eva', to: lena, workItemId: 'w-mail' }),
    );
    expect(await house.supervision.giveWork(eva, { ...given, agentId: wei })).toMatchObject({ error: { code: 'not_found' } });
    expect(house.given).toHaveLength(1);
  });
});

describe('written work that is parked', () => {
  const parked = (name: string, state: ParkedWork['state'], agentId: AgentId, snoozedUntil: number | null = null): ParkedWork => ({
    ...{ workItemId: asId<WorkItemId>(`w-${name}`), interactionId: asId<InteractionId>(`i-${name}`), queueId: asId<QueueId>('billing') },
    ...{ channel: 'email', since: 0, agentId, state, snoozedUntil },
  });

  it('is counted in its queue, listed with who has it and until when, and says where it is', async () => {
    const house = newSupervisedHouse();
    const until = house.clock.now() + 3_600_000;
    house.parkedWork.push(parked('a', 'forCustomer', lena), parked('b', 'snoozed', lena, until), parked('c', 'snoozed', wei, until));
    expect(rowOf(house.watch())).toMatchObject({ waiting: 0, handling: 0, forCustomer: 1, snoozed: 2 });
    await expectNumbersToBeTheirLists(house);
    expect(await house.list('forCustomer')).toMatchObject([{ interactionId: 'i-a', agentId: lena, snoozedUntil: null }]);
    // Of people elsewhere the board does not tell.
    expect(await house.list('snoozed')).toMatchObject([
      { agentId: lena, snoozedUntil: until },
      { agentId: null, snoozedUntil: until },
    ]);
    const why = async (workItemId: string) => {
      const answer = await house.supervision.whyItem(eva, { workItemId });
      return answer.ok ? answer.value.now : [];
    };
    expect(await why('w-a')).toMatchObject([{ code: 'itemForCustomer', facts: { agentId: lena } }]);
    expect(await why('w-b')).toMatchObject([{ code: 'itemSnoozed', facts: { agentId: lena, leftMs: 3_600_000 } }]);
  });
});

describe('release', () => {
  const idOf = (house: House) => house.live.all()[0]?.interactionId ?? 'none';

  it('takes an offer back, and nobody is blamed', async () => {
    const house = newSupervisedHouse();
    await house.ready(lena, '6012');
    await callInQueue(house);
    expect(await house.supervision.release(eva, { interactionId: idOf(house) })).toEqual({ ok: true, value: {} });
    await house.clock.run(10);
    expect(house.desktops.of('reservation:ended', lena)).toMatchObject([{ cause: 'released' }]);
    expect(house.events).toContainEqual(
      expect.objectContaining({ type: 'reservation:ended', cause: 'released', countsAgainstAgent: false }),
    );
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'supervisor:acted', what: 'released', by: 'u-eva' }));
  });

  it('sends a talking customer to the front of the queue, and the agent is free', async () => {
    const house = newSupervisedHouse();
    const { call, leg } = await callTalking(house);
    await house.supervision.release(eva, { interactionId: idOf(house) });
    await house.clock.run(10);
    expect(leg.released).not.toBeNull();
    expect(call.end).toBeNull();
    expect(await house.list('waiting')).toHaveLength(1);
    expect(await house.list('handling')).toHaveLength(0);
    await expectNumbersToBeTheirLists(house);
  });

  it('closes a wrap-up with the default outcome', async () => {
    const house = newSupervisedHouse();
    const { call, story, interactionId } = await callTalking(house);
    call.callerHangsUp();
    await house.clock.run(10);
    await house.supervision.release(eva, { interactionId });
    await house.clock.run(10);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
    expect(house.desktops.of('agent:changed', lena).at(-1)).toMatchObject({ workState: 'idle' });
  });

  it('frees the router of what has no story any more', async () => {
    const house = newSupervisedHouse();
    await house.ready(lena, '6012');
    const item = { workItemId: asId<WorkItemId>('ghost-item'), interactionId: asId<InteractionId>('ghost') };
    const follow = house.routing.follow(item.workItemId, { offered: () => {} });
    house.routing.tell({ type: 'item:queued', ...item, queueId: asId('billing'), priority: null, tier: null, preferences: [] });
    const [work] = house.supervision.watch(eva, 'x', () => {}).agents[0]?.works ?? [];
    expect(work).toMatchObject({ interactionId: 'ghost', state: 'reserved' });
    const reservationId = [...house.ledger.said].at(-1)?.replace('offered ', '') as ReservationId;
    house.routing.tell({ type: 'reservation:accepted', reservationId, fencing: 1 });
    expect(personOf(house.watch()).workState).toBe('engaged');
    expect(await house.supervision.release(eva, { interactionId: 'ghost' })).toEqual({ ok: true, value: {} });
    expect(personOf(house.watch())).toMatchObject({ workState: 'idle', works: [] });
    void follow.dispose();
  });

  it('says so when nobody has it, or there is no such contact', async () => {
    const house = newSupervisedHouse();
    await callInQueue(house);
    expect(await house.supervision.release(eva, { interactionId: idOf(house) })).toMatchObject({ error: { code: 'conflict' } });
    expect(await house.supervision.release(eva, { interactionId: 'nothing' })).toMatchObject({ error: { code: 'not_found' } });
    expect(await house.list('waiting')).toHaveLength(1);
  });
});

describe('moving an item', () => {
  it('gives it another priority or another queue of its kind, and tells who did it', async () => {
    const house = newSupervisedHouse();
    await callInQueue(house);
    const workItemId = waitingItem(house);
    const { supervision, routing } = house;
    expect(await supervision.moveItem(eva, { workItemId, priority: 90, queueId: null })).toEqual({ ok: true, value: {} });
    expect(house.prioritised).toEqual([[workItemId, 90]]);
    expect(await supervision.moveItem(eva, { workItemId, priority: null, queueId: 'nowhere' })).toMatchObject({
      error: { code: 'bad_request' },
    });
    expect(await supervision.moveItem(eva, { workItemId: 'nothing', priority: 1, queueId: null })).toMatchObject({
      error: { code: 'not_found' },
    });
    const chats = { ...house.administered.configuration.queues[0], id: 'chats', channel: 'chat' as const };
    routing.tell({
      type: 'queue:configured',
      queue: chats as Extract<Parameters<typeof routing.tell>[0], { type: 'queue:configured' }>['queue'],
    });
    expect(await supervision.moveItem(eva, { workItemId, priority: null, queueId: 'chats' })).toMatchObject({
      error: { code: 'bad_request' },
    });
    routing.tell({ type: 'queue:configured', queue: { ...chats, id: 'technical', channel: 'voice' } as never });
    expect(await supervision.moveItem(eva, { workItemId, priority: null, queueId: 'technical' })).toMatchObject({ ok: true });
    await house.clock.run(10);
    expect(await supervision.contacts(eva, { queueId: 'technical', figure: 'waiting' })).toMatchObject({
      value: { contacts: [{ workItemId }] },
    });
    expect(house.events.filter((event) => event.type === 'supervisor:acted')).toMatchObject([
      { what: 'moved', by: 'u-eva', workItemId },
      { what: 'moved', by: 'u-eva' },
    ]);
  });
});
