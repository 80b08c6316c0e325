import { describe, expect, test } from 'vitest';
import type { Header, IncomingLeg, OutgoingLeg, ServerTransaction } from '../../../cti-bridge/sip/index.ts';
import { Dialog, headerOf } from '../../../cti-bridge/sip/index.ts';
import type { PeerCall, ScriptedPeer, World } from './scripted-peer.ts';
import { answer, createWorld, offer, sdpIn, trunkHost } from './scripted-peer.ts';

/** PRACK (RFC 3262) and UPDATE (RFC 3311), both ways, seen from the other side of the wire, in virtual time. */

const demanded: Header = { name: 'Require', value: '100rel' };
const possible: Header = { name: 'Supported', value: '100rel, timer' };
const allowsUpdate: Header = { name: 'Allow', value: 'INVITE, ACK, BYE, PRACK, UPDATE' };

interface Incoming {
  readonly world: World;
  readonly peer: ScriptedPeer;
  readonly call: PeerCall;
  readonly leg: IncomingLeg;
}

async function incoming(
  headers: readonly Header[],
  onCall: (leg: IncomingLeg) => void,
  options: { readonly offer?: null } = {},
): Promise<Incoming> {
  const world = await createWorld(onCall);
  const peer = world.peer(trunkHost);
  const call = peer.call({ headers, ...options });
  await world.clock.run(20);
  const leg = world.calls[0]?.leg;
  if (!leg) throw new Error('no call');
  return { world, peer, call, leg };
}

const statuses = (call: PeerCall) => call.responses.map(({ status }) => status).filter((status) => status > 100);
const rseqs = (call: PeerCall) => call.responses.map((response) => headerOf(response, 'RSeq')).filter((value) => value !== undefined);

/** Acknowledges the last provisional response; resolves with the answer to the PRACK. */
async function prack({ world, peer, call }: Incoming, sdp?: string, rack?: string) {
  const got: { status: number | null; sdp: string | null } = { status: null, sdp: null };
  const last = call.responses.findLast((response) => headerOf(response, 'RSeq') !== undefined);
  const headers = [{ name: 'RAck', value: rack ?? `${last && headerOf(last, 'RSeq')} 1 INVITE` }];
  peer.ask(
    call.dialog,
    'PRACK',
    (status, response) => {
      got.status = status;
      got.sdp = sdpIn(response);
    },
    sdp,
    headers,
  );
  await world.clock.run(20);
  return got;
}

describe('a provisional response of ours', () => {
  test.each([
    ['ringing to a caller that can', [possible], 180, undefined, false],
    ['early media to a caller that can', [possible], 183, answer, true],
    ['ringing to a caller that demands it', [demanded], 180, undefined, true],
    ['early media to a caller that cannot', [], 183, answer, false],
  ] as const)('%s', async (_, headers, status, sdp, isReliable) => {
    const { call } = await incoming(headers, (leg) => leg.progress(status, sdp));
    expect(statuses(call)).toEqual([status]);
    expect(rseqs(call)).toHaveLength(isReliable ? 1 : 0);
    expect(headerOf(call.lastResponse ?? { headers: [] }, 'Require')).toBe(isReliable ? '100rel' : undefined);
  });

  test('is repeated after 0.5, 1.5, 3.5, 7.5 and 15.5 s, never under another number, until it is acknowledged', async () => {
    const made = await incoming([demanded], (leg) => leg.progress(180));
    const { world, call } = made;
    const at = [1];
    for (let ms = 100; ms < 16_000; ms += 100) {
      const before = call.responses.length;
      await world.clock.run(100);
      if (call.responses.length > before) at.push(ms + 20);
    }
    expect(at.map((ms) => Math.round(ms / 500) / 2)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5]);
    expect(new Set(rseqs(call)).size).toBe(1);
    expect(await prack(made)).toMatchObject({ status: 200 });
    const before = call.responses.length;
    await world.clock.run(20_000);
    expect(call.responses.length).toBe(before);
  });

  test('that nobody acknowledges for 32 s ends the call with 504', async () => {
    const { world, call } = await incoming([demanded], (leg) => leg.progress(180));
    await world.clock.run(32_100);
    expect(call.final).toBe(504);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'timeout', by: 'network', status: 504 });
    await world.clock.run(40_000);
    expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, transactionsLive: 0 });
  });

  test('waits for the one before it, and counts on by one', async () => {
    const made = await incoming([demanded], (leg) => {
      leg.progress(180);
      leg.progress(183, answer);
    });
    expect(statuses(made.call)).toEqual([180]);
    await prack(made);
    expect(statuses(made.call)).toEqual([180, 183]);
    const [first, second] = rseqs(made.call).map(Number);
    expect(second).toBe((first ?? 0) + 1);
  });

  test.each([
    ['another number', '1 1 INVITE'],
    ['another CSeq', undefined],
    ['no number at all', 'nonsense'],
  ])('is not acknowledged by a PRACK with %s', async (_, rack) => {
    const made = await incoming([demanded], (leg) => leg.progress(180));
    const wrong = rack ?? `${rseqs(made.call)[0]} 7 INVITE`;
    expect(await prack(made, undefined, wrong)).toMatchObject({ status: 481 });
    expect(await prack(made)).toMatchObject({ status: 200 });
    expect(await prack(made)).toMatchObject({ status: 481 });
  });
});

