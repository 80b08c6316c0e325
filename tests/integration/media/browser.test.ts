import { createSocket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { classes, Message, methods } from 'werift';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createMediaEngine, type MediaEngine, type MediaEvents, type MediaSession } from '../../../cti-bridge/media/index.ts';
import { BrowserPhone } from './browser-phone.ts';
import { next } from './next-event.ts';
import { RtpPeer } from './rtp-peer.ts';

let engine: MediaEngine;
let browser: BrowserPhone;
let nextCall = 1;
const open: { session: MediaSession; caller: RtpPeer }[] = [];

beforeAll(async () => {
  engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 5000 },
    clock: systemClock,
    log: silentLog,
  });
  [browser] = await Promise.all([BrowserPhone.open(440), engine.start()]);
});

afterEach(() => {
  for (const { session, caller } of open.splice(0)) {
    session.end();
    caller.close();
  }
});

afterAll(async () => {
  await browser.close();
  await engine.stop();
});

/** A caller with a tone of 1000 Hz, joined to a browser whose microphone hears 440 Hz. */
async function talk(): Promise<{ session: MediaSession; caller: RtpPeer; callerLeg: string; agentLeg: string; firstAudio: string[] }> {
  const session = engine.createSession(`call${nextCall++}`);
  if (!session) throw new Error('no session');
  const caller = await RtpPeer.open('PCMA');
  open.push({ session, caller });
  const { legId: callerLeg, sdp } = await session.answerRtpLeg(caller.sdp());
  caller.talk(sdp, 1000);
  const { legId: agentLeg, sdp: offer } = await session.offerWebRtcLeg();
  const firstAudio: string[] = [];
  session.on('firstAudio', ({ toLegId }) => firstAudio.push(toLegId));
  session.join(callerLeg, agentLeg);
  await session.acceptAnswer(agentLeg, await browser.answer(offer));
  return { session, caller, callerLeg, agentLeg, firstAudio };
}

