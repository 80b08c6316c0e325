import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desktopCallHandlers, handleCalls, stripCallHandlers } from '../../../electron/ipc/index.ts';
import { SettingsFile } from '../../../electron/settings/index.ts';
import { sendPowerSignals } from '../../../electron/system/index.ts';
import { OfferAttention } from '../../../electron/windows/index.ts';
import { type DesktopApi, desktopCalls } from '../../../shared/contracts/desktop-api.ts';
import { stripCalls } from '../../../shared/contracts/strip-api.ts';
import { contentsId, type IpcHandler, PageInChromium } from './page-in-chromium.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopApi;
    heard?: string[];
  }
}

/** A page that offers and ends an offer by buttons, and says what sleep it heard of. */
const files = {
  'index.html': `<!doctype html><title>desk</title><button id="offer">offer</button><button id="gone">gone</button>
    <p id="theme"></p><script type="module" src="./page.js"></script>`,
  'page.js': `
    const { desktop } = window;
    window.heard = [];
    const stop = desktop.on('power:resumed', () => { window.heard.push('resumed'); stop(); });
    desktop.on('power:suspending', () => window.heard.push('suspending'));
    document.getElementById('offer').onclick = () => desktop.call('offer:shown', { reservationId: 'r1', title: 'Lin Mei', body: 'Hotline' });
    document.getElementById('gone').onclick = () => desktop.call('offer:gone', { reservationId: 'r1' });
    desktop.call('settings:write', { theme: 'dark' }).then((settings) => { document.getElementById('theme').textContent = settings.theme; });`,
};

let desk: PageInChromium;
let folder: string;
let settings: SettingsFile;
const did: string[] = [];
const reported: string[] = [];
const power = new Map<string, () => void>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-preload-'));
  settings = new SettingsFile(join(folder, 'settings.json'), { bridgeUrl: null, report: () => {} });
  const window = {
    isDestroyed: () => false,
    isFocused: () => false,
    showInactive: () => void did.push('showInactive'),
    moveTop: () => void did.push('moveTop'),
    flashFrame: (isOn: boolean) => void did.push(`flash ${isOn}`),
    focus: () => void did.push('FOCUS'),
    show: () => void did.push('FOCUS'),
  };
  const attention = new OfferAttention(window as never, { setBadgeCount: () => undefined }, { show: () => {}, close: () => {} });
  const handlers = new Map<string, IpcHandler>();
  const ipcMain = { handle: (name: string, handler: never) => void handlers.set(name, handler as IpcHandler) } as never;
  const report = (_: string, facts?: Readonly<Record<string, unknown>>) => void reported.push(`${facts?.name}: ${facts?.why}`);
  const nothing = () => undefined;
  const mainHandlers = desktopCallHandlers({
    ...{ settings, attention, ringer: { offered: nothing, ended: nothing, silence: nothing }, links: { take: () => null } },
    outside: { show: nothing, ringThrough: nothing, settingsChanged: nothing },
    download: (address) => void did.push(`download ${address}`),
  });
  handleCalls(ipcMain, { calls: desktopCalls, handlers: mainHandlers, contentsId }, report);
  const stripHandlers = stripCallHandlers({
    ...{ state: null, ring: { isRinging: false, deviceId: '', volume: 1 } },
    wish: () => void did.push('wish'),
    openMenu: () => void did.push('menu'),
  });
  handleCalls(ipcMain, { calls: stripCalls, handlers: stripHandlers, contentsId: contentsId + 1 }, report);
  desk = await PageInChromium.open({ handlers, bridgeUrl: () => settings.desktop.bridgeUrl, files });
  sendPowerSignals(
    { on: ((name: string, listener: () => void) => void power.set(name, listener)) as never },
    { isDestroyed: () => false, send: (channel, content) => void desk.signal(channel, content) },
  );
  await desk.load();
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page, the compiled preload and the main process together', () => {
  test('a setting written by the page is on disk and comes back', async () => {
    await desk.page.locator('#theme', { hasText: 'dark' }).waitFor({ timeout: 5_000 });
    expect(new SettingsFile(join(folder, 'settings.json'), { bridgeUrl: null, report: () => {} }).desktop.theme).toBe('dark');
  });

  test('an offer on the page shows the window without the focus, and its end takes the flashing away', async () => {
    did.length = 0;
    await desk.page.click('#offer');
    await expect.poll(() => did).toEqual(['showInactive', 'moveTop', 'flash true']);
    await desk.page.click('#gone');
    await expect.poll(() => did.at(-1)).toBe('flash false');
    expect(did).not.toContain('FOCUS');
  });

  test('sleep and waking reach the page, until it stops listening', async () => {
    power.get('suspend')?.();
    power.get('resume')?.();
    power.get('resume')?.();
    await expect.poll(() => desk.page.evaluate(() => window.heard)).toEqual(['suspending', 'resumed']);
  });

  test('a script forced into the page has the contract and nothing more', async () => {
    const seen = await desk.page.evaluate(async () => {
      const desktop = window.desktop as unknown as Record<string, unknown> & DesktopApi;
      const call = desktop.call as (name: string, request: unknown) => Promise<unknown>;
      const outcome = (name: string, request: unknown) =>
        call(name, request).then(
          () => 'answered',
          () => 'refused',
        );
      return {
        members: Object.keys(desktop),
        node: ['require', 'process', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
        unknownCall: await outcome('file:read', { path: '/etc/passwd' }),
        badPayload: await outcome('settings:write', { theme: '<script>' }),
        otherBridge: await outcome('settings:write', { bridgeUrl: 'http://elsewhere.example' }),
        otherWindow: await outcome('strip:wish', { wish: { kind: 'action', action: 'call.end' } }),
      };
    });
    expect(seen).toEqual({
      members: ['kind', 'call', 'on'],
      node: [],
      unknownCall: 'refused',
      badPayload: 'refused',
      otherBridge: 'refused',
      otherWindow: 'refused',
    });
    expect(settings.desktop.bridgeUrl).toBe('http://127.0.0.1:8600');
  });

  test('a frame inside the page is refused', async () => {
    reported.length = 0;
    const outcome = await desk.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inner = frame.contentWindow as unknown as { __invoke?: (channel: string, request: unknown) => Promise<unknown> };
      return inner.__invoke?.('desktop:settings:read', {}).then(
        () => 'answered',
        () => 'refused',
      );
    });
    expect(outcome).toBe('refused');
    expect(reported).toEqual(['settings:read: foreign sender']);
  });

  test('the policy of the page stops inline and evaluated script, foreign connections and foreign images', async () => {
    const stopped = await desk.page.evaluate(async () => {
      const violated: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.heard.push("inline ran")';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://tracker.example/pixel.png';
      document.body.append(image);
      const reached = await fetch('https://elsewhere.example/').then(
        () => true,
        () => false,
      );
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return { violated: violated.sort(), reached, ran: window.heard?.includes('inline ran') };
    });
    expect(stopped).toEqual({ violated: ['connect-src', 'img-src', 'script-src-elem'], reached: false, ran: false });
  });
});
