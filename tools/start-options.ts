import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly isOpenWanted: boolean;
  /** Null: the bridge's own setting. */
  readonly port: number | null;
  readonly sipPort: number | null;
  readonly dataFolder: string;
}

export const startUsage = 'Usage: npm start -- [--no-open] [--port N] [--sip-port N] [--data DIR]';

/** Reads the options of `npm start`. What is wrong comes back as one sentence. */
export function readStartOptions(
  args: readonly string[],
  workingFolder: string,
): { readonly ok: true; readonly value: StartOptions } | { readonly ok: false; readonly error: string } {
  let values: { 'no-open'?: boolean; port?: string; 'sip-port'?: string; data?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, 'sip-port': { type: 'string' }, data: { type: 'string' } },
    }));
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return { ok: false, error: sentence.replace(/\.?$/, '.') };
  }
  for (const name of ['port', 'sip-port'] as const) {
    const text = values[name];
    if (text !== undefined && !(/^\d{1,5}$/.test(text) && Number(text) <= 65_535)) {
      return { ok: false, error: `--${name} takes a port number from 0 to 65535, not "${text}".` };
    }
  }
  if (values.data === '') return { ok: false, error: '--data takes the path of a folder.' };
  const number = (text: string | undefined) => (text === undefined ? null : Number(text));
  return {
    ok: true,
    value: {
      isOpenWanted: values['no-open'] !== true,
      port: number(values.port),
      sipPort: number(values['sip-port']),
      dataFolder: resolve(workingFolder, values.data ?? 'data'),
    },
  };
}
