import { createSocket } from 'node:dgram';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import {
  createMediaEngine,
  encodeG711,
  type MediaEngine,
  type MediaError,
  type MediaEvents,
  type MediaSession,
  OutboundStream,
  tone,
  writeRtp,
  writeWav,
} from '../../../cti-bridge/media/index.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import { next } from './next-event.ts';
import { RtpPeer } from './rtp-peer.ts';

let folder: string;
let engine: MediaEngine;
let nextSession = 1;
const peers: RtpPeer[] = [];
const sessions = new Set<MediaSession>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosspoint-media-'));
  await writeFile(join(folder, 'prompt.wav'), writeWav(tone(600, 400)));
  await writeFile(join(folder, 'music.wav'), writeWav(tone(500, 300)));
  await writeFile(join(folder, 'wide.wav'), writeWav(tone(500, 300), 16000));
  engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 500 },
    clock: systemClock,
    log: silentLog,
  });
  await engine.start();
});

afterEach(async () => {
  const ended = [...sessions].map((session) => next(session, 'closed'));
  for (const session of sessions) session.end();
  await Promise.all(ended);
  for (const peer of peers.splice(0)) peer.close();
});

afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

const unasked = (): never => {
  throw new Error('a worker that is killed opened something');
};

function newSession(): MediaSession {
  const session = engine.createSession(`call${nextSession++}`);
  if (!session) throw new Error('no session');
  sessions.add(session);
  session.on('closed', () => sessions.delete(session));
  return session;
}

async function newPeer(...settings: Parameters<typeof RtpPeer.open>): Promise<RtpPeer> {
  const peer = await RtpPeer.open(...settings);
  peers.push(peer);
  return peer;
}

/** A leg with a peer at its other end that sends `frequency`. */
async function newLeg(
  session: MediaSession,
  frequency: number,
  law: 'PCMA' | 'PCMU' = 'PCMA',
): Promise<{ legId: string; peer: RtpPeer; sdp: string }> {
  const peer = await newPeer(law);
  const { legId, sdp } = await session.answerRtpLeg(peer.sdp());
  peer.talk(sdp, frequency);
  return { legId, peer, sdp };
}

/** Open sockets of a process, as the system counts them. */
async function socketsOf(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

const file = (name: string) => ({ kind: 'file', path: join(folder, name) }) as const;
const music = () => ({ kind: 'music', path: join(folder, 'music.wav') }) as const;

describe('joined legs', () => {
  it('carry each tone to the other leg, across A-law and mu-law', async () => {
    const session = newSession();
    const a = await newLeg(session, 440, 'PCMA');
    const b = await newLeg(session, 1000, 'PCMU');
    const first = [
      next(session, 'firstAudio', (event) => event.toLegId === a.legId),
      next(session, 'firstAudio', (event) => event.toLegId === b.legId),
    ];
    const before = performance.now();
    session.join(a.legId, b.legId);
    await Promise.all([a.peer.hears(1000), b.peer.hears(440)]);
    expect(a.peer.listener.hears(440)).toBe(false);
    expect(b.peer.listener.hears(1000)).toBe(false);
    for (const event of await Promise.all(first)) {
      expect(event.at).toBeGreaterThan(before);
      expect(event.at).toBeLessThan(performance.now());
    }
  });

  it('fall silent again when parted', async () => {
    const session = newSession();
    const a = await newLeg(session, 440);
    const b = await newLeg(session, 1000);
    session.join(a.legId, b.legId);
    await a.peer.hears(1000);
    session.part(a.legId, b.legId);
    await a.peer.until('silence', () => a.peer.listener.isSilent);
  });

  it('mix three parties, each without itself', async () => {
    const session = newSession();
    const a = await newLeg(session, 440);
    const b = await newLeg(session, 1000);
    const c = await newLeg(session, 1700);
    session.join(a.legId, b.legId);
    session.join(b.legId, c.legId);
    session.join(a.legId, c.legId);
    await a.peer.until('both others', () => a.peer.listener.hears(1000) && a.peer.listener.hears(1700));
    expect(a.peer.listener.hears(440)).toBe(false);
    await c.peer.until('both others', () => c.peer.listener.hears(440) && c.peer.listener.hears(1000));
  });
});

describe('sounds', () => {
  it('play to their end and say so once', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 0);
    const outcomes: MediaEvents['played'][] = [];
    session.on('played', (event) => outcomes.push(event));
    const finished = next(session, 'played');
    const playId = session.play(legId, file('prompt.wav'));
    await peer.hears(600);
    await expect(finished).resolves.toEqual({ playId, outcome: 'finished' });
    await peer.until('silence', () => peer.listener.isSilent);
    expect(outcomes).toHaveLength(1);
  });

  it('are replaced by the next one, which is told as stopped', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 0);
    const looped = session.play(legId, music());
    await peer.hears(500);
    const stopped = next(session, 'played', (event) => event.playId === looped);
    session.play(legId, file('prompt.wav'));
    await peer.hears(600);
    expect((await stopped).outcome).toBe('stopped');
  });

  it('loop as music until the legs are joined', async () => {
    const session = newSession();
    const a = await newLeg(session, 440);
    const playId = session.play(a.legId, music());
    // Longer than the file: 25 windows of 20 ms are 500 ms.
    await a.peer.hears(500);
    const until = a.peer.packets.length + 25;
    await a.peer.until('half a second of packets', () => a.peer.packets.length >= until);
    expect(a.peer.listener.hears(500)).toBe(true);
    const b = await newLeg(session, 1000);
    const stopped = next(session, 'played', (event) => event.playId === playId);
    session.join(a.legId, b.legId);
    await a.peer.until('the other leg only', () => a.peer.listener.hears(1000) && !a.peer.listener.hears(500));
    expect((await stopped).outcome).toBe('stopped');
  });

  it('are missing when there is no file, or not one of 8 kHz', async () => {
    const session = newSession();
    const { legId } = await newLeg(session, 0);
    const absent = next(session, 'played');
    session.play(legId, file('absent.wav'));
    expect((await absent).outcome).toBe('missing');
    const wide = next(session, 'played');
    session.play(legId, file('wide.wav'));
    expect((await wide).outcome).toBe('missing');
  });

  it('can be ringback', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 0);
    session.play(legId, { kind: 'ringback' });
    await peer.hears(425);
  });
});

