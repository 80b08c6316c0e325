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
