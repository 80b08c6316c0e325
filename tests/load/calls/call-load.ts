import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hotlines } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Figure } from '../../../tools/figures.ts';
import { inProject } from '../../../tools/project.ts';
import { BridgeUnderLoad, figure, fillStore, percentiles, progress, withLoadAgents } from '../../support/bridge-under-load.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { sippProgram } from '../../support/sipp.ts';
import { DeskPhone, type PhoneEvent } from './desk-phones.ts';

/**
 * The bridge as its own process, as `npm start` starts it, with sipp as callers and a registered desk phone of every agent. Times are those
 * at the far ends, sipp's own for the callers, so they include both ways through the kernel.
 */
const phonePassword = 'bench-phone';
/** After each call: the least there is. It is taken off where an agent is waited for. */
const wrapUpMs = 1_000;

export interface CallLoadSizes {
  readonly agents: number;
  /** At ten a second. */
  readonly routedCalls: number;
  readonly freedCalls: number;
  readonly burstPerSecond: number;
  readonly burstCalls: number;
}

export async function callLoad(sizes: CallLoadSizes): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
  const owned: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    Object.assign(process.env, {
      BENCH_PHONE: phonePassword,
      CROSSPOINT_SIP_INVITE_RATE_LIMIT: '10000',
      CROSSPOINT_MEDIA_CALLS_PER_WORKER: '2000',
    });
    progress(`an organisation with ${sizes.agents} agents more`);
    await fillStore(join(folder, 'data'), { people: 1_000, change: (demo) => withDeskPhones(demo, sizes.agents) });
    const bridge = await BridgeUnderLoad.start(join(folder, 'data'));
    owned.push(() => bridge.stop());
    const atRest = bridge.memory();
    progress(`${sizes.agents} desk phones register and sign in`);
    const house = new House(folder, bridge);
    owned.push(() => house.close());
    await house.open(sizes.agents);
    const registered = bridge.memory();
    await house.signIn();
    const figures = [
      figure(
        'memory per idle registered phone',
        (1024 * (registered.ownMb - atRest.ownMb)) / sizes.agents,
        'KB',
        `resident, of the bridge, ${sizes.agents} phones over UDP`,
      ),
    ];
    progress(`${sizes.routedCalls} calls at ten a second, every agent free`);
    figures.push(...(await routed(house, sizes.routedCalls)));
    progress(`${sizes.freedCalls} calls at once, for ${sizes.agents} agents`);
    figures.push(...(await freed(house, sizes.freedCalls)));
    progress(`${sizes.burstCalls} calls at ${sizes.burstPerSecond} a second, held one second`);
    figures.push(...(await burst(house, bridge, sizes)));
    return figures;
  } finally {
    for (const end of owned.reverse()) await end();
  }
}

