import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createRelayEngine, type MediaEngine, type MediaSession } from '../../../cti-bridge/media/index.ts';
import { NgClient } from '../../../cti-bridge/media/rtpengine/ng-client.ts';
import { type RtpengineDaemon, startRtpengine } from '../../support/rtpengine.ts';
import { Journal } from '../../support/scripted-phone/journal.ts';
import { WebRtcMedia } from '../../support/scripted-phone/webrtc-media.ts';
import { next } from './next-event.ts';
import { RtpPeer } from './rtp-peer.ts';

/** Debian's rtpengine as the relay of whole calls; what comes out of it is listened to. */

let daemon: RtpengineDaemon;
let engine: MediaEngine;
let nextSession = 1;
const closers: (() => unknown)[] = [];

async function startEngine(port: number): Promise<MediaEngine> {
  const relay = createRelayEngine({
    config: { host: '127.0.0.1', port, calls: 10, rtpTimeoutMs: 1_000 },
    clock: systemClock,
    log: silentLog,
  });
  await relay.start();
  return relay;
}

beforeAll(async () => {
  daemon = await startRtpengine();
  engine = await startEngine(daemon.port);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await engine.stop();
  await daemon.stop();
});

function newSession(from = engine): MediaSession {
  const session = from.createSession(`call${nextSession++}`);
  if (!session) throw new Error('no session');
  closers.push(() => session.end());
  return session;
}

async function newPeer(law: 'PCMA' | 'PCMU' = 'PCMA'): Promise<RtpPeer> {
  const peer = await RtpPeer.open(law);
  closers.push(() => peer.close());
  return peer;
}

/** A caller who was answered at once, and a desk phone that was offered the call after that. */
async function twoPhones(session: MediaSession) {
  const caller = await newPeer();
  const phone = await newPeer();
  const answered = await session.answerRtpLeg(caller.sdp());
  caller.talk(answered.sdp, 440);
  const offered = await session.offerRtpLeg();
  await session.acceptAnswer(offered.legId, phone.sdp());
  phone.talk(offered.sdp, 1_000);
  session.join(answered.legId, offered.legId);
  return { caller, phone, callerLeg: answered.legId, phoneLeg: offered.legId };
}

describe('a call through rtpengine', () => {
  it('lets two telephones hear each other, though one was answered before the other was there', async () => {
    const session = newSession();
    const connected: string[] = [];
    session.on('connected', ({ legId }) => connected.push(legId));
    const { caller, phone, callerLeg, phoneLeg } = await twoPhones(session);
    await Promise.all([caller.hears(1_000), phone.hears(440)]);
    expect(caller.listener.hears(440)).toBe(false);
    await expect.poll(() => [...connected].sort(), { timeout: 5_000 }).toEqual([callerLeg, phoneLeg].sort());
  });

  it('lets a telephone and a browser hear each other, with ICE and DTLS on one side only', { timeout: 30_000 }, async () => {
    const session = newSession();
    const browser = await WebRtcMedia.open(new Journal('browser'), null);
    closers.push(() => browser.close());
    const agent = await session.offerWebRtcLeg();
    await session.acceptAnswer(agent.legId, await browser.answer(agent.sdp));
    const customer = await newPeer('PCMU');
    const line = await session.offerRtpLeg();
    await session.acceptAnswer(line.legId, customer.sdp());
    browser.mouth.playTone(880);
    customer.talk(line.sdp, 440);
    await browser.connected;
    await customer.hears(880, 10_000);
    await browser.ears.tone(440, 10_000);
  });

  it('takes a browser into a call whose customer was answered before it', { timeout: 30_000 }, async () => {
    const session = newSession();
    const customer = await newPeer('PCMU');
    const line = await session.answerRtpLeg(customer.sdp());
    customer.talk(line.sdp, 440);
    const browser = await WebRtcMedia.open(new Journal('browser'), null);
    closers.push(() => browser.close());
    const agent = await session.offerWebRtcLeg();
    expect(agent.sdp).not.toContain('PCMA');
    await session.acceptAnswer(agent.legId, await browser.answer(agent.sdp));
    browser.mouth.playTone(880);
    await browser.connected;
    await customer.hears(880, 10_000);
    await browser.ears.tone(440, 10_000);
  });

  it('carries keys, and swallows them where they are masked', async () => {
    const session = newSession();
    const { caller, phone, callerLeg } = await twoPhones(session);
    await phone.hears(440);
    caller.press('5');
    await phone.until('key 5', () => phone.digits.some(({ digit }) => digit === '5'));
    session.maskDigits(callerLeg, true);
    await session.renegotiate(callerLeg, caller.sdp('sendrecv', 2));
    const packetsBefore = phone.packets.length;
    caller.press('7');
    await phone.until('half a second more', () => phone.packets.length > packetsBefore + 40);
    expect(phone.digits.map(({ digit }) => digit)).toEqual(['5']);
  });

  it('answers a hold and a moved telephone, and keeps its own port', async () => {
    const session = newSession();
    const { caller, phone, callerLeg } = await twoPhones(session);
    await phone.hears(440);
    const held = await session.renegotiate(callerLeg, caller.sdp('sendonly', 2));
    expect(held.isHeld).toBe(true);
    expect(held.sdp).toContain('a=recvonly');
    const moved = await newPeer();
    const back = await session.renegotiate(callerLeg, moved.sdp('sendrecv', 3));
    expect(back).toMatchObject({ isHeld: false });
    const port = (sdp: string) => /^m=audio (\d+)/m.exec(sdp)?.[1];
    expect(port(back.sdp)).toBe(port(held.sdp));
    caller.mute();
    moved.talk(back.sdp, 600);
    await Promise.all([phone.hears(600), moved.hears(1_000)]);
  });

  it('misses a side that falls silent, once, and frees everything at the end', { timeout: 20_000 }, async () => {
    const session = newSession();
    const { caller, phone, callerLeg } = await twoPhones(session);
    await phone.hears(440);
    const lost: string[] = [];
    session.on('lost', ({ legId }) => lost.push(legId));
    caller.mute();
    await next(session, 'lost', ({ legId }) => legId === callerLeg, 10_000);
    expect(lost).toEqual([callerLeg]);
    const closed = next(session, 'closed');
    session.end();
    expect(await closed).toEqual({ why: 'ended' });
    expect(await ask('query', session.sessionId)).toEqual({ kind: 'error', reason: 'Unknown call-id' });
  });
});

