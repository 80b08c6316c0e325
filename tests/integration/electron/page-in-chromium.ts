import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { serveApp } from '../../../electron/security/index.ts';
import { buildElectron } from '../../../tools/build-desktop.ts';

/** Stands in for `app://crosspoint`, a scheme that only Electron can register. */
const standInOrigin = 'https://crosspoint.test';

export type IpcHandler = (
  event: { sender: { id: number }; senderFrame: { url: string; parent: unknown } | null },
  request: unknown,
) => unknown;

/** The id of the contents of the one window there is. */
export const contentsId = 1;

/**
 * A page in a real Chromium with the compiled preload before it and the real main-process handlers behind it. What Electron adds in between
 * (its processes, its structured clone, its scheme) is stood in for: `require('electron')` is a shim whose `invoke` ends in the handlers
 * registered on `ipcMain`, with the frame that called as its sender.
 */
export class PageInChromium {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #folder: string;

  private constructor(page: Page, context: BrowserContext, folder: string) {
    this.page = page;
    this.#context = context;
    this.#folder = folder;
  }

  static async open(options: {
    readonly handlers: ReadonlyMap<string, IpcHandler>;
    readonly bridgeUrl: () => string;
    /** Of the window whose page this is. */
    readonly contentsId?: number;
    /** Files of the page, or the folder of a built one. */
    readonly files: Readonly<Record<string, string>> | string;
  }): Promise<PageInChromium> {
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-electron-'));
    await buildElectron(join(folder, 'electron'));
    const preload = readFileSync(join(folder, 'electron', 'preload.cjs'), 'utf8');
    let rendererFolder = join(folder, 'renderer');
    if (typeof options.files === 'string') rendererFolder = options.files;
    else {
      for (const [name, content] of Object.entries(options.files)) {
        mkdirSync(dirname(join(rendererFolder, name)), { recursive: true });
        writeFileSync(join(rendererFolder, name), content);
      }
    }

    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: '/usr/bin/chromium',
      headless: true,
      // Who signed a test's certificate is nobody's business here.
      ignoreHTTPSErrors: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // The stand-in comes from no address, and Chromium asks a person before such a page may have one of this machine in a frame.
        '--disable-features=LocalNetworkAccessChecks',
      ],
    });
    const page = context.pages()[0] ?? (await context.newPage());

    const serve = serveApp(rendererFolder, options.bridgeUrl);
    await page.route(`${standInOrigin}/**`, async (route) => {
      const answer = await serve(new Request(toAppUrl(route.request().url()), { method: route.request().method() }));
      const body = Buffer.from(await answer.arrayBuffer());
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
    });

    await page.exposeBinding('__invoke', async ({ frame }, channel: string, request: unknown) => {
      const handler = options.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      return handler({ sender: { id: options.contentsId ?? contentsId }, senderFrame: senderOf(frame) }, request);
    });
    await page.addInitScript(`{
      const invoke = window.__invoke;
      const listeners = new Map();
      const electron = {
        contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
        ipcRenderer: {
          invoke: (channel, request) => invoke(channel, request),
          on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
          off: (channel, listener) => void listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener)),
        },
      };
      window.__signal = (channel, content) => { for (const listener of listeners.get(channel) ?? []) listener({}, content); };
      ((require, exports) => { ${preload} })((name) => { if (name === 'electron') return electron; throw new Error('no ' + name); }, {});
    }`);
    return new PageInChromium(page, context, folder);
  }

  async load(path = '/index.html'): Promise<void> {
    await this.page.goto(`${standInOrigin}${path}`);
  }

  /** As the main process does with `webContents.send`. */
  signal(channel: string, content: unknown = {}): Promise<unknown> {
    return this.page.evaluate(
      ([name, told]) => (window as unknown as { __signal(channel: unknown, content: unknown): void }).__signal(name, told),
      [channel, content] as const,
    );
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const toAppUrl = (address: string) => address.replace(standInOrigin, 'app://crosspoint');

function senderOf(frame: Frame): { url: string; parent: unknown } {
  return { url: toAppUrl(frame.url()), parent: frame.parentFrame() };
}