describe('key presses', () => {
  it('are told once each, and reach the joined side only when sent', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 440);
    const digits: MediaEvents['digit'][] = [];
    session.on('digit', (event) => digits.push(event));
    await peer.until('packets', () => peer.packets.length > 5);
    const done = next(session, 'digit', (event) => event.digit === '#');
    for (const digit of '115#') peer.press(digit);
    await done;
    expect(digits.map((event) => event.digit).join('')).toBe('115#');
    expect(digits.every((event) => event.legId === legId && event.durationMs === 100)).toBe(true);
  });

  it('are sent as RFC 4733 events in the order given', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 0);
    session.sendDigit(legId, '4');
    session.sendDigit(legId, '2', 80);
    await peer.until('two digits', () => peer.digits.length === 2);
    expect(peer.digits).toEqual([
      { digit: '4', durationMs: 160 },
      { digit: '2', durationMs: 80 },
    ]);
    const events = peer.packets.filter((packet) => packet.payloadType === 101);
    expect(events.filter((packet) => packet.marker)).toHaveLength(2);
    await peer.until('all end packets', () => peer.packets.filter((packet) => packet.payloadType === 101).length === 8 + 3 + 4 + 3);
  });
});

describe('strangers and floods', () => {
  it('plays nothing of another address than the one agreed on, even when it speaks first', async () => {
    const session = newSession();
    const a = await newLeg(session, 0);
    const peer = await newPeer('PCMA');
    const { legId, sdp } = await session.answerRtpLeg(peer.sdp());
    session.join(a.legId, legId);
    const stranger = await newPeer('PCMA', '127.0.0.2');
    stranger.talk(sdp, 1700);
    const until = a.peer.packets.length + 40;
    await a.peer.until('time to pass', () => a.peer.packets.length >= until);
    expect(a.peer.listener.isSilent).toBe(true);
    peer.talk(sdp, 440);
    await a.peer.hears(440);
    expect(a.peer.listener.hears(1700)).toBe(false);
    expect(stranger.packets).toHaveLength(0);
  });

  it('outlives garbage and a flood of packets on a leg', async () => {
    const session = newSession();
    const a = await newLeg(session, 0);
    const b = await newLeg(session, 440);
    session.join(a.legId, b.legId);
    await a.peer.hears(440);
    for (let i = 0; i < 200; i++) b.peer.sendRaw(Buffer.alloc(i % 40, i));
    const flood = new OutboundStream();
    for (let i = 0; i < 500; i++) b.peer.sendRaw(writeRtp(flood.audio(8, encodeG711('PCMA', tone(1700, 20)))));
    a.peer.listener.forget();
    await a.peer.hears(440);
  });
});

