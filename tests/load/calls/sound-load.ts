import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createMediaEngine, type MediaEngine, type MediaSession } from '../../../cti-bridge/media/index.ts';
import type { Figure } from '../../../tools/figures.ts';
import { figure, progress } from '../../support/bridge-under-load.ts';
import type { Judgement, PeerOrder } from './sound-peers.ts';
import { machineTimeUs, readProfiles, timeFigures, withProfiler } from './where-time-goes.ts';

type Distributed<Each> = Each extends PeerOrder ? Omit<Each, 'requestId'> : never;

/** The far ends of the calls, in a process of their own. */
class SoundPeers {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  #next = 1;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('sound-peers.ts', import.meta.url)), [], { execPath: process.execPath, execArgv: [] });
    this.#child.on('message', ({ requestId, answer, error }: { requestId: number; answer: unknown; error?: string }) => {
      const asked = this.#asked.get(requestId);
      this.#asked.delete(requestId);
      if (error === undefined) asked?.resolve(answer);
      else asked?.reject(new Error(error));
    });
  }

  ask<Answer>(order: Distributed<PeerOrder>): Promise<Answer> {
    const requestId = this.#next++;
    const answered = new Promise<unknown>((resolve, reject) => this.#asked.set(requestId, { resolve, reject }));
    this.#child.send({ ...order, requestId });
    return answered as Promise<Answer>;
  }

  end(): void {
    this.#child.disconnect();
  }
}

const settleMs = 3_000;
const measuredMs = 8_000;

/** What must hold for a number of calls to count as carried. */
const lossLimitPercent = 0.1;
const delayLimitMs = 30;

/**
 * Calls that one worker carries: two legs each, both speaking all the time, G.711 both ways. Loss and delay are those between the two far
 * ends, the way through the kernel and the peers' own reading included. Goes up by steps until a step is not carried.
 */
export async function soundLoad(
  kind: 'SRTP-RTP' | 'RTP-RTP',
  steps: readonly number[],
  { profiledCalls }: { readonly profiledCalls: number },
): Promise<Figure[]> {
  const figures: Figure[] = [];
  let carried = 0;
  for (const calls of steps) {
    progress(`${calls} calls ${kind} in one worker`);
    const step = await oneStep(kind, calls);
    figures.push(...step.figures);
    if (!step.isCarried) break;
    carried = calls;
  }
  progress(`${profiledCalls} calls ${kind} in one worker, under a profiler`);
  const where = await profiledStep(kind, profiledCalls);
  return [
    figure(
      `${kind} calls one worker carries`,
      carried,
      'calls',
      `of the steps ${steps.join(', ')}: loss under 0.1 %, delay p99 under 30 ms`,
    ),
    ...figures,
    ...where,
  ];
}

async function profiledStep(kind: 'SRTP-RTP' | 'RTP-RTP', calls: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-profile-'));
  try {
    const { measuredSinceUs } = await oneStep(kind, calls, folder);
    const workers = readProfiles(folder, process.pid).others.processes;
    return timeFigures(`${kind} in the media worker`, workers, measuredSinceUs, `${calls} calls`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function oneStep(
  kind: 'SRTP-RTP' | 'RTP-RTP',
  calls: number,
  /** Where the worker writes a profile; its figures are then no others. */
  profiles: string | null = null,
): Promise<{ readonly isCarried: boolean; readonly figures: Figure[]; readonly measuredSinceUs: number }> {
  const engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: calls, rtpTimeoutMs: 30_000 },
    clock: systemClock,
    log: silentLog,
  });
  const peers = new SoundPeers();
  const sessions: MediaSession[] = [];
  try {
    await (profiles === null ? engine.start() : withProfiler(profiles, () => engine.start()));
    const [before] = await engine.stats();
    const opening = performance.now();
    for (let call = 0; call < calls; call++) sessions.push(await openCall(engine, peers, kind, call));
    const openedMs = performance.now() - opening;
    await pause(settleMs);
    await peers.ask({ order: 'measure' });
    await engine.stats();
    const workerBefore = processorMs(before?.pid ?? 0);
    const from = performance.now();
    const measuredSinceUs = machineTimeUs();
    await pause(measuredMs);
    const elapsed = performance.now() - from;
    const worker = (processorMs(before?.pid ?? 0) - workerBefore) / elapsed;
    const judgement = await peers.ask<Judgement>({ order: 'judge' });
    const [after] = await engine.stats();
    const step = judged(kind, calls, judgement, {
      worker,
      peers: judgement.processorMs / elapsed,
      loopMs: after?.eventLoopP99Ms ?? Number.NaN,
      perCallKb: ((after?.residentBytes ?? 0) - (before?.residentBytes ?? 0)) / 1024 / calls,
      openedMs: openedMs / calls,
    });
    return { ...step, measuredSinceUs };
  } finally {
    for (const session of sessions) session.end();
    await peers.ask({ order: 'close' });
    peers.end();
    await engine.stop();
  }
}

