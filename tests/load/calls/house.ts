import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../../../tools/project.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { sippProgram } from '../../support/sipp.ts';
import { DeskPhone, type PhoneEvent } from './desk-phones.ts';

/** A queue of calls behind SIP, ours or any other, whose agents have telephones 7000 and on that register. */
export interface SipQueue {
  readonly sip: { readonly host: string; readonly port: number };
  /** What the callers dial. */
  readonly number: string;
  readonly phonePassword: string;
  /** Dialled by each telephone before the calls; null: who is registered is at work. */
  readonly signInCode: string | null;
  /** How long an agent gets no call after one. */
  readonly restMs: number;
}

export interface Message {
  readonly at: number;
  readonly isSent: boolean;
  readonly text: string;
}

/** Callers by sipp, and a registered desk phone of every agent, at one queue. */
export class House {
  readonly #folder: string;
  readonly queue: SipQueue;
  readonly #phones: DeskPhone[] = [];
  #events: PhoneEvent[] = [];
  #runs = 0;
  #signedIn = 0;

  constructor(folder: string, queue: SipQueue) {
    this.#folder = folder;
    this.queue = queue;
  }

  async open(agents: number): Promise<void> {
    const { sip, phonePassword } = this.queue;
    for (let index = 0; index < agents; index++) {
      const phone = await DeskPhone.open(String(7000 + index), sip, phonePassword, (event) => this.#events.push(event));
      this.#phones.push(phone);
      await phone.register();
    }
  }

  /** The next so many of the phones, or all that are left. */
  async signIn(agents = Number.POSITIVE_INFINITY): Promise<void> {
    const { signInCode } = this.queue;
    const until = Math.min(this.#phones.length, this.#signedIn + agents);
    for (; signInCode !== null && this.#signedIn < until; this.#signedIn = Math.min(until, this.#signedIn + 10))
      await Promise.all(this.#phones.slice(this.#signedIn, Math.min(until, this.#signedIn + 10)).map((phone) => phone.dial(signInCode)));
  }

  async close(): Promise<void> {
    for (const phone of this.#phones.splice(0)) await phone.close();
  }

  /** What the phones got and sent meanwhile. */
  async phones<Value>(
    talkMs: number,
    work: () => Promise<Value>,
  ): Promise<{ readonly value: Value; readonly events: readonly PhoneEvent[] }> {
    for (const phone of this.#phones) phone.talkMs = talkMs;
    this.#events = [];
    const value = await work();
    return { value, events: this.#events };
  }

  /** Calls to the queue; resolves when all are over. How many went otherwise than they should. */
  async callers(
    calls: number,
    perSecond: number,
    hasTrace: boolean,
  ): Promise<{ readonly failed: number; readonly trace: readonly Message[] }> {
    const callers = this.#run(
      'caller-waits',
      ['-s', this.queue.number, '-key', 'caller', '+4930900100', '-m', String(calls), '-r', String(perSecond), '-l', String(calls)],
      hasTrace,
    );
    await callers.program.exited;
    if (callers.failed() !== 0) console.error(`    sipp: ${callers.errors().slice(0, 600)}`);
    return { failed: callers.failed(), trace: callers.trace() };
  }

  #run(scenario: string, args: readonly string[], hasTrace: boolean) {
    const folder = mkdtempSync(join(this.#folder, `sipp-${++this.#runs}-`));
    const program = new ChildProgram(
      'sipp',
      sippProgram,
      [
        `${this.queue.sip.host}:${this.queue.sip.port}`,
        ...['-sf', inProject('tests', 'fixtures', 'sipp', `${scenario}.xml`), '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin'],
        ...[
          '-timeout',
          '600s',
          '-recv_timeout',
          '60000',
          '-deadcall_wait',
          '0',
          '-trace_err',
          '-error_file',
          'errors.log',
          '-trace_stat',
          '-stf',
          'stat.csv',
          '-fd',
          '1',
        ],
        ...(hasTrace ? ['-trace_msg', '-message_file', 'messages.log'] : []),
        ...args,
      ],
      { cwd: folder, limitMs: 620_000 },
    );
    const read = (name: string): string => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return ''; // sipp makes its files when there is something to write
      }
    };
    return {
      program,
      errors: () => read('errors.log'),
      trace: () => readTrace(read('messages.log')),
      failed: () => failedCalls(read('stat.csv')),
    };
  }
}

/** Blocks of `----- date time`, a line that says which way, and the message. */
function readTrace(text: string): Message[] {
  return text.split(/^-{20,} /m).flatMap((block) => {
    const [, at, way, message] = /^(\S+ \S+)\n(.*)\n\n?([\s\S]*)$/.exec(block) ?? [];
    if (at === undefined || way === undefined || message === undefined) return [];
    // Six digits of the second; `Date` takes three.
    const [whole = '', fraction = '0'] = at.replace(/^(\S+)[ \t]/, '$1T').split('.');
    return [{ at: Date.parse(whole) + Number(`0.${fraction}`) * 1_000, isSent: way.includes('sent'), text: message }];
  });
}

function failedCalls(statistics: string): number {
  const [header = '', ...lines] = statistics.trim().split('\n');
  const column = header.split(';').indexOf('FailedCall(C)');
  return Number(lines.at(-1)?.split(';')[column] ?? Number.NaN);
}

export const callerOf = ({ text }: Message): string | undefined => /^From:.*sip:\+?(4930\d+)@/im.exec(text)?.[1];
export const isInvite = ({ text }: Message): boolean => text.startsWith('INVITE ');