describe('a far side that is quiet', () => {
  it('is told as lost after the time-out, once', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 440);
    await next(session, 'connected');
    peer.mute();
    await expect(next(session, 'lost')).resolves.toEqual({ legId, why: 'rtpTimeout' });
  });

  it('is not lost while it holds, and gets no packets from us', async () => {
    const session = newSession();
    const { legId, peer } = await newLeg(session, 440);
    await next(session, 'connected');
    const { sdp, isHeld } = await session.renegotiate(legId, peer.sdp('inactive', 2));
    expect(isHeld).toBe(true);
    expect(sdp).toContain('a=inactive');
    peer.mute();
    const lost: unknown[] = [];
    session.on('lost', (event) => lost.push(event));
    const other = await newLeg(session, 0);
    const seen = peer.packets.length;
    const until = other.peer.packets.length + 40;
    await other.peer.until('800 ms of packets', () => other.peer.packets.length >= until);
    expect(lost).toEqual([]);
    expect(peer.packets.length - seen).toBeLessThan(3);
    const resumed = await session.renegotiate(legId, peer.sdp('sendrecv', 3));
    expect(resumed.isHeld).toBe(false);
    peer.talk(resumed.sdp, 440);
    await peer.until('packets again', () => peer.packets.length > seen + 10);
  });
});

describe('our own offer', () => {
  it('is completed by an answer', async () => {
    const session = newSession();
    const peer = await newPeer('PCMU');
    const { legId, sdp } = await session.offerRtpLeg();
    peer.talk(sdp, 440);
    await session.acceptAnswer(legId, peer.sdp());
    session.play(legId, music());
    await peer.hears(500);
    expect(peer.packets.at(-1)?.payloadType).toBe(0);
  });
});

describe('refusals', () => {
  it('names an offer without G.711, and a broken one', async () => {
    const session = newSession();
    const opus =
      'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\n';
    await expect(session.answerRtpLeg(opus)).rejects.toMatchObject({ code: 'notAcceptable' });
    await expect(session.answerRtpLeg('hello')).rejects.toMatchObject({ code: 'badSdp' });
    await expect(session.acceptAnswer('nowhere', opus)).rejects.toMatchObject({ code: 'unknownLeg' });
  });
});

describe('ending', () => {
  it('frees every port, and tells the end last', async () => {
    const session = newSession();
    const { legId, sdp } = await newLeg(session, 440);
    const port = Number(/m=audio (\d+)/.exec(sdp)?.[1]);
    const playId = session.play(legId, music());
    const told: string[] = [];
    session.on('played', (event) => told.push(`played ${event.playId} ${event.outcome}`));
    session.on('closed', (event) => told.push(`closed ${event.why}`));
    const closed = next(session, 'closed');
    session.end();
    await closed;
    expect(told).toEqual([`played ${playId} stopped`, 'closed ended']);
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve()));
    });
  });
});

describe('ending', () => {
  it('leaves no socket behind, whatever was being opened', async () => {
    const [worker] = await engine.stats();
    if (!worker) throw new Error('no worker');
    const before = await socketsOf(worker.pid);
    for (const open of [(session: MediaSession) => session.offerRtpLeg(), (session: MediaSession) => session.offerWebRtcLeg()]) {
      const session = newSession();
      const opened = Promise.allSettled([open(session)]);
      const closed = next(session, 'closed');
      session.end();
      await Promise.all([opened, closed]);
    }
    await expect.poll(() => socketsOf(worker.pid)).toBe(before);
  });
});

describe('admission', () => {
  it('refuses calls beyond the limit of every worker, and takes them again after one ended', async () => {
    const taken = Array.from({ length: 10 }, () => newSession());
    expect(engine.createSession('one too many')).toBeNull();
    const [first] = taken;
    const closed = first && next(first, 'closed');
    first?.end();
    await closed;
    newSession();
  });
});

