import { expect, test } from 'vitest';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { type AgentId, asId, type QueueId, type UserId } from '../../../../shared/ids.ts';
import { seeded } from '../../../conformance/sip/memory-network.ts';
import { lena, wei } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

const askerOf = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), agentId, name: agentId }) as never;

test('of two who take the same mail out of its queue at the same moment exactly one has it, and the other is told', async () => {
  const races = 100;
  const house = writtenHouse();
  const { messages, desktops, clock, routing, phones, desk, store, configuration } = house;
  Object.assign(store, { readDraft: async () => null, readMessages: async () => [] });
  Object.assign(configuration, { dispositions: [{ code: 'done', name: { en: 'Done', zh: '完成' }, parent: null }] });
  const written = messages.withWritten(desk);
  desktops.onOffer = (agentId, offer) => void written.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
  const capacity = { email: { max: 1, weight: 20, interrupts: [] } };
  const settings = { skills: {}, capacity, teamId: null, orgUnitId: null, leftQueueIds: [] as QueueId[], weight: 1 };
  for (const agentId of [lena, wei]) {
    routing.tell({ type: 'agent:configured', agentId, settings });
    phones.register(agentId === lena ? '6012' : '6013');
    written.desktopConnected(agentId, clock.now());
    await clock.run(0);
    await desk.setPresence(agentId, { presence: 'notReady', reason: 'meal' });
  }
  const random = seeded(20_261_123);
  const { inbox } = messages;
  const won = new Map<AgentId, number>();
  const refusals = new Set<string>();
  for (let race = 0; race < races; race++) {
    await house.mail({ internetMessageId: `<race-${race}@example.cn>` });
    await clock.run(0);
    const [work] = [...store.works.values()];
    const take = async (agentId: AgentId) => {
      for (let turns = Math.floor(random() * 6); turns > 0; turns--) await Promise.resolve();
      return inbox['inbox:take'](askerOf(agentId), { workItemId: work?.workItemId ?? '' });
    };
    const order = random() < 0.5 ? [lena, wei] : [wei, lena];
    const taking = Promise.all(order.map(async (agentId) => ({ agentId, outcome: await take(agentId) })));
    for (let turns = 0; turns < 5; turns++) await clock.run(0);
    const outcomes = await taking;
    const winners = outcomes.flatMap(({ agentId, outcome }) => (outcome.ok ? [agentId] : []));
    expect(winners).toHaveLength(1);
    for (const { outcome } of outcomes) if (!outcome.ok) refusals.add(outcome.error.code);
    const [winner] = winners as [AgentId];
    const loser = winner === lena ? wei : lena;
    expect(messages.inboxOf(winner).mine.map(({ interactionId }) => interactionId)).toEqual([work?.interactionId]);
    expect([messages.inboxOf(loser).mine, messages.inboxOf(loser).waiting]).toEqual([[], []]);
    won.set(winner, (won.get(winner) ?? 0) + 1);
    await inbox['inbox:close'](askerOf(winner), { interactionId: work?.interactionId ?? '', dispositionCode: 'done', note: '' });
    for (let turns = 0; turns < 5; turns++) await clock.run(0);
    expect(store.works.size).toBe(0);
  }
  expect(Math.min(won.get(lena) ?? 0, won.get(wei) ?? 0)).toBeGreaterThan(races / 10);
  expect([...refusals]).toEqual(['conflict']);
  expect(house.errors).toEqual([]);
});
