import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hotlines } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Figure } from '../../../tools/figures.ts';
import { BridgeUnderLoad, figure, fillStore, percentiles, progress, withLoadAgents } from '../../support/bridge-under-load.ts';
import { callerOf, House, isInvite, type SipQueue } from './house.ts';
import { machineTimeUs, readProfiles, timeFigures, withProfiler } from './where-time-goes.ts';

/**
 * The bridge as its own process, as `npm start` starts it, with sipp as callers and a registered desk phone of every agent. Times are those
 * at the far ends, sipp's own for the callers, so they include both ways through the kernel.
 */
/** After each call: the least there is. It is taken off where an agent is waited for. */
const wrapUpMs = 1_000;
const phonePassword = 'bench-phone';

/** What any queue can be asked. */
export interface QueueLoadSizes {
  readonly agents: number;
  /** At ten a second. */
  readonly routedCalls: number;
  /** Of the agents, so many that callers wait for them. */
  readonly freedAgents: number;
  readonly freedCalls: number;
  readonly burstPerSecond: number;
  readonly burstCalls: number;
}

export interface CallLoadSizes extends QueueLoadSizes {
  /** Up at the same time, to see what each holds; not more than agents. */
  readonly heldCalls: number;
  /** Under a profiler, at so many a second. */
  readonly profiledCalls: number;
  readonly profiledPerSecond: number;
}

export async function callLoad(sizes: CallLoadSizes): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
  const owned: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    Object.assign(process.env, {
      BENCH_PHONE: phonePassword,
      CROSSPOINT_SIP_INVITE_RATE_LIMIT: '10000',
      CROSSPOINT_MEDIA_CALLS_PER_WORKER: '4000',
    });
    progress(`an organisation with ${sizes.agents} agents more`);
    await fillStore(join(folder, 'data'), { people: 1_000, change: (demo) => withDeskPhones(demo, sizes.agents) });
    const bridge = await BridgeUnderLoad.start(join(folder, 'data'));
    owned.push(() => bridge.stop());
    const atRest = bridge.memory();
    progress(`${sizes.agents} desk phones register and sign in`);
    const house = new House(folder, queueOf(bridge));
    owned.push(() => house.close());
    await house.open(sizes.agents);
    const registered = bridge.memory();
    const figures = [
      figure(
        'memory per idle registered phone',
        (1024 * (registered.ownMb - atRest.ownMb)) / sizes.agents,
        'KB',
        `resident, of the bridge, ${sizes.agents} phones over UDP`,
      ),
    ];
    figures.push(...(await freedAndRouted(house, sizes)));
    progress(`${sizes.burstCalls} calls at ${sizes.burstPerSecond} a second, held one second`);
    figures.push(...(await burst(house, bridge, sizes)));
    progress(`${sizes.heldCalls} calls up at the same time`);
    figures.push(...(await held(house, bridge, sizes.heldCalls)));
    await house.close();
    await bridge.stop();
    progress(`${sizes.profiledCalls} calls at ${sizes.profiledPerSecond} a second, under a profiler`);
    figures.push(...(await profiled(folder, sizes)));
    return figures;
  } finally {
    for (const end of owned.reverse()) await end();
  }
}

