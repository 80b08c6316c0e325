import { isIPv4 } from 'node:net';
import { closestName } from './closest-name.ts';
import type { ConfigProblem } from './config-problem.ts';
import { defaults } from './defaults.ts';
import { settings } from './settings.ts';

/** Values before they were judged: anything may be anywhere. */
export type Plain = Record<string, unknown>;
export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

interface SchemaIssue {
  readonly code: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

/** What the schema said, in plain words: one problem per setting, with where its value came from. */
export function schemaProblems(issues: readonly unknown[], values: Plain, origins: Map<string, string>): ConfigProblem[] {
  const problems = new Map<string, ConfigProblem>();
  for (const issue of issues as readonly SchemaIssue[]) {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys ?? []) {
        const setting = [...path, key].join('.');
        const near = closestName(
          setting,
          settings.map((one) => one.path),
        );
        problems.set(setting, {
          setting,
          source: originOf(setting, origins),
          found: 'a name that is no setting',
          expected: 'only known settings',
          advice: `Correct or remove it${near ? `; did you mean ${near}?` : '.'}`,
        });
      }
      continue;
    }
    // One problem per setting: a list with three bad entries is one thing to put right.
    const setting = settings.find((one) => path.join('.') === one.path || path.join('.').startsWith(`${one.path}.`));
    const name = setting?.path ?? path.join('.');
    if (problems.has(name)) continue;
    problems.set(name, {
      setting: name,
      source: originOf(name, origins),
      found: show(valueAt(values, name)),
      expected: setting?.expected ?? 'an object of settings',
      advice: setting
        ? `Change it, or remove it to use ${show(valueAt(defaults as unknown as Plain, name))}.`
        : 'Compare it with cti-bridge/config/example.jsonc.',
    });
  }
  return [...problems.values()];
}

/** Each of a call's two sides is a port of sound and the next for its reports (RFC 3550 §11). */
const portsPerCall = 4;

function tooFewPorts(values: Plain, origins: Map<string, string>): ConfigProblem[] {
  const range = valueAt(values, 'media.portRange');
  const [workers, callsPerWorker] = [valueAt(values, 'media.workers'), valueAt(values, 'media.callsPerWorker')];
  if (!Array.isArray(range) || typeof range[0] !== 'number' || typeof range[1] !== 'number') return [];
  if (typeof workers !== 'number' || typeof callsPerWorker !== 'number') return [];
  const [ports, wanted] = [range[1] - range[0] + 1, portsPerCall * workers * callsPerWorker];
  if (ports >= wanted) return [];
  return [
    {
      setting: 'media.portRange',
      source: originOf('media.portRange', origins),
      found: `${show(range)}, which is ${Math.max(0, ports)} ports`,
      expected: `lowest first, and ${portsPerCall} ports for each of media.workers x media.callsPerWorker = ${workers * callsPerWorker} calls: ${wanted}`,
      advice: `Widen it, allow fewer calls, or remove it to use ${show(defaults.media.portRange)}.`,
    },
  ];
}

/** Rules between settings. They look at raw values, so that they are told together with everything else that is wrong. */
export function crossProblems(values: Plain, origins: Map<string, string>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  problems.push(...tooFewPorts(values, origins));
  const listeners = valueAt(values, 'sip.listeners');
  const written = Array.isArray(listeners) ? listeners.filter(isPlain) : [];
  if (valueAt(values, 'tls') === null && written.some(({ transport }) => transport === 'TLS')) {
    problems.push({
      setting: 'sip.listeners',
      source: originOf('sip.listeners', origins),
      found: 'a listener of transport TLS, but no certificate',
      expected: 'a certificate under tls where a listener is TLS',
      advice: 'Set tls to an object with certificateFile and keyFile, or remove the listener.',
    });
  }
  if (valueAt(values, 'demo') !== true) return problems;
  for (const { host } of written) {
    if (typeof host !== 'string' || isLoopback(host)) continue;
    problems.push(demoOnLoopback('sip.listeners', host, origins));
  }
  for (const setting of ['http.host', 'sip.host']) {
    const found = valueAt(values, setting);
    if (typeof found !== 'string' || isLoopback(found)) continue;
    problems.push(demoOnLoopback(setting, found, origins));
  }
  return problems;
}

const demoOnLoopback = (setting: string, found: string, origins: Map<string, string>): ConfigProblem => ({
  setting,
  source: originOf(setting, origins),
  found: show(found),
  expected: 'a loopback address such as 127.0.0.1, because the demo accounts have published passwords',
  advice: 'Turn the demo off (demo: false, or CROSSPOINT_DEMO=false) before opening the bridge to others, or listen on 127.0.0.1.',
});

/** Loopback by what is written, never by what a resolver says. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function originOf(setting: string, origins: Map<string, string>): string {
  let path = setting;
  for (;;) {
    const origin = origins.get(path);
    if (origin !== undefined) return origin;
    const dot = path.lastIndexOf('.');
    if (dot === -1) return 'the default';
    path = path.slice(0, dot);
  }
}

function valueAt(values: Plain, path: string): unknown {
  let at: unknown = values;
  for (const part of path.split('.')) at = isPlain(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return at;
}

/** A value as a person would recognise it in their file. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
