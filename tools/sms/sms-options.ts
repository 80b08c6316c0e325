import { parseArgs } from 'node:util';

export interface SmsOptions {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** How long its answers are waited for. */
  readonly seconds: number;
  readonly phones: { readonly host: string; readonly port: number };
}

/** Where `npm start` puts the telephones of the demo's customers. */
export const demoPhonesPort = 2_776;

export const smsUsage = 'Usage: npm run sms -- [--from NUMBER] [--to NUMBER] [--seconds N] [--phones HOST:PORT] "TEXT"';

/** Reads the options of `npm run sms`. Without any, a demo customer asks something. What is wrong comes back as one sentence. */
export function readSmsOptions(
  args: readonly string[],
  demo: { readonly from: string; readonly to: string },
): { readonly ok: true; readonly value: SmsOptions } | { readonly ok: false; readonly error: string } {
  const wrong = (error: string) => ({ ok: false, error }) as const;
  let values: Partial<Record<'from' | 'to' | 'seconds' | 'phones', string>>;
  let positionals: readonly string[];
  try {
    const text = { type: 'string' } as const;
    const options = { from: text, to: text, seconds: text, phones: text };
    ({ values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true }));
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return wrong(sentence.replace(/\.?$/, '.'));
  }
  const text = positionals.join(' ') || 'Hello, where is my order?';
  const from = (values.from ?? demo.from).replaceAll(/[\s()-]/g, '');
  const to = values.to ?? demo.to;
  const seconds = Number(values.seconds ?? '300');
  if (!/^\+?\d{3,20}$/.test(from)) return wrong(`--from takes a telephone number, not "${from}".`);
  if (!/^[\w+*#-]{1,20}$/.test(to)) return wrong(`--to takes a number, not "${to}".`);
  if (text.length > 10_000) return wrong('A text has at most 10000 characters.');
  if (!(seconds >= 0 && seconds <= 3_600)) return wrong(`--seconds takes a number from 0 to 3600, not "${values.seconds}".`);
  const address = /^(?:([\w.-]+):)?(\d{1,5})$/.exec(values.phones ?? `127.0.0.1:${demoPhonesPort}`);
  const port = Number(address?.[2]);
  if (!address || port < 1 || port > 65_535) return wrong(`--phones takes HOST:PORT, not "${values.phones}".`);
  return { ok: true, value: { from, to, text, seconds, phones: { host: address[1] ?? '127.0.0.1', port } } };
}