/** The same calls at a queue that is not ours, of which nothing is known but what its far ends see. */
export async function queueLoad(queue: SipQueue, sizes: QueueLoadSizes): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
  const house = new House(folder, queue);
  try {
    progress(`${sizes.agents} telephones register at ${queue.sip.host}:${queue.sip.port}`);
    await house.open(sizes.agents);
    const figures = await freedAndRouted(house, sizes);
    progress(`${sizes.burstCalls} calls at ${sizes.burstPerSecond} a second, held one second`);
    return [...figures, ...(await flood(house, sizes)).figures];
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const queueOf = ({ sip }: BridgeUnderLoad): SipQueue => ({
  sip,
  number: hotlines.direct,
  phonePassword,
  signInCode: '*12',
  restMs: wrapUpMs,
});

async function freedAndRouted(house: House, { freedAgents, routedCalls, freedCalls }: QueueLoadSizes): Promise<Figure[]> {
  progress(`${freedCalls} calls at once, for ${freedAgents} agents`);
  await house.signIn(freedAgents);
  const waited = await freed(house, freedCalls, freedAgents);
  progress(`${routedCalls} calls at ten a second, every agent free`);
  await house.signIn();
  return [...waited, ...(await routed(house, routedCalls))];
}

/** Everybody has a registered desk phone and serves the direct line alone, which asks for nothing else and rests a second after a call. */
export function withDeskPhones(demo: Configuration, agents: number): Configuration {
  const loaded = withLoadAgents(demo, agents, { bench: 3 });
  return {
    ...loaded,
    users: loaded.users.map((user) =>
      user.agent && user.username.startsWith('load.')
        ? { ...user, agent: { ...user.agent, phone: { kind: 'registered', password: { env: 'BENCH_PHONE' } } } }
        : user,
    ),
    queues: loaded.queues.map((queue) =>
      queue.id === 'billing'
        ? {
            ...queue,
            needs: 'bench >= 1',
            rings: [],
            hours: null,
            maxWaiting: null,
            maxWaitSeconds: null,
            overflow: null,
            callbackAfterSeconds: null,
            lastAgent: null,
            accountManager: null,
            wrapUp: { ...queue.wrapUp, mode: 'timed', seconds: wrapUpMs / 1_000 },
          }
        : queue,
    ),
  };
}

/** Callers come every 100 ms: no talk and no rest after it shall end just when the next one comes, each time. */
const apartFromArrivalsMs = 537;

/** From the caller's INVITE to the first INVITE to an agent that names this caller. */
async function routed(house: House, calls: number): Promise<Figure[]> {
  const { value, events } = await house.phones(apartFromArrivalsMs, () => house.callers(calls, 10, true));
  const sentAt = new Map<string, number>();
  for (const message of value.trace) {
    const caller = isInvite(message) && message.isSent ? callerOf(message) : undefined;
    if (caller !== undefined && !sentAt.has(caller)) sentAt.set(caller, message.at);
  }
  const took: number[] = [];
  for (const { kind, caller, at } of events) {
    const from = sentAt.get(caller);
    if (kind !== 'rang' || from === undefined) continue;
    took.push(at - from);
    sentAt.delete(caller);
  }
  return [
    ...percentiles("caller's INVITE to agent's INVITE", took, '10 calls/s, every event committed; aim p50 <= 2, p95 <= 4'),
    figure('calls at 10/s that failed', value.failed, 'calls', `of ${calls}`),
  ];
}

/** From an agent's BYE, their rest taken off, to their next INVITE, while others wait. */
async function freed(house: House, calls: number, agents: number): Promise<Figure[]> {
  const { value, events } = await house.phones(1_500, () => house.callers(calls, 100, false));
  const freeAt = new Map<string, number>();
  const took: number[] = [];
  for (const { kind, extension, at } of events) {
    const from = freeAt.get(extension);
    if (kind === 'hungUp') freeAt.set(extension, at + house.queue.restMs);
    else if (from !== undefined) {
      took.push(at - from);
      freeAt.delete(extension);
    }
  }
  return [
    ...percentiles(
      'freed agent to their next INVITE',
      took,
      `${agents} agents, while others wait, from the end of their rest after the call; aim p50 <= 10, p99 <= 30`,
    ),
    figure('calls in the queue that failed', value.failed, 'calls', `of ${calls}`),
  ];
}

async function flood(
  house: House,
  { burstCalls, burstPerSecond }: QueueLoadSizes,
): Promise<{ readonly figures: readonly Figure[]; readonly elapsedMs: number; readonly at: string }> {
  const from = performance.now();
  const { value } = await house.phones(1_000, () => house.callers(burstCalls, burstPerSecond, false));
  const elapsedMs = performance.now() - from;
  const at = `${burstCalls} calls, ${burstPerSecond} a second`;
  const figures = [
    figure('calls that failed', (100 * value.failed) / burstCalls, '%', `${at}; aim < 0.1`),
    figure('calls that went through', (1_000 * burstCalls) / elapsedMs, 'calls/s', `${at}, waiting included`),
  ];
  return { figures, elapsedMs, at };
}

async function burst(house: House, bridge: BridgeUnderLoad, sizes: QueueLoadSizes): Promise<Figure[]> {
  const before = bridge.memory();
  let most = before;
  const watching = setInterval(() => {
    const now = bridge.memory();
    if (now.ownMb + now.workersMb > most.ownMb + most.workersMb) most = now;
  }, 500);
  const processor = bridge.processorMs();
  const workers = bridge.workersProcessorMs();
  const { figures, elapsedMs: elapsed, at } = await flood(house, sizes).finally(() => clearInterval(watching));
  const after = bridge.memory();
  return [
    ...figures,
    figure('processor of the bridge', (bridge.processorMs() - processor) / elapsed, 'cores', `${at}, without the media workers`),
    figure('processor of the media workers', (bridge.workersProcessorMs() - workers) / elapsed, 'cores', at),
    figure('memory before', before.ownMb + before.workersMb, 'MB', 'bridge and media workers'),
    figure(
      'memory after',
      after.ownMb + after.workersMb,
      'MB',
      `${at}: bridge ${after.ownMb.toFixed(0)}, workers ${after.workersMb.toFixed(0)}`,
    ),
    figure('memory at the most', most.ownMb + most.workersMb, 'MB', at),
  ];
}

/** What one call that is up holds, in the bridge and in its media worker. */
async function held(house: House, bridge: BridgeUnderLoad, calls: number): Promise<Figure[]> {
  const talkMs = 12_000;
  const perSecond = 50;
  const before = bridge.memory();
  const during = pause((1_000 * calls) / perSecond + talkMs / 2).then(() => bridge.memory());
  await house.phones(talkMs, () => house.callers(calls, perSecond, false));
  const up = await during;
  const at = `resident, ${calls} calls up`;
  return [
    figure('memory per call, bridge', (1_024 * (up.ownMb - before.ownMb)) / calls, 'KB', at),
    figure('memory per call, media workers', (1_024 * (up.workersMb - before.workersMb)) / calls, 'KB', `${at}, two legs each`),
  ];
}

/** A bridge from the sources, whose parts have their names in a profile; slower than the built one, so no other figure is taken from it. */
async function profiled(folder: string, { agents: most, profiledCalls, profiledPerSecond }: CallLoadSizes): Promise<Figure[]> {
  const profiles = join(folder, 'profiles');
  const bridge = await withProfiler(profiles, () => BridgeUnderLoad.start(join(folder, 'data'), { fromSources: true }));
  const agents = Math.min(most, Math.max(10, profiledPerSecond * 4));
  let sinceUs = 0;
  const house = new House(folder, queueOf(bridge));
  try {
    await house.open(agents);
    await house.signIn();
    sinceUs = machineTimeUs();
    await house.phones(500, () => house.callers(profiledCalls, profiledPerSecond, false));
  } finally {
    await house.close();
    await bridge.stop();
  }
  const at = `${profiledCalls} calls, ${profiledPerSecond} a second`;
  const { main, others } = readProfiles(profiles, bridge.pid);
  return [
    ...timeFigures('signalling', main, sinceUs, at),
    ...timeFigures('threads of the store', others.threads, sinceUs, at),
    ...timeFigures('media worker', others.processes, sinceUs, at),
  ];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
