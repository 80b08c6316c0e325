import { describe, expect, test } from 'vitest';
import type { IncomingLeg, OutgoingLeg, ReceivedRequest } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { PeerCall, ScriptedPeer, World } from './scripted-peer.ts';
import { answer, createWorld, offer, sdpIn, trunkHost } from './scripted-peer.ts';

/** RFC 3261 §12 to §15 and its neighbours, seen from the other side of the wire, in virtual time. */

const phoneHost = '192.0.2.20';

/** A call from the trunk, answered and acknowledged. */
async function talking(): Promise<{ world: World; peer: ScriptedPeer; call: PeerCall; leg: IncomingLeg }> {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const call = peer.call();
  await world.clock.run(20);
  const leg = world.calls[0]?.leg;
  if (!leg) throw new Error('no call');
  return { world, peer, call, leg };
}

/** An INVITE of ours on its way to a registered phone. */
async function ringing(
  onInvite: (phone: ScriptedPeer) => void = () => {},
): Promise<{ world: World; phone: ScriptedPeer; leg: OutgoingLeg }> {
  const world = await createWorld(() => {});
  const phone = world.peer(phoneHost);
  const registered = phone.register('1001');
  await world.clock.run(20);
  expect((await registered).status).toBe(200);
  phone.onRequest = () => {};
  onInvite(phone);
  const leg = world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'X' }, offer });
  if (!leg) throw new Error('no binding');
  await world.clock.run(20);
  return { world, phone, leg };
}

const ask = (peer: ScriptedPeer, call: PeerCall, method: string, sdp?: string, headers: { name: string; value: string }[] = []) => {
  const got: { status: number | null; sdp: string | null } = { status: null, sdp: null };
  peer.ask(
    call.dialog,
    method,
    (status, response) => {
      got.status = status;
      got.sdp = sdpIn(response);
    },
    sdp,
    headers,
  );
  return got;
};