describe('a browser as the agent', () => {
  it('hears the caller and is heard, and both first sounds are told', async () => {
    const { caller, callerLeg, agentLeg, firstAudio } = await talk();
    await expect.poll(() => new Set(firstAudio)).toEqual(new Set([callerLeg, agentLeg]));
    await Promise.all([caller.hears(440), browser.hears(1000)]);
    expect(caller.listener.hears(1000)).toBe(false);
    expect(firstAudio).toHaveLength(2);
  });

  it('is offered G.711 first, then Opus, with key presses on the clock of either, at our own address', async () => {
    const session = engine.createSession('offer');
    const { sdp } = (await session?.offerWebRtcLeg()) ?? { sdp: '' };
    session?.end();
    expect(sdp).toMatch(/m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 8 111 101 110\r\n/);
    expect(sdp).toContain('a=rtpmap:101 telephone-event/8000');
    const candidates = sdp.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toContain(' 127.0.0.1 ');
  });

  it('holds and resumes by new offers', async () => {
    const { session, caller, agentLeg } = await talk();
    await Promise.all([caller.hears(440), browser.hears(1000)]);

    const held = await session.renegotiate(agentLeg, await browser.offerAgain('sendonly'));
    await browser.acceptAnswer(held.sdp);
    expect(held.isHeld).toBe(true);
    expect(held.sdp).toContain('a=recvonly');
    await browser.hearsNothing();

    const resumed = await session.renegotiate(agentLeg, await browser.offerAgain('sendrecv'));
    await browser.acceptAnswer(resumed.sdp);
    expect(resumed.isHeld).toBe(false);
    expect(versionOf(resumed.sdp)).toBeGreaterThan(versionOf(held.sdp));
    caller.listener.forget();
    await Promise.all([caller.hears(440), browser.hears(1000)]);
  });

  it('finds a new path by an ICE restart and talks on', async () => {
    const { session, caller, agentLeg } = await talk();
    await Promise.all([caller.hears(440), browser.hears(1000)]);
    const restarted = await session.renegotiate(agentLeg, await browser.offerRestart());
    await browser.acceptAnswer(restarted.sdp);
    const until = caller.packets.length + 50;
    await caller.until('a second of packets', () => caller.packets.length >= until);
    caller.listener.forget();
    await Promise.all([caller.hears(440), browser.hears(1000)]);
  });

  it('is who gets the sound, whoever else says that it is to come their way', async () => {
    const session = engine.createSession('nominated');
    if (!session) throw new Error('no session');
    const caller = await RtpPeer.open('PCMA');
    open.push({ session, caller });
    const { legId: callerLeg, sdp } = await session.answerRtpLeg(caller.sdp());
    caller.talk(sdp, 1000);
    const { legId: agentLeg, sdp: offer } = await session.offerWebRtcLeg();
    session.join(callerLeg, agentLeg);
    const stranger = await Nominator.aimedAt(offer);
    const answer = await browser.answer(offer);
    stranger.nominate();
    await session.acceptAnswer(agentLeg, answer);
    stranger.nominate();
    await Promise.all([caller.hears(440), browser.hears(1000)]);
    stranger.nominate();
    const until = caller.packets.length + 50;
    await caller.until('a second of packets', () => caller.packets.length >= until);
    caller.listener.forget();
    await Promise.all([caller.hears(440), browser.hears(1000)]);
    expect(stranger.heard).toBe(0);
    stranger.close();
  });

  it('presses keys, each told once', async () => {
    const { session, caller, agentLeg } = await talk();
    // A browser takes keys once it is connected.
    await caller.hears(440);
    const digits: MediaEvents['digit'][] = [];
    session.on('digit', (event) => digits.push(event));
    const done = next(session, 'digit', (event) => event.digit === '#', 10_000);
    await browser.press('27#');
    await done;
    expect(digits.map(({ digit }) => digit).join('')).toBe('27#');
    expect(digits.every(({ legId }) => legId === agentLeg)).toBe(true);
  });

  it('is told as lost when it goes without a word', async () => {
    const { session, caller, agentLeg } = await talk();
    await caller.hears(440);
    const lost = next(session, 'lost');
    await browser.hangUp();
    await expect(lost).resolves.toEqual({ legId: agentLeg, why: 'dtlsFailed' });
  });

  it('leaves no port behind when refused or closed', async () => {
    const session = engine.createSession('refused');
    if (!session) throw new Error('no session');
    const { legId } = await session.offerWebRtcLeg();
    await expect(session.acceptAnswer(legId, 'v=0\r\nm=audio 9 RTP/AVP 0\r\n')).rejects.toMatchObject({ code: 'notAcceptable' });
    session.closeLeg(legId);
    const closed = next(session, 'closed');
    session.end();
    await expect(closed).resolves.toEqual({ why: 'ended' });
  });
});

/** Says in checks of the path, with the right name and another password, that it is the browser. */
class Nominator {
  heard = 0;
  readonly #socket = createSocket('udp4');
  readonly #port: number;
  readonly #fragment: string;

  private constructor(port: number, fragment: string) {
    this.#port = port;
    this.#fragment = fragment;
    this.#socket.on('message', () => this.heard++);
  }

  static async aimedAt(offer: string): Promise<Nominator> {
    const port = Number(/^a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 (\d+)/m.exec(offer)?.[1]);
    const nominator = new Nominator(port, /^a=ice-ufrag:(\S+)/m.exec(offer)?.[1] ?? '');
    await new Promise<void>((resolve) => nominator.#socket.bind(0, '127.0.0.1', resolve));
    return nominator;
  }

  nominate(): void {
    const check = new Message(methods.BINDING, classes.REQUEST)
      .setAttribute('USERNAME', `${this.#fragment}:x`)
      .setAttribute('PRIORITY', 0x7effffff)
      .setAttribute('ICE-CONTROLLING', 1n)
      .setAttribute('USE-CANDIDATE', null) as Message;
    check.addMessageIntegrity(Buffer.from('another password')).addFingerprint();
    this.#socket.send(check.bytes, this.#port, '127.0.0.1');
  }

  close(): void {
    this.#socket.close();
  }
}

function versionOf(sdp: string): number {
  return Number(/^o=\S+ \d+ (\d+)/m.exec(sdp)?.[1]);
}
