import { afterEach, expect, test } from 'vitest';
import type { ReceivedRequest } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { Bench } from './bench.ts';
import { isRequest, sdp, startBench, WebSocketPhone, within } from './bench.ts';

let bench: Bench;
afterEach(() => bench.stop());

const ring = (extension = '1001') =>
  bench.stack.invite({
    extension,
    from: { user: '+8613800000001', displayName: 'Zhang "Wei"\r\nEvil: yes' },
    offer: sdp,
    headers: { 'X-Crosspoint-Reservation': 'res-1' },
  });

async function registeredPhone(extension = '1001'): Promise<WebSocketPhone> {
  const phone = new WebSocketPhone(bench.url, extension);
  await phone.open();
  expect(await phone.register()).toMatchObject({ status: 200 });
  return phone;
}

test('a desktop registers over a WebSocket, is rung on that flow, answers, and either side hangs up', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  expect(ring()).toBeNull();
  const heard: [string, boolean][] = [];
  bench.stack.onRegistration((extension, isRegistered) => heard.push([extension, isRegistered]));
  const phone = await registeredPhone();
  expect(heard).toEqual([['1001', true]]);

  for (const who of ['phone', 'bridge']) {
    const from = phone.received.length;
    const leg = ring();
    if (!leg) throw new Error('no binding');
    const progress: number[] = [];
    leg.onProgress((status) => progress.push(status));
    const invite = await phone.next('INVITE', isRequest('INVITE'), from);
    expect(headerOf(invite, 'X-Crosspoint-Reservation')).toBe('res-1');
    expect(headerOf(invite, 'Evil')).toBeUndefined();
    expect(invite.from.displayName).toBe('Zhang "Wei" Evil: yes');
    phone.respond(invite, '180 Ringing');
    phone.respond(invite, '200 OK', sdp);
    await phone.next('ACK', isRequest('ACK'), from);
    expect(await leg.outcome).toMatchObject({ ok: true, sdp });
    expect(progress).toEqual([180]);
    if (who === 'bridge') {
      leg.hangUp({ protocol: 'Q.850', cause: 16, text: 'done' });
      const bye = await phone.next('BYE', isRequest('BYE'), from);
      expect(headerOf(bye, 'Reason')).toBe('Q.850;cause=16;text="done"');
      phone.respond(bye, '200 OK');
      expect(await leg.ended).toMatchObject({ cause: 'local', by: 'local' });
    } else {
      const { uri, to, from: caller, callId } = invite as ReceivedRequest;
      expect(uri).toContain('.invalid');
      phone.send([
        `BYE ${headerOf(invite, 'Contact')?.slice(1, -1)} SIP/2.0`,
        `Via: SIP/2.0/WS ${phone.instance}.invalid;branch=z9hG4bK-bye-${phone.instance}`,
        'Max-Forwards: 70',
        `From: <${to.uri}>;tag=${phone.instance}`,
        `To: <${caller.uri}>;tag=${invite.fromTag}`,
        `Call-ID: ${callId}`,
        'CSeq: 1 BYE',
      ]);
      await phone.next('200 to BYE', (message) => message.kind === 'response' && message.cseq.method === 'BYE', from);
      expect(await leg.ended).toMatchObject({ cause: 'bye', by: 'remote' });
    }
  }
  phone.socket.close();
  await within(
    'unregistration',
    new Promise<void>((resolve) => bench.stack.onRegistration((_, isRegistered) => !isRegistered && resolve())),
  );
  expect(bench.stack.isRegistered('1001')).toBe(false);
});

/** A call that the phone has answered. */
async function answeredCall(phone: WebSocketPhone) {
  const leg = ring();
  if (!leg) throw new Error('no binding');
  phone.respond(await phone.next('INVITE', isRequest('INVITE')), '200 OK', sdp);
  expect(await leg.outcome).toMatchObject({ ok: true });
  return leg;
}

test('a call outlives its WebSocket: when the phone registers again, the call goes on over the new one', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  const leg = await answeredCall(phone);
  phone.socket.terminate();
  await within(
    'unregistration',
    new Promise<void>((resolve) => bench.stack.onRegistration((_, isRegistered) => !isRegistered && resolve())),
  );
  const again = await registeredPhone();
  leg.hangUp();
  const bye = await again.next('BYE', isRequest('BYE'));
  expect(bye.callId).toBe(leg.callId);
  expect((bye as ReceivedRequest).uri).toContain(again.instance);
});

test('a call that ended while its phone was away is told so when the phone comes back', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  const leg = await answeredCall(phone);
  phone.socket.terminate();
  await within(
    'unregistration',
    new Promise<void>((resolve) => bench.stack.onRegistration((_, isRegistered) => !isRegistered && resolve())),
  );
  leg.hangUp();
  expect(await leg.ended).toMatchObject({ cause: 'local' });
  const again = await registeredPhone();
  expect((await again.next('BYE', isRequest('BYE'))).callId).toBe(leg.callId);
});

test('a phone that registers from a second WebSocket takes the call along, and the first is closed', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  const leg = await answeredCall(phone);
  const second = await registeredPhone();
  await within('first closed', phone.closed);
  leg.hangUp();
  expect((await second.next('BYE', isRequest('BYE'))).callId).toBe(leg.callId);
});

test('a phone whose WebSocket dies while it rings loses the call at once', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  const leg = ring();
  phone.respond(await phone.next('INVITE', isRequest('INVITE')), '180 Ringing');
  phone.socket.terminate();
  expect(await within('outcome', leg?.outcome ?? Promise.reject(new Error('no leg')))).toMatchObject({
    ok: false,
    end: { cause: 'flowClosed', by: 'network' },
  });
});

test('a wrong password is refused, and the third one closes the WebSocket', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = new WebSocketPhone(bench.url, '1001');
  await phone.open();
  for (let attempt = 0; attempt < 3; attempt++) expect(await phone.register({ password: 'guess' })).toMatchObject({ status: 401 });
  await within('closed', phone.closed);
  expect(bench.stack.isRegistered('1001')).toBe(false);
});

test('unregistering from outside closes the flow', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  bench.stack.unregister('1001');
  await within('closed', phone.closed);
  expect(bench.stack.isRegistered('1001')).toBe(false);
});

test('an agent cannot place a call over the WebSocket yet', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const phone = await registeredPhone();
  phone.send(
    [
      'INVITE sip:+1900555@crosspoint.invalid SIP/2.0',
      'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK-out',
      'Max-Forwards: 70',
      'From: <sip:1001@crosspoint.invalid>;tag=o',
      'To: <sip:+1900555@crosspoint.invalid>',
      'Call-ID: out',
      'CSeq: 1 INVITE',
    ],
    sdp,
  );
  expect(await phone.next('answer', (message) => message.callId === 'out')).toMatchObject({ status: 403 });
  expect(bench.calls).toHaveLength(0);
});
