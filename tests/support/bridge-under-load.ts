import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import { openStore } from '../../cti-bridge/store/index.ts';
import { demoPassword } from '../../cti-bridge/store/seed/demo-people.ts';
import { bridgeEnvironment, bridgeNodeFlags } from '../../electron/bridge-host/index.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Figure } from '../../tools/figures.ts';
import { inProject } from '../../tools/project.ts';
import { changeConfiguration } from './bridge.ts';
import { ChildProgram } from './child-program.ts';
import { ScriptedDesktop } from './scripted-desktop.ts';
import { NoMedia } from './scripted-phone/index.ts';

/** Tells whoever waits at the terminal; the figures alone go to standard output. */
export const progress = (what: string): void => console.error(`  ${what} ...`);

export const figure = (name: string, value: number, unit: string, at: string): Figure => ({ name, value, unit, at });

/** The median and the tail of what was measured, in milliseconds. */
export function percentiles(name: string, values: readonly number[], at: string): Figure[] {
  const sorted = [...values].sort((a, b) => a - b);
  const of = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return [50, 95, 99].map((share) => figure(`${name}, p${share}`, of(share / 100), 'ms', `${at}, n=${sorted.length}`));
}

/** A folder with the demo organisation, as many people in its record, and what is changed of it. Users that are added sign in as the demo's do. */
export async function fillStore(
  folder: string,
  options: { readonly people?: number; readonly change: (demo: Configuration) => Configuration },
): Promise<void> {
  const { people, change } = options;
  const store = await openStore({
    path: folder,
    clock: systemClock,
    log: silentLog,
    seed: 'demoAlone',
    ...(people === undefined ? {} : { people }),
  });
  await store.stop();
  await changeUsers(folder, change);
}

/** Changes what is set up of a bridge that does not run. Users that are added sign in as the demo's do. */
export async function changeUsers(folder: string, change: (demo: Configuration) => Configuration): Promise<void> {
  await changeConfiguration(folder, change);
  const file = readdirSync(folder).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'));
  const database = new Database(join(folder, file ?? 'crosspoint.db'));
  database
    .prepare(
      `UPDATE login SET is_demo = 1, password_hash = (SELECT password_hash FROM login WHERE username = 'owen.carter')
       WHERE password_hash IS NULL`,
    )
    .run();
  database.close();
}

/** The demo organisation with so many more agents, `load.0` and on, who have one skill. */
export function withLoadAgents(demo: Configuration, count: number, skills: Readonly<Record<string, number>>): Configuration {
  const owen = demo.users.find(({ username }) => username === 'owen.carter');
  if (!owen?.agent) throw new Error('the demo organisation has no Owen Carter');
  const { agent } = owen;
  const load = Array.from({ length: count }, (_, index) => ({
    ...owen,
    id: `user-load-${index}`,
    username: `load.${index}`,
    name: `Load ${index}`,
    agent: { ...agent, id: `agent-load-${index}`, extension: String(7000 + index), skills: { ...skills } },
  }));
  return { ...demo, users: [...demo.users, ...load] };
}

/** Their desktops, without a screen and without sound, ready for work. */
export async function signInLoad(bridge: string, count: number): Promise<ScriptedDesktop[]> {
  const desktops: ScriptedDesktop[] = [];
  for (let index = 0; index < count; index++) {
    const desktop = await ScriptedDesktop.logIn({ bridge, username: `load.${index}`, password: demoPassword, phoneMedia: NoMedia.open });
    await desktop.becomeAvailable();
    desktops.push(desktop);
  }
  return desktops;
}

export interface LogLine {
  readonly msg: string;
  readonly time: string;
  readonly interactionId?: string;
  readonly [field: string]: unknown;
}

/** The bridge as its own process, started as `npm start` starts it, its log read as it is written. */
export class BridgeUnderLoad {
  readonly http: string;
  readonly sip: { readonly host: string; readonly port: number };
  readonly #program: ChildProgram;
  readonly #waiting = new Set<(line: LogLine) => void>();