/** Everybody has a registered desk phone and serves the direct line alone, which asks for nothing else and rests a second after a call. */
function withDeskPhones(demo: Configuration, agents: number): Configuration {
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

interface Message {
  readonly at: number;
  readonly isSent: boolean;
  readonly text: string;
}

class House {
  readonly #folder: string;
  readonly #bridge: BridgeUnderLoad;
  readonly #phones: DeskPhone[] = [];
  #events: PhoneEvent[] = [];
  #runs = 0;

  constructor(folder: string, bridge: BridgeUnderLoad) {
    this.#folder = folder;
    this.#bridge = bridge;
  }

  async open(agents: number): Promise<void> {
    for (let index = 0; index < agents; index++) {
      const phone = await DeskPhone.open(String(7000 + index), this.#bridge.sip, phonePassword, (event) => this.#events.push(event));
      this.#phones.push(phone);
      await phone.register();
    }
  }

  async signIn(): Promise<void> {
    for (let at = 0; at < this.#phones.length; at += 10)
      await Promise.all(this.#phones.slice(at, at + 10).map((phone) => phone.dial('*12')));
  }

  async close(): Promise<void> {
    for (const phone of this.#phones) await phone.close();
  }

  /** What the phones got and sent meanwhile. */
  async phones<Value>(
    talkMs: number,
    work: () => Promise<Value>,
  ): Promise<{ readonly value: Value; readonly events: readonly PhoneEvent[] }> {
    for (const phone of this.#phones) phone.talkMs = talkMs;
    this.#events = [];
    const value = await work();
    return { value, events: this.#events };
  }

  /** Calls to the direct line; resolves when all are over. How many went otherwise than they should. */
  async callers(
    calls: number,
    perSecond: number,
    hasTrace: boolean,
  ): Promise<{ readonly failed: number; readonly trace: readonly Message[] }> {
    const callers = this.#run(
      'caller-waits',
      ['-s', hotlines.direct, '-key', 'caller', '4930', '-m', String(calls), '-r', String(perSecond), '-l', String(calls)],
      hasTrace,
    );
    await callers.program.exited;
    if (callers.failed() !== 0) console.error(`    sipp: ${callers.errors().slice(0, 600)}`);
    return { failed: callers.failed(), trace: callers.trace() };
  }

  #run(scenario: string, args: readonly string[], hasTrace: boolean) {
    const folder = mkdtempSync(join(this.#folder, `sipp-${++this.#runs}-`));
    const program = new ChildProgram(
      'sipp',
      sippProgram,
      [
        `${this.#bridge.sip.host}:${this.#bridge.sip.port}`,
        ...['-sf', inProject('tests', 'fixtures', 'sipp', `${scenario}.xml`), '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin'],
        ...[
          '-timeout',
          '600s',
          '-recv_timeout',
          '60000',
          '-deadcall_wait',
          '0',
          '-trace_err',
          '-error_file',
          'errors.log',
          '-trace_stat',
          '-stf',
          'stat.csv',
          '-fd',
          '1',
        ],
        ...(hasTrace ? ['-trace_msg', '-message_file', 'messages.log'] : []),
        ...args,
      ],
      { cwd: folder, limitMs: 620_000 },
    );
    const read = (name: string): string => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return ''; // sipp makes its files when there is something to write
      }
    };
    return {
      program,
      errors: () => read('errors.log'),
      trace: () => readTrace(read('messages.log')),
      failed: () => failedCalls(read('stat.csv')),
    };
  }
}

/** Blocks of `----- date time`, a line that says which way, and the message. */
function readTrace(text: string): Message[] {
  return text.split(/^-{20,} /m).flatMap((block) => {
    const [, at, way, message] = /^(\S+ \S+)\n(.*)\n\n?([\s\S]*)$/.exec(block) ?? [];
    if (at === undefined || way === undefined || message === undefined) return [];
    // Six digits of the second; `Date` takes three.
    const [whole = '', fraction = '0'] = at.replace(/^(\S+)[ \t]/, '$1T').split('.');
    return [{ at: Date.parse(whole) + Number(`0.${fraction}`) * 1_000, isSent: way.includes('sent'), text: message }];
  });
}

function failedCalls(statistics: string): number {
  const [header = '', ...lines] = statistics.trim().split('\n');
  const column = header.split(';').indexOf('FailedCall(C)');
  return Number(lines.at(-1)?.split(';')[column] ?? Number.NaN);
}

const callerOf = ({ text }: Message): string | undefined => /^From:.*sip:\+?(4930\d+)@/im.exec(text)?.[1];
const isInvite = ({ text }: Message): boolean => text.startsWith('INVITE ');

/** From the caller's INVITE to the first INVITE to an agent that names this caller. */
async function routed(house: House, calls: number): Promise<Figure[]> {
  const { value, events } = await house.phones(500, () => house.callers(calls, 10, true));
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
async function freed(house: House, calls: number): Promise<Figure[]> {
  const { value, events } = await house.phones(1_500, () => house.callers(calls, 100, false));
  const freeAt = new Map<string, number>();
  const took: number[] = [];
  for (const { kind, extension, at } of events) {
    const from = freeAt.get(extension);
    if (kind === 'hungUp') freeAt.set(extension, at + wrapUpMs);
    else if (from !== undefined) {
      took.push(at - from);
      freeAt.delete(extension);
    }
  }
  return [
    ...percentiles(
      'freed agent to their next INVITE',
      took,
      `while others wait, from the end of the second after the call; aim p50 <= 10, p99 <= 30`,
    ),
    figure('calls in the queue that failed', value.failed, 'calls', `of ${calls}`),
  ];
}

async function burst(house: House, bridge: BridgeUnderLoad, { burstCalls, burstPerSecond }: CallLoadSizes): Promise<Figure[]> {
  const before = bridge.memory();
  let most = before;
  const watching = setInterval(() => {
    const now = bridge.memory();
    if (now.ownMb + now.workersMb > most.ownMb + most.workersMb) most = now;
  }, 500);
  const processor = bridge.processorMs();
  const from = performance.now();
  const { value } = await house.phones(1_000, () => house.callers(burstCalls, burstPerSecond, false));
  const elapsed = performance.now() - from;
  clearInterval(watching);
  const after = bridge.memory();
  const at = `${burstCalls} calls, ${burstPerSecond} a second`;
  return [
    figure('calls that failed', (100 * value.failed) / burstCalls, '%', `${at}; aim < 0.1`),
    figure('calls that went through', (1_000 * burstCalls) / elapsed, 'calls/s', `${at}, waiting included`),
    figure('processor of the bridge', (bridge.processorMs() - processor) / elapsed, 'cores', `${at}, without the media workers`),
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