async function openCall(engine: MediaEngine, peers: SoundPeers, kind: 'SRTP-RTP' | 'RTP-RTP', call: number): Promise<MediaSession> {
  const session = engine.createSession(`call${call}`);
  if (!session) throw new Error('the engine is full');
  const [a, b] = [call * 2, call * 2 + 1];
  const legA = await openRtp(session, peers, a);
  const legB = kind === 'RTP-RTP' ? await openRtp(session, peers, b) : await openWebRtc(session, peers, b);
  session.join(legA, legB);
  await peers.ask({ order: 'pair', peer: a, other: b });
  return session;
}

async function openRtp(session: MediaSession, peers: SoundPeers, peer: number): Promise<string> {
  const { legId, sdp } = await session.answerRtpLeg(await peers.ask<string>({ order: 'offerRtp', peer }));
  await peers.ask({ order: 'acceptAnswer', peer, sdp });
  return legId;
}

async function openWebRtc(session: MediaSession, peers: SoundPeers, peer: number): Promise<string> {
  const { legId, sdp } = await session.offerWebRtcLeg();
  const connected = new Promise<void>((resolve) => session.on('connected', (event) => event.legId === legId && resolve()));
  await session.acceptAnswer(legId, await peers.ask<string>({ order: 'answerWebRtc', peer, sdp }));
  await connected;
  return legId;
}

interface Costs {
  readonly worker: number;
  readonly peers: number;
  readonly loopMs: number;
  readonly perCallKb: number;
  readonly openedMs: number;
}

function judged(kind: string, calls: number, judgement: Judgement, costs: Costs): { isCarried: boolean; figures: Figure[] } {
  const { sent, lost, delays, ownLatenessMs } = judgement;
  const share = (part: number) => delays[Math.min(delays.length - 1, Math.ceil(part * delays.length) - 1)] ?? Number.NaN;
  const lossPercent = (100 * lost) / Math.max(1, sent);
  const expected = (calls * 2 * measuredMs) / 20;
  // The last second's packets may still be under way.
  const isWhole = sent > expected * 0.8;
  const at = `${calls} calls ${kind}`;
  const figures = [
    figure(
      `${at}, processor`,
      costs.worker * 100,
      '%',
      `of one core, the worker alone; ${((costs.worker * 1e6) / calls / 200).toFixed(1)} µs per packet in or out`,
    ),
    figure(
      `${at}, loss`,
      lossPercent,
      '%',
      `n=${sent}${isWhole ? '' : `, of ${expected} expected: the machine was too slow to send them`}`,
    ),
    figure(`${at}, delay p50`, share(0.5), 'ms', 'from far end to far end'),
    figure(`${at}, delay p99`, share(0.99), 'ms', `the far ends themselves were late by ${ownLatenessMs.toFixed(1)} ms at p99`),
    figure(`${at}, event loop p99`, costs.loopMs, 'ms', 'of the worker'),
    figure(`${at}, memory per call`, costs.perCallKb, 'KB', 'resident, two legs'),
    figure(
      `${at}, opening`,
      costs.openedMs,
      'ms',
      `a call, one after the other, the far end's part included; the far ends took ${(costs.peers * 100).toFixed(0)} % of a core`,
    ),
  ];
  for (const { name, value, unit } of figures.slice(0, 4)) console.error(`    ${name}: ${value.toFixed(2)} ${unit}`);
  return { isCarried: isWhole && lossPercent < lossLimitPercent && share(0.99) < delayLimitMs, figures };
}

/** Linux counts in hundredths of a second. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