describe('a call that came in', () => {
  test('says who calls whom, from which trunk, with which offer, and when it came', async () => {
    const { leg } = await talking();
    expect(leg).toMatchObject({
      dialled: '4001',
      trunk: 'trunk',
      offer,
      receivedAt: 1,
      caller: { user: '+8613800000001', displayName: null },
    });
    expect(leg.header('max-forwards')).toBe('70');
  });

  test.each([
    [
      'asserted identity before From',
      [{ name: 'P-Asserted-Identity', value: '"Ann" <sip:+44123@x>, <tel:+44123>' }],
      { user: '+44123', displayName: 'Ann' },
    ],
    ['a tel identity', [{ name: 'P-Asserted-Identity', value: '<tel:+1-201-555>' }], { user: '+1201555', displayName: null }],
    [
      'privacy id',
      [
        { name: 'P-Asserted-Identity', value: '<sip:+44123@x>' },
        { name: 'Privacy', value: 'critical;id' },
      ],
      { user: null, displayName: null },
    ],
    ['privacy none', [{ name: 'Privacy', value: 'none' }], { user: '+8613800000001', displayName: null }],
  ])('%s', async (_, headers, expected) => {
    const world = await createWorld((leg) => leg.refuse(404));
    world.peer(trunkHost).call({ headers });
    await world.clock.run(20);
    expect(world.calls[0]?.leg.caller).toEqual(expected);
  });

  test('without an offer gets ours in the 200 and brings the answer in the ACK', async () => {
    let acked: unknown;
    const world = await createWorld((leg) => {
      expect(leg.offer).toBeNull();
      void leg.answer(offer).then((outcome) => {
        acked = outcome;
      });
    });
    world.peer(trunkHost).call({ offer: null });
    await world.clock.run(20);
    expect(acked).toEqual({ acked: true, sdp: answer });
  });

  test('may ring with early media, and the last word is repeated every minute', async () => {
    const world = await createWorld((leg) => leg.progress(183, answer));
    const call = world.peer(trunkHost).call();
    await world.clock.run(130_000);
    expect(call.statuses).toEqual([100, 183, 183, 183]);
    expect(sdpIn(call.lastResponse ?? undefined)).toBe(answer);
  });

  test('ends by its own Expires', async () => {
    const world = await createWorld((leg) => leg.progress(180));
    const call = world.peer(trunkHost).call({ headers: [{ name: 'Expires', value: '10' }] });
    await world.clock.run(10_100);
    expect(call.final).toBe(487);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'timeout' });
  });

  test('hung up before the ACK, says BYE only after it', async () => {
    const world = await createWorld((leg) => {
      void leg.answer(answer).then((outcome) => expect(outcome).toEqual({ acked: false }));
      leg.hangUp();
      leg.hangUp();
    });
    const peer = world.peer(trunkHost);
    peer.acknowledges = false;
    const call = peer.call();
    await world.clock.run(5_000);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'local' });
    expect(peer.requests).toEqual([]);
    peer.acknowledges = true;
    await world.clock.run(8_000);
    expect(call.dialog).not.toBeNull();
    expect(peer.requests.map((each) => each.request.method)).toEqual(['BYE']);
    await world.clock.run(64_000);
    expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0, transactionsLive: 0 });
  });

  test('hung up before the answer is refused with the reason', async () => {
    const world = await createWorld((leg) => leg.hangUp({ protocol: 'Q.850', cause: 17, text: 'busy "now"' }));
    const call = world.peer(trunkHost).call();
    await world.clock.run(20);
    expect(call.final).toBe(480);
    expect(headerOf(call.lastResponse ?? { headers: [] }, 'Reason')).toBe('Q.850;cause=17;text="busy \\"now\\""');
  });

  test('whose handler fails is refused with 500 and ends', async () => {
    const world = await createWorld(() => {
      throw new Error('bug');
    });
    const call = world.peer(trunkHost).call();
    await world.clock.run(20);
    expect(call.final).toBe(500);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'local', status: 500 });
  });

  test('is told good-bye when the stack stops, and nothing is left ticking', async () => {
    const { world, peer } = await talking();
    const stopped = world.stack.stop();
    await world.clock.run(2_000);
    await stopped;
    expect(peer.requests.map((each) => each.request.method)).toEqual(['BYE']);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'local' });
    peer.layer.stop();
    expect(world.clock.pending).toBe(0);
  });

  test('refused with a line break in a header or text, is refused all the same, without it', async () => {
    const world = await createWorld((leg) => leg.refuse(503, 'a\r\nEvil: 1', { 'Retry-After': '5\r\nEvil: 2' }));
    const call = world.peer(trunkHost).call();
    await world.clock.run(20);
    expect(call.final).toBe(503);
    expect(headerOf(call.lastResponse ?? { headers: [] }, 'Evil')).toBeUndefined();
  });
});

