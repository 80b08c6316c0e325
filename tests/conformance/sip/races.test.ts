import { describe, expect, test } from 'vitest';
import type { IncomingLeg } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import { seeded } from './memory-network.ts';
import { answer, createWorld, offer, trunkHost } from './scripted-peer.ts';

/** Messages that cross on the wire (RFC 3261 §9, §13.2.2.4, §13.3.1.4, §14, §15), in virtual time. */

const races = 1_000;

test(`a caller who gives up while we answer: ${races} times, no half call`, async () => {
  const random = seeded(11);
  const world = await createWorld((leg) => void world.clock.timer(random() * 6, () => void leg.answer(answer)), { seed: 5 });
  const peer = world.peer(trunkHost);
  const made = [];
  for (let race = 0; race < races; race++) {
    // Some messages overtake others; none is lost, so that each race is one of order alone.
    world.network.faults = random() < 0.3 ? { reorder: 0.3 } : {};
    const call = peer.call();
    made.push(call);
    world.clock.timer(random() * 8, () => call.transaction?.cancel());
    await world.clock.run(10);
  }
  await world.clock.run(5_000);
  const answered = made.filter((call) => call.final === 200);
  for (const call of answered) peer.hangUp(call);
  await world.clock.run(70_000);
  expect(answered.length).toBeGreaterThan(races / 10);
  expect(answered.length).toBeLessThan((races * 9) / 10);
  expect(new Set(made.map((call) => call.final))).toEqual(new Set([200, 487]));
  expect(answered.every((call) => call.byeStatus === 200)).toBe(true);
  const ends = world.calls.map((call) => call.end?.cause);
  expect(ends.filter((cause) => cause === 'bye')).toHaveLength(answered.length);
  expect(ends.filter((cause) => cause === 'cancel')).toHaveLength(races - answered.length);
  expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0, transactionsLive: 0 });
}, 60_000);

test(`a phone that answers while we give up: ${races} times, ACK and BYE for each that answered`, async () => {
  const random = seeded(12);
  const world = await createWorld(() => {}, { seed: 6 });
  const peer = world.peer(trunkHost);
  let answered = 0;
  peer.onRequest = (transaction) => {
    if (transaction.request.method !== 'INVITE') return transaction.respond(200);
    transaction.onCancel(() => transaction.respond(487));
    world.clock.timer(random() * 2, () => transaction.respond(180));
    world.clock.timer(2 + random() * 6, () => {
      if (transaction.isAnswered) return;
      answered++;
      transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: answer } });
    });
  };
  const outcomes: Promise<unknown>[] = [];
  for (let race = 0; race < races; race++) {
    const leg = world.stack.inviteCustomer({ number: '+1', peer: `${trunkHost}:5060`, from: '+2', offer });
    if (!leg) throw new Error('no leg');
    outcomes.push(leg.ended);
    world.clock.timer(random() * 12, () => leg.hangUp());
    await world.clock.run(15);
  }
  await world.clock.run(70_000);
  const count = (method: string) => peer.requests.filter(({ request }) => request.method === method).length;
  expect(answered).toBeGreaterThan(races / 10);
  expect(answered).toBeLessThan(races);
  expect(count('BYE')).toBe(answered);
  expect(new Set(peer.acks.map((ack) => ack.callId)).size).toBe(answered);
  expect(await Promise.all(outcomes)).toEqual(Array(races).fill(expect.objectContaining({ cause: 'local' })));
  expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0, transactionsLive: 0 });
}, 60_000);

const talking = async () => {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const call = peer.call();
  await world.clock.run(20);
  const leg = world.calls[0]?.leg as IncomingLeg;
  return { world, peer, call, leg };
};

