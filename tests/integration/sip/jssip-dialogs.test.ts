import JsSIP from 'jssip';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { OutgoingLeg, Refer } from '../../../cti-bridge/sip/index.ts';
import type { Bench } from './bench.ts';
import { domain, sdp, startBench, within } from './bench.ts';

/** The library of the desktop as judge of what happens within a call: re-INVITE and REFER. Its media are a stand-in; the words are its own. */

interface Session {
  answer(options: object): void;
  refer(target: string, options: { readonly eventHandlers: Record<string, (data: unknown) => void> }): void;
  on(event: string, listener: (data: never) => void): void;
}

/** As much of a peer connection as JsSIP needs to talk about one. */
class Connection extends EventTarget {
  iceGatheringState = 'complete';
  iceConnectionState = 'connected';
  connectionState = 'connected';
  signalingState = 'stable';
  localDescription: object | null = null;
  remoteDescription: object | null = null;
  getSenders = () => [];
  createOffer = () => Promise.resolve({ type: 'offer', sdp });
  createAnswer = () => Promise.resolve({ type: 'answer', sdp });
  setLocalDescription(description: object): Promise<void> {
    this.localDescription = description;
    return Promise.resolve();
  }
  setRemoteDescription(description: object): Promise<void> {
    this.remoteDescription = description;
    return Promise.resolve();
  }
  close(): void {}
}

beforeAll(() => {
  vi.stubGlobal('window', { RTCPeerConnection: Connection });
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal(
    'RTCSessionDescription',
    class {
      constructor(init: object) {
        Object.assign(this, init);
      }
    },
  );
});

let bench: Bench;
let ua: JsSIP.UA | undefined;
afterEach(async () => {
  ua?.stop();
  await bench.stop();
});

/** A call of ours that JsSIP has answered. */
async function talking(): Promise<{ readonly leg: OutgoingLeg; readonly session: Session }> {
  bench = await startBench((leg) => leg.refuse(486));
  ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(bench.url)],
    uri: `sip:1001@${domain}`,
    password: 'secret-of-1001',
    register: true,
  });
  const registered = new Promise((resolve) => ua?.once('registered', resolve as never));
  const rung = new Promise<{ readonly session: Session }>((resolve) => ua?.once('newRTCSession', resolve as never));
  ua.start();
  await within('registered', registered);
  const leg = bench.stack.invite({ extension: '1001', from: { user: '+86138', displayName: '张伟' }, offer: sdp });
  if (!leg) throw new Error('no leg');
  const { session } = await within('rung', rung);
  const confirmed = new Promise((resolve) => session.on('confirmed', resolve as never));
  session.answer({ mediaConstraints: { audio: false, video: false } });
  expect(await within('answer', leg.outcome)).toMatchObject({ ok: true });
  await within('confirmed', confirmed);
  return { leg, session };
}

test('JsSIP, which does not tell what it allows, is offered to and refreshed by re-INVITE', async () => {
  const { leg } = await talking();
  expect(leg.snapshot()?.remoteMethods).toBeNull();
  expect(await within('refresh', leg.update())).toMatchObject({ ok: true });
  expect(await within('update', leg.update(sdp))).toMatchObject({ ok: true, sdp: expect.stringContaining('m=audio') });
  expect(await within('re-INVITE', leg.reinvite(sdp))).toMatchObject({ ok: true });
  leg.hangUp();
  expect(await leg.ended).toMatchObject({ cause: 'local' });
});

test('JsSIP refers us, and hears how that goes', async () => {
  const { leg, session } = await talking();
  const refers: Refer[] = [];
  leg.onRefer((refer) => {
    refers.push(refer);
    refer.accept();
    refer.notify(180);
    refer.notify(200);
  });
  const heard: string[] = [];
  const listen = (name: string) => [name, () => void heard.push(name)] as const;
  const accepted = new Promise<void>((resolve) => {
    const handlers = [listen('requestSucceeded'), listen('trying'), listen('progress'), listen('failed')];
    session.refer(`sip:1002@${domain}`, { eventHandlers: { ...Object.fromEntries(handlers), accepted: () => resolve() } });
  });
  await within('accepted', accepted);
  expect(heard).toEqual(['requestSucceeded', 'trying', 'progress']);
  expect(refers[0]).toMatchObject({ targetUser: '1002', replaces: null });
});

test('JsSIP whom we refer declines', async () => {
  const { leg, session } = await talking();
  session.on('refer', ((event: { reject(): void }) => event.reject()) as never);
  expect(await within('declined', leg.refer(`sip:1002@${domain}`))).toBe(603);
});

test('JsSIP whom we refer calls the other one, and tells us that it was refused', async () => {
  const { leg, session } = await talking();
  session.on('refer', ((event: { accept(onSession: () => void, options: object): void }) =>
    event.accept(() => {}, { mediaConstraints: { audio: false, video: false } })) as never);
  const status = await within('told', leg.refer(`sip:1002@${domain}`));
  expect(status).toBeGreaterThanOrEqual(400);
});
