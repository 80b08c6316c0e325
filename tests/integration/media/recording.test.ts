import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createMediaEngine, type MediaEngine, type MediaSession, readWav, toneAmplitude } from '../../../cti-bridge/media/index.ts';
import { RecordingFile } from '../../../cti-bridge/media/recording/recording-file.ts';
import { next } from './next-event.ts';
import { RtpPeer } from './rtp-peer.ts';

let folder: string;
let engine: MediaEngine;
let nextCall = 1;
const peers: RtpPeer[] = [];
const sessions = new Set<MediaSession>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosspoint-recording-'));
  engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 5000 },
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

/** A customer who sends 440 Hz and an agent who sends 1000 Hz, talking. */
async function talk() {
  const session = engine.createSession(`recorded${nextCall++}`);
  if (!session) throw new Error('no session');
  sessions.add(session);
  session.on('closed', () => sessions.delete(session));
  const [customer, agent] = await Promise.all([newLeg(session, 440), newLeg(session, 1000)]);
  session.join(customer.legId, agent.legId);
  await Promise.all([customer.peer.hears(1000), agent.peer.hears(440)]);
  return { session, customer, agent, request: (path: string) => ({ path, left: [customer.legId], right: 'asHeard' }) as const };
}

async function newLeg(session: MediaSession, frequency: number) {
  const peer = await RtpPeer.open('PCMU');
  peers.push(peer);
  const { legId, sdp } = await session.answerRtpLeg(peer.sdp());
  peer.talk(sdp, frequency);
  return { legId, peer };
}

/** As long as it takes so many packets to come, 20 ms each. */
async function listenFor(peer: RtpPeer, ms: number): Promise<void> {
  const until = peer.packets.length + ms / 20;
  await peer.until(`${ms} ms of packets`, () => peer.packets.length >= until, ms + 5000);
}

/** In the clearest tenth of a second: a jitter buffer that corrects its depth cuts a long tone into pieces of other phases. */
function clearest(samples: Int16Array, frequency: number): number {
  const parts = Array.from({ length: Math.floor(samples.length / 800) }, (_, at) => samples.subarray(at * 800, at * 800 + 800));
  return Math.max(...parts.map((part) => toneAmplitude(part, frequency)));
}

async function channels(path: string): Promise<{ left: Int16Array; right: Int16Array }> {
  const read = readWav(await readFile(path));
  if (!read.ok) throw new Error(read.error);
  expect(read.value).toMatchObject({ rate: 8000, channels: 2 });
  const { samples } = read.value;
  return { left: samples.filter((_, at) => at % 2 === 0), right: samples.filter((_, at) => at % 2 === 1) };
}

