import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { chromiumProgram } from './browser.ts';
import { ChildProgram } from './child-program.ts';

const limitMs = 10_000;

/** No traffic but ours and no sandbox; and a tab that is not looked at gets what Chromium gives one after five minutes, from the first second on. */
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1',
  '--remote-debugging-port=0',
];

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/**
 * A tab of a real Chromium that can be put behind another one: hidden, with slowed timers and no frames. Playwright cannot be used for it, as
 * every page it drives is told that it is looked at; this speaks to the browser itself.
 */
export class TabBehind {
  readonly #program: ChildProgram;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #tab = '';
  #front = '';

  private constructor(program: ChildProgram, socket: WebSocket, profile: string) {
    this.#program = program;
    this.#socket = socket;
    this.#profile = profile;
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** `flags`: of Chromium, beside the usual; `before`: what runs in the page before its own scripts. */
  static async open(
    url: string,
    { flags: more = [], before }: { readonly flags?: readonly string[]; readonly before?: string } = {},
  ): Promise<TabBehind> {
    const profile = mkdtempSync(join(tmpdir(), 'crosspoint-tab-'));
    const program = new ChildProgram(
      'chromium',
      chromiumProgram,
      [...flags, ...more, `--user-data-dir=${profile}`, '--lang=en-GB', 'about:blank'],
      {
        cwd: profile,
        limitMs: 10 * 60_000,
      },
    );
    const { what } = await program.journal.wait(/^DevTools listening on ws:/, limitMs);
    const socket = new WebSocket(what.replace(/^DevTools listening on /, ''));
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const tab = new TabBehind(program, socket, profile);
    tab.#tab = await tab.#openTab(before === undefined ? url : 'about:blank');
    if (before === undefined) return tab;
    await tab.#ask('Page.enable', {}, tab.#tab);
    await tab.#ask('Page.addScriptToEvaluateOnNewDocument', { source: before }, tab.#tab);
    await tab.#ask('Page.navigate', { url }, tab.#tab);
    return tab;
  }

  /** Another tab of the same window comes to the front. Resolves when this one knows that it is hidden. */
  async putBehind(url = 'about:blank'): Promise<void> {
    this.#front = await this.#openTab(url);
    await this.until('document.visibilityState === "hidden"');
  }

  /** Asks the tab in front until it holds. */
  untilInFront(expression: string): Promise<void> {
    return this.#untilHolds(expression, this.#front);
  }

  /** The value of an expression of the tab in front. */
  inFront(expression: string): Promise<unknown> {
    return this.#evaluate(expression, this.#front);
  }

  async typeInFront(text: string): Promise<void> {
    await this.#ask('Input.insertText', { text }, this.#front);
  }

  /** The value of an expression of the page, as JSON carries it. */
  evaluate(expression: string): Promise<unknown> {
    return this.#evaluate(expression, this.#tab);
  }

  async #evaluate(expression: string, tab: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.#ask(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      tab,
    )) as { result?: { value?: unknown }; exceptionDetails?: { text: string } };
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
    return result?.value;
  }

  /** Asks from outside, so that slowed timers of the page do not matter. A page that is just being made has nothing to ask yet. */
  until(expression: string): Promise<void> {
    return this.#untilHolds(expression, this.#tab);
  }

  async #untilHolds(expression: string, tab: string): Promise<void> {
    const until = performance.now() + limitMs;
    const holds = () =>
      this.#evaluate(expression, tab).catch((error: Error) =>
        error.message.includes('execution context') ? false : Promise.reject(error),
      );
    while (!(await holds())) {
      if (performance.now() > until) throw new Error(`not within ${limitMs} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async type(selector: string, text: string): Promise<void> {
    await this.until(`document.querySelector(${JSON.stringify(selector)}) !== null`);
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);
    await this.#ask('Input.insertText', { text }, this.#tab);
  }

  async press(key: {
    readonly key: string;
    readonly code: string;
    readonly keyCode: number;
    readonly text?: string;
    readonly isAlt?: boolean;
  }) {
    const { isAlt = false, keyCode, ...rest } = key;
    const event = { ...rest, windowsVirtualKeyCode: keyCode, modifiers: isAlt ? 1 : 0 };
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyDown', ...event }, this.#tab);
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyUp', ...event }, this.#tab);
  }

  /** Closes politely; a browser that does not go within 3 s is killed by its own process id. */
  async close(): Promise<void> {
    const limit = setTimeout(() => this.#program.kill(), 3_000);
    this.#socket.send(JSON.stringify({ id: 0, method: 'Browser.close' }));
    await this.#program.exited;
    clearTimeout(limit);
    this.#socket.terminate();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #openTab(url: string): Promise<string> {
    const { targetId } = await this.#ask('Target.createTarget', { url });
    const { sessionId } = await this.#ask('Target.attachToTarget', { targetId, flatten: true });
    return String(sessionId);
  }

  async #ask(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no answer to ${method} within ${limitMs} ms`)), limitMs);
      this.#waiting.set(id, (given) => {
        clearTimeout(limit);
        resolve(given);
      });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    }).finally(() => this.#waiting.delete(id));
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result ?? {};
  }
}
