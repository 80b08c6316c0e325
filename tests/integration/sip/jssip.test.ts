import JsSIP from 'jssip';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Bench } from './bench.ts';
import { domain, sdp, startBench, within } from './bench.ts';

/** The library that the desktop uses is the second outside judge. Media needs a browser; signalling up to the answer does not. */

/** The part of JsSIP's session that this test touches. */
interface Session {
  readonly remote_identity: { readonly display_name: string };
  terminate(options: { readonly status_code: number }): void;
  once(event: 'failed', listener: (data: { readonly cause: string }) => void): void;
}

// It only looks whether a browser is there before it takes a call.
beforeAll(() => void vi.stubGlobal('window', { RTCPeerConnection: class {} }));

let bench: Bench;
let ua: JsSIP.UA | undefined;
afterEach(async () => {
  ua?.stop();
  await bench.stop();
});

function phone(password: string): JsSIP.UA {
  ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(bench.url)], uri: `sip:1001@${domain}`, password, register: true });
  return ua;
}

const happened = (of: JsSIP.UA, name: 'registered' | 'registrationFailed' | 'unregistered' | 'newRTCSession') =>
  within(name, new Promise<Record<string, unknown>>((resolve) => of.once(name as 'registered', resolve as never)));

const invite = () => bench.stack.invite({ extension: '1001', from: { user: '+86138', displayName: '张伟' }, offer: sdp });

test('JsSIP registers, sees the caller, rejects; is rung again and sees the call cancelled; unregisters', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const jssip = phone('secret-of-1001');
  const registered = happened(jssip, 'registered');
  jssip.start();
  await registered;
  expect(bench.stack.isRegistered('1001')).toBe(true);

  const first = happened(jssip, 'newRTCSession');
  const rejected = invite();
  const { session } = (await first) as { session: Session };
  expect(session.remote_identity.display_name).toBe('张伟');
  session.terminate({ status_code: 486 });
  expect(await within('outcome', rejected?.outcome ?? Promise.reject(new Error('no leg')))).toMatchObject({
    ok: false,
    end: { cause: 'rejected', status: 486 },
  });

  const second = happened(jssip, 'newRTCSession');
  const cancelled = invite();
  const ringing = (await second) as { session: Session };
  const failed = within('failed', new Promise<{ cause: string }>((resolve) => ringing.session.once('failed', resolve)));
  cancelled?.hangUp({ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' });
  expect((await failed).cause).toBe('Canceled');

  const unregistered = happened(jssip, 'unregistered');
  jssip.unregister();
  await unregistered;
  expect(bench.stack.isRegistered('1001')).toBe(false);
});

test('JsSIP with a wrong password is told so', async () => {
  bench = await startBench((leg) => leg.refuse(480));
  const jssip = phone('wrong');
  const failed = happened(jssip, 'registrationFailed');
  jssip.start();
  expect(await failed).toMatchObject({ response: { status_code: 401 } });
});
