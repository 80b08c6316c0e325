import { type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags, chromiumProgram, growEars, rememberCheck } from './browser.ts';
import { ChildProgram } from './child-program.ts';

/** Debian's Chromium on a profile that outlives it, as a program of its own, to be killed as a crash or a power cut would. */
export class KeptBrowser {
  readonly context: BrowserContext;
  readonly #program: ChildProgram;

  private constructor(program: ChildProgram, context: BrowserContext) {
    this.#program = program;
    this.context = context;
  }

  /** `microphone`: what it says, looped: a 48 kHz mono WAV. */
  static async open(profile: string, microphone: string): Promise<KeptBrowser> {
    const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--lang=en-GB', '--window-size=1440,900'];
    const args = [...chromiumFlags, ...own, `--use-file-for-fake-audio-capture=${microphone}`, 'about:blank'];
    const program = new ChildProgram('chromium', chromiumProgram, args, { cwd: profile, limitMs: 110_000 });
    try {
      const { what } = await program.journal.wait(/^DevTools listening on ws:/, 20_000);
      const browser = await chromium.connectOverCDP(what.replace(/^DevTools listening on /, ''), { timeout: 10_000 });
      const [context] = browser.contexts();
      if (!context) throw new Error('the browser has no profile');
      context.setDefaultTimeout(10_000);
      await context.addInitScript(growEars);
      await context.addInitScript(rememberCheck);
      return new KeptBrowser(program, context);
    } catch (error) {
      program.kill();
      throw error;
    }
  }

  async kill(): Promise<void> {
    this.#program.kill();
    await this.#program.exited;
  }
}