describe('an answer', () => {
  test('waits for the PRACK of the description before it, and does not say it again', async () => {
    const acked: unknown[] = [];
    const made = await incoming([possible], (leg) => {
      leg.progress(183, answer);
      void leg.answer(answer).then((outcome) => acked.push(outcome));
    });
    expect(statuses(made.call)).toEqual([183]);
    await prack(made);
    expect(statuses(made.call)).toEqual([183, 200]);
    expect(sdpIn(made.call.lastResponse ?? undefined)).toBeNull();
    expect(acked).toEqual([{ acked: true, sdp: null }]);
  });

  test('waits also for a description that has still to be sent', async () => {
    const made = await incoming([demanded], (leg) => {
      leg.progress(180);
      leg.progress(183, answer);
      void leg.answer(answer);
    });
    expect(statuses(made.call)).toEqual([180]);
    await prack(made);
    expect(statuses(made.call)).toEqual([180, 183]);
    await prack(made);
    expect(statuses(made.call)).toEqual([180, 183, 200]);
  });

  test('does not wait for the PRACK of mere ringing, which may still come', async () => {
    const made = await incoming([demanded], (leg) => {
      leg.progress(180);
      void leg.answer(answer);
    });
    expect(statuses(made.call)).toEqual([180, 200]);
    expect(sdpIn(made.call.lastResponse ?? undefined)).toBe(answer);
    expect(await prack(made)).toMatchObject({ status: 200 });
  });

  test('with another description than the early one is followed by an offer of it', async () => {
    const acked: unknown[] = [];
    const made = await incoming([possible], (leg) => {
      leg.progress(183, answer);
      void leg.answer('changed').then((outcome) => acked.push(outcome));
    });
    made.peer.onRequest = (transaction) =>
      transaction.respond(200, { headers: [made.peer.contact], body: { type: 'application/sdp', content: 'their new answer' } });
    await prack(made);
    expect(made.peer.requests.map(({ request }) => `${request.method} ${request.body}`)).toEqual(['INVITE changed']);
    expect(acked).toEqual([{ acked: true, sdp: 'their new answer' }]);
  });

  test('that the caller cancels before its PRACK is none', async () => {
    const acked: unknown[] = [];
    const made = await incoming([possible], (leg) => {
      leg.progress(183, answer);
      void leg.answer(answer).then((outcome) => acked.push(outcome));
    });
    made.call.transaction?.cancel();
    await made.world.clock.run(20);
    expect(made.call.final).toBe(487);
    expect(acked).toEqual([{ acked: false }]);
    expect(await prack(made)).toMatchObject({ status: 481 });
  });
});

