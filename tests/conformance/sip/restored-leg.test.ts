import { expect, test } from 'vitest';
import type { CallLeg, LegEnd, LegSnapshot, ReceivedRequest } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { PeerCall, ScriptedPeer, World } from './scripted-peer.ts';
import { answer, createWorld, offer, sdpIn, trunkHost } from './scripted-peer.ts';

/** A bridge that begins again in the place of one that died, with nothing but the snapshots of its legs. */

interface Restored {
  readonly world: World;
  readonly peer: ScriptedPeer;
  readonly leg: CallLeg;
  readonly end: () => LegEnd | null;
}

/** The first stack falls silent; a second one takes its address. */
async function restarted(world: World, snapshot: LegSnapshot | null) {
  const { stack } = await createWorld(() => {}, { seed: 99 }, {}, undefined, world);
  if (!snapshot) throw new Error('nothing to restore');
  const leg = stack.restoreLeg(JSON.parse(JSON.stringify(snapshot)) as LegSnapshot);
  let end: LegEnd | null = null;
  void leg.ended.then((how) => {
    end = how;
  });
  return { stack, leg, end: (): LegEnd | null => end };
}

/** As `restarted`, in the moment before the legs of before are read. */
async function beginning(onCall: Parameters<typeof createWorld>[0] = () => {}) {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const call = peer.call();
  await world.clock.run(20);
  const snapshot = world.calls[0]?.leg.snapshot();
  if (!snapshot) throw new Error('nothing to restore');
  const second = await createWorld(onCall, { seed: 99 }, {}, undefined, world, true);
  return { world, peer, call, snapshot, second };
}

async function callIn(): Promise<Restored & { readonly call: PeerCall; readonly stack: World['stack'] }> {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const call = peer.call({ headers: [{ name: 'Allow', value: 'INVITE, ACK, BYE, UPDATE' }] });
  await world.clock.run(20);
  return { world, peer, call, ...(await restarted(world, world.calls[0]?.leg.snapshot() ?? null)) };
}

async function callOut(): Promise<Restored & { readonly invite: ReceivedRequest }> {
  const world = await createWorld(() => {});
  const peer = world.peer(trunkHost);
  peer.onRequest = (transaction) =>
    transaction.respond(200, {
      headers: [peer.contact, { name: 'Record-Route', value: '<sip:192.0.2.10:5060;lr>' }],
      body: { type: 'application/sdp', content: answer },
    });
  const leg = world.stack.inviteCustomer({ number: '+1', peer: `${trunkHost}:5060`, from: '+2', offer });
  await world.clock.run(20);
  const invite = peer.requests[0]?.request;
  if (!leg || !invite) throw new Error('no call');
  return { world, peer, invite, ...(await restarted(world, leg.snapshot())) };
}

test('a snapshot is plain data, and there is none of a leg that is not confirmed or over', async () => {
  const world = await createWorld((leg) => leg.progress(180));
  const peer = world.peer(trunkHost);
  peer.call();
  await world.clock.run(20);
  const leg = world.calls[0]?.leg;
  expect(leg?.snapshot()).toBeNull();
  void leg?.answer(answer);
  await world.clock.run(20);
  const snapshot = leg?.snapshot();
  expect(snapshot).toMatchObject({
    localSdp: answer,
    remoteSdp: offer,
    flow: { transport: 'UDP', host: trunkHost, port: 5060 },
    madeCallId: false,
  });
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  leg?.hangUp();
  expect(leg?.snapshot()).toBeNull();
});

test('is one of the calls of its trunk, once, until it ends', async () => {
  const { world, snapshot, second } = await beginning();
  second.stack.trunks.configure([
    {
      ...{ trunkId: 'carrier', host: trunkHost, port: 5060, transport: 'UDP', sources: [] },
      ...{ credentials: null, register: null, takesCallsIn: true, pingSeconds: null },
    },
  ]);
  const legs = [second.stack.restoreLeg(snapshot, 'carrier'), second.stack.restoreLeg(snapshot, 'carrier')];
  expect(legs[0]).toBe(legs[1]);
  const calls = () => second.stack.trunks.states().map(({ callsNow }) => callsNow);
  expect(calls()).toEqual([1]);
  legs[0]?.hangUp();
  await world.clock.run(100);
  expect(calls()).toEqual([0]);
});

