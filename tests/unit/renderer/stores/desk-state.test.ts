import { describe, expect, it } from 'vitest';
import { applyPush, applySnapshot, type DeskState, emptyDesk } from '../../../../renderer/stores/index.ts';
import type { Push, PushName, PushPayload } from '../../../../shared/contracts/bridge-events.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { emptySnapshot } from '../../../support/ui-stage/scripted-bridge.ts';

const now = 1_700_000_000_000;
const offer: Offer = {
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop('unknown', now, 10_000, 'en'),
};
const assigned: AssignedInteraction = {
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'assigned',
  pop: offer.pop,
  call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
  wrapUp: null,
  draft: null,
};
const wrapUp = {
  interactionId: 'i-1',
  startedAt: now,
  endsAt: now + 90_000,
  mode: 'timed',
  canLeave: false,
  canExtend: true,
  stored: null,
} as const;

function push<Name extends PushName>(name: Name, payload: PushPayload<Name>): Push {
  return { seq: 1, name, payload } as Push;
}
const after = (state: DeskState, ...pushes: Push[]) => pushes.reduce(applyPush, state);
const ringing = after(emptyDesk, push('reservation:offered', offer));
const talking = after(ringing, push('interaction:assigned', assigned));

describe('the state of the desk', () => {
  it('is replaced by a snapshot: what it does not contain is over', () => {
    const state = applySnapshot(talking, emptySnapshot(now));
    expect(state.interactions).toEqual([]);
    expect(state.user?.name).toBe('Lena Hartmann');
    expect(state.today.handled).toBe(23);
  });

  it('keeps the measured quality of calls that go on over a snapshot', () => {
    const measured = after(talking, push('call:quality', { interactionId: 'i-1', lossPercent: 1, jitterMs: 9, bars: 3 }));
    expect(applySnapshot(measured, { ...emptySnapshot(now), interactions: [assigned] }).qualities['i-1']?.bars).toBe(3);
    expect(applySnapshot(measured, emptySnapshot(now)).qualities).toEqual({});
  });

  it('holds an offer once, however often it is told', () => {
    expect(after(ringing, push('reservation:offered', { ...offer, ringsUntil: now + 30_000 })).offers).toEqual([
      { ...offer, ringsUntil: now + 30_000 },
    ]);
  });

  it.each(['rejected', 'noAnswer', 'deviceUnreachable', 'mediaFailed', 'callerLeft', 'shutdown', 'agentGone'] as const)(
    'removes an offer that ended by %s',
    (cause) => {
      const state = after(ringing, push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause }));
      expect(state.offers).toEqual([]);
      expect(state.joining).toBeNull();
    },
  );

  it('keeps the customer on the screen between the answer and the assigned interaction', () => {
    const answered = after(ringing, push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'answered' }));
    expect(answered.offers).toEqual([]);
    expect(answered.joining).toBe(offer);
    expect(after(answered, push('interaction:assigned', assigned)).joining).toBeNull();
  });

  it('does not join an offer that is assigned already, in whichever order the two are told', () => {
    const state = after(talking, push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'answered' }));
    expect(state.joining).toBeNull();
    expect(state.interactions).toEqual([assigned]);
  });

  it('gives up joining when the sound fails after the answer', () => {
    const answered = after(ringing, push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'answered' }));
    expect(
      after(answered, push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'mediaFailed' })).joining,
    ).toBeNull();
  });

  it('puts an updated pop wherever the interaction is', () => {
    const updated = { ...offer.pop, match: { kind: 'anonymous' } as const };
    const event = push('pop:updated', { interactionId: 'i-1', pop: updated });
    expect(after(ringing, event).offers[0]?.pop).toBe(updated);
    expect(after(talking, event).interactions[0]?.pop).toBe(updated);
  });

  it('turns an offer into an interaction when it is assigned', () => {
    expect(talking.offers).toEqual([]);
    expect(talking.interactions).toEqual([assigned]);
    expect(after(talking, push('interaction:assigned', { ...assigned, state: 'wrapping' })).interactions).toHaveLength(1);
  });

  it('follows a call and ignores one it does not know', () => {
    const held = { ...assigned.call, state: 'held' as const, heldSince: now };
    expect(after(talking, push('call:changed', held)).interactions[0]?.call).toEqual(held);
    expect(after(talking, push('call:changed', { ...held, interactionId: 'other' })).interactions).toEqual([assigned]);
  });

  it('shows wrap-up as soon as its timer is told', () => {
    expect(after(talking, push('wrap-up:changed', wrapUp)).interactions[0]).toMatchObject({ state: 'wrapping', wrapUp });
  });

  it('takes a completed interaction off the list and counts it', () => {
    const state = after(
      talking,
      push('interaction:completed', {
        interactionId: 'i-1',
        dispositionCode: 'x',
        automatic: false,
        today: { handled: 24, averageHandlingMs: 1 },
      }),
    );
    expect(state.interactions).toEqual([]);
    expect(state.today).toEqual({ handled: 24, averageHandlingMs: 1 });
  });

  it('replaces a queue it knows and adds one it does not', () => {
    const queue = { queueId: 'q', name: { en: 'Q', zh: 'Q' }, waiting: 1, longestWaitSince: now, agentsFree: 0 };
    const one = after(emptyDesk, push('queue:changed', queue));
    expect(after(one, push('queue:changed', { ...queue, waiting: 2 })).queues).toEqual([{ ...queue, waiting: 2 }]);
  });

  it('knows which call of somebody else the own phone is in, until that one ends or a snapshot says it supervises no more', () => {
    const call = { interactionId: 'i-9', reservationId: 'r-9' };
    const listening = after(emptyDesk, push('supervising:changed', { ...call, how: 'monitor' }));
    expect(listening.supervising).toEqual({ ...call, how: 'monitor' });
    expect(after(listening, push('supervising:changed', { ...call, reservationId: 'r-8', how: null })).supervising).not.toBeNull();
    expect(after(listening, push('supervising:changed', { ...call, how: null })).supervising).toBeNull();
    const { agent } = emptySnapshot(now);
    const still = agent && { ...agent, workState: 'supervising' as const };
    expect(applySnapshot(listening, { ...emptySnapshot(now), agent: still }).supervising).not.toBeNull();
    expect(applySnapshot(listening, emptySnapshot(now)).supervising).toBeNull();
  });

  it('shows the agent as the bridge says, and leaves being replaced to the session', () => {
    const { agent } = emptySnapshot(now);
    if (!agent) throw new Error('the snapshot has an agent');
    expect(after(emptyDesk, push('agent:changed', agent)).agent).toBe(agent);
    expect(after(talking, push('session:replaced', { at: now }))).toBe(talking);
  });
});