describe('the end of a call', () => {
  test('BYE and BYE cross: both are answered, and it ends once', async () => {
    const { world, peer, call, leg } = await talking();
    peer.hangUp(call);
    leg.hangUp();
    await world.clock.run(20);
    expect(call.byeStatus).toBe(200);
    expect(peer.requests.map(({ request }) => request.method)).toEqual(['BYE']);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'local' });
    expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0 });
  });

  test('a BYE while our offer is open ends it for whoever waits; its late 200 is acknowledged', async () => {
    const { world, peer, call, leg } = await talking();
    let theirs: (() => void) | undefined;
    peer.onRequest = (transaction) => {
      theirs = () => transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'late' } });
    };
    const outcome = leg.reinvite('ours');
    await world.clock.run(20);
    peer.hangUp(call);
    await world.clock.run(20);
    expect(await outcome).toEqual({ ok: false, status: 481 });
    theirs?.();
    await world.clock.run(20);
    expect(peer.acks.at(-1)?.cseq.number).toBe(1);
    expect(call.byeStatus).toBe(200);
  });

  test('a BYE while their own offer is open answers that with 487', async () => {
    const { world, peer, call, leg } = await talking();
    leg.onOffer(() => new Promise(() => {}));
    const got: number[] = [];
    peer.ask(call.dialog, 'INVITE', (status) => got.push(status), 'theirs');
    await world.clock.run(20);
    peer.hangUp(call);
    await world.clock.run(11_000);
    expect(got.filter((status) => status >= 400)).toHaveLength(1);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'bye' });
    expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0 });
  });

  test('a BYE in place of the ACK of our 200 ends what nobody acknowledged, and nothing is repeated', async () => {
    const world = await createWorld((leg) => void leg.answer(answer));
    const peer = world.peer(trunkHost);
    const call = peer.call();
    await world.clock.run(3);
    peer.acks.length = 0;
    peer.hangUp(call);
    await world.clock.run(20);
    const sent = call.statuses.length;
    await world.clock.run(40_000);
    expect(call.statuses.length).toBe(sent);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'bye' });
  });
});

describe('a 200 of ours', () => {
  test('is repeated after 0.5, 1.5, 3.5, 7.5 and then every 4 s, until 32 s have passed; then BYE', async () => {
    const world = await createWorld((leg) => void leg.answer(answer));
    const peer = world.peer(trunkHost);
    peer.acknowledges = false;
    const call = peer.call();
    await world.clock.run(20);
    const at: number[] = [];
    for (let step = 0; step < 330; step++) {
      const before = call.statuses.length;
      await world.clock.run(100);
      if (call.statuses.length > before) at.push((step + 1) / 10);
    }
    expect(at.map((seconds) => Math.round(seconds * 2) / 2)).toEqual([0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]);
    expect(peer.requests.map(({ request }) => `${request.method} ${headerOf(request, 'Reason')}`)).toEqual([
      'BYE SIP;cause=408;text="No ACK"',
    ]);
  });

  test('to a re-INVITE is repeated like the first', async () => {
    const { world, peer, call, leg } = await talking();
    leg.onOffer(() => Promise.resolve({ sdp: answer }));
    const request = call.dialog?.request('INVITE', { headers: [peer.contact], body: { type: 'application/sdp', content: 'theirs' } });
    let heard = 0;
    if (request)
      peer.layer.send(request, peer.flow, { onResponse: ({ status }) => void (heard += status === 200 ? 1 : 0), onFailure() {} });
    await world.clock.run(4_000);
    expect(heard).toBe(4);
    await world.clock.run(29_000);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'noAck' });
  });
});

test('a 200 to our re-INVITE that comes again is acknowledged again', async () => {
  const { world, peer, leg } = await talking();
  peer.onRequest = (transaction) => {
    transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'fine' } });
    world.clock.timer(500, () => transaction.repeat());
  };
  const outcome = leg.reinvite('ours');
  await world.clock.run(600);
  expect(await outcome).toEqual({ ok: true, sdp: 'fine' });
  expect(peer.acks.filter((ack) => ack.cseq.number === 1 && ack.toTag !== null)).toHaveLength(2);
});