describe('within a call', () => {
  test('BYE ends it with the reason it carries; a second one gets 481', async () => {
    const { world, peer, call } = await talking();
    const first = ask(peer, call, 'BYE', undefined, [{ name: 'Reason', value: 'Q.850;cause=16;text="Normal call clearing"' }]);
    await world.clock.run(20);
    const second = ask(peer, call, 'BYE');
    await world.clock.run(20);
    expect([first.status, second.status]).toEqual([200, 481]);
    expect(world.calls[0]?.end).toEqual({ cause: 'bye', by: 'remote', status: null, text: 'Normal call clearing' });
  });

  test('what its BYE says under a header is known after it, in whatever case, and nothing of a call that we ended', async () => {
    const { world, peer, call, leg } = await talking();
    expect(leg.byeHeader('User-to-User')).toBeUndefined();
    ask(peer, call, 'BYE', undefined, [{ name: 'user-to-user', value: '04726573756c743d6f6b;encoding=hex' }]);
    await world.clock.run(20);
    expect([leg.byeHeader('User-to-User'), leg.byeHeader('X-Result')]).toEqual(['04726573756c743d6f6b;encoding=hex', undefined]);

    const ours = await talking();
    ours.leg.hangUp();
    await ours.world.clock.run(20);
    expect(ours.leg.byeHeader('User-to-User')).toBeUndefined();
  });

  test('INFO reaches its handler, OPTIONS is answered; methods of elsewhere, of nobody, and those that fit nothing here are refused', async () => {
    const { world, peer, call, leg } = await talking();
    const bodies: string[] = [];
    leg.onInfo((type, body) => bodies.push(`${type} ${body}`));
    const answers = ['INFO', 'OPTIONS', 'MESSAGE', 'DANCE', 'REFER', 'PRACK', 'NOTIFY', 'SUBSCRIBE'].map((method) =>
      ask(peer, call, method, method === 'INFO' ? 'Signal=5' : undefined),
    );
    await world.clock.run(20);
    expect(answers.map((each) => each.status)).toEqual([200, 200, 405, 501, 400, 481, 489, 489]);
    expect(bodies).toEqual(['application/sdp Signal=5']);
  });

  test('an offer is answered by its handler, by re-INVITE and by UPDATE; without handler it is 488', async () => {
    const { world, peer, call, leg } = await talking();
    const refused = ask(peer, call, 'INVITE', 'v=0\r\ns=hold\r\n');
    await world.clock.run(20);
    leg.onOffer((sdp) => Promise.resolve({ sdp: `answer to ${sdp}` }));
    const reinvite = ask(peer, call, 'INVITE', 'one');
    await world.clock.run(20);
    const update = ask(peer, call, 'UPDATE', 'two');
    await world.clock.run(20);
    expect(refused.status).toBe(488);
    expect(reinvite).toEqual({ status: 200, sdp: 'answer to one' });
    expect(update).toEqual({ status: 200, sdp: 'answer to two' });
    expect(world.calls[0]?.end).toBeNull();
  });

  test('a handler that fails or hangs gets the far side a 500, not the call an end', async () => {
    const { world, peer, call, leg } = await talking();
    leg.onOffer(() => Promise.reject(new Error('bug')));
    const failed = ask(peer, call, 'INVITE', 'one');
    await world.clock.run(20);
    leg.onOffer(() => new Promise(() => {}));
    const hanging = ask(peer, call, 'INVITE', 'two');
    await world.clock.run(11_000);
    expect([failed.status, hanging.status]).toEqual([500, 500]);
    expect(world.calls[0]?.end).toBeNull();
  });

  test('a re-INVITE without offer gets our last description, and its ACK is heard', async () => {
    const { world, peer, call, leg } = await talking();
    const heard: string[] = [];
    leg.onOffer((sdp) => {
      heard.push(sdp);
      return Promise.resolve({ status: 488 });
    });
    peer.ackBody = 'late answer';
    const got = ask(peer, call, 'INVITE');
    await world.clock.run(20);
    expect(got).toEqual({ status: 200, sdp: answer });
    expect(heard).toEqual(['late answer']);
    expect(world.calls[0]?.end).toBeNull();
  });

  test('an offer while another is open: theirs twice 500, ours first 491', async () => {
    const { world, peer, call, leg } = await talking();
    leg.onOffer(() => new Promise((resolve) => world.clock.timer(1_000, () => resolve({ sdp: answer }))));
    const first = ask(peer, call, 'INVITE', 'one');
    const second = ask(peer, call, 'INVITE', 'two');
    await world.clock.run(2_000);
    expect([first.status, second.status]).toEqual([200, 500]);
    peer.onRequest = () => {};
    void leg.reinvite('ours');
    await world.clock.run(20);
    const glare = ask(peer, call, 'INVITE', 'three');
    await world.clock.run(20);
    expect(glare.status).toBe(491);
  });

  test('our offer that meets 491 is repeated once after the wait of the side that did not make the Call-ID', async () => {
    const { world, peer, leg } = await talking();
    const at: number[] = [];
    peer.onRequest = (transaction) => {
      at.push(world.clock.monotonic());
      if (at.length === 1) transaction.respond(491);
      else transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: 'fine' } });
    };
    const outcome = leg.reinvite('ours');
    await world.clock.run(6_000);
    expect(await outcome).toEqual({ ok: true, sdp: 'fine' });
    expect(at).toHaveLength(2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeLessThanOrEqual(2_010);
    expect(peer.acks.filter((ack) => ack.cseq.number === 2)).toHaveLength(1);
  });

  test('a second 491 is the answer', async () => {
    const { world, peer, leg } = await talking();
    peer.onRequest = (transaction) => transaction.respond(491);
    const outcome = leg.reinvite('ours');
    await world.clock.run(6_000);
    expect(await outcome).toEqual({ ok: false, status: 491 });
  });

  test('a far side that does not know the call any more ends it', async () => {
    const { world, peer, leg } = await talking();
    peer.onRequest = (transaction) => transaction.respond(481);
    leg.sendInfo('application/dtmf-relay', 'Signal=1');
    await world.clock.run(20);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'rejected', status: 481 });
  });

  test('an old sequence number and foreign tags are refused', async () => {
    const { world, peer, call } = await talking();
    const dialog = call.dialog;
    if (!dialog) throw new Error('no dialog');
    const statuses: number[] = [];
    const send = (edit: (value: string) => string) => {
      const request = dialog.request('INFO');
      const headers = request.headers.map((header) => ({ ...header, value: edit(header.value) }));
      peer.layer.send({ ...request, headers }, peer.flow, { onResponse: (response) => statuses.push(response.status), onFailure() {} });
    };
    send((value) => value.replace(/^\d+ INFO$/, '1 INFO'));
    send((value) => value.replace(dialog.localTag, 'somebody'));
    send((value) => value.replace(dialog.callId, 'other-call'));
    await world.clock.run(20);
    expect(statuses).toEqual([500, 481, 481]);
  });

  test('a session the far side promised to refresh and did not ends by BYE', async () => {
    const world = await createWorld((leg) => void leg.answer(answer));
    const peer = world.peer(trunkHost);
    const timer = [
      { name: 'Supported', value: 'timer' },
      { name: 'Session-Expires', value: '120' },
    ];
    const call = peer.call({ headers: timer });
    await world.clock.run(20);
    expect(headerOf(call.lastResponse ?? { headers: [] }, 'Session-Expires')).toBe('120;refresher=uac');
    await world.clock.run(60_000);
    const refresh = ask(peer, call, 'UPDATE', undefined, timer);
    await world.clock.run(60_000);
    expect(refresh.status).toBe(200);
    expect(world.calls[0]?.end).toBeNull();
    await world.clock.run(30_000);
    expect(world.calls[0]?.end).toMatchObject({ cause: 'timeout', by: 'network' });
    expect(peer.requests.map((each) => each.request.method)).toEqual(['BYE']);
  });

  test('a session interval below 90 s is too small', async () => {
    const world = await createWorld((leg) => void leg.answer(answer));
    const headers = [
      { name: 'Supported', value: 'timer' },
      { name: 'Session-Expires', value: '30' },
    ];
    const call = world.peer(trunkHost).call({ headers });
    await world.clock.run(20);
    expect(call.final).toBe(422);
    expect(headerOf(call.lastResponse ?? { headers: [] }, 'Min-SE')).toBe('90');
  });
});