describe('a worker that has too much to do', () => {
  it('takes no new calls, keeps those that are up, and says so to health', async () => {
    // Everything is too late for a limit of nothing.
    const overload = { p99Ms: -1, forMs: 1_000, fromSessions: 1 };
    const config = { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 500, overload } as const;
    const busy = createMediaEngine({ config, clock: systemClock, log: silentLog });
    try {
      await busy.start();
      expect(busy.readiness()).toEqual({ ready: 1, of: 1, overloaded: 0 });
      const first = busy.createSession('first');
      if (!first) throw new Error('no session');
      await expect.poll(() => busy.readiness().overloaded, { timeout: 10_000 }).toBe(1);
      expect(busy.createSession('second')).toBeNull();
      const moved = busy.createSession('moved', 'established');
      expect(moved).not.toBeNull();
      const closed = [first, moved].map((session) => session && next(session, 'closed'));
      first.end();
      moved?.end();
      await Promise.all(closed);
      // Without calls it is not the calls.
      expect(busy.createSession('third')).not.toBeNull();
    } finally {
      await busy.stop();
    }
  });
});

describe('a worker that hangs', () => {
  it('is ended and replaced, and its sessions are told', async () => {
    // Heartbeats and answers are waited for a fifth of the time; the start has all it needs.
    const clock: Clock = { ...systemClock, timer: (delayMs, fire) => systemClock.timer(delayMs <= 5000 ? delayMs / 5 : delayMs, fire) };
    const config = { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 500 } as const;
    const hanging = createMediaEngine({ config, clock, log: silentLog });
    try {
      await hanging.start();
      const session = hanging.createSession('hangs');
      const [worker] = await hanging.stats();
      if (!session || !worker) throw new Error('no worker');
      const closed = next(session, 'closed');
      process.kill(worker.pid, 'SIGSTOP');
      await expect(closed).resolves.toEqual({ why: 'workerDied' });
      await expect.poll(async () => (await hanging.stats())[0]?.pid, { timeout: 10_000 }).not.toBe(worker.pid);
    } finally {
      await hanging.stop();
    }
  });
});

describe('a worker that never gets ready', () => {
  it('is ended, and another takes its place', async () => {
    const clock: Clock = { ...systemClock, timer: (delayMs, fire) => systemClock.timer(delayMs === 10_000 ? 3_000 : delayMs, fire) };
    const config = { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 500 } as const;
    const slow = createMediaEngine({ config, clock, log: silentLog });
    try {
      const before = mediaWorkers();
      const started = slow.start();
      const [stuck] = mediaWorkers().filter((pid) => !before.includes(pid));
      if (stuck === undefined) throw new Error('no worker was started');
      process.kill(stuck, 'SIGSTOP');
      await started;
      expect((await slow.stats())[0]?.pid).not.toBe(stuck);
      expect(mediaWorkers()).not.toContain(stuck);
    } finally {
      await slow.stop();
    }
  });
});

describe('a worker that dies', () => {
  it('lets nobody down before it has told its sessions, however early it is asked something', async () => {
    const session = newSession();
    let isClosed = false;
    session.on('closed', () => {
      isClosed = true;
    });
    const [worker] = await engine.stats();
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    const refusals: Promise<readonly [string, boolean]>[] = [];
    while (!isClosed) {
      refusals.push(session.offerRtpLeg().then(unasked, (error: MediaError) => [error.code, isClosed] as const));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const refusal of await Promise.all(refusals)) expect(refusal).toEqual(['workerDied', true]);
    await expect.poll(async () => (await engine.stats()).length, { timeout: 10_000 }).toBe(1);
  });

  it('ends its sessions and is replaced', async () => {
    const session = newSession();
    const { legId } = await newLeg(session, 440);
    const playId = session.play(legId, music());
    const stopped = next(session, 'played');
    const closed = next(session, 'closed');
    const [worker] = await engine.stats();
    if (!worker) throw new Error('no worker');
    process.kill(worker.pid, 'SIGKILL');
    await expect(closed).resolves.toEqual({ why: 'workerDied' });
    await expect(stopped).resolves.toEqual({ playId, outcome: 'stopped' });
    await expect(session.answerRtpLeg('v=0')).rejects.toMatchObject({ code: 'workerDied' });
    expect(engine.createSession('meanwhile')).toBeNull();
    await expect.poll(async () => (await engine.stats()).length, { timeout: 10_000 }).toBe(1);
    expect((await engine.stats())[0]?.pid).not.toBe(worker.pid);
    const again = newSession();
    const leg = await newLeg(again, 0);
    again.play(leg.legId, music());
    await leg.peer.hears(500);
  });
});
