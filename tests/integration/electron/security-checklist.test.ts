import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { WebPreferences } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { contentSecurityPolicy } from '../../../electron/security/index.ts';
import { startDesktop } from '../../../electron/start-desktop.ts';
import { buildElectron } from '../../../tools/build-desktop.ts';
import { inProject } from '../../../tools/project.ts';
import { RecordedElectron } from './recorded-electron.ts';

/**
 * Electron's own checklist (electronjs.org, Security, 1 to 20), each line held against what the whole program does when it is started with a
 * recorded Electron: both its windows, its session, its pages, its messages.
 */
const ours = 'app://crosspoint/index.html';
const far = 'https://far.example/';

let folder: string;
let electron: RecordedElectron;
const opened: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-checklist-'));
  const screen = { id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_080 }, bounds: { x: 0, y: 0, width: 1_920, height: 1_080 } };
  electron = new RecordedElectron({
    'app.requestSingleInstanceLock()': true,
    'app.whenReady()': Promise.resolve(),
    'app.getPath()': folder,
    'screen.getAllDisplays()': [screen],
    'screen.getPrimaryDisplay()': screen,
    'screen.getDisplayNearestPoint()': screen,
    'screen.getDisplayMatching()': screen,
    'globalShortcut.register()': true,
    'shell.openExternal()': async (address: string) => void opened.push(address),
    'window.loadURL()': Promise.resolve(),
    'window.isDestroyed()': false,
    'window.webContents.isDestroyed()': false,
    'window.getBounds()': { x: 0, y: 0, width: 520, height: 56 },
  });
  startDesktop(electron.api, {
    preload: '/app/preload.cjs',
    rendererFolder: folder,
    commandLine: [],
    platform: 'linux',
    program: '/app/crosspoint',
    updater: () => expect.unreachable('no source of updates is named'),
    self: { on: () => undefined },
    report: () => undefined,
  });
  const loaded = () => electron.names().filter((name) => /^window#\d\.loadURL$/.test(name));
  await vi.waitFor(() => expect(loaded()).toHaveLength(2), { timeout: 5_000 });
  await buildElectron(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const preferencesOfAll = () => electron.windows.map(({ options }) => options.webPreferences as WebPreferences);
const everyWindow = (wanted: WebPreferences) => {
  expect(electron.windows).toHaveLength(2);
  for (const preferences of preferencesOfAll()) expect(preferences).toMatchObject(wanted);
};

/** A page that somebody made, as the program is told of it. */
function newPage() {
  const listeners = new Map<string, (event: unknown) => void>();
  let openWindow: (details: { url: string }) => unknown = () => undefined;
  electron.fire(
    'app:web-contents-created',
    {},
    {
      on: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: typeof openWindow) => {
        openWindow = handler;
      },
    },
  );
  const isStopped = (name: string, url: string, isMainFrame = true) => {
    let isPrevented = false;
    listeners.get(name)?.({ url, isMainFrame, preventDefault: () => (isPrevented = true) });
    return isPrevented;
  };
  return { isStopped, open: (url: string) => openWindow({ url }) };
}

const session = 'session.defaultSession';
const ask = (permission: string, requestingUrl: string, mediaTypes: string[]) => {
  const [handler] = electron.argsOf(`${session}.setPermissionRequestHandler`) as [(...args: unknown[]) => void];
  let isGranted: boolean | undefined;
  handler(null, permission, (answer: boolean) => (isGranted = answer), { requestingUrl, mediaTypes });
  return isGranted;
};
const invoke = (channel: string, sender: { id: number; url: string; parent?: unknown }, request: unknown) => {
  const event = { sender: { id: sender.id }, senderFrame: { url: sender.url, parent: sender.parent ?? null } };
  const [answer] = electron.fire(`ipcMain:${channel}`, event, request);
  return Promise.resolve(answer).then(
    () => 'answered',
    () => 'refused',
  );
};

describe('the security checklist of Electron', () => {
  test('1 loads only secure content: its own, and over https or from this very machine', async () => {
    expect(electron.calls.filter(({ name }) => name.endsWith('.loadURL')).map(({ args }) => args[0])).toEqual(
      expect.arrayContaining([ours, 'app://crosspoint/strip.html']),
    );
    const write = (bridgeUrl: string) => invoke('desktop:settings:write', { id: 1, url: ours }, { bridgeUrl });
    expect([await write('http://far.example'), await write('https://far.example')]).toEqual(['refused', 'answered']);
    await write('http://127.0.0.1:8600');
  });

  test('2 gives remote content no Node', () => {
    everyWindow({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false });
  });

  test('3 isolates the context of the preload', () => everyWindow({ contextIsolation: true }));

  test('4 runs every page in the sandbox, also those a later hand would forget it for', () => {
    everyWindow({ sandbox: true });
    const names = electron.names();
    expect(names.filter((name) => name === 'app.enableSandbox')).toHaveLength(1);
    expect(names.indexOf('app.enableSandbox')).toBeLessThan(names.indexOf('app.whenReady'));
  });

  test('5 answers permission requests itself: the microphone and notices for its own page, nothing for others', () => {
    expect([ask('media', ours, ['audio']), ask('notifications', ours, [])]).toEqual([true, true]);
    expect([ask('media', far, ['audio']), ask('media', ours, ['video']), ask('geolocation', ours, [])]).toEqual([false, false, false]);
    const [check] = electron.argsOf(`${session}.setPermissionCheckHandler`) as [(...args: unknown[]) => boolean];
    expect(check(null, 'media', far, { mediaType: 'audio' })).toBe(false);
  });

  test('6 keeps web security on', () => everyWindow({ webSecurity: true }));

  test('7 has a strict content security policy on every answer of its scheme', async () => {
    const [, answer] = electron.argsOf('protocol.handle') as [string, (request: Request) => Promise<Response>];
    const missing = await answer(new Request(ours));
    expect(missing.status).toBe(404);
    const policy = contentSecurityPolicy('http://127.0.0.1:8600');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|data:.*script/);
  });

  test('8 runs no insecure content', () => everyWindow({ allowRunningInsecureContent: false }));
  test('9 has no experimental features', () => everyWindow({ experimentalFeatures: false }));

  test('10 enables no Blink features', () => {
    for (const preferences of preferencesOfAll()) expect(preferences).not.toHaveProperty('enableBlinkFeatures');
    expect(electron.names()).not.toContain('app.commandLine.appendSwitch');
  });

  test('11 has no webview, so none with pop-ups', () => everyWindow({ webviewTag: false }));

  test('12 attaches no webview, whatever its options', () => {
    expect(newPage().isStopped('will-attach-webview', ours)).toBe(true);
  });

  test('13 navigates nowhere but to itself', () => {
    const { isStopped } = newPage();
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
      expect([isStopped(event, far), isStopped(event, 'file:///etc/passwd'), isStopped(event, ours)]).toEqual([true, true, false]);
  });

  test('14 opens no new windows', () => {
    const { open } = newPage();
    for (const url of [far, ours, 'file:///x', 'about:blank']) expect(open(url)).toEqual({ action: 'deny' });
    expect(electron.windows).toHaveLength(2);
  });

  test('15 opens outside only http(s) and mailto; a number stays inside, to be confirmed', () => {
    opened.length = 0;
    const { open } = newPage();
    for (const url of [
      far,
      'mailto:care@far.example',
      'javascript:alert(1)',
      'smb://a/b',
      'file:///x',
      'ms-msdt:/id',
      'tel:+8613800000000',
    ])
      open(url);
    expect(opened).toEqual([far, 'mailto:care@far.example']);
  });

  test('16 pins one current Electron, the same everywhere', () => {
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
    const { devDependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
    const { electronVersion } = parse(readFileSync(inProject('electron-builder.yml'), 'utf8'));
    expect([devDependencies.electron, electronVersion]).toEqual([version, version]);
  });

  test('17 checks who sends each message: the page, the frame and the window', async () => {
    const own = { id: 1, url: ours };
    expect(await invoke('desktop:settings:read', own, {})).toBe('answered');
    const channels = electron.calls.filter(({ name }) => name === 'ipcMain.handle').map(({ args }) => String(args[0]));
    expect(channels.length).toBeGreaterThan(15);
    for (const channel of channels) {
      expect(await invoke(channel, { ...own, url: far }, {})).toBe('refused');
      expect(await invoke(channel, { ...own, parent: {} }, {})).toBe('refused');
      expect(await invoke(channel, { ...own, id: 7 }, {})).toBe('refused');
      const isOfStrip = channel.startsWith('desktop:strip:');
      expect(await invoke(channel, { ...own, id: isOfStrip ? 1 : 2 }, {})).toBe('refused');
    }
  });

  test('18 serves its page by a scheme of its own, not file:', () => {
    const [[scheme]] = electron.argsOf('protocol.registerSchemesAsPrivileged') as [[{ scheme: string; privileges: object }]];
    expect(scheme).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
    expect(scheme.privileges).not.toHaveProperty('bypassCSP');
    expect(electron.names().filter((name) => name.endsWith('.loadFile'))).toEqual([]);
  });

  test('19 turns off the fuses it does not need', () => {
    expect(parse(readFileSync(inProject('electron-builder.yml'), 'utf8')).electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test('20 hands the page no part of Electron: the built preload shows one object, and no event comes through it', () => {
    const shown: Record<string, Record<string, unknown>> = {};
    const heard: unknown[] = [];
    let deliver: (...args: unknown[]) => void = () => undefined;
    const ipcRenderer = {
      invoke: (...args: unknown[]) => args,
      on: (_: string, listener: typeof deliver) => {
        deliver = listener;
      },
      off: () => undefined,
    };
    runInNewContext(readFileSync(join(folder, 'preload.cjs'), 'utf8'), {
      exports: {},
      require: (name: string) => {
        if (name !== 'electron') throw new Error(`the preload asked for ${name}`);
        return { ipcRenderer, contextBridge: { exposeInMainWorld: (key: string, api: Record<string, unknown>) => (shown[key] = api) } };
      },
    });
    expect(Object.keys(shown)).toEqual(['desktop']);
    const { desktop } = shown as {
      desktop: { on: (name: string, listener: (...args: unknown[]) => void) => unknown; call: (...args: unknown[]) => unknown };
    };
    expect(Object.keys(desktop).sort()).toEqual(['call', 'kind', 'on']);
    desktop.on('power:resumed', (...args) => heard.push(...args));
    deliver({ sender: ipcRenderer }, { at: 1 });
    expect(heard).toEqual([{ at: 1 }]);
    // Whatever is asked for, it is asked for under the program's own names.
    expect(desktop.call('../x', {})).toEqual(['desktop:../x', {}]);
  });
});

test('windows start hidden and ring after hours in the background, without a click before', () => {
  for (const { options } of electron.windows) expect(options.show).toBe(false);
  everyWindow({ backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' });
});
