import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { Journal } from './scripted-phone/journal.ts';

/** A real program run for a test: bounded in time, ended by its own process id, its output kept line by line. */
export class ChildProgram {
  readonly journal: Journal;
  /** Exit code; null when it was killed. Never rejects. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #limit: NodeJS.Timeout;
  #isOver = false;

  constructor(
    name: string,
    command: string,
    args: readonly string[],
    options: { readonly cwd: string; readonly limitMs: number; readonly env?: Readonly<Record<string, string>> },
  ) {
    this.journal = new Journal(name);
    this.#child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, HOME: options.cwd, TERM: 'dumb', ...options.env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split(/\r\n|[\r\n]/);
        rest = lines.pop() ?? '';
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
        for (const line of lines) if (line.trim() !== '') this.journal.note(line.replace(/\u001b\[[0-9;]*m?/g, '').trim());
      });
    }
    this.#child.stdin.on('error', () => {}); // it may end while we type
    this.#limit = setTimeout(() => {
      this.journal.note(`(killed: still running after ${options.limitMs} ms)`);
      this.kill();
    }, options.limitMs);
    this.exited = new Promise((resolve) => {
      const over = (code: number | null, why: string) => {
        this.#isOver = true;
        clearTimeout(this.#limit);
        this.journal.close(why);
        resolve(code);
      };
      this.#child.once('error', (error) => over(null, error.message));
      this.#child.once('close', (code) => over(code, `exited with ${code}`));
    });
  }

  type(text: string): void {
    if (!this.#isOver) this.#child.stdin.write(text);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Asks it to end, as Ctrl-C does. */
  interrupt(): void {
    if (!this.#isOver) this.#child.kill('SIGINT');
  }

  kill(): void {
    if (!this.#isOver) this.#child.kill('SIGKILL');
  }
}
