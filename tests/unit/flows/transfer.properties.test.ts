import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentOf, itemOf } from '../../../cti-bridge/acd/index.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import type { User } from '../../../cti-bridge/identity/index.ts';
import type { AskTarget } from '../../../shared/contracts/call-features.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import { billing, callTalking, newHouse, users } from './fakes.ts';

/**
 * Three agents and a number outside, one customer, and everything that any of them may do in any order and at any moment: whatever happens,
 * the customer has one owner or one queue, is with somebody or hears music, and nothing is left when it is over.
 */

const kim = asId<AgentId>('kim');
const people: readonly User[] = [
  ...users,
  { ...(users[0] as User), userId: asId<UserId>('u-kim'), username: 'kim', name: 'Kim', agentId: kim, extension: '6014' },
];
const ids = ['lena', 'wei', 'kim'].map((id) => asId<AgentId>(id));
const as = (agentId: AgentId): Asker => ({ userId: asId<UserId>(`u-${agentId}`), name: agentId, agentId, may: () => true });
const words = { reason: 'r', note: 'n' };
const targets: readonly AskTarget[] = [
  ...ids.map((agentId) => ({ kind: 'agent' as const, agentId })),
  { kind: 'queue', queueId: 'billing' },
  { kind: 'outside', number: '+442079460000' },
];

const agent = fc.constantFrom(...ids);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constantFrom('transfer' as const, 'consult' as const), agent, to: fc.constantFrom(...targets) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('swap' as const, 'complete' as const, 'cancel' as const, 'conference' as const), agent }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('hold' as const, 'resume' as const, 'end' as const, 'rejoin' as const), agent }),
  },
  { weight: 8, arbitrary: fc.record({ does: fc.constantFrom('answers' as const), phone: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('refuses' as const, 'hangsUp' as const, 'isLost' as const), phone: fc.nat(2) }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('waits' as const), ms: fc.constantFrom(0, 0, 1, 500, 3_500, 21_000, 46_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

async function play(steps: readonly Step[], leavesInTheMiddle: boolean) {
  const house = newHouse(billing, people);
  const { call, story } = await callTalking(house);
  await house.ready(asId('wei'), '6013');
  await house.ready(kim, '6014');
  const phones = () => [...call.outside, ...house.phones.legs].reverse();
  const wentByThemselves = new Set<unknown>();
  const inHand = (agentId: AgentId) => house.live.assignedTo(agentId)[0]?.interactionId ?? 'none';

  for (const each of steps) {
    if (each.does === 'waits') await house.clock.run(each.ms);
    else if ('phone' in each) {
      const phone = phones()[each.phone];
      if (phone && phone.released === null) {
        if (each.does === 'answers') phone.answers();
        else if (each.does === 'refuses') phone.fails('rejected');
        if (each.does !== 'answers') wentByThemselves.add(phone);
        if (each.does === 'hangsUp' || each.does === 'isLost') phone.vanish(each.does === 'hangsUp' ? 'hungUp' : 'lost');
      }
    } else {
      const asker = as(each.agent);
      const interactionId = inHand(each.agent);
      if (each.does === 'transfer' || each.does === 'consult')
        await house.features[`call:${each.does}`](asker, { interactionId, to: each.to, ...words });
      else if (each.does === 'swap' || each.does === 'conference') await house.features[`call:${each.does}`](asker, { interactionId });
      else if (each.does === 'complete') await house.features['call:complete-transfer'](asker, { interactionId });
      else if (each.does === 'cancel') await house.features['call:cancel-consult'](asker, { interactionId });
      else if (each.does === 'hold') await house.desk.holdCall(each.agent, { interactionId });
      else if (each.does === 'resume') await house.desk.resumeCall(each.agent, { interactionId });
      else if (each.does === 'rejoin') await house.desk.rejoinCall(each.agent, { interactionId });
      else await house.desk.endCall(each.agent, { interactionId });
    }
    await house.clock.run(0);
    if (call.end) break;
    await house.clock.run(3_000);
    expectSomebodyMinds(house, call);
  }

  if (leavesInTheMiddle) call.callerHangsUp();
  await house.clock.run(0);
  call.callerHangsUp();
  await house.clock.run(600_000);
  await story;
  expect(house.errors).toEqual([]);
  expect(house.live.count).toBe(0);
  expect(house.routing.state).toMatchObject({ items: null, reservations: null, assigned: null });
  for (const agentId of ids) expect(agentOf(house.routing.state, agentId)?.works).toEqual([]);
  for (const phone of phones()) if (!wentByThemselves.has(phone)) expect(phone.released, `phone of ${phone.partyId}`).not.toBeNull();
  expect(call.hearing.size).toBe(0);
}

/** Somebody has the customer: an agent, a number outside, a queue; or somebody who is asked is about to. */
function expectSomebodyMinds(house: ReturnType<typeof newHouse>, call: Awaited<ReturnType<typeof callTalking>>['call']) {
  if (call.end) return;
  const hears = [...call.hearing].some((pair) => pair.startsWith('customer <'));
  expect(hears || call.isPlaying, `silence; ${[...call.hearing].join(', ')}; heard ${call.heard.join(', ')}`).toBe(true);
  const parts = house.live.all();
  const owners = [
    ...parts.filter(({ conversation }) => conversation !== null),
    ...parts.filter(({ workItemId }) => itemOf(house.routing.state, workItemId) !== null),
  ];
  expect(owners.length, 'owners').toBeLessThanOrEqual(1);
}

describe('a call that is given and taken', () => {
  it('has somebody who minds it at every moment, and leaves nothing behind', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }), fc.boolean(), play), {
      numRuns: Number(process.env.TRANSFER_RUNS ?? 200),
      seed: Number(process.env.TRANSFER_SEED ?? 7),
    });
  }, 120_000);
});
