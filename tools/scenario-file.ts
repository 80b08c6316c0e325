import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { err, ok, type Result } from '../cti-bridge/kernel/index.ts';
import { inProject } from './project.ts';

/**
 * Scenarios as files, YAML or JSON. Two things are said by reference, each relative to the file that says it: `configuration: FILE` takes a
 * configuration as exported, and `like: FILE` takes everything from another scenario but what is written here; of its queues, only what is
 * written of each.
 */

const folder = inProject('cti-bridge', 'simulation', 'scenarios');
/** Against files that were made to hurt, and circles. */
const largest = 64 * 1024 * 1024;
const deepest = 5;

/** The scenarios that come with the project. */
export function knownScenarios(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** By the name of one that comes with the project, or by its path. */
export function loadScenario(nameOrPath: string, cwd: string): Result<unknown, string> {
  const known = join(folder, `${nameOrPath}.yaml`);
  return loadFile(/^[\w-]+$/.test(nameOrPath) && existsSync(known) ? known : resolve(cwd, nameOrPath), 0);
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function loadFile(path: string, depth: number): Result<unknown, string> {
  if (depth > deepest) return err(`${path}: scenarios that are like each other without end`);
  const read = readYaml(path);
  if (!read.ok || !isFields(read.value)) return read;
  const { like, ...rest } = read.value;
  const own: Record<string, unknown> = { ...rest };
  if (typeof own.configuration === 'string') {
    const configuration = readYaml(resolve(dirname(path), own.configuration));
    if (!configuration.ok) return configuration;
    own.configuration = configuration.value;
  }
  if (like === undefined) return ok(own);
  if (typeof like !== 'string') return err(`${path}: like: expected the path of another scenario`);
  const other = loadFile(resolve(dirname(path), like), depth + 1);
  if (!other.ok || !isFields(other.value)) return other;
  return ok({ ...other.value, ...own, configuration: mergedConfiguration(other.value.configuration, own.configuration) });
}

function mergedConfiguration(other: unknown, own: unknown): unknown {
  if (own === undefined) return other;
  if (!isFields(other) || !isFields(own) || 'version' in own) return own;
  return { ...other, ...own, queues: mergedQueues(other.queues, own.queues) };
}

function mergedQueues(other: unknown, own: unknown): unknown {
  if (own === undefined) return other;
  if (!Array.isArray(other) || !Array.isArray(own)) return own;
  const idOf = (queue: unknown) => (isFields(queue) ? queue.id : undefined);
  const changed = other.map((queue: unknown) => {
    const change: unknown = own.find((one) => idOf(one) === idOf(queue));
    return isFields(queue) && isFields(change) ? { ...queue, ...change } : queue;
  });
  return [...changed, ...own.filter((one: unknown) => !other.some((queue) => idOf(queue) === idOf(one)))];
}

function readYaml(path: string): Result<unknown, string> {
  try {
    const { size } = statSync(path);
    if (size > largest) return err(`${path}: ${size} bytes; at most ${largest}`);
    return ok(parse(readFileSync(path, 'utf8'), { maxAliasCount: 100 }) as unknown);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return err(missing ? `${path}: there is no such file` : `${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
