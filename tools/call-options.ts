import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface CallOptions {
  readonly from: string;
  readonly displayName: string | null;
  readonly to: string;
  /** Keys pressed, one after the other, once the menu speaks. */
  readonly press: string;
  /** What the caller says; null: a spoken sentence of ours. */
  readonly wavFile: string | null;
  /** The call ends by itself after so long. */
  readonly seconds: number;
  readonly sip: { readonly host: string; readonly port: number };
}

export const callUsage = 'Usage: npm run call -- [--from NUMBER] [--to DNIS] [--press DIGITS] [--wav FILE] [--seconds N] [--sip HOST:PORT]';

/** Reads the options of `npm run call`. Without any, a demo customer calls the demo hotline and presses 1. What is wrong comes back as one sentence. */
export function readCallOptions(
  args: readonly string[],
  workingFolder: string,
  demo: { readonly number: string; readonly name: string; readonly hotline: string },
): { readonly ok: true; readonly value: CallOptions } | { readonly ok: false; readonly error: string } {
  let values: Partial<Record<'from' | 'to' | 'press' | 'wav' | 'seconds' | 'sip', string>>;
  try {
    const text = { type: 'string' } as const;
    ({ values } = parseArgs({ args: [...args], options: { from: text, to: text, press: text, wav: text, seconds: text, sip: text } }));
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return { ok: false, error: sentence.replace(/\.?$/, '.') };
  }
  const from = (values.from ?? demo.number).replaceAll(/[\s()-]/g, '');
  const to = values.to ?? demo.hotline;
  const press = values.press ?? (values.to === undefined ? '1' : '');
  const seconds = Number(values.seconds ?? '60');
  if (!/^(\+?\d{1,20}|anonymous)$/.test(from))
    return { ok: false, error: `--from takes a telephone number or "anonymous", not "${from}".` };
  if (!/^[\w+.*#-]{1,64}$/.test(to)) return { ok: false, error: `--to takes a number, not "${to}".` };
  if (!/^[0-9*#A-D]*$/.test(press)) return { ok: false, error: `--press takes keys of a telephone (0-9 * # A-D), not "${press}".` };
  if (!(seconds >= 1 && seconds <= 3_600)) return { ok: false, error: `--seconds takes a number from 1 to 3600, not "${values.seconds}".` };
  const address = /^(?:([\w.-]+):)?(\d{1,5})$/.exec(values.sip ?? '127.0.0.1:5060');
  const port = Number(address?.[2]);
  if (!address || port < 1 || port > 65_535) return { ok: false, error: `--sip takes HOST:PORT, not "${values.sip}".` };
  return {
    ok: true,
    value: {
      from,
      displayName: from === demo.number ? demo.name : null,
      to,
      press,
      wavFile: values.wav === undefined ? null : resolve(workingFolder, values.wav),
      seconds,
      sip: { host: address[1] ?? '127.0.0.1', port },
    },
  };
}