describe('a call without an offer', () => {
  test('gets ours in the reliable response and answers it in the PRACK', async () => {
    const acked: unknown[] = [];
    const made = await incoming(
      [possible],
      (leg) => {
        leg.progress(183, offer);
        void leg.answer(offer).then((outcome) => acked.push(outcome));
      },
      { offer: null },
    );
    expect(await prack(made, 'their answer')).toMatchObject({ status: 200, sdp: null });
    expect(made.call.final).toBe(200);
    expect(acked).toEqual([{ acked: true, sdp: 'their answer' }]);
  });
});

describe('offers before the answer', () => {
  const early = async () => {
    const made = await incoming([possible, allowsUpdate], (leg) => {
      leg.onOffer((sdp) => Promise.resolve({ sdp: `answer to ${sdp}` }));
      leg.progress(183, answer);
    });
    return made;
  };
  const update = async ({ world, peer, call }: Incoming, sdp?: string) => {
    const got: { status: number | null; sdp: string | null; retryAfter?: string | undefined } = { status: null, sdp: null };
    peer.ask(
      call.dialog,
      'UPDATE',
      (status, response) => {
        got.status = status;
        got.sdp = sdpIn(response);
        got.retryAfter = response && headerOf(response, 'Retry-After');
      },
      sdp,
    );
    await world.clock.run(20);
    return got;
  };

  test('in a PRACK is answered in its 200', async () => {
    const made = await early();
    expect(await prack(made, 'one')).toEqual({ status: 200, sdp: 'answer to one' });
  });

  test('in an UPDATE is answered in its 200, and the call is answered afterwards as usual', async () => {
    const made = await early();
    await prack(made);
    expect(await update(made, 'two')).toMatchObject({ status: 200, sdp: 'answer to two' });
    void made.leg.answer('answer to two');
    await made.world.clock.run(20);
    expect(made.call.final).toBe(200);
    expect(sdpIn(made.call.lastResponse ?? undefined)).toBeNull();
  });

  test('in an UPDATE while the first offer has no answer is asked to wait; without an offer it is just a refresh', async () => {
    const made = await incoming([possible], (leg) => leg.progress(180));
    const refused = await update(made, 'too soon');
    expect(refused.status).toBe(500);
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(10);
    expect(await update(made)).toMatchObject({ status: 200, sdp: null });
  });

  test('of ours go out by UPDATE once the first was acknowledged, and not before', async () => {
    const made = await early();
    expect(await made.leg.update('ours')).toEqual({ ok: false, status: 481 });
    await prack(made);
    made.peer.onRequest = (transaction) =>
      transaction.respond(200, { headers: [made.peer.contact], body: { type: 'application/sdp', content: 'theirs' } });
    const outcome = made.leg.update('ours');
    await made.world.clock.run(20);
    expect(await outcome).toEqual({ ok: true, sdp: 'theirs' });
    expect(made.peer.requests.map(({ request }) => `${request.method} ${request.body}`)).toEqual(['UPDATE ours']);
  });

  test('by a second INVITE are asked to wait', async () => {
    const made = await early();
    await prack(made);
    const got: number[] = [];
    made.peer.ask(made.call.dialog, 'INVITE', (status) => got.push(status), 'again');
    await made.world.clock.run(20);
    expect(got).toEqual([500]);
  });
});

