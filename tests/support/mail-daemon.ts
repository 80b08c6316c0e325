import { ChildProgram } from './child-program.ts';

const farewellMs = 5_000;

/** A mail server of many processes, run for a test: ended with all of them, and by itself where nobody is left to end it. */
export class MailDaemon {
  readonly program: ChildProgram;

  constructor(name: string, command: string, args: readonly string[], options: { readonly cwd: string; readonly limitMs: number }) {
    const bounded = ['--kill-after=5', String(options.limitMs / 1_000), command];
    // `timeout` leads a group of its own, to which all of them belong.
    this.program = new ChildProgram(name, '/usr/bin/timeout', [...bounded, ...args], { ...options, limitMs: options.limitMs + 10_000 });
  }

  async stop(): Promise<void> {
    this.#signal('SIGTERM');
    const limit = setTimeout(() => this.#signal('SIGKILL'), farewellMs);
    await this.program.exited;
    clearTimeout(limit);
  }

  /** At once, as when the machine loses power. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.program.exited;
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
      process.kill(-this.program.pid, signal);
    } catch {
      // They are gone.
    }
  }
}
