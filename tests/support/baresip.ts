import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProgram } from './child-program.ts';
import { readChannel } from './tones.ts';

const wavHeaderBytes = 44;
export const baresipProgram = '/usr/bin/baresip';

interface BaresipOptions {
  readonly sip: { readonly host: string; readonly port: number };
  /** What it says: an 8 kHz mono WAV, played once in each call. */
  readonly wavFile: string;
  /** UDP without it. */
  readonly transport?: 'tcp' | 'tls';
  /** TLS: whose signature it believes, PEM. */
  readonly authority?: string;
  /** SRTP with keys in SDP: it takes no call without, in its offers and in others'. */
  readonly isProtected?: boolean;
  /** Opus after G.711, in its offers and answers. Back from Opus, baresip 1.0 goes on to stretch what it says to twelve times its length. */
  readonly hasOpus?: boolean;
  /** The program is killed after so long. */
  readonly limitMs?: number;
}

export interface BaresipCallOptions extends BaresipOptions {
  readonly to: string;
  readonly from: string;
}

export interface BaresipDeskPhoneOptions extends BaresipOptions {
  readonly extension: string;
  readonly password: string;
}

/** Debian's baresip: somebody else's SIP and RTP. It speaks from a file, writes what it hears to files, and is steered by its terminal menu. */
class Baresip {
  readonly program: ChildProgram;
  readonly #folder: string;

  constructor(
    { wavFile, authority, isProtected = false, hasOpus = false, limitMs = 60_000 }: BaresipOptions,
    account: string,
    args: readonly string[],
  ) {
    this.#folder = mkdtempSync(join(tmpdir(), 'crosspoint-baresip-'));
    const config = readFileSync(new URL('../fixtures/baresip/config', import.meta.url), 'utf8');
    const trust = authority === undefined ? '' : `sip_cafile\t${join(this.#folder, 'authority.pem')}\n`;
    if (authority !== undefined) writeFileSync(join(this.#folder, 'authority.pem'), authority);
    const srtp = isProtected ? '\nmodule\t\t\tsrtp.so\n' : '';
    const opus = hasOpus ? '\nmodule\t\t\topus.so\n' : '';
    const own = config.replaceAll('@folder@', this.#folder).replaceAll('@wav@', wavFile);
    writeFileSync(join(this.#folder, 'config'), trust + own + srtp + opus);
    writeFileSync(
      join(this.#folder, 'accounts'),
      `${account};audio_codecs=PCMU/8000/1,PCMA/8000/1${hasOpus ? ',opus/48000/2' : ''};dtmfmode=rtpevent${isProtected ? ';mediaenc=srtp-mand' : ''}\n`,
    );
    writeFileSync(join(this.#folder, 'contacts'), '');
    this.program = new ChildProgram('baresip', baresipProgram, ['-4', '-f', this.#folder, ...args], { cwd: this.#folder, limitMs });
  }

  static get isInstalled(): boolean {
    return existsSync(baresipProgram);
  }

  async answered(limitMs = 5_000, from = 0): Promise<void> {
    await this.program.journal.wait(/Call established/, limitMs, from);
  }

  press(digit: string): void {
    this.program.type(digit);
  }

  hangUp(): void {
    this.program.type('b');
  }

  hold(): void {
    this.program.type('x');
  }

  resume(): void {
    this.program.type('X');
  }

  /** The line that says why the call is over, e.g. `session closed: Connection reset by peer`. */
  async over(limitMs = 5_000, from = 0): Promise<string> {
    return (await this.program.journal.wait(/session closed|terminate call|call: .*(closed|terminated)/i, limitMs, from)).what;
  }

  /** What it has written down of what it hears in its latest call, while it still does: samples behind a header that is not finished yet. */
  heardSoFar(): Int16Array {
    const file = this.#latestRecording();
    const bytes = file === undefined ? Buffer.alloc(0) : readFileSync(file).subarray(wavHeaderBytes);
    return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => bytes.readInt16LE(index * 2));
  }

  /** Ends the program in its own way, so that its recording is complete, and answers what it heard in its latest call. */
  async heard(limitMs = 3_000): Promise<Int16Array> {
    this.program.type('q');
    const limit = setTimeout(() => this.program.kill(), limitMs);
    await this.program.exited;
    clearTimeout(limit);
    const file = this.#latestRecording();
    if (file === undefined) throw new Error(`baresip recorded nothing:\n${this.program.journal.toString()}`);
    return readChannel(file).samples;
  }

  async dispose(): Promise<void> {
    this.program.kill();
    await this.program.exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Named by the moment at which its call began. */
  #latestRecording(): string | undefined {
    const name = readdirSync(this.#folder)
      .filter((file) => file.endsWith('-dec.wav'))
      .toSorted()
      .at(-1);
    return name === undefined ? undefined : join(this.#folder, name);
  }
}

/** A call placed by baresip. */
export class BaresipCall extends Baresip {
  constructor(options: BaresipCallOptions) {
    const { sip, from, to, transport } = options;
    const over = transport === undefined ? '' : `;transport=${transport}`;
    super(options, `<sip:${from}@127.0.0.1>;regint=0`, ['-e', `/dial sip:${to}@${sip.host}:${sip.port}${over}`]);
  }
}

/** An agent's desk phone: registers, dials codes, is called and lifted. */
export class BaresipDeskPhone extends Baresip {
  readonly #host: string;

  constructor(options: BaresipDeskPhoneOptions) {
    const { sip, extension, password, transport } = options;
    const host = `${sip.host}:${sip.port}${transport === undefined ? '' : `;transport=${transport}`}`;
    super(options, `<sip:${extension}@${host}>;auth_user=${extension};auth_pass=${password};regint=120;answermode=manual`, []);
    this.#host = host;
  }

  async registered(limitMs = 5_000): Promise<void> {
    await this.program.journal.wait(/200 OK .*\[1 binding\]/, limitMs);
  }

  /** What the registrar said in place of 200. */
  async refused(limitMs = 5_000): Promise<string> {
    return (await this.program.journal.wait(/\b(401|403) /, limitMs)).what;
  }

  dial(code: string): void {
    this.program.type(`/dial sip:${code}@${this.#host}\n`);
  }

  async rings(limitMs = 5_000): Promise<void> {
    await this.program.journal.wait(/Incoming call/i, limitMs);
  }

  lift(): void {
    this.program.type('/accept\n');
  }
}