describe('UPDATE in a call that stands', () => {
  const talking = async (headers: readonly Header[]) => incoming(headers, (leg) => void leg.answer(answer));

  test('carries our offer where the far side allows it, else a re-INVITE does', async () => {
    for (const [headers, method] of [
      [[allowsUpdate], 'UPDATE'],
      [[], 'INVITE'],
      [[{ name: 'Allow', value: 'INVITE, ACK, BYE' }], 'INVITE'],
    ] as const) {
      const { world, peer, leg } = await talking(headers);
      peer.onRequest = (transaction) =>
        transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'theirs' } });
      const outcome = leg.update('ours');
      await world.clock.run(20);
      expect(await outcome).toEqual({ ok: true, sdp: 'theirs' });
      expect(peer.requests.map(({ request }) => request.method)).toEqual([method]);
    }
  });

  test('without an offer refreshes, by a re-INVITE with what was last said', async () => {
    const { world, peer, leg } = await talking([]);
    peer.onRequest = (transaction) =>
      transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'theirs' } });
    void leg.update();
    await world.clock.run(20);
    expect(peer.requests.map(({ request }) => `${request.method} ${request.body}`)).toEqual([`INVITE ${answer}`]);
  });

  test('that crosses theirs: both get 491, both come again later, and both are answered within 6 s', async () => {
    const { world, peer, call, leg } = await talking([allowsUpdate]);
    leg.onOffer((sdp) => Promise.resolve({ sdp: `answer to ${sdp}` }));
    let isTheirsOpen = true;
    peer.onRequest = (transaction) => {
      if (isTheirsOpen) transaction.respond(491);
      else transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'fine' } });
    };
    const theirs: number[] = [];
    const tryTheirs = () =>
      peer.ask(
        call.dialog,
        'UPDATE',
        (status) => {
          theirs.push(status);
          isTheirsOpen = status === 491;
          // The side that made the Call-ID waits 2.1 to 4 s.
          if (status === 491) {
            isTheirsOpen = false;
            world.clock.timer(2_100, tryTheirs);
          }
        },
        'theirs',
      );
    const ours = leg.update('ours');
    tryTheirs();
    await world.clock.run(6_000);
    expect(theirs).toEqual([491, 200]);
    expect(await ours).toEqual({ ok: true, sdp: 'fine' });
  });
});