describe('a call we make', () => {
  const accept = (phone: ScriptedPeer) =>
    phone.requests[0]?.respond(200, { headers: [phone.contact], body: { type: 'application/sdp', content: answer } });

  test('rings, is answered and acknowledged', async () => {
    const { world, phone, leg } = await ringing();
    const progress: number[] = [];
    leg.onProgress((status) => progress.push(status));
    phone.requests[0]?.respond(180);
    await world.clock.run(20);
    accept(phone);
    await world.clock.run(20);
    expect(progress).toEqual([180]);
    expect(await leg.outcome).toMatchObject({ ok: true, sdp: answer });
    expect(phone.acks).toHaveLength(1);
    phone.requests[0]?.repeat();
    await world.clock.run(20);
    expect(phone.acks).toHaveLength(2);
  });

  test('is refused with status and reason', async () => {
    const { world, phone, leg } = await ringing();
    phone.requests[0]?.respond(486, { headers: [{ name: 'Reason', value: 'SIP;cause=486;text="on another call"' }] });
    await world.clock.run(20);
    const end = { cause: 'rejected', by: 'remote', status: 486, text: 'on another call' };
    expect(await leg.outcome).toEqual({ ok: false, end });
    expect(await leg.ended).toEqual(end);
  });

  test('that nobody answers at all times out after 64*T1', async () => {
    const { world, leg } = await ringing();
    await world.clock.run(33_000);
    expect(await leg.outcome).toMatchObject({ ok: false, end: { cause: 'timeout', by: 'network' } });
  });

  test('hung up before any answer is cancelled as soon as the phone has spoken, with the reason', async () => {
    const { world, phone, leg } = await ringing();
    let cancelled: ReceivedRequest | undefined;
    phone.requests[0]?.onCancel((cancel) => {
      cancelled = cancel;
      phone.requests[0]?.respond(487);
    });
    leg.hangUp({ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' });
    expect(await leg.outcome).toMatchObject({ ok: false, end: { cause: 'local', by: 'local' } });
    await world.clock.run(20);
    expect(cancelled).toBeUndefined();
    phone.requests[0]?.respond(180);
    phone.onRequest = (transaction) => transaction.respond(200);
    await world.clock.run(20);
    expect(cancelled && headerOf(cancelled, 'Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    // Past the RFC's longest timers, and some seconds after a question whether the phone is there.
    await world.clock.run(70_000);
    expect(world.stack.counters()).toMatchObject({ dialogsLive: 0, legsRemembered: 0, transactionsLive: 0 });
  });

  test('answered while our CANCEL is on its way gets ACK, then BYE', async () => {
    const { world, phone, leg } = await ringing();
    phone.requests[0]?.respond(180);
    await world.clock.run(20);
    leg.hangUp();
    accept(phone);
    await world.clock.run(20);
    expect(phone.acks).toHaveLength(1);
    expect(phone.requests.map((each) => each.request.method)).toEqual(['INVITE', 'BYE']);
    expect(await leg.ended).toMatchObject({ cause: 'local' });
  });

  test('answered by two forks keeps the first; the other gets ACK and BYE', async () => {
    const { world, phone, leg } = await ringing();
    accept(phone);
    await world.clock.run(20);
    const invite = phone.requests[0];
    if (!invite) throw new Error('no INVITE');
    // The second fork: the same INVITE, answered under another tag.
    const via = invite.request.headers.filter((header) => header.name === 'Via').map((header) => `Via: ${header.value}`);
    const lines = [
      'SIP/2.0 200 OK',
      ...via,
      `From: ${headerOf(invite.request, 'From')}`,
      `To: ${headerOf(invite.request, 'To')};tag=fork-2`,
    ];
    const rest = [
      `Call-ID: ${invite.request.callId}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:fork2@${phoneHost}:5060>`,
      'Content-Type: application/sdp',
      '',
      answer,
    ];
    phone.flow.send(Buffer.from([...lines, ...rest].join('\r\n')));
    await world.clock.run(20);
    expect(phone.acks.map((ack) => ack.toTag)).toEqual([invite.toTag, 'fork-2']);
    expect(phone.requests.map((each) => `${each.request.method} ${each.request.toTag}`)).toEqual(['INVITE null', 'BYE fork-2']);
    expect(await leg.outcome).toMatchObject({ ok: true });
  });

  test('answered without a description is ended', async () => {
    const { world, phone, leg } = await ringing();
    phone.requests[0]?.respond(200, { headers: [phone.contact] });
    await world.clock.run(20);
    expect(await leg.outcome).toMatchObject({ ok: false, end: { cause: 'protocolError' } });
    expect(phone.requests.map((each) => each.request.method)).toEqual(['INVITE', 'BYE']);
  });

  test('with a line break in a header never leaves', async () => {
    const { world, phone } = await ringing();
    const before = phone.requests.length;
    const leg = world.stack.invite({ extension: '1001', from: { user: 'x', displayName: '' }, offer, headers: { 'X-A': 'b\r\nEvil: c' } });
    await world.clock.run(20);
    expect(await leg?.outcome).toMatchObject({ ok: false, end: { cause: 'protocolError', by: 'local' } });
    expect(phone.requests.length).toBe(before);
  });

  test('our offer that meets 491 waits 2.1 to 4 s, because the Call-ID is ours', async () => {
    const { world, phone, leg } = await ringing();
    accept(phone);
    await world.clock.run(20);
    const at: number[] = [];
    phone.onRequest = (transaction) => {
      at.push(world.clock.monotonic());
      transaction.respond(491);
    };
    void leg.reinvite('ours');
    await world.clock.run(6_000);
    expect(at).toHaveLength(2);
    const waited = (at[1] ?? 0) - (at[0] ?? 0);
    expect(waited).toBeGreaterThanOrEqual(2_100);
    expect(waited).toBeLessThanOrEqual(4_010);
  });
});
