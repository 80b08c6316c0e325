import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RouterEvent } from '../../../cti-bridge/acd/index.ts';
import { Floor } from '../../../cti-bridge/flows/floor.ts';
import { asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { queueOf, settingsOf } from '../acd/floor.ts';
import { lena, newHouse, wei } from './fakes.ts';

const who = fc.constantFrom(lena, wei);
const where = fc.constantFrom('billing', 'mail', 'technical');
const queueIdOf = (name: string) => asId<QueueId>(name);

/** What may happen on a floor with two people, three queues and a few contacts, in any order. */
const happening: fc.Arbitrary<RouterEvent | 'nextOfferTaken' | 'lookedAt'> = fc.oneof(
  fc.constant<'lookedAt'>('lookedAt'),
  fc.constant<'nextOfferTaken'>('nextOfferTaken'),
  fc.record({
    type: fc.constant('agent:presenceSet' as const),
    agentId: who,
    presence: fc.constantFrom('available', 'notReady', 'loggedOut'),
    reason: fc.constant(null),
  }),
  fc.record({ type: fc.constant('agent:reachabilityChanged' as const), agentId: who, isReachable: fc.boolean() }),
  fc.record({ type: fc.constant('agent:supervising' as const), agentId: who, isSupervising: fc.boolean() }),
  fc.tuple(who, where, fc.boolean()).map(([agentId, queueId, hasLeft]) => ({
    type: 'agent:configured' as const,
    agentId,
    settings: settingsOf({ billing: 4, [queueId]: 2 }, { leftQueueIds: hasLeft ? [queueIdOf(queueId)] : [] }),
  })),
  fc.record({ type: fc.constant('agent:removed' as const), agentId: who }),
  fc.tuple(where, fc.boolean()).map(([name, isMail]) => ({
    type: 'queue:configured' as const,
    queue: queueOf(name, { needs: `${name} >= 1`, channel: isMail ? 'email' : 'voice' }),
  })),
  where.map((name) => ({ type: 'queue:removed' as const, queueId: queueIdOf(name), to: null })),
  fc.tuple(where, fc.integer({ min: 1, max: 6 })).map(([name, number]) => ({
    type: 'item:queued' as const,
    workItemId: asId<WorkItemId>(`item-${number}`),
    interactionId: asId<InteractionId>(`contact-${number}`),
    queueId: queueIdOf(name),
    priority: null,
    tier: null,
    preferences: [],
  })),
  fc.tuple(who, fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([agentId, number, wrapsUp]) => ({
    type: 'work:ended' as const,
    agentId,
    workItemId: asId<WorkItemId>(`item-${number}`),
    wrapsUp,
  })),
  fc.tuple(who, fc.integer({ min: 1, max: 6 })).map(([agentId, number]) => ({
    type: 'wrapUp:ended' as const,
    agentId,
    workItemId: asId<WorkItemId>(`item-${number}`),
  })),
);

describe('the floor', () => {
  it('counted on from the last look is as if counted for the first time, whatever happened in between', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { routing, context } = newHouse();
        const seen = new Floor(routing, context.agents, () => []);
        const offers: { readonly reservationId: string; readonly fencing: number }[] = [];
        for (let number = 1; number <= 6; number++)
          routing.follow(asId<WorkItemId>(`item-${number}`), { offered: (reservation) => void offers.push(reservation) });
        for (const agentId of [lena, wei]) {
          routing.tell({ type: 'agent:reachabilityChanged', agentId, isReachable: true });
          routing.tell({ type: 'agent:presenceSet', agentId, presence: 'available', reason: null });
        }
        for (const each of happenings) {
          if (each === 'lookedAt') seen.queues();
          else if (each === 'nextOfferTaken') {
            const next = offers.shift();
            if (next) routing.tell({ type: 'reservation:accepted', reservationId: asId(next.reservationId), fencing: next.fencing });
          } else routing.tell(each);
        }
        const queues = seen.queues();
        expect(queues).toEqual(new Floor(routing, context.agents, () => []).queues());
        expect(queues.every(({ people }) => Object.values(people).every((count) => count >= 0 && count <= 2))).toBe(true);
        const inHand = seen.handling(null);
        for (const { queueId, handling } of queues) expect(handling).toBe(inHand.filter((work) => work.queueId === queueId).length);
      }),
      { numRuns: 300 },
    );
  });
});