describe('a call of ours', () => {
  const customerHost = trunkHost;
  async function outgoing(): Promise<{ world: World; peer: ScriptedPeer; leg: OutgoingLeg; invite: ServerTransaction; heard: unknown[] }> {
    const world = await createWorld(() => {});
    const peer = world.peer(customerHost);
    peer.onRequest = () => {};
    const leg = world.stack.inviteCustomer({ number: '+1', peer: `${customerHost}:5060`, from: '+2', offer });
    if (!leg) throw new Error('no leg');
    const heard: unknown[] = [];
    leg.onProgress((status, sdp) => heard.push([status, sdp]));
    await world.clock.run(20);
    const [invite] = peer.requests;
    if (!invite) throw new Error('no INVITE');
    peer.onRequest = (transaction) => transaction.respond(200);
    return { world, peer, leg, invite, heard };
  }
  const reliable = (peer: ScriptedPeer, rseq: number) => [
    peer.contact,
    { name: 'Require', value: '100rel' },
    { name: 'RSeq', value: String(rseq) },
  ];
  const body = { type: 'application/sdp', content: answer };

  test('offers 100rel, and acknowledges what comes reliably, once each, in order', async () => {
    const { world, peer, invite, heard } = await outgoing();
    expect(headerOf(invite.request, 'Supported')).toContain('100rel');
    for (const rseq of [7, 7, 9, 8, 9]) {
      invite.respond(180, { headers: reliable(peer, rseq) });
      await world.clock.run(20);
    }
    const pracks = peer.requests.filter(({ request }) => request.method === 'PRACK').map(({ request }) => headerOf(request, 'RAck'));
    expect(pracks).toEqual(['7 1 INVITE', '8 1 INVITE', '9 1 INVITE']);
    expect(heard).toHaveLength(3);
  });

  test('takes the answer of a reliable response for its own, and a 200 without a description for the end of it', async () => {
    const { world, peer, leg, invite, heard } = await outgoing();
    invite.respond(183, { headers: reliable(peer, 1), body });
    await world.clock.run(20);
    invite.respond(200, { headers: [peer.contact] });
    await world.clock.run(20);
    expect(heard).toEqual([[183, answer]]);
    expect(await leg.outcome).toMatchObject({ ok: true, sdp: answer });
    leg.hangUp();
    await world.clock.run(20);
    // One numbering for all requests of the dialog.
    expect(peer.requests.map(({ request }) => headerOf(request, 'CSeq'))).toEqual(['1 INVITE', '2 PRACK', '3 BYE']);
  });

  test('goes on along the route of its 200, whatever the ringing before it said (RFC 3261 §13.2.2.4)', async () => {
    const { world, peer, leg, invite } = await outgoing();
    const route = (name: string) => ({ name: 'Record-Route', value: `<sip:${name}@${trunkHost};lr>` });
    invite.respond(180, { headers: [...reliable(peer, 1), route('early')] });
    await world.clock.run(20);
    invite.respond(200, { headers: [peer.contact, route('late')], body });
    await world.clock.run(20);
    leg.hangUp();
    await world.clock.run(20);
    const routes = peer.requests.slice(1).map(({ request }) => `${request.method} ${headerOf(request, 'Route')}`);
    expect(routes).toEqual([`PRACK <sip:early@${trunkHost};lr>`, `BYE <sip:late@${trunkHost};lr>`]);
  });

  test('is offered to by UPDATE before the answer: 491 while its own offer is open, answered afterwards', async () => {
    const { world, peer, leg, invite } = await outgoing();
    leg.onOffer((sdp) => Promise.resolve({ sdp: `answer to ${sdp}` }));
    const dialog = Dialog.asServer(invite.request, invite.toTag, peer.flow);
    const ask = async (sdp: string) => {
      const got: unknown[] = [];
      peer.ask(dialog, 'UPDATE', (status, response) => got.push(status, sdpIn(response)), sdp);
      await world.clock.run(20);
      return got;
    };
    invite.respond(180, { headers: reliable(peer, 1) });
    await world.clock.run(20);
    expect(await ask('too soon')).toEqual([491, null]);
    invite.respond(183, { headers: reliable(peer, 2), body });
    await world.clock.run(20);
    expect(await ask('now')).toEqual([200, 'answer to now']);
  });

  test('each fork has its own numbers and its own acknowledgements; the one that answers goes on with its own', async () => {
    const { world, peer, leg, invite } = await outgoing();
    const via = invite.request.headers.filter(({ name }) => name === 'Via').map(({ value }) => `Via: ${value}`);
    const say = async (tag: string, line: string, ...more: string[]) => {
      const lines = [
        `SIP/2.0 ${line}`,
        ...via,
        `From: ${headerOf(invite.request, 'From')}`,
        `To: ${headerOf(invite.request, 'To')};tag=${tag}`,
        `Call-ID: ${invite.request.callId}`,
        'CSeq: 1 INVITE',
        `Contact: <sip:${tag}@${trunkHost}:5060>`,
        ...more,
      ];
      peer.flow.send(Buffer.from([...lines, '', line.startsWith('200') ? answer : ''].join('\r\n')));
      await world.clock.run(20);
    };
    await say('one', '180 Ringing', 'Require: 100rel', 'RSeq: 100');
    await say('two', '180 Ringing', 'Require: 100rel', 'RSeq: 5');
    await say('one', '180 Ringing', 'Require: 100rel', 'RSeq: 101');
    await say('one', '200 OK', 'Content-Type: application/sdp');
    await say('two', '200 OK', 'Content-Type: application/sdp');
    leg.hangUp();
    await world.clock.run(20);
    const seen = peer.requests.map(({ request }) =>
      `${headerOf(request, 'CSeq')} ${request.toTag} ${headerOf(request, 'RAck') ?? ''}`.trim(),
    );
    expect(seen).toEqual([
      '1 INVITE null',
      '2 PRACK one 100 1 INVITE',
      '2 PRACK two 5 1 INVITE',
      '3 PRACK one 101 1 INVITE',
      '3 BYE two',
      '4 BYE one',
    ]);
    expect(peer.acks.map((ack) => ack.toTag)).toEqual(['one', 'two']);
  });
});
