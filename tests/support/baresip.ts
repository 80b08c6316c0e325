import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProgram } from './child-program.ts';
import { readChannel } from './tones.ts';

const wavHeaderBytes = 44;
export const baresipProgram = '/usr/bin/baresip';

export interface BaresipCallOptions {
  readonly sip: { readonly host: string; readonly port: number };
  readonly to: string;
  readonly from: string;
  /** What it says: an 8 kHz mono WAV, played once. */
  readonly wavFile: string;
  /** The program is killed after so long. */
  readonly limitMs?: number;
}

/**
 * A call placed by Debian's baresip: somebody else's SIP and RTP. It speaks from a file, writes what it hears to a file, and is steered by
 * the keys of its terminal menu.
 */
export class BaresipCall {
  readonly program: ChildProgram;
  readonly #folder: string;

  constructor(options: BaresipCallOptions) {
    this.#folder = mkdtempSync(join(tmpdir(), 'crosspoint-baresip-'));
    const config = readFileSync(new URL('../fixtures/baresip/config', import.meta.url), 'utf8');
    writeFileSync(join(this.#folder, 'config'), config.replaceAll('@folder@', this.#folder).replaceAll('@wav@', options.wavFile));
    writeFileSync(
      join(this.#folder, 'accounts'),
      `<sip:${options.from}@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1,PCMA/8000/1;dtmfmode=rtpevent\n`,
    );
    writeFileSync(join(this.#folder, 'contacts'), '');
    const limitMs = options.limitMs ?? 60_000;
    const dial = `/dial sip:${options.to}@${options.sip.host}:${options.sip.port}`;
    this.program = new ChildProgram('baresip', baresipProgram, ['-4', '-f', this.#folder, '-e', dial], { cwd: this.#folder, limitMs });
  }

  static get isInstalled(): boolean {
    return existsSync(baresipProgram);
  }

  async answered(limitMs = 5_000): Promise<void> {
    await this.program.journal.wait(/Call established/, limitMs);
  }

  press(digit: string): void {
    this.program.type(digit);
  }

  hangUp(): void {
    this.program.type('b');
  }

  /** The line that says why the call is over, e.g. `session closed: Connection reset by peer`. */
  async over(limitMs = 5_000): Promise<string> {
    return (await this.program.journal.wait(/session closed|terminate call|call: .*(closed|terminated)/i, limitMs)).what;
  }

  /** What it has written down of what it hears, while it still does: samples behind a header that is not finished yet. */
  heardSoFar(): Int16Array {
    const file = readdirSync(this.#folder).find((name) => name.endsWith('-dec.wav'));
    const bytes = file === undefined ? Buffer.alloc(0) : readFileSync(join(this.#folder, file)).subarray(wavHeaderBytes);
    return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => bytes.readInt16LE(index * 2));
  }

  /** Ends the program in its own way, so that its recording is complete, and answers what it heard. */
  async heard(limitMs = 3_000): Promise<Int16Array> {
    this.program.type('q');
    const limit = setTimeout(() => this.program.kill(), limitMs);
    await this.program.exited;
    clearTimeout(limit);
    const file = readdirSync(this.#folder).find((name) => name.endsWith('-dec.wav'));
    if (file === undefined) throw new Error(`baresip recorded nothing:\n${this.program.journal.toString()}`);
    return readChannel(join(this.#folder, file)).samples;
  }

  async dispose(): Promise<void> {
    this.program.kill();
    await this.program.exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