test('a call that came in goes on: our offer is taken, under a number that the far side has not seen', async () => {
  const { world, peer, call, leg } = await callIn();
  peer.onRequest = (transaction) =>
    transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'theirs' } });
  const outcome = leg.reinvite('after the restart');
  await world.clock.run(20);
  expect(await outcome).toEqual({ ok: true, sdp: 'theirs' });
  const request = peer.requests[0]?.request;
  expect(request && [request.callId, request.toTag, request.fromTag]).toEqual([
    call.dialog?.callId,
    call.dialog?.localTag,
    call.dialog?.remoteTag,
  ]);
  expect(Number.parseInt((request && headerOf(request, 'CSeq')) ?? '', 10)).toBeGreaterThan(100);
  expect(peer.acks.at(-1)?.toTag).toBe(call.dialog?.localTag);
});

test('its far side finds us: offers, INFO and the end', async () => {
  const { world, peer, call, leg, end, stack } = await callIn();
  leg.onOffer((sdp) => Promise.resolve({ sdp: `answer to ${sdp}` }));
  const bodies: string[] = [];
  leg.onInfo((_, body) => bodies.push(body));
  const got: unknown[] = [];
  peer.ask(call.dialog, 'UPDATE', (status, response) => got.push(status, sdpIn(response)), 'one');
  await world.clock.run(20);
  peer.ask(call.dialog, 'INFO', (status) => got.push(status), '5');
  await world.clock.run(20);
  expect(got).toEqual([200, 'answer to one', 200]);
  expect(bodies).toEqual(['5']);
  peer.hangUp(call);
  await world.clock.run(20);
  expect(end()).toMatchObject({ cause: 'bye', by: 'remote' });
  expect(stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0 });
});

test('it can be ended by us, once', async () => {
  const { world, peer, leg, end } = await callIn();
  leg.hangUp({ protocol: 'Q.850', cause: 16, text: 'Normal' });
  leg.hangUp();
  await world.clock.run(20);
  expect(peer.requests.map(({ request }) => `${request.method} ${headerOf(request, 'Reason')}`)).toEqual([
    'BYE Q.850;cause=16;text="Normal"',
  ]);
  expect(end()).toMatchObject({ cause: 'local', text: 'Normal' });
});

test('a call of ours goes on along the same route', async () => {
  const { world, peer, invite, leg } = await callOut();
  peer.onRequest = (transaction) => transaction.respond(200);
  leg.hangUp();
  await world.clock.run(20);
  const bye = peer.requests.at(-1)?.request;
  expect(bye && [bye.method, bye.callId, bye.fromTag]).toEqual(['BYE', invite.callId, invite.fromTag]);
  expect(bye && headerOf(bye, 'Route')).toBe('<sip:192.0.2.10:5060;lr>');
});

test('a far side that has forgotten the call meanwhile ends it', async () => {
  const { world, peer, leg, end } = await callIn();
  peer.onRequest = (transaction) => transaction.respond(481);
  void leg.reinvite('x');
  await world.clock.run(20);
  expect(end()).toMatchObject({ cause: 'rejected', status: 481 });
});

test('a trunk that asks for the password in the middle of a call gets it, from a restored leg and from one that came in', async () => {
  for (const isRestored of [false, true]) {
    const world = await createWorld((leg) => void leg.answer(answer));
    const lines = [
      {
        trunkId: 'line',
        host: trunkHost,
        port: 5060,
        transport: 'UDP',
        credentials: { username: 'line', password: 'word' },
        register: null,
        takesCallsIn: true,
        sources: [],
        pingSeconds: null,
      },
    ] as const;
    world.stack.trunks.configure(lines);
    const peer = world.peer(trunkHost);
    peer.call();
    await world.clock.run(20);
    const snapshot = world.calls[0]?.leg.snapshot() ?? null;
    const { stack } = isRestored ? await createWorld(() => {}, { seed: 99 }, {}, undefined, world) : world;
    stack.trunks.configure(lines);
    const leg = isRestored && snapshot ? stack.restoreLeg(snapshot) : world.calls[0]?.leg;
    const heard: boolean[] = [];
    peer.onRequest = (transaction) => {
      const isProved = headerOf(transaction.request, 'Authorization')?.includes('username="line"') ?? false;
      heard.push(isProved);
      if (isProved) transaction.respond(200);
      else transaction.respond(401, { headers: [{ name: 'WWW-Authenticate', value: 'Digest realm="p", nonce="n", qop="auth"' }] });
    };
    leg?.hangUp();
    await world.clock.run(20);
    expect(heard).toEqual([false, true]);
  }
});

