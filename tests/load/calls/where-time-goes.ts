import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../../tools/figures.ts';
import { figure } from '../../support/bridge-under-load.ts';

/** As V8 writes it: a tree of calls, and which of its nodes ran at each sample. */
interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
  /** Of the beginning, by the machine's own clock, in microseconds. */
  readonly startTime: number;
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** Every program of Node that `start` starts writes a profile when it ends. */
export async function withProfiler<Started>(folder: string, start: () => Promise<Started>): Promise<Started> {
  mkdirSync(folder, { recursive: true });
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `${before ?? ''} --cpu-prof --cpu-prof-dir=${folder}`.trim();
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  }
}

/** The profiles of a program's main thread, of its other threads, and of the processes it started. */
export function readProfiles(
  folder: string,
  pid: number,
): {
  readonly main: readonly CpuProfile[];
  readonly others: { readonly threads: readonly CpuProfile[]; readonly processes: readonly CpuProfile[] };
} {
  // CPU.day.time.process.thread.number.cpuprofile
  const files = readdirSync(folder).map((name) => ({ name, ids: name.split('.').slice(3, 5).map(Number) }));
  const read = (fits: (process: number, thread: number) => boolean) =>
    files
      .filter(({ ids: [process = 0, thread = 0] }) => fits(process, thread))
      .map(({ name }) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile);
  return {
    main: read((process, thread) => process === pid && thread === 0),
    others: { threads: read((process, thread) => process === pid && thread !== 0), processes: read((process) => process !== pid) },
  };
}

/** For `timeFigures`: this moment. */
export const machineTimeUs = (): number => Number(process.hrtime.bigint() / 1_000n);

/** Of the time since then in which they were busy, how much each part took itself; the smallest together. */
export function timeFigures(of: string, profiles: readonly CpuProfile[], sinceUs: number, at: string): Figure[] {
  const tookUs = new Map<string, number>();
  for (const { nodes, samples, startTime, timeDeltas } of profiles) {
    let now = startTime;
    const partOf = new Map(nodes.map(({ id, callFrame }) => [id, partName(callFrame)]));
    samples.forEach((id, index) => {
      const tookNow = timeDeltas[index] ?? 0;
      now += tookNow;
      const part = partOf.get(id);
      if (part && now >= sinceUs) tookUs.set(part, (tookUs.get(part) ?? 0) + tookNow);
    });
  }
  const busyUs = [...tookUs.values()].reduce((sum, us) => sum + us, 0);
  if (busyUs === 0) return [];
  const shares = [...tookUs]
    .map(([part, us]) => ({ part, percent: (100 * us) / busyUs }))
    .toSorted((one, other) => other.percent - one.percent);
  const shown = shares.filter(({ percent }) => percent >= 1);
  const rest = shares.filter(({ percent }) => percent < 1).reduce((sum, { percent }) => sum + percent, 0);
  return [
    figure(`time of ${of}`, busyUs / 1_000_000, 's', `busy in all; ${at}`),
    ...shown.map(({ part, percent }) => figure(`time of ${of}: ${part}`, percent, '%', 'by itself, without what it calls')),
    figure(`time of ${of}: everything else`, rest, '%', 'parts under one percent each'),
  ];
}

/** A room of the bridge, a package, or what the engine and the system do. Null: nothing was done. */
function partName({ functionName, url }: { readonly functionName: string; readonly url: string }): string | null {
  if (functionName === '(idle)' || functionName === '(root)') return null;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native code and the system';
  const ours = /\/(cti-bridge|shared)\/(?:([^/]+)\/)?/.exec(url);
  if (ours) return ours[1] === 'shared' ? 'shared' : `${ours[2] ?? 'start'}`;
  const [, named] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (named) return `package ${named}`;
  return url.startsWith('node:') ? `Node's ${url.slice(5).split('/').at(-1)}` : `native ${functionName || 'code'}`;
}
