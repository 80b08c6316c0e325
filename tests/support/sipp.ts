import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeG711, tone } from '../../cti-bridge/media/index.ts';
import { ChildProgram } from './child-program.ts';

export const sippProgram = '/usr/bin/sipp';

export interface SippOptions {
  readonly sip: { readonly host: string; readonly port: number };
  /** Name of a file in `tests/fixtures/sipp`, without `.xml`. */
  readonly scenario: string;
  readonly to: string;
  readonly from: string;
  readonly calls?: number;
  /** New calls a second. */
  readonly rate?: number;
  /** Frequency of what it says, in scenarios with sound. */
  readonly toneHz?: number;
  /** How long a call talks before it hangs up, where the scenario does. */
  readonly talkMs?: number;
  readonly limitMs?: number;
  /** What the scenario has in brackets by these names. */
  readonly keys?: Readonly<Record<string, string>>;
}

export interface SippResult {
  /** 0: every call went as the scenario says. */
  readonly code: number | null;
  /** All messages of all calls, as sipp wrote them down. */
  readonly messages: string;
  readonly errors: string;
}

/** Runs Debian's sipp on loopback with a scenario of ours. Killed after `limitMs` by its own process id. */
export function startSipp(options: SippOptions): { readonly program: ChildProgram; readonly result: Promise<SippResult> } {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-sipp-'));
  const limitMs = options.limitMs ?? 30_000;
  writeFileSync(join(folder, 'tone.pcmu'), encodeG711('PCMU', tone(options.toneHz ?? 440, 1_000)));
  const args = [
    `${options.sip.host}:${options.sip.port}`,
    ...['-sf', fileURLToPath(new URL(`../fixtures/sipp/${options.scenario}.xml`, import.meta.url))],
    ...['-s', options.to, '-key', 'caller', options.from],
    ...Object.entries(options.keys ?? {}).flatMap(([name, value]) => ['-key', name, value]),
    ...['-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin'],
    ...['-m', String(options.calls ?? 1), '-r', String(options.rate ?? 1), '-d', String(options.talkMs ?? 2_000)],
    ...['-timeout', `${Math.ceil(limitMs / 1_000)}s`, '-timeout_error'],
    ...['-trace_err', '-error_file', 'errors.log', '-trace_msg', '-message_file', 'messages.log'],
  ];
  const program = new ChildProgram('sipp', sippProgram, args, { cwd: folder, limitMs: limitMs + 2_000 });
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  const result = program.exited.then((code) => {
    const found = { code, messages: read('messages.log'), errors: read('errors.log') };
    rmSync(folder, { recursive: true, force: true });
    return found;
  });
  return { program, result };
}

/** Runs to the end; throws with sipp's own errors unless every call went as the scenario says. */
export async function runSipp(options: SippOptions): Promise<SippResult> {
  const { program, result } = startSipp(options);
  const found = await result;
  if (found.code !== 0)
    throw new Error(`sipp ended with ${found.code}\n${found.errors || program.journal.toString()}\n${found.messages.slice(-4_000)}`);
  return found;
}
