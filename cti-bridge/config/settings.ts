import { z } from 'zod';
import { configSchema } from './schema.ts';

/** One leaf of the schema: its dotted path, the environment variable that sets it, how its text is read, and what is expected. */
export interface Setting {
  readonly path: string;
  readonly variable: string;
  readonly expected: string;
  /** Text from the environment or an option as the value it stands for; the schema then judges it. */
  readonly read: (text: string) => unknown;
}

/** Options of the command line by their short names. */
export const flagPaths: Readonly<Record<string, string>> = {
  host: 'http.host',
  port: 'http.port',
  'sip-host': 'sip.host',
  'sip-port': 'sip.port',
  data: 'data.folder',
  renderer: 'renderer.folder',
  'log-level': 'log.level',
  demo: 'demo',
};

export const settings: readonly Setting[] = [...leaves(configSchema, [])];

function* leaves(schema: z.ZodType, path: readonly string[]): Generator<Setting> {
  if (schema instanceof z.ZodObject) {
    for (const [key, inner] of Object.entries(schema.shape)) yield* leaves(inner as z.ZodType, [...path, key]);
    return;
  }
  const name = path.join('.');
  yield { path: name, variable: variableOf(path), expected: schema.description ?? 'another value', read: readerOf(schema) };
}

/** `media.callsPerWorker` is set by `CROSSPOINT_MEDIA_CALLS_PER_WORKER`. */
function variableOf(path: readonly string[]): string {
  return `CROSSPOINT_${path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).join('_')}`;
}

function readerOf(schema: z.ZodType): (text: string) => unknown {
  if (schema instanceof z.ZodNumber) return numberOrText;
  if (schema instanceof z.ZodBoolean)
    return (text) => ({ true: true, yes: true, '1': true, false: false, no: false, '0': false })[text.toLowerCase()] ?? text;
  if (schema instanceof z.ZodTuple) return (text) => text.split(/[-,]/).map((part) => numberOrText(part.trim()));
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) return listOf;
  if (schema instanceof z.ZodArray || schema instanceof z.ZodNullable) return jsonOrText;
  return (text) => text;
}

function numberOrText(text: string): unknown {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

function listOf(text: string): unknown {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // not JSON: the schema says in plain words what is expected
  }
}
