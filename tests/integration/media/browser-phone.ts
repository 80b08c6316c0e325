import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { writeWav } from '../../../cti-bridge/media/index.ts';

/** A real browser whose microphone hears a tone, with a page that answers WebRTC offers and measures what its speaker would play. */
export class BrowserPhone {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #page: Page;
  readonly #folder: string;

  static async open(microphoneFrequency: number): Promise<BrowserPhone> {
    const folder = await mkdtemp(join(tmpdir(), 'crosspoint-browser-'));
    const microphone = join(folder, 'microphone.wav');
    // The browser repeats the file; whole periods make the repetition seamless.
    const samples = Int16Array.from({ length: 48_000 }, (_, i) =>
      Math.round(8000 * Math.sin((2 * Math.PI * microphoneFrequency * i) / 48_000)),
    );
    await writeFile(microphone, writeWav(samples, 48_000));
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>phone</title>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}`,
        '--autoplay-policy=no-user-gesture-required',
        '--allow-loopback-in-peer-connection',
      ],
    });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate(phoneInPage);
    return new BrowserPhone(browser, server, page, folder);
  }

  private constructor(browser: Browser, server: Server, page: Page, folder: string) {
    this.#browser = browser;
    this.#server = server;
    this.#page = page;
    this.#folder = folder;
  }

  answer(offer: string): Promise<string> {
    return this.#page.evaluate((sdp) => window.phone.answer(sdp), offer);
  }

  /** A new offer of the browser with this direction, as a softphone makes it to hold and to resume. */
  offerAgain(direction: RTCRtpTransceiverDirection): Promise<string> {
    return this.#page.evaluate((wanted) => window.phone.offerAgain(wanted, false), direction);
  }

  /** A new offer that looks for a new path, as after a change of network. */
  offerRestart(): Promise<string> {
    return this.#page.evaluate(() => window.phone.offerAgain('sendrecv', true));
  }

  acceptAnswer(sdp: string): Promise<void> {
    return this.#page.evaluate((answer) => window.phone.acceptAnswer(answer), sdp);
  }

  press(digit: string): Promise<void> {
    return this.#page.evaluate((key) => window.phone.press(key), digit);
  }

  /** Resolves when the loudest frequency that is heard is this one. */
  async hears(frequency: number): Promise<void> {
    await this.#page.waitForFunction((wanted) => Math.abs(window.phone.loudest() - wanted) < 30, frequency, {
      timeout: 10_000,
      polling: 20,
    });
  }

  async hearsNothing(): Promise<void> {
    await this.#page.waitForFunction(() => window.phone.loudest() === 0, undefined, { timeout: 10_000, polling: 20 });
  }

  hangUp(): Promise<void> {
    return this.#page.evaluate(() => window.phone.hangUp());
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }
}

interface PhoneInPage {
  answer(offer: string): Promise<string>;
  offerAgain(direction: RTCRtpTransceiverDirection, iceRestart: boolean): Promise<string>;
  acceptAnswer(sdp: string): Promise<void>;
  press(digit: string): void;
  loudest(): number;
  hangUp(): void;
}

declare global {
  interface Window {
    phone: PhoneInPage;
  }
}

/** Runs in the page. */
async function phoneInPage(): Promise<void> {
  const microphone = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  const player = new Audio();
  let connection = new RTCPeerConnection();

  async function gathered(): Promise<string> {
    if (connection.iceGatheringState !== 'complete') {
      await new Promise<void>((resolve) => {
        connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
      });
    }
    return connection.localDescription?.sdp ?? '';
  }

  window.phone = {
    async answer(offer) {
      connection = new RTCPeerConnection();
      connection.ontrack = ({ track }) => {
        const stream = new MediaStream([track]);
        // Chromium decodes a remote stream only when an element plays it.
        player.srcObject = stream;
        player.play();
        context.createMediaStreamSource(stream).connect(analyser);
      };
      for (const track of microphone.getTracks()) connection.addTrack(track, microphone);
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      await connection.setLocalDescription(await connection.createAnswer());
      return gathered();
    },
    async offerAgain(direction, iceRestart) {
      for (const transceiver of connection.getTransceivers()) transceiver.direction = direction;
      await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
      return gathered();
    },
    acceptAnswer: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
    press: (digit) => connection.getSenders()[0]?.dtmf?.insertDTMF(digit, 100),
    loudest() {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      let best = 0;
      for (let i = 1; i < bins.length; i++) if ((bins[i] ?? -200) > (bins[best] ?? -200)) best = i;
      return (bins[best] ?? -200) < -70 ? 0 : (best * context.sampleRate) / analyser.fftSize;
    },
    hangUp: () => connection.close(),
  };
}
