import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretReference } from '../../shared/contracts/configuration.ts';
import type { Result } from '../kernel/index.ts';
import { err, ok } from '../kernel/index.ts';

export interface SecretSources {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What relative paths are resolved against. */
  readonly workingFolder?: string;
  /** For tests. Throws as `readFileSync` does. */
  readonly readFile?: (path: string) => string;
}

const maxLength = 4_096;

/**
 * The secret behind a reference, read now: the value of a variable, or a file's content without the line break at its end. What could not
 * be had is told in plain words that name the place and never the value.
 */
export function resolveSecret(reference: SecretReference, sources: SecretSources = {}): Result<string, string> {
  if ('env' in reference) return fromVariable(reference.env, sources.env ?? process.env);
  const path = resolve(sources.workingFolder ?? process.cwd(), reference.file);
  let text: string;
  try {
    text = (sources.readFile ?? ((file) => readFileSync(file, 'utf8')))(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return err(code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`);
  }
  return judged(text.replace(/\r?\n$/, ''), `The file ${path}`);
}

function fromVariable(name: string, env: Readonly<Record<string, string | undefined>>): Result<string, string> {
  const value = env[name];
  return value === undefined ? err(`The environment variable ${name} is not set.`) : judged(value, `The environment variable ${name}`);
}

function judged(secret: string, place: string): Result<string, string> {
  if (secret === '') return err(`${place} is empty.`);
  if (secret.length > maxLength) return err(`${place} holds more than ${maxLength} characters, which is no secret.`);
  // A line break in it is a file with something else, or a pasted block: it could never be typed into a phone.
  return /[\r\n\0]/.test(secret) ? err(`${place} holds more than one line.`) : ok(secret);
}
