import { describe, expect, test } from 'vitest';
import { agentOf, itemOf, type Reservation, reservationOf } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { deeds, Floor } from './floor.ts';

/**
 * Every state a reservation can be in x everything that can happen to it. Two agents, one caller: what lena does not take, wei gets.
 * A cell says what was decided; `-` is nothing at all.
 */

const toState: Readonly<Record<Reservation['state'], (floor: Floor, offer: Reservation) => void>> = {
  pending: () => undefined,
  accepted: (floor, offer) => floor.accept(offer),
  rejected: (floor, offer) => floor.fail(offer, 'rejected'),
  timedOut: (floor) => floor.pass(20_000).tick(),
  canceled: (floor) => floor.leaves('ann'),
  rescinded: (floor, offer) => floor.fail(offer, 'deviceUnreachable'),
};

const inputs = {
  accept: (floor, offer) => floor.accept(offer),
  acceptStale: (floor, offer) => floor.accept(offer, offer.fencing + 7),
  reject: (floor, offer) => floor.fail(offer, 'rejected'),
  ringOut: (floor, offer) => floor.fail(offer, 'noAnswer'),
  leaseEnds: (floor, offer) => {
    floor.at = Math.max(floor.at, offer.expiresAt);
    floor.tick();
  },
  callerLeft: (floor, offer) => floor.fail(offer, 'callerLeft'),
  deviceFails: (floor, offer) => floor.fail(offer, 'deviceUnreachable'),
  mediaFails: (floor, offer) => floor.fail(offer, 'mediaFailed'),
  agentGone: (floor, offer) => floor.fail(offer, 'agentGone'),
  shutdown: (floor, offer) => floor.fail(offer, 'shutdown'),
} as const satisfies Record<string, (floor: Floor, offer: Reservation) => void>;

type Input = keyof typeof inputs;

/** What was decided about lena's reservation, in one word. */
function decided(floor: Floor, offer: Reservation): string {
  const words = deeds(floor.decisions).flatMap((decision) => {
    if (decision.type === 'refuseAcceptance') return [decision.why];
    if (decision.type !== 'accept' && decision.type !== 'withdraw') return [];
    return decision.reservation.reservationId === offer.reservationId ? [decision.reservation.state] : [];
  });
  return words.join(' ') || '-';
}

const table: readonly (readonly [Input, Readonly<Record<Reservation['state'], string>>])[] = [
  ['accept', row('accepted', 'gone')],
  ['acceptStale', row('staleFencing', 'gone')],
  ['reject', row('rejected', '-')],
  ['ringOut', row('timedOut', '-')],
  ['leaseEnds', row('timedOut', '-')],
  ['callerLeft', row('canceled', '-')],
  ['deviceFails', row('rescinded', '-')],
  ['mediaFails', row('rescinded', '-')],
  ['agentGone', row('rescinded', '-')],
  ['shutdown', row('rescinded', '-')],
];

function row(pending: string, over: string): Readonly<Record<Reservation['state'], string>> {
  return { pending, accepted: over, rejected: over, timedOut: over, canceled: over, rescinded: over };
}

describe.each(table)('%s', (input, cells) => {
  test.each(Object.entries(cells) as [Reservation['state'], string][])('of a reservation that is %s: %s', (state, expected) => {
    const floor = new Floor().queue('billing').agent('lena').agent('wei');
    floor.caller('ann', 'billing');
    const offer = floor.offered();
    expect(offer.agentId).toBe('lena');
    toState[state](floor, offer);
    inputs[input](floor, offer);
    expect(decided(floor, offer)).toBe(expected);
    expectOneOwner(floor, offer);
  });
});

test('an acceptance in the very millisecond the lease ends comes too late', () => {
  const floor = new Floor().queue('billing').agent('lena').agent('wei');
  floor.caller('ann', 'billing');
  const offer = floor.offered();
  floor.at = offer.expiresAt;
  expect(deeds(floor.accept(offer)).map(({ type }) => type)).toEqual(['withdraw', 'refuseAcceptance', 'offer']);
});

test('an acceptance one millisecond before the lease ends wins', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.caller('ann', 'billing');
  const offer = floor.offered();
  floor.at = offer.expiresAt - 1;
  expect(deeds(floor.accept(offer))).toEqual([{ type: 'accept', reservation: { ...offer, state: 'accepted' } }]);
});

test('only the first of two acceptances wins, and the second is told that it is gone', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.caller('ann', 'billing');
  const offer = floor.offered();
  const outcomes = [floor.accept(offer), floor.accept(offer)].map((decisions) => deeds(decisions)[0]?.type);
  expect(outcomes).toEqual(['accept', 'refuseAcceptance']);
});

/** Whatever happened: the caller is with exactly one agent, waits in exactly one place, or is gone; and nobody is left reserved for nothing. */
function expectOneOwner(floor: Floor, { workItemId, agentId }: Reservation): void {
  const item = itemOf(floor.state, workItemId);
  const agents = [agentId, asId<AgentId>('wei')].map((id) => agentOf(floor.state, id));
  const talking = agents.filter((agent) => agent?.works[0]?.state === 'engaged').length;
  const reserved = agents.filter(
    (agent) => agent?.works[0]?.state === 'reserved' && reservationOf(floor.state, agent.works[0]?.reservationId ?? asId('none')),
  );
  expect(talking + (item ? 1 : 0)).toBeLessThanOrEqual(1);
  expect(reserved).toHaveLength(item?.reservationIds.length ?? 0);
  expect(agents.filter((agent) => agent?.works[0]?.state === 'reserved')).toHaveLength(reserved.length);
}
