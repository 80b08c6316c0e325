import { describe, expect, it } from 'vitest';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { hours } from '../../../../shared/duration.ts';
import { type AgentId, asId, type QueueId, type UserId } from '../../../../shared/ids.ts';
import { lena, wei } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

/** A supervisor gives written work to somebody by name. */

const dana = { userId: asId<UserId>('u-dana'), name: 'Dana' };
const askerOf = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), agentId, name: agentId }) as never;
const capacityOf = (max: number) => ({ email: { max, weight: 20, interrupts: [] } });

/** Lena and Wei at their desktops, both in the queue of mails; a mail is offered to Lena first. */
async function opened() {
  const house = writtenHouse();
  const { messages, desktops, clock, routing, phones, desk, store, events } = house;
  Object.assign(store, { readDraft: async () => null, readMessages: async () => [] });
  const written = messages.withWritten(desk);
  desktops.onOffer = (agentId, offer) => void written.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
  const may = (agentId: AgentId, capacity: ReturnType<typeof capacityOf> | Record<string, never>) =>
    routing.tell({
      type: 'agent:configured',
      agentId,
      settings: { skills: {}, capacity, teamId: null, orgUnitId: null, leftQueueIds: [] as QueueId[], weight: 1 },
    });
  for (const agentId of [lena, wei]) {
    may(agentId, capacityOf(3));
    phones.register(agentId === lena ? '6012' : '6013');
    written.desktopConnected(agentId, clock.now());
    await clock.run(0);
  }
  await desk.setPresence(lena, { presence: 'available' });
  const idOf = () => [...store.works.values()].at(-1)?.interactionId ?? 'none';
  const offersOf = async (agentId: AgentId) => (await written.snapshot(agentId)).offers;
  return {
    ...house,
    written,
    may,
    idOf,
    offersOf,
    async give(to: AgentId, note = '', mayTakeFrom: (agentId: AgentId) => boolean = () => true) {
      const outcome = await messages.give(idOf(), { to, note, by: dana, mayTakeFrom });
      await clock.run(10);
      return outcome;
    },
    async take(agentId: AgentId) {
      const [offer] = await offersOf(agentId);
      const taken = await messages.inbox['reservation:accept'](askerOf(agentId), { reservationId: offer?.reservationId ?? '' });
      await clock.run(10);
      return taken;
    },
    async comes() {
      await house.mail({ internetMessageId: `<in-${store.works.size}@example.cn>` });
      await clock.run(10);
    },
    mineOf: (agentId: AgentId) => messages.inboxOf(agentId).mine.map(({ state }) => state),
    gone: (agentId: AgentId) => desktops.of('inbox:gone', agentId).map(({ why }) => why),
    answers: () => events.flatMap((event) => (event.type === 'interaction:answered' ? [event.agentId] : [])),
  };
}

