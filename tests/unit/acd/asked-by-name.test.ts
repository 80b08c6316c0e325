import { describe, expect, test } from 'vitest';
import { agentOf, ownerOf, type Reservation, whyItem, workStateOf } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { Floor } from './floor.ts';

/** A colleague asks for one agent by name: past every queue, to them and to nobody else. */

const wei = asId<AgentId>('wei');
const ask = {
  type: 'agent:asked',
  agentId: wei,
  by: asId<AgentId>('lena'),
  workItemId: asId<WorkItemId>('w-9'),
  interactionId: asId<InteractionId>('i-9'),
  queueId: asId<QueueId>('billing'),
} as const;

const floorOf = () =>
  new Floor().queue('billing', { needs: 'billing >= 1' }).agent('lena', { billing: 5 }).agent('wei').agent('kim', { billing: 1 });

function asked(floor: Floor): Reservation {
  const [offer] = floor.tell(ask).flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));
  if (!offer) throw new Error('nobody was asked');
  return offer;
}

const stateOf = (floor: Floor) => {
  const agent = agentOf(floor.state, wei);
  return agent && workStateOf(agent);
};

describe('an agent who is asked for by name', () => {
  test('is offered it whatever their skills, and it counts as waiting nowhere', () => {
    const floor = floorOf();
    expect(asked(floor)).toMatchObject({ agentId: 'wei', askedBy: 'lena', reasons: [{ code: 'askedFor', facts: { agentId: 'lena' } }] });
    expect(stateOf(floor)).toBe('reserved');
    expect(floor.state.items).toBeNull();
  });

  test('has from a supervisor what waits, out of its queue and out of the hands it was offered to; what cannot be theirs stays there', () => {
    const floor = floorOf();
    floor.tell({ ...ask, type: 'item:queued', priority: null, tier: null, preferences: [] });
    const [pending] = floor.decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));
    expect(pending?.agentId).not.toBe('wei');
    floor.tell({ type: 'agent:presenceSet', agentId: wei, presence: 'loggedOut', reason: null });
    floor.tell({ ...ask, by: null });
    expect(floor.state.items).not.toBeNull();
    floor.presence('wei', 'notReady');
    const decisions = floor.tell({ ...ask, by: null });
    expect(decisions).toMatchObject([
      { type: 'withdraw', cause: 'released', countsAgainstAgent: false },
      { type: 'offer', reservation: { agentId: 'wei', askedBy: null, reasons: [{ code: 'supervisorGave' }] } },
      ...decisions.slice(2),
    ]);
    expect(floor.state.items).toBeNull();
    expect(whyItem(floor.state, ask.workItemId, floor.at)).toMatchObject([{ code: 'itemRings', facts: { agentId: 'wei' } }]);
  });

  test('has what was theirs before a restart, also when they are signed out and nowhere to be reached', () => {
    const floor = floorOf();
    floor.tell({ type: 'agent:presenceSet', agentId: wei, presence: 'loggedOut', reason: null });
    floor.tell({ type: 'agent:reachabilityChanged', agentId: wei, isReachable: false });
    expect(floor.tell(ask).filter(({ type }) => type === 'offer')).toEqual([]);
    const [offer] = floor.tell({ ...ask, isTheirs: true }).flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));
    if (!offer) throw new Error('not given back');
    floor.accept(offer);
    expect(ownerOf(floor.state, ask.workItemId)).toBe('wei');
    expect(stateOf(floor)).toBe('engaged');
  });

  test('has it from the acceptance on, under the number it was offered with', () => {
    const floor = floorOf();
    const offer = asked(floor);
    expect(floor.accept(offer, offer.fencing + 1)).toMatchObject([{ type: 'refuseAcceptance', why: 'staleFencing' }]);
    floor.accept(offer);
    expect(ownerOf(floor.state, ask.workItemId)).toBe('wei');
    expect(stateOf(floor)).toBe('engaged');
    floor.tell({ type: 'work:ended', agentId: wei, workItemId: ask.workItemId, wrapsUp: false });
    expect(stateOf(floor)).toBe('idle');
  });

  test.each(['rejected', 'noAnswer', 'callerLeft', 'released', 'mediaFailed'] as const)(
    'is free again after %s, and nobody else is offered it',
    (cause) => {
      const floor = floorOf();
      floor.fail(asked(floor), cause);
      expect(floor.decisions.filter(({ type }) => type === 'offer')).toEqual([]);
      expect(floor.state.reservations).toBeNull();
      expect(floor.state.items).toBeNull();
      expect(agentOf(floor.state, wei)?.works).toEqual([]);
    },
  );

  test('is asked no longer when the lease ends', () => {
    const floor = floorOf();
    asked(floor);
    floor.pass(20_000).tick();
    expect(floor.decisions).toContainEqual(expect.objectContaining({ type: 'withdraw', cause: 'noAnswer' }));
    expect(floor.state.deadlines).toBeNull();
  });

  test('may have chosen not to be ready', () => {
    const floor = floorOf();
    floor.presence('wei', 'notReady');
    expect(asked(floor).agentId).toBe('wei');
  });

  test.each([
    ['has signed out', (floor: Floor) => void floor.presence('wei', 'loggedOut')],
    ['is out of reach', (floor: Floor) => void floor.tell({ type: 'agent:reachabilityChanged', agentId: wei, isReachable: false })],
    ['has a call', (floor: Floor) => void floor.accept(asked(floor))],
    ['listens in', (floor: Floor) => void floor.tell({ type: 'agent:supervising', agentId: wei, isSupervising: true })],
  ])('is not asked who %s', (_why, happens) => {
    const floor = floorOf();
    happens(floor);
    expect(floor.tell({ ...ask, workItemId: asId<WorkItemId>('w-10') }).filter(({ type }) => type === 'offer')).toEqual([]);
  });
});