describe('what a relay cannot do', () => {
  it('is refused with a reason, so that the call is had on our own engine', async () => {
    const session = newSession();
    const { callerLeg, phoneLeg } = await twoPhones(session);
    const refusal = { code: 'notRelayed' };
    await expect(session.offerRtpLeg()).rejects.toMatchObject(refusal);
    await expect(session.startRecording('r', { path: 'r.wav', left: [], right: [] })).rejects.toMatchObject(refusal);
    expect(() => session.play(callerLeg, { kind: 'ringback' })).toThrow(/playing a sound/);
    expect(() => session.part(callerLeg, phoneLeg)).toThrow(/parting/);
    expect(() => session.sendDigit(callerLeg, '1')).toThrow(/sending a key/);
  });

  it('is a call whose sides speak other laws', async () => {
    const session = newSession();
    const caller = await newPeer('PCMA');
    const phone = await newPeer('PCMU');
    await session.answerRtpLeg(caller.sdp());
    const offered = await session.offerRtpLeg();
    expect(offered.sdp).not.toContain('PCMU');
    await expect(session.acceptAnswer(offered.legId, phone.sdp())).rejects.toMatchObject({ code: 'notRelayed' });
  });
});

describe('a daemon that is away', () => {
  it('takes no calls, and tells those it had', { timeout: 30_000 }, async () => {
    const mortal = await startRtpengine();
    closers.push(() => mortal.stop());
    const relay = await startEngine(mortal.port);
    closers.push(() => relay.stop());
    expect(relay.readiness()).toEqual({ ready: 1, of: 1, overloaded: 0 });
    const session = newSession(relay);
    await twoPhones(session);
    const closed = next(session, 'closed', () => true, 15_000);
    mortal.program.kill();
    expect(await closed).toEqual({ why: 'workerDied' });
    expect(relay.readiness()).toEqual({ ready: 0, of: 1, overloaded: 0 });
    expect(relay.createSession('late')).toBeNull();
    const back = await startRtpengine(mortal.port);
    closers.push(() => back.stop());
    await expect.poll(() => relay.readiness().ready, { timeout: 10_000 }).toBe(1);
  });
});

/** What the daemon itself says. */
async function ask(command: string, callId: string) {
  const socket = createSocket('udp4');
  const client = new NgClient({
    clock: systemClock,
    cookie: () => randomBytes(8).toString('hex'),
    send: (datagram) => socket.send(datagram, daemon.port, '127.0.0.1'),
  });
  socket.on('message', (datagram) => client.receive(datagram));
  const said = await client.ask(command, { 'call-id': callId });
  socket.close();
  return said;
}