test('restored twice it is the same leg', async () => {
  const { world, stack, leg } = await callIn();
  const snapshot = leg.snapshot();
  expect(snapshot && stack.restoreLeg(snapshot)).toBe(leg);
  await world.clock.run(20);
  expect(stack.counters().dialogsLive).toBe(1);
});

test('a session timer goes on: refreshed by us where that was agreed', async () => {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  peer.call({
    headers: [
      { name: 'Allow', value: 'INVITE, UPDATE' },
      { name: 'Supported', value: 'timer' },
      { name: 'Session-Expires', value: '200;refresher=uas' },
    ],
  });
  await world.clock.run(20);
  const { end } = await restarted(world, world.calls[0]?.leg.snapshot() ?? null);
  const from = peer.requests.length;
  await world.clock.run(101_000);
  // The first stack fell silent but still has its clock: its own numbers are below the reserve of a restored dialog.
  const ours = peer.requests.slice(from).filter(({ request }) => request.cseq.number > 100);
  expect(ours.map(({ request }) => request.method)).toEqual(['UPDATE']);
  expect(end()).toBeNull();
});

test('a phone on a WebSocket has 20 s to come back, then its call is over', async () => {
  const { world, stack, leg } = await callIn();
  const snapshot = leg.snapshot();
  if (!snapshot) throw new Error('no snapshot');
  const lost = stack.restoreLeg({
    ...snapshot,
    localTag: 'other',
    extension: '1001',
    flow: { transport: 'WS', host: '192.0.2.9', port: 1 },
  });
  let end: LegEnd | null = null;
  void lost.ended.then((how) => {
    end = how;
  });
  await world.clock.run(19_900);
  expect(end).toBeNull();
  await world.clock.run(200);
  expect(end).toMatchObject({ cause: 'flowClosed', by: 'network' });
});

test('who hangs up before the legs are known is not told that there is no such call, and the call ends', async () => {
  const { world, peer, call, snapshot, second } = await beginning();
  peer.hangUp(call);
  await world.clock.run(700);
  expect(call.byeStatus).toBeNull();
  const leg = second.stack.restoreLeg(snapshot);
  second.stack.legsRestored();
  await world.clock.run(20);
  expect(call.byeStatus).toBe(200);
  expect(await leg.ended).toMatchObject({ cause: 'bye', by: 'remote' });
  await world.clock.run(40_000);
  expect(second.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0, transactionsLive: 0 });
});

test('who asks within a call that nobody restored is told so then', async () => {
  const { world, peer, call, second } = await beginning();
  peer.hangUp(call);
  await world.clock.run(20);
  second.stack.legsRestored();
  await world.clock.run(20);
  expect(call.byeStatus).toBe(481);
});

test('a new call waits as well, once, however often it is repeated; a stranger is refused at once', async () => {
  const { world, peer, second } = await beginning((leg) => leg.progress(180));
  const waiting = peer.call();
  const stranger = world.peer('192.0.2.99').call();
  await world.clock.run(1_600);
  expect([waiting.statuses, stranger.final]).toEqual([[], 403]);
  expect(second.calls).toEqual([]);
  second.stack.legsRestored();
  await world.clock.run(20);
  expect(waiting.statuses).toEqual([100, 180]);
  expect(second.calls).toHaveLength(1);
});

test('what is more than can wait is told to come again, and nothing of it is known', async () => {
  const { world, peer, call, second } = await beginning();
  const statuses: number[] = [];
  for (let i = 0; i < 2_100; i++) peer.ask(call.dialog, 'INFO', (status) => statuses.push(status), 'x');
  await world.clock.run(20);
  expect(statuses).toHaveLength(100);
  expect(new Set(statuses)).toEqual(new Set([503]));
  second.stack.legsRestored();
  await world.clock.run(20);
  expect(statuses.filter((status) => status === 481)).toHaveLength(2_000);
});
