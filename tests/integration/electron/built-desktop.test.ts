import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import { buildDesktop } from '../../../tools/build-desktop.ts';
import { inProject } from '../../../tools/project.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { outsideState } from '../../unit/electron/outside-state.ts';
import { openApi } from '../api/api-house.ts';
import { fakeMessages } from '../api/fake-desk.ts';
import { type IpcHandler, PageInChromium } from './page-in-chromium.ts';

const settings = { bridgeUrl: 'http://127.0.0.1:9', theme: 'dark', language: 'zh' };
const secrets = new Map<string, string>();
let written = 0;
const handlers = new Map<string, IpcHandler>([
  ['desktop:settings:read', () => settings],
  ['desktop:settings:write', () => settings],
  ['desktop:settings:fixed', () => ({ names: [] })],
  ['desktop:update:read', () => ({ kind: 'off' })],
  ['desktop:update:work', () => ({})],
  ['desktop:ring:through', () => ({})],
  ['desktop:secret:read', (_, request) => ({ value: secrets.get((request as { name: string }).name) ?? null })],
  [
    'desktop:secret:write',
    (_, request) => {
      const { name, value } = request as { name: string; value: string };
      secrets.set(name, value);
      written += 1;
      return { isKept: true };
    },
  ],
]);
const complaints: string[] = [];
let desk: PageInChromium;

beforeAll(async () => {
  await buildDesktop(() => {});
  desk = await PageInChromium.open({ handlers, bridgeUrl: () => settings.bridgeUrl, files: inProject('dist', 'renderer') });
  desk.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  desk.page.on('pageerror', (error) => complaints.push(error.message));
  await desk.load();
}, 120_000);
afterAll(() => desk.close());

test('the built desktop shows its log-in under the strict policy of Electron, with the settings of the machine', async () => {
  await desk.page.locator('input[type="password"]').waitFor({ timeout: 10_000 });
  expect(
    await desk.page.evaluate(() => ({ theme: document.documentElement.dataset.theme, language: document.documentElement.lang })),
  ).toEqual({
    theme: 'dark',
    language: expect.stringMatching(/^zh/),
  });
  expect(complaints).toEqual([]);
});

test('the key of what is typed here lies with the system, and is made once', async () => {
  expect(secrets.get('texts')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  const made = secrets.get('texts');
  await desk.load();
  await desk.page.locator('input[type="password"]').waitFor({ timeout: 10_000 });
  expect([secrets.get('texts'), written]).toEqual([made, 1]);
});

test('asks for pictures of a mail on the page of that mail alone, and tells whoever has them nothing', async () => {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const asked: IncomingHttpHeaders[] = [];
  const far = createServer(selfSigned(), ({ headers }, answer) => {
    asked.push(headers);
    answer.setHeader('content-type', 'image/png').end(Buffer.from(pixel, 'base64'));
  });
  onTestFinished(() => void far.close());
  await once(far.listen(0, '127.0.0.1'), 'listening');
  const farUrl = `https://127.0.0.1:${(far.address() as AddressInfo).port}`;
  const html = `<img data-remote-src="${farUrl}/a.png" /><img data-cid="logo" /><a href="https://far.example/go">bank.example</a>`;
  const { url } = await openApi({
    allowedOrigins: ['https://crosspoint.test'],
    messages: {
      ...fakeMessages,
      openMailPage: async () => ok({ html, pictures: [{ contentId: 'logo', fileId: 'file-1' }] }),
      openMailPicture: async () =>
        ok({ mediaType: 'image/png', bytes: Buffer.from(pixel, 'base64').length, content: [Buffer.from(pixel, 'base64')] as never }),
    },
  });
  settings.bridgeUrl = url;
  const { page } = desk;
  const context = page.context();
  await context.addCookies([{ name: 'who', value: 'lena', url: farUrl, sameSite: 'None', secure: true }]);
  await desk.load();

  const stopped = await page.evaluate(
    (address) =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
        document.body.append(Object.assign(new Image(), { src: address }));
      }),
    `${farUrl}/a.png`,
  );
  expect([stopped, asked]).toEqual(['img-src', []]);

  await page.evaluate((address) => {
    const frame = Object.assign(document.createElement('iframe'), { src: address, className: 'mail' });
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    document.body.append(frame);
  }, `${url}/api/mail-pages/token`);
  const mail = page.frameLocator('iframe.mail');
  await mail.locator('a').waitFor({ timeout: 10_000 });
  for (const place of [0, 1])
    await expect
      .poll(
        () =>
          mail
            .locator('img')
            .nth(place)
            .evaluate((picture: HTMLImageElement) => picture.naturalWidth),
        { timeout: 10_000 },
      )
      .toBe(1);
  expect(asked).toHaveLength(1);
  expect([asked[0]?.cookie, asked[0]?.referer, asked[0]?.origin]).toEqual([undefined, undefined, undefined]);
  expect(await mail.locator('a').getAttribute('title')).toBe('https://far.example/go');
  const opened = context.waitForEvent('page', { timeout: 10_000 });
  await mail.locator('a').click();
  await (await opened).close();
});

test("the strip's page shows what it is told, rings when it is told, and hands on what is pressed, under the same policy", async () => {
  const pressed: unknown[] = [];
  const state = outsideState({
    ...{ language: 'zh', theme: 'dark', tone: 'waiting', title: '<img src=x onerror=alert(1)>' },
    offer: { from: Date.now(), until: Date.now() + 20_000 },
    controls: [{ action: 'call.answer', sign: 'answer', look: 'answer', label: 'Answer', isEnabled: true }],
  });
  const quiet = { isRinging: false, deviceId: '', volume: 1 };
  handlers.set('desktop:strip:read', () => ({ state, ring: quiet }));
  handlers.set('desktop:strip:wish', (_, request) => {
    pressed.push(request);
    return {};
  });
  const { page } = desk;
  complaints.length = 0;
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const { play, pause } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      heard.push(this.loop ? 'ring' : 'sound');
      return play.call(this);
    };
    HTMLMediaElement.prototype.pause = function (this: HTMLMediaElement) {
      heard.push('quiet');
      pause.call(this);
    };
  });
  await desk.load('/strip.html');
  await page.getByRole('button', { name: 'Answer' }).click({ timeout: 10_000 });
  await expect.poll(() => pressed).toEqual([{ wish: { kind: 'action', action: 'call.answer' } }]);
  expect(await page.locator('.strip-middle').textContent()).toContain('<img src=x onerror=alert(1)>');
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme])).toEqual(['zh-CN', 'dark']);
  expect(await page.locator('.strip').boundingBox()).toMatchObject({ width: 520, height: 56 });

  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await desk.signal('desktop:ring:changed', { ...quiet, isRinging: true });
  await desk.signal('desktop:ring:changed', { ...quiet, isRinging: true, volume: 0.5 });
  await expect.poll(heard).toEqual(['ring']);
  await desk.signal('desktop:ring:changed', quiet);
  await expect.poll(heard).toEqual(['ring', 'quiet']);
  await desk.signal('desktop:strip:changed', { state: null });
  await expect.poll(() => page.locator('.strip').count()).toBe(0);
  expect(complaints).toEqual([]);
});