describe('a recording', () => {
  it('has the customer on the left and us on the right, in a file that only we can read', async () => {
    const { session, customer, request } = await talk();
    const path = join(folder, 'a', 'b', 'call.wav');
    await session.startRecording('r', request(path));
    await listenFor(customer.peer, 600);
    const { durationMs, pauses } = await session.stopRecording('r');
    expect(durationMs).toBeGreaterThanOrEqual(500);
    expect(pauses).toEqual([]);
    const { left, right } = await channels(path);
    expect(left).toHaveLength(durationMs * 8);
    expect([clearest(left, 440) > 6000, clearest(left, 1000) < 100]).toEqual([true, true]);
    expect([clearest(right, 1000) > 6000, clearest(right, 440) < 100]).toEqual([true, true]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is silent on both sides while paused, of the same length', async () => {
    const { session, customer, request } = await talk();
    const path = join(folder, 'paused.wav');
    await session.startRecording('r', { ...request(path), isPaused: true });
    await listenFor(customer.peer, 400);
    session.resumeRecording('r');
    await listenFor(customer.peer, 400);
    const { durationMs, pauses } = await session.stopRecording('r');
    const [pause] = pauses;
    if (!pause) throw new Error('no pause');
    expect(pause.fromMs).toBe(0);
    const { left, right } = await channels(path);
    expect(left).toHaveLength(durationMs * 8);
    for (const side of [left, right]) expect(side.subarray(0, pause.toMs * 8).every((sample) => Math.abs(sample) < 10)).toBe(true);
    expect(clearest(left.subarray(pause.toMs * 8), 440)).toBeGreaterThan(6000);
  });

  it('is whole after its worker was killed, and goes on in the same file', async () => {
    const { session, customer, request } = await talk();
    const path = join(folder, 'killed.wav');
    await session.startRecording('r', request(path));
    await listenFor(customer.peer, 1600);
    await expect.poll(async () => (await stat(path)).size).toBeGreaterThan(1000 * 16);
    const [worker] = await engine.stats();
    if (!worker) throw new Error('no worker');
    const closed = next(session, 'closed');
    process.kill(worker.pid, 'SIGKILL');
    await closed;
    const before = await channels(path);
    expect(before.left.length).toBeGreaterThanOrEqual(8000);
    expect(clearest(before.left, 440)).toBeGreaterThan(6000);
    await expect.poll(async () => engine.readiness().ready, { timeout: 10_000 }).toBe(1);
    const again = await talk();
    await again.session.startRecording('r', again.request(path));
    await listenFor(again.customer.peer, 400);
    const { durationMs } = await again.session.stopRecording('r');
    const after = await channels(path);
    expect(after.left).toHaveLength(before.left.length + durationMs * 8);
    expect(clearest(after.right.subarray(before.left.length), 1000)).toBeGreaterThan(6000);
  });

  it('ends whole when its call ends', async () => {
    const { session, customer, request } = await talk();
    const path = join(folder, 'ended.wav');
    await session.startRecording('r', request(path));
    await listenFor(customer.peer, 300);
    const closed = next(session, 'closed');
    session.end();
    await closed;
    expect((await channels(path)).left.length).toBeGreaterThan(200 * 8);
  });
});

describe('a recording that cannot be written', () => {
  it.each([
    ['a full disk', () => '/dev/full', 'diskFull'],
    ['a folder that is none', () => join(folder, 'plain', 'call.wav'), 'notWritable'],
    ['a file that is something else', () => join(folder, 'plain'), 'notWritable'],
    ['a link to elsewhere', () => join(folder, 'link.wav'), 'notWritable'],
  ])('is refused by name on %s, and the call goes on', async (_, path, code) => {
    await writeFile(join(folder, 'plain'), 'not a recording');
    await symlink(join(folder, 'plain'), join(folder, 'link.wav')).catch(() => {});
    const { session, customer, request } = await talk();
    await expect(session.startRecording('r', request(path()))).rejects.toMatchObject({ code });
    expect(await readFile(join(folder, 'plain'), 'utf8')).toBe('not a recording');
    customer.peer.listener.forget();
    await customer.peer.hears(1000);
    await session.startRecording('r', request(join(folder, `${nextCall}.wav`)));
    await expect(session.stopRecording('r')).resolves.toMatchObject({ pauses: [] });
  });

  it('is given up once, and stays whole, when the disk does not keep up', async () => {
    const failures: unknown[] = [];
    const path = join(folder, 'slow.wav');
    const file = await RecordingFile.open(path, 'PCMA', (error) => failures.push(error));
    for (let second = 0; second < 40; second++) file.append(Buffer.alloc(16_000, 0xd5));
    await file.close();
    expect(failures).toHaveLength(1);
    expect((await channels(path)).left.length % 8000).toBe(0);
  });
});

describe('masked keys', () => {
  it('are told, and leave no sound with the other side nor in the recording', async () => {
    const { session, customer, agent, request } = await talk();
    const path = join(folder, 'masked.wav');
    session.maskDigits(customer.legId, true);
    await session.startRecording('r', request(path));
    const told = next(session, 'digit', ({ digit }) => digit === '7');
    customer.peer.press('4');
    customer.peer.press('7');
    await told;
    expect(agent.peer.packets.some((packet) => packet.payloadType === 101)).toBe(false);
    await session.stopRecording('r');
    const { left } = await channels(path);
    expect(left.every((sample) => Math.abs(sample) < 10)).toBe(true);
    session.maskDigits(customer.legId, false);
    agent.peer.listener.forget();
    await agent.peer.hears(440);
  });
});
