import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav, writeWav } from '../../cti-bridge/media/index.ts';
import { resample } from '../../cti-bridge/media/prompt/resample.ts';
import { demoPassword, hotlines } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { expectTone } from '../support/tones.ts';

const shippedPrompts = join(import.meta.dirname, '../../assets/prompts');
const sounds = join(import.meta.dirname, '../fixtures/sounds');

/** Somebody gives the greeting of the hotline other sounds, in both languages, and a caller hears them. */
describe('an administrator at the prompts', () => {
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let folder: string;
  const language = (name: string): Locator => page.getByRole('region', { name, exact: true });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crosspoint-prompts-'));
    bridge = await startBridge({ people: 20 });
    browser = await TestBrowser.open({ microphone: speech(join(folder, 'microphone.wav')) });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    await page.locator('[name=username]').fill('admin');
    await page.locator('[name=password]').fill(demoPassword);
    await page.keyboard.press('Enter');
  });

  afterAll(async () => {
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('finds a prompt by what it says, and hears it', async () => {
    await page.getByRole('button', { name: 'Prompts' }).click();
    await page.getByRole('searchbox', { name: 'Find by text or name' }).fill('欢迎致电');
    await page.getByRole('button', { name: /^Welcome to Northline/ }).click();
    await language('English').getByText('Shipped with Crosspoint').waitFor();
    await hear(language('English'));
  });

  it('uploads a sound in stereo at 48 kHz, and hears it', async () => {
    const wav = writeWav(stereo(700, 2, 48_000), 48_000, 2);
    await page.getByLabel('Upload English').setInputFiles({ name: 'welcome.wav', mimeType: 'audio/wav', buffer: wav });
    await language('English')
      .getByText(/^Uploaded, /)
      .waitFor();
    await language('English').getByText('0:00 / 0:02').waitFor();
    await hear(language('English'));
  });

  it('uploads Opus as browsers record it, and is told where a file is no sound', async () => {
    await page
      .getByLabel('Upload Chinese')
      .setInputFiles({ name: 'list.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no sound at all') });
    await language('Chinese')
      .getByText(/^This browser cannot read that file as sound/)
      .waitFor();
    const opus = Buffer.from(await page.evaluate(makeOpus), 'base64');
    await page.getByLabel('Upload Chinese').setInputFiles({ name: 'welcome.webm', mimeType: 'audio/webm', buffer: opus });
    await language('Chinese')
      .getByText(/^Uploaded, /)
      .waitFor();
  });

  it.each([
    { name: '600-hz.mp3', frequency: 600, seconds: 2 },
    { name: '850-hz.ogg', frequency: 850, seconds: 3 },
    { name: '1050-hz.opus', frequency: 1050, seconds: 4 },
  ])('uploads $name, and what is stored sounds as the file does', async ({ name, frequency, seconds }) => {
    await page.getByLabel('Upload Chinese').setInputFiles(join(sounds, name));
    await language('Chinese').getByText(`0:00 / 0:0${seconds}`).waitFor();
    await hear(language('Chinese'));
    const source = await language('Chinese')
      .locator('audio')
      .evaluate((audio: HTMLAudioElement) => audio.currentSrc);
    const wav = readWav(Buffer.from(await (await fetch(source)).arrayBuffer()));
    if (!wav.ok) throw new Error(wav.error);
    expect(wav.value.channels).toBe(1);
    expectTone(wav.value.samples, frequency, seconds * 1_000 - 200, wav.value.rate);
  });

  it('has a caller hear the new greeting, on the next call', async () => {
    const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
    try {
      const call = await phone.call({ to: hotlines.shortEn, from: '07700900999' });
      await call.answered();
      await call.ears.tone(700, 8_000);
      await call.hangUp();
    } finally {
      await phone.close();
    }
  });

  it('records with the microphone, in Chinese, by keyboard', async () => {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByText('中文', { exact: true }).first().click();
    const chinese = language('中文');
    await chinese.getByRole('button', { name: '录制' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => Number(document.querySelector('meter')?.value) > 0.2);
    await chinese.getByText('0:02').waitFor();
    await chinese.getByRole('button', { name: '停止并采用' }).focus();
    await page.keyboard.press('Enter');
    await chinese.getByText(/^录制，/).waitFor();
    await hear(chinese, '播放');
  });

  it('has a text spoken, and goes back to what was shipped', async () => {
    await page.getByRole('textbox', { name: '英文文本' }).fill('Good morning.');
    await language('英文').getByRole('button', { name: '朗读文本' }).click();
    await language('英文')
      .getByText(/^程序朗读，/)
      .waitFor();
    await page.getByRole('button', { name: '恢复原样' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '恢复原样' }).click();
    await language('英文').getByText('随 Crosspoint 提供').waitFor();
    expect(await page.getByRole('textbox', { name: '英文文本' }).inputValue()).toBe('Welcome to Northline customer care.');
  });
});

/** Presses play and waits until the sound has got on. */
async function hear(card: Locator, play = 'Play'): Promise<void> {
  await card.getByRole('button', { name: play, exact: true }).click();
  await card.locator('audio').evaluate(
    (audio: HTMLAudioElement) =>
      new Promise<void>((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`stands at ${audio.currentTime}`)), 5_000);
        audio.addEventListener('timeupdate', () => {
          if (audio.currentTime < 0.3) return;
          clearTimeout(limit);
          resolve();
        });
      }),
  );
}

function stereo(hertz: number, seconds: number, rate: number): Int16Array {
  const samples = new Int16Array(seconds * rate * 2);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(8_000 * Math.sin((2 * Math.PI * hertz * (i >> 1)) / rate));
  return samples;
}

/** What somebody says into the microphone: noise suppression takes a tone for noise. */
function speech(path: string): string {
  const wav = readWav(readFileSync(join(shippedPrompts, 'zh/menu-main.wav')));
  if (!wav.ok) throw new Error(wav.error);
  writeFileSync(path, writeWav(resample(wav.value.samples, 8_000, 48_000), 48_000));
  return path;
}

/** A second of 500 Hz as WebM with Opus, in base64. */
async function makeOpus(): Promise<string> {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: 500 });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(destination);
  oscillator.start();
  const recorder = new MediaRecorder(destination.stream, { mimeType: 'audio/webm;codecs=opus' });
  const pieces: Blob[] = [];
  // Handed out every so often, so that twelve pieces are 1.2 s of sound and not of waiting.
  const enough = new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`recorded ${pieces.length} pieces`)), 8_000);
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) pieces.push(data);
      if (pieces.length < 12) return;
      clearTimeout(limit);
      resolve();
    };
  });
  recorder.start(100);
  await enough;
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
  recorder.stop();
  await stopped;
  await context.close();
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
