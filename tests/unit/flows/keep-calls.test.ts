import { expect, it } from 'vitest';
import { keepCalls } from '../../../cti-bridge/flows/keep-calls.ts';
import { LiveInteraction, LiveInteractions } from '../../../cti-bridge/flows/live-interaction.ts';
import type { BusinessEvent, InteractionFact, StoredCall } from '../../../cti-bridge/interactions/index.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import {
  type AgentId,
  asId,
  type EventId,
  type InteractionId,
  type PopId,
  type QueueId,
  type ReservationId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import { FakeCall } from './fakes.ts';

const interactionId = asId<InteractionId>('call-1');
const workItemId = asId<WorkItemId>('item-1');
const lena = asId<AgentId>('lena');
const billing = asId<QueueId>('billing');

/** One live call, and what is done in which order. */
function stage(legs: () => string | null = () => 'legs') {
  const done: string[] = [];
  const saved: StoredCall[] = [];
  const live = new LiveInteractions();
  const interaction = new LiveInteraction({ interactionId, workItemId, popId: asId<PopId>('pop-1') }, new FakeCall(new VirtualClock()));
  live.add(interaction);
  const journal = keepCalls(
    {
      isDegraded: false,
      commit: async (events) => void done.push(...events.map(({ type }) => `commit ${type}`)),
      note: async (events) => void done.push(...events.map(({ type }) => `note ${type}`)),
    },
    {
      live,
      log: silentLog,
      restorer: { describe: legs, restore: () => null },
      repository: {
        save: async (call) => {
          done.push('save');
          saved.push(call);
        },
        forget: async (id) => void done.push(`forget ${id}`),
        readAll: async () => [],
      },
    },
  );
  const happens = (fact: InteractionFact) => journal.commit([{ ...fact, id: asId<EventId>('e'), at: 0, interactionId } as BusinessEvent]);
  return { interaction, done, saved, happens };
}

it('is written in the tick of the event that changes what one would go on with, so that both share a flush', () => {
  const { done, happens } = stage();
  void happens({ type: 'workItem:queued', workItemId, queueId: billing, priority: 5 });
  expect(done).toEqual(['save', 'commit workItem:queued']);
});

it('knows who talks, and after they were lost who did', () => {
  const { interaction, saved, happens } = stage();
  interaction.assigned = { agentId: lena, agentName: 'Lena', reservationId: asId<ReservationId>('r-1') };
  void happens({ type: 'interaction:answered', reservationId: asId<ReservationId>('r-1'), agentId: lena });
  interaction.assigned = null;
  void happens({ type: 'workItem:returned', workItemId, queueId: billing, agentId: lena });
  expect(saved.map(({ agentId }) => agentId)).toEqual([lena, lena]);
});

it('is written with every node of the menu, as soon as there is something to go on with, and knows the menu', () => {
  let legs: string | null = null;
  const { interaction, saved, happens } = stage(() => legs);
  void happens({ type: 'ivr:nodeLeft', nodeId: 'a', exit: 'next' });
  legs = 'legs';
  interaction.menu = 'at b';
  void happens({ type: 'ivr:nodeLeft', nodeId: 'b', exit: 'next' });
  interaction.menu = 'at c';
  void happens({ type: 'ivr:nodeLeft', nodeId: 'c', exit: 'next' });
  expect(saved.map(({ menu }) => menu)).toEqual(['at b', 'at c']);
});

it('knows since when they talk, and that they are held', () => {
  const { interaction, saved, happens } = stage();
  const reservationId = asId<ReservationId>('r-1');
  const view = { interactionId, reservationId, answeredAt: 1_000, heldSince: null, endedAt: null, end: null };
  interaction.assigned = { agentId: lena, agentName: 'Lena', reservationId };
  interaction.callView = { ...view, state: 'talking' };
  void happens({ type: 'interaction:answered', reservationId, agentId: lena });
  interaction.callView = { ...view, state: 'held' };
  void happens({ type: 'call:held', agentId: lena });
  interaction.assigned = null;
  interaction.callView = null;
  void happens({ type: 'workItem:returned', workItemId, queueId: billing, agentId: lena });
  expect(saved.map(({ talkingSince, isHeld }) => [talkingSince, isHeld])).toEqual([
    [1_000, false],
    [1_000, true],
    [null, false],
  ]);
});

it('knows that they are held by the agent, and not for somebody who is asked meanwhile: a crash ends the asking', () => {
  const { saved, interaction, happens } = stage();
  const reservationId = asId<ReservationId>('r-1');
  const view = { interactionId, reservationId, answeredAt: 1_000, heldSince: 2_000, endedAt: null, end: null };
  interaction.callView = { ...view, state: 'held' };
  const guests = { parties: [], keepCompany: false, turnTo: () => true, agentLeft: () => true };
  interaction.guests = { ...guests, isAsking: true };
  void happens({ type: 'call:held', agentId: lena });
  interaction.guests = { ...guests, isAsking: false };
  void happens({ type: 'call:held', agentId: lena });
  expect(saved.map(({ isHeld }) => isHeld)).toEqual([false, true]);
});

it('is gone with the event of its end, and not written any more', () => {
  const { interaction, done, happens } = stage();
  interaction.isEndRecorded = true;
  void happens({ type: 'interaction:ended', end: { by: 'caller', reason: 'hungUp', fault: 'caller' } });
  void happens({ type: 'workItem:queued', workItemId, queueId: billing, priority: 5 });
  expect(done).toEqual([`forget ${interactionId}`, 'commit interaction:ended', 'commit workItem:queued']);
});

it('is written as soon as it begins where it goes on with a call that is up, and not where one has only come in', () => {
  const { saved, happens } = stage();
  const received = {
    type: 'interaction:received',
    channel: 'voice',
    direction: 'inbound',
    dnis: '1000',
    trunkId: asId<TrunkId>('t'),
  } as const;
  void happens(received);
  expect(saved).toEqual([]);
  void happens({ ...received, continues: asId<InteractionId>('before') });
  expect(saved).toHaveLength(1);
});
