import type { Browser, BrowserContext, BrowserServer, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { rootMeanSquare, toneAmplitude } from '../../cti-bridge/media/index.ts';

export const chromiumProgram = '/usr/bin/chromium';

/** No traffic but ours, no sandbox (containers have none), sound without a click. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // A page in the background paints and counts as one in front does.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

export interface TestBrowserOptions {
  /** What the fake microphone says, looped: a 48 kHz mono WAV (`writeToneFile(path, hz, ms, 48_000)`). */
  readonly microphone?: string;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
  /** SHA-256 in base64 of the public key of a server whose certificate is believed, whoever signed it. */
  readonly trustedKey?: string;
  /** Nobody has checked headset and line on this computer today: whoever becomes available is asked to. */
  readonly isUnchecked?: boolean;
}

/**
 * Debian's Chromium with a fresh profile and a fake microphone, and ears: what WebRTC brings to a page is recorded, so that a test hears
 * what the agent hears.
 */
export class TestBrowser {
  readonly #server: BrowserServer;
  readonly #browser: Browser;
  readonly context: BrowserContext;

  private constructor(server: BrowserServer, browser: Browser, context: BrowserContext) {
    this.#server = server;
    this.#browser = browser;
    this.context = context;
  }

  static async open(options: TestBrowserOptions = {}): Promise<TestBrowser> {
    const args = [
      ...chromiumFlags,
      ...(options.microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${options.microphone}`]),
      ...(options.trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${options.trustedKey}`]),
    ];
    const server = await chromium.launchServer({ executablePath: chromiumProgram, headless: true, args, timeout: 20_000 });
    try {
      const browser = await chromium.connect(server.wsEndpoint(), { timeout: 10_000 });
      const context = await browser.newContext({
        permissions: ['microphone'],
        locale: options.locale ?? 'en-GB',
        colorScheme: options.colorScheme ?? 'light',
        viewport: options.viewport ?? { width: 1_440, height: 900 },
        deviceScaleFactor: options.deviceScaleFactor ?? 1,
      });
      context.setDefaultTimeout(10_000);
      await context.addInitScript(growEars);
      if (!options.isUnchecked) await context.addInitScript(rememberCheck);
      return new TestBrowser(server, browser, context);
    } catch (error) {
      await server.kill();
      throw error;
    }
  }

  /** A page that fails loudly: errors of its scripts, and what it or its frames were refused, are kept in `problems`. */
  async page(url: string): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
    const page = await this.context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    // What a policy refuses is told on no console where the page runs no scripts.
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      if (why.includes('BLOCKED')) problems.push(`${why}: ${request.url()}`);
    });
    await page.goto(url);
    return { page, problems };
  }

  /** Closes politely; a browser that does not go within 3 s is killed by its own process id. */
  async close(): Promise<void> {
    const limit = setTimeout(() => void this.#server.kill(), 3_000);
    await this.#browser.close().catch(() => {}); // it may be gone already; the server below decides
    await this.#server.close().catch(() => this.#server.kill());
    clearTimeout(limit);
  }
}

/** Waits until the sound that WebRTC brings to the page carries this frequency; says what was heard instead. */
export async function pageHears(page: Page, frequency: number, limitMs = 5_000): Promise<void> {
  const until = performance.now() + limitMs;
  for (;;) {
    const { samples, rate, tracks } = await heardBy(page);
    const amplitude = toneAmplitude(samples, frequency, rate);
    const level = rootMeanSquare(samples);
    if (amplitude > 300 && amplitude > level * 0.2) return;
    if (performance.now() > until) {
      throw new Error(
        `the page did not hear ${frequency} Hz within ${limitMs} ms: ${tracks} remote tracks, level ${Math.round(level)}, ${frequency} Hz at ${Math.round(amplitude)}`,
      );
    }
    await page.waitForTimeout(100);
  }
}

/** The last 300 ms of what the page's remote tracks carry together, as 16-bit samples. */
export async function heardBy(page: Page): Promise<{ readonly samples: Int16Array; readonly rate: number; readonly tracks: number }> {
  const heard = await page.evaluate(() =>
    (window as unknown as { crosspointEars?: { listen(): { samples: number[]; rate: number; tracks: number } } }).crosspointEars?.listen(),
  );
  if (!heard) throw new Error('the page has no ears: it was not opened by TestBrowser');
  return { ...heard, samples: Int16Array.from(heard.samples) };
}

/** Runs in the page, before its own scripts: this computer was checked for this shift a moment ago, as the desktop itself remembers it. */
export function rememberCheck(): void {
  try {
    const name = 'crosspoint.settings';
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}');
    localStorage.setItem(name, JSON.stringify({ ...kept, check: { at: Date.now(), microphone: null } }));
  } catch {
    // A page without a storage of its own.
  }
}

/** Runs in the page, before its own scripts: every remote audio track is also led into an analyser. */
export function growEars(): void {
  const analysers: AnalyserNode[] = [];
  let context: AudioContext | undefined;
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...parameters: ConstructorParameters<typeof Native>) {
      super(...parameters);
      this.addEventListener('track', ({ track }) => {
        if (track.kind !== 'audio') return;
        context ??= new AudioContext({ sampleRate: 48_000 });
        const stream = new MediaStream([track]);
        // Chromium feeds a remote track into Web Audio only while some element plays it.
        const sink = new Audio();
        sink.muted = true;
        sink.srcObject = stream;
        void sink.play();
        const analyser = context.createAnalyser();
        analyser.fftSize = 16_384;
        context.createMediaStreamSource(stream).connect(analyser);
        analysers.push(analyser);
        track.addEventListener('ended', () => analysers.splice(analysers.indexOf(analyser), 1));
      });
    }
  };
  Object.assign(window, {
    crosspointEars: {
      listen() {
        const sum = new Float32Array(16_384);
        for (const analyser of analysers) {
          const one = new Float32Array(16_384);
          analyser.getFloatTimeDomainData(one);
          for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (one[i] ?? 0);
        }
        return {
          samples: [...sum].map((value) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767)),
          rate: 48_000,
          tracks: analysers.length,
        };
      },
    },
  });
}