describe('written work that a supervisor gives to somebody', () => {
  it('is offered to them alone with the words that came along, out of its queue and out of the hands it was offered to', async () => {
    const { comes, give, take, offersOf, desktops, messages, answers, mineOf } = await opened();
    await comes();
    expect(await offersOf(lena)).toHaveLength(1);
    expect(await give(wei, 'She knows them.')).toMatchObject({ ok: true });
    expect(desktops.of('reservation:ended', lena)).toMatchObject([{ cause: 'released' }]);
    expect(await offersOf(lena)).toEqual([]);
    expect(messages.inboxOf(lena).waiting).toEqual([]);
    expect(await offersOf(wei)).toMatchObject([
      { pop: { transfer: { fromName: 'Dana', note: 'She knows them.' }, why: [{ code: 'supervisorGave' }] } },
    ]);
    await take(wei);
    expect(answers()).toEqual([wei]);
    expect(mineOf(wei)).toEqual(['open']);
  });

  it('waits in its queue again where they do not take it, and is given to another while it is offered', async () => {
    const { comes, give, take, offersOf, written, clock, desk, messages, answers } = await opened();
    await desk.setPresence(lena, { presence: 'notReady', reason: 'meal' });
    await comes();
    await give(wei);
    const [offer] = await offersOf(wei);
    await written.rejectReservation(wei, { reservationId: offer?.reservationId ?? '' });
    await clock.run(10);
    expect(messages.inboxOf(wei).waiting).toHaveLength(1);
    await give(wei);
    expect(await give(lena)).toMatchObject({ ok: true });
    expect([await offersOf(wei), (await offersOf(lena)).length]).toEqual([[], 1]);
    await take(lena);
    expect(answers()).toEqual([lena]);
    expect(messages.inboxOf(wei).waiting).toEqual([]);
  });

  it.each(['open', 'waiting', 'snoozed'] as const)('leaves the agent who has it %s, who is told', async (state) => {
    const { comes, give, take, idOf, gone, mineOf, messages, clock, answers } = await opened();
    await comes();
    await take(lena);
    if (state === 'waiting') await messages.inbox['inbox:wait'](askerOf(lena), { interactionId: idOf() });
    if (state === 'snoozed') await messages.inbox['inbox:snooze'](askerOf(lena), { interactionId: idOf(), until: clock.now() + hours(1) });
    expect(mineOf(lena)).toEqual([state]);
    expect(messages.parked()).toMatchObject(
      state === 'open' ? [] : [{ agentId: lena, channel: 'email', state: state === 'waiting' ? 'forCustomer' : 'snoozed' }],
    );
    await give(wei);
    await take(wei);
    expect([mineOf(lena), gone(lena), mineOf(wei)]).toEqual([[], ['given'], ['open']]);
    expect(messages.parked()).toEqual([]);
    // The time for which Lena put it off is nobody's any more.
    await messages.inbox['inbox:wait'](askerOf(wei), { interactionId: idOf() });
    await clock.run(hours(2));
    expect([mineOf(wei), answers()]).toEqual([['waiting'], [lena, wei]]);
  });

  it('stays where it is, and says why, where it cannot be theirs', async () => {
    const { comes, give, take, may, routing, written, clock, desk, mineOf, messages, idOf } = await opened();
    await comes();
    const why = async (to: AgentId, mayTakeFrom = true) => {
      const outcome = await give(to, '', () => mayTakeFrom);
      return outcome.ok ? 'given' : (outcome.error.why ?? outcome.error.code);
    };
    expect(await why(lena)).toBe('alreadyTheirs');
    await take(lena);
    expect(await why(lena)).toBe('alreadyTheirs');
    expect(await why(wei, false)).toBe('not_found');
    may(wei, {});
    expect(await why(wei)).toBe('notTheirChannel');
    may(wei, capacityOf(1));
    routing.tell({ type: 'agent:supervising', agentId: wei, isSupervising: true });
    expect(await why(wei)).toBe('supervising');
    routing.tell({ type: 'agent:supervising', agentId: wei, isSupervising: false });
    written.desktopGone(wei, 'disconnected' as never);
    await clock.run(10);
    expect(await why(wei)).toBe('outOfReach');
    written.desktopConnected(wei, clock.now());
    await clock.run(10);
    await desk.setPresence(wei, { presence: 'loggedOut' });
    expect(await why(wei)).toBe('signedOut');
    await desk.setPresence(wei, { presence: 'available' });
    await comes();
    expect(await why(wei)).toBe('given');
    expect(await why(wei)).toBe('alreadyTheirs');
    await take(wei);
    const [first] = messages.inboxOf(lena).mine;
    const other = await messages.give(first?.interactionId ?? '', { to: wei, note: '', by: dana, mayTakeFrom: () => true });
    expect(other).toMatchObject({ ok: false, error: { code: 'conflict', why: 'noRoom' } });
    expect([mineOf(lena), mineOf(wei)]).toEqual([['open'], ['open']]);
    await messages.inbox['inbox:close'](askerOf(wei), { interactionId: idOf(), dispositionCode: 'none', note: '' });
    expect(await messages.give('a call', { to: wei, note: '', by: dana, mayTakeFrom: () => true })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('is given once where two give it at the same moment', async () => {
    const { comes, take, idOf, messages, clock, offersOf } = await opened();
    await comes();
    await take(lena);
    const given = { to: wei, note: '', by: dana, mayTakeFrom: () => true };
    const outcomes = await Promise.all([messages.give(idOf(), given), messages.give(idOf(), given)]);
    await clock.run(10);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await offersOf(wei)).toHaveLength(1);
  });
});