  private constructor(program: ChildProgram, ready: LogLine) {
    this.#program = program;
    this.http = String(ready.http);
    const [host = '', port = ''] = String(ready.sip).split(':');
    this.sip = { host, port: Number(port) };
    program.journal.onNote(({ what }) => {
      if (!what.startsWith('{')) return;
      const line = JSON.parse(what) as LogLine;
      for (const waiter of [...this.#waiting]) waiter(line);
    });
  }

  /** `fromSources`: not the built one, so that a profile names the files of the project. `env`: what it is given beside the usual. */
  static async start(
    data: string,
    {
      fromSources = false,
      env = {},
      limitMs = 15 * 60_000,
    }: { readonly fromSources?: boolean; readonly env?: Readonly<Record<string, string>>; readonly limitMs?: number } = {},
  ): Promise<BridgeUnderLoad> {
    const args = [
      ...bridgeNodeFlags,
      fromSources ? inProject('cti-bridge', 'main.ts') : inProject('dist', 'bridge', 'main.js'),
      '--data',
      data,
      '--port',
      '0',
      '--sip-port',
      '0',
      '--renderer',
      inProject('dist', 'renderer'),
    ];
    const program = new ChildProgram('bridge', process.execPath, args, {
      ...{ cwd: inProject(), limitMs },
      env: { ...bridgeEnvironment, ...env },
    });
    const { what } = await program.journal.wait(/"msg":"bridge:ready"/, 30_000);
    return new BridgeUnderLoad(program, JSON.parse(what) as LogLine);
  }

  /** The next line that fits. */
  next(fits: (line: LogLine) => boolean, limitMs = 10_000): Promise<LogLine> {
    const next = new Promise<LogLine>((resolve, reject) => {
      const limit = setTimeout(() => {
        this.#waiting.delete(waiter);
        const last = this.#program.journal.notes.slice(-60).map(({ what }) => what.slice(0, 240));
        reject(
          new Error(
            `the bridge did not log ${'what' in fits ? fits.what : fits.toString()} within ${limitMs} ms. Its last lines:\n${last.join('\n')}`,
          ),
        );
      }, limitMs);
      const waiter = (line: LogLine) => {
        if (!fits(line)) return;
        clearTimeout(limit);
        this.#waiting.delete(waiter);
        resolve(line);
      };
      this.#waiting.add(waiter);
    });
    // Several are waited for one after the other: one that fails early is heard when its turn comes, and the clean-up still runs.
    next.catch(() => {});
    return next;
  }

  /** The first line of this name since it was started. */
  async logged(msg: string): Promise<LogLine> {
    const { what } = await this.#program.journal.wait(new RegExp(`"msg":"${msg}"`), 10_000);
    return JSON.parse(what) as LogLine;
  }

  /** Hears every line from now on. */
  onLine(listener: (line: LogLine) => void): void {
    this.#waiting.add(listener);
  }

  /** Resident memory, in MB. */
  memory(): { readonly ownMb: number; readonly workersMb: number; readonly workers: number } {
    const parent = this.#program.pid;
    const workers = this.#workers();
    const of = (id: string | number) => readStatus(String(id), 'VmRSS') / 1_024;
    return { ownMb: of(parent), workersMb: workers.reduce((sum, id) => sum + of(id), 0), workers: workers.length };
  }

  /** Processor time the bridge has taken so far, all of its threads, without its media workers; in milliseconds. */
  processorMs(): number {
    return readProcessorMs(this.#program.pid);
  }

  /** The same of its media workers. */
  workersProcessorMs(): number {
    return this.#workers().reduce((sum, id) => sum + readProcessorMs(id), 0);
  }

  get pid(): number {
    return this.#program.pid;
  }

  #workers(): readonly string[] {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return processes.filter((id) => readStatus(id, 'PPid') === this.#program.pid);
  }

  async stop(): Promise<void> {
    this.#program.interrupt();
    await this.#program.exited;
  }
}

/** Linux counts processor time in hundredths of a second. */
const msPerTick = 10;

function readProcessorMs(id: number | string): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [user = 0, system = 0] = fields.slice(11, 13).map(Number);
  return (user + system) * msPerTick;
}

function readStatus(id: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it ended while we looked
  }
}
