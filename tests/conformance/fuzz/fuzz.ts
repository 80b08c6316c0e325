import { mutate } from './mutate.ts';
import { Random } from './random.ts';

/** A parser, or whatever stands behind one, that strangers can reach. */
export interface FuzzTarget {
  readonly name: string;
  /** Messages that are what they should be; changed ones are made of them. */
  readonly samples: readonly Buffer[];
  /** A message by the grammar, its leaves now and then hostile. */
  generate(random: Random): Buffer;
  /** Throws when something was not as promised. */
  check(bytes: Buffer): void;
}

export interface Finding {
  /** Number of the case; with the seed it can be made again. */
  readonly at: number;
  readonly why: string;
  readonly input: Buffer;
}

export interface FuzzReport {
  readonly target: string;
  readonly cases: number;
  readonly findings: readonly Finding[];
  readonly slowestMs: number;
  readonly heapGrowthMb: number;
}

/** What one case may take of the processor's time; a slow one is tried again, because the machine may have had other things to do. */
export const limitMs = 50;
const heapLimitMb = 256;
const maxFindings = 20;

/** One case in ten is a message as it should be, three are made by the grammar, the rest are changed ones. */
export function caseOf(target: FuzzTarget, seed: number, at: number): Buffer {
  const random = new Random((Math.imul(seed, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b)) >>> 0);
  const kind = random.fraction();
  if (kind < 0.1) return Buffer.from(random.pick(target.samples));
  const made = kind < 0.4 ? target.generate(random) : Buffer.from(random.pick(target.samples));
  return kind < 0.25 ? made : mutate(made, random, target.samples);
}

export function fuzz(target: FuzzTarget, options: { readonly cases: number; readonly seed: number }): FuzzReport {
  const findings: Finding[] = [];
  let slowestMs = 0;
  const heapBefore = process.memoryUsage().heapUsed;
  let heapGrowthMb = 0;
  for (let at = 0; at < options.cases && findings.length < maxFindings; at++) {
    const input = caseOf(target, options.seed, at);
    const found = checkOne(target, input);
    if (found.why !== null) findings.push({ at, why: found.why, input });
    slowestMs = Math.max(slowestMs, found.ms);
    if (at % 1_000 !== 0) continue;
    heapGrowthMb = Math.max(heapGrowthMb, (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20);
    if (heapGrowthMb > heapLimitMb) findings.push({ at, why: `the heap grew by ${Math.round(heapGrowthMb)} MB`, input });
  }
  return { target: target.name, cases: options.cases, findings, slowestMs, heapGrowthMb };
}

function checkOne(target: FuzzTarget, input: Buffer): { readonly why: string | null; readonly ms: number } {
  let ms = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4; attempt++) {
    const start = threadMs();
    try {
      target.check(Buffer.from(input));
    } catch (error) {
      return { why: error instanceof Error ? `${error.message}\n${error.stack}` : String(error), ms: 0 };
    }
    ms = Math.min(ms, threadMs() - start);
    if (ms < limitMs) return { why: null, ms };
  }
  return { why: `took ${Math.round(ms)} ms`, ms };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Text for a person: what was found, and the bytes as JavaScript would write them. */
export function describeFinding({ at, why, input }: Finding): string {
  return `case ${at}: ${why}\n  input (${input.length} bytes): ${JSON.stringify(input.subarray(0, 600).toString('latin1'))}`;
}
