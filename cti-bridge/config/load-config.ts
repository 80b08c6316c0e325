import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Result } from '../kernel/index.ts';
import { err, ok } from '../kernel/index.ts';
import { closestName } from './closest-name.ts';
import type { ConfigProblem } from './config-problem.ts';
import { defaults } from './defaults.ts';
import type { Plain } from './judge-config.ts';
import { crossProblems, isPlain, schemaProblems, show } from './judge-config.ts';
import type { Config } from './schema.ts';
import { configSchema } from './schema.ts';
import type { Setting } from './settings.ts';
import { flagPaths, settings } from './settings.ts';
import { stripJsonComments } from './strip-json-comments.ts';

export interface ConfigSources {
  /** A JSON file, comments allowed. Without it `CROSSPOINT_CONFIG` is asked, and without that there is no file. */
  readonly file?: string;
  /** The environment; only `CROSSPOINT_*` is read. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of the command line by their short names (`port`, `sip-port`, `data`, ...), as text or as values. */
  readonly flags?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What relative folders are resolved against. */
  readonly workingFolder?: string;
  /** For tests. Throws as `readFileSync` does. */
  readonly readFile?: (path: string) => string;
}

/**
 * Defaults, then the file, then the environment, then options: the later wins, setting by setting (a list is replaced as a whole). The
 * only reader of environment variables. Never stops at the first problem: the answer lists all of them.
 */
export function loadConfig(sources: ConfigSources = {}): Result<Config, readonly ConfigProblem[]> {
  const env = sources.env ?? process.env;
  const problems: ConfigProblem[] = [];
  const values = structuredClone(defaults) as unknown as Plain;
  const origins = new Map<string, string>();

  const file = sources.file ?? env.CROSSPOINT_CONFIG;
  if (file !== undefined) applyFile(file, sources.readFile ?? ((path) => readFileSync(path, 'utf8')), values, origins, problems);
  applyEnvironment(env, values, origins, problems);
  applyFlags(sources.flags ?? {}, values, origins, problems);

  const parsed = configSchema.safeParse(values);
  if (!parsed.success) problems.push(...schemaProblems(parsed.error.issues, values, origins));
  problems.push(...crossProblems(values, origins));
  if (!parsed.success || problems.length > 0) return err(problems);

  const pathOf = (path: string) => resolve(sources.workingFolder ?? process.cwd(), path);
  return ok({
    ...parsed.data,
    data: { folder: pathOf(parsed.data.data.folder) },
    tls: parsed.data.tls && { certificateFile: pathOf(parsed.data.tls.certificateFile), keyFile: pathOf(parsed.data.tls.keyFile) },
    intake: { folder: parsed.data.intake.folder === null ? null : pathOf(parsed.data.intake.folder) },
    renderer: { folder: pathOf(parsed.data.renderer.folder) },
  });
}

function applyFile(
  file: string,
  readFile: (path: string) => string,
  values: Plain,
  origins: Map<string, string>,
  problems: ConfigProblem[],
): void {
  const source = `file ${file}`;
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const found = code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${code})`;
    problems.push({
      setting: '',
      source,
      found,
      expected: 'a readable JSON file',
      advice: 'Give the path of an existing file, or none to use the defaults.',
    });
    return;
  }
  let content: unknown;
  try {
    content = JSON.parse(stripJsonComments(text));
  } catch (error) {
    const found = `text that is not JSON (${error instanceof Error ? error.message : 'unreadable'})`;
    problems.push({
      setting: '',
      source,
      found,
      expected: 'JSON, comments allowed',
      advice: 'Compare it with cti-bridge/config/example.jsonc.',
    });
    return;
  }
  if (!isPlain(content)) {
    problems.push({
      setting: '',
      source,
      found: show(content),
      expected: 'one object of settings',
      advice: 'Compare it with cti-bridge/config/example.jsonc.',
    });
    return;
  }
  merge(values, content, [], source, origins);
}

/** Objects are merged key by key; everything else replaces. Unknown keys are kept for the schema to name. */
function merge(into: Plain, from: Plain, path: readonly string[], source: string, origins: Map<string, string>): void {
  for (const key of Object.keys(from)) {
    const value = from[key];
    const here = [...path, key];
    const known = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isPlain(value) && isPlain(known)) {
      merge(known, value, here, source, origins);
    } else {
      Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true });
      origins.set(here.join('.'), source);
    }
  }
}

function applyEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  values: Plain,
  origins: Map<string, string>,
  problems: ConfigProblem[],
): void {
  const byVariable = new Map(settings.map((setting) => [setting.variable, setting]));
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('CROSSPOINT_') || text === undefined) continue;
    // The first names the file, the others belong to tests that run a bridge.
    if (variable === 'CROSSPOINT_CONFIG' || variable.startsWith('CROSSPOINT_TEST_')) continue;
    const setting = byVariable.get(variable);
    if (setting) put(values, setting, setting.read(text), `variable ${variable}`, origins);
    else problems.push(unknownName(`variable ${variable}`, variable, [...byVariable.keys()]));
  }
}

function applyFlags(
  flags: NonNullable<ConfigSources['flags']>,
  values: Plain,
  origins: Map<string, string>,
  problems: ConfigProblem[],
): void {
  for (const [name, given] of Object.entries(flags)) {
    if (given === undefined) continue;
    const setting = settings.find((one) => one.path === flagPaths[name]);
    if (setting) put(values, setting, typeof given === 'string' ? setting.read(given) : given, `option --${name}`, origins);
    else
      problems.push(
        unknownName(
          `option --${name}`,
          `--${name}`,
          Object.keys(flagPaths).map((flag) => `--${flag}`),
        ),
      );
  }
}

function put(values: Plain, setting: Setting, value: unknown, source: string, origins: Map<string, string>): void {
  const parts = setting.path.split('.');
  const last = parts.pop() ?? '';
  let at = values;
  for (const part of parts) {
    // A file may have put something else where a group belongs; the schema has no say any more once a variable overrules a part of it.
    if (!isPlain(at[part])) at[part] = {};
    at = at[part] as Plain;
  }
  at[last] = value;
  origins.set(setting.path, source);
}

function unknownName(source: string, name: string, known: readonly string[]): ConfigProblem {
  const near = closestName(name, known);
  const advice = near ? `Did you mean ${near}? Correct it or remove it.` : 'Remove it; cti-bridge/config/example.jsonc lists all settings.';
  return { setting: '', source, found: 'a name that sets nothing', expected: 'the name of a setting', advice };
}
