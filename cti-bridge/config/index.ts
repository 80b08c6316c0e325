/**
 * What the bridge is told before it starts: defaults, then a JSON file, then `CROSSPOINT_*` variables, then options of the command line.
 *
 * Two things to know: this is the only reader of environment variables, and `schema.ts` is the only list of settings (`example.jsonc` shows
 * them with their meaning). Promises: a wrong configuration is answered with all of its problems at once, in plain words. Secrets of the
 * organisation are read here too, each by its reference (`resolveSecret`), and are never told.
 */

export type { ConfigProblem } from './config-problem.ts';
export { describeProblems } from './config-problem.ts';
export { defaults } from './defaults.ts';
export { isLoopback } from './judge-config.ts';
export type { ConfigSources } from './load-config.ts';
export { loadConfig } from './load-config.ts';
export type { SecretSources } from './resolve-secret.ts';
export { resolveSecret } from './resolve-secret.ts';
export type { Config } from './schema.ts';
