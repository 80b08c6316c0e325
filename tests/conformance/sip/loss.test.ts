import { describe, expect, test } from 'vitest';
import type { OutgoingLeg } from '../../../cti-bridge/sip/index.ts';
import { repeatUntilAck, rfcTimers } from '../../../cti-bridge/sip/index.ts';
import { seeded } from './memory-network.ts';
import { answer, createWorld, offer, trunkHost } from './scripted-peer.ts';

/** Loss, a CANCEL that crosses the 200, and a 200 that is never ACKed: in virtual time, over UDP that loses, doubles and reorders. */
const longestMs = 64 * 500 + 5_000;

describe.each([
  { loss: 0.05, success: 0.999 },
  { loss: 0.2, success: 0.99 },
])('with $loss of all datagrams lost, others doubled and reordered', ({ loss, success }) => {
  test(`at least ${success} of 300 calls are set up and every one is over afterwards`, async () => {
    const world = await createWorld(
      (leg) => {
        leg.progress(180);
        void leg.answer(answer);
      },
      { loss, duplicate: 0.1, reorder: 0.1, seed: 42 },
    );
    const peer = world.peer(trunkHost);
    const made = [];
    for (let i = 0; i < 300; i++) {
      made.push(peer.call());
      await world.clock.run(20);
    }
    await world.clock.run(longestMs);
    const setUp = made.filter((call) => call.final === 200 && call.dialog);
    expect(setUp.length / made.length).toBeGreaterThanOrEqual(success);
    expect(world.calls.length).toBeLessThanOrEqual(300);
    for (const call of setUp) peer.hangUp(call);
    await world.clock.run(longestMs + 5_000);
    expect(world.calls.filter((call) => call.end === null)).toEqual([]);
    expect(world.stack.counters()).toMatchObject({ transactionsLive: 0, dialogsLive: 0, legsRemembered: 0 });
    expect(world.clock.pending).toBe(0);
  });
});

test('at a fifth of all datagrams lost, the calls we make are set up and over as well', async () => {
  const world = await createWorld(() => {}, { seed: 5 });
  const phone = world.peer('192.0.2.20');
  const registered = phone.register('1001');
  await world.clock.run(20);
  expect((await registered).status).toBe(200);
  world.network.faults = { loss: 0.2, duplicate: 0.1, reorder: 0.1 };
  const unacked = new Map<string, () => void>();
  phone.onAck = (ack) => unacked.get(ack.callId)?.();
  phone.onRequest = (transaction) => {
    transaction.respond(200, { headers: [phone.contact], body: { type: 'application/sdp', content: answer } });
    if (transaction.request.method !== 'INVITE') return;
    unacked.set(
      transaction.request.callId,
      repeatUntilAck(transaction, world.clock, rfcTimers, () => {}),
    );
  };
  const legs: OutgoingLeg[] = [];
  for (let i = 0; i < 200; i++) {
    const leg = world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'x' }, offer });
    if (leg) legs.push(leg);
    await world.clock.run(20);
  }
  await world.clock.run(longestMs);
  const outcomes = await Promise.all(legs.map((leg) => leg.outcome));
  expect(outcomes.filter((outcome) => outcome.ok).length).toBeGreaterThanOrEqual(198);
  for (const leg of legs) leg.hangUp();
  await Promise.all(legs.map((leg) => leg.ended));
  await world.clock.run(longestMs + 5_000);
  expect(phone.requests.filter((each) => each.request.method === 'INVITE')).toHaveLength(200);
  expect(world.stack.counters()).toMatchObject({ transactionsLive: 0, dialogsLive: 0, legsRemembered: 0 });
});

test('a thousand CANCELs crossing their 200: every call has one end on both sides', async () => {
  const random = seeded(7);
  const world = await createWorld((leg) => {
    world.clock.timer(random() * 12, () => void leg.answer(answer));
  });
  const peer = world.peer(trunkHost);
  const made = [];
  for (let i = 0; i < 1_000; i++) {
    const call = peer.call();
    made.push(call);
    // A caller whose CANCEL came too late ends the call as any other.
    world.clock.timer(2 + random() * 12, () => call.transaction?.cancel());
    world.clock.advance(5);
  }
  await world.clock.run(1_000);
  for (const call of made) if (call.dialog) peer.hangUp(call);
  await world.clock.run(longestMs);
  const ends = new Map<string, number>();
  for (const { end } of world.calls) ends.set(end?.cause ?? 'none', (ends.get(end?.cause ?? 'none') ?? 0) + 1);
  const answered = made.filter((call) => call.final === 200).length;
  const cancelled = made.filter((call) => call.final === 487).length;
  expect(answered + cancelled).toBe(1_000);
  expect(Math.min(answered, cancelled)).toBeGreaterThan(100);
  expect(Object.fromEntries(ends)).toEqual({ bye: answered, cancel: cancelled });
  expect(world.stack.counters()).toMatchObject({ transactionsLive: 0, dialogsLive: 0, legsRemembered: 0 });
});

test('a 200 that is never acknowledged ends the call within 33 s, by BYE', async () => {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  peer.acknowledges = false;
  const call = peer.call();
  await world.clock.run(31_900);
  expect(world.calls[0]?.end).toBeNull();
  await world.clock.run(1_100);
  expect(world.calls[0]?.end).toMatchObject({ cause: 'noAck', by: 'network' });
  // 200 at 0, 0.5, 1.5, 3.5, then every 4 s (RFC 3261 §13.3.1.4).
  expect(call.statuses.filter((status) => status === 200)).toHaveLength(11);
  expect(peer.requests.map((each) => each.request.method)).toEqual(['BYE']);
});

test('a network that carries nothing one way ends every call and forgets it', async () => {
  const world = await createWorld((leg) => leg.progress(180), { loss: 1 });
  const call = world.peer(trunkHost).call();
  await world.clock.run(longestMs);
  expect(call.final).toBe(0);
  expect(world.clock.pending).toBe(0);
});
