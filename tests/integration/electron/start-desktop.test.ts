import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDesktop } from '../../../electron/start-desktop.ts';
import { outsideState, outsideWords } from '../../unit/electron/outside-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-desktop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Electron as far as the program uses it: what it did, in order, and how to make things happen to it. */
function electronOn(options: { readonly isFirst?: boolean; readonly commandLine?: readonly string[]; readonly answer?: number } = {}) {
  const did: string[] = [];
  const windows: FakeWindow[] = [];
  const calls = new Map<string, (event: unknown, request: unknown) => Promise<unknown>>();
  const keys = new Set<string>();
  const clicks: (() => void)[] = [];

  class FakeContents extends EventEmitter {
    readonly id: number;
    readonly sent: string[] = [];
    constructor(id: number) {
      super();
      this.id = id;
    }
    setWindowOpenHandler = () => undefined;
    isDestroyed = () => false;
    isCrashed = () => false;
    reload = () => undefined;
    send = (channel: string) => void this.sent.push(channel);
  }
  class FakeWindow extends EventEmitter {
    readonly webContents: FakeContents;
    isShown = false;
    constructor(given: { readonly focusable?: boolean; readonly show?: boolean }) {
      super();
      windows.push(this);
      this.webContents = new FakeContents(windows.length);
      did.push(
        `window ${windows.length}${given.focusable === false ? ' without the keyboard' : ''}${given.show === false ? ' hidden' : ''}`,
      );
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(address: string) {
      did.push(`load ${address}`);
    }
    show = () => {
      this.isShown = true;
    };
    showInactive = this.show;
    hide = () => {
      this.isShown = false;
    };
    focus = () => void did.push('focus');
    isVisible = () => this.isShown;
    isFocused = () => false;
    isMinimized = () => false;
    isDestroyed = () => false;
    getBounds = () => ({ x: 0, y: 0, width: 1200, height: 800 });
    getNormalBounds = this.getBounds;
    setBounds = () => undefined;
    setAlwaysOnTop = () => undefined;
    setVisibleOnAllWorkspaces = () => undefined;
    moveTop = () => undefined;
    flashFrame = () => undefined;
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    requestSingleInstanceLock: () => options.isFirst ?? true,
    enableSandbox: () => void did.push('sandbox'),
    whenReady: async () => void did.push('ready'),
    getPath: () => folder,
    setBadgeCount: () => true,
    quit: () => void did.push('quit'),
    exit: () => void did.push('exit'),
  });
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  const electron = {
    ...{ app, BrowserWindow: FakeWindow },
    crashReporter: { start: () => undefined },
    dialog: {
      showMessageBox: async ({ message }: { message: string }) => {
        did.push(`asked ${message}`);
        return { response: options.answer ?? 0 };
      },
    },
    globalShortcut: { register: (key: string) => keys.add(key).has(key), unregister: (key: string) => keys.delete(key) },
    ipcMain: { handle: (name: string, handler: never) => void calls.set(name, handler) },
    Menu: { buildFromTemplate: () => ({ popup: () => undefined }), setApplicationMenu: () => undefined },
    nativeImage: { createEmpty: () => ({ addRepresentation: () => undefined }) },
    Notification: { isSupported: () => false },
    powerMonitor: new EventEmitter(),
    protocol: { registerSchemesAsPrivileged: () => void did.push('scheme'), handle: () => undefined },
    safeStorage: { isEncryptionAvailable: () => false, getSelectedStorageBackend: () => 'basic_text' },
    screen: { getAllDisplays: () => [display], getPrimaryDisplay: () => display, getDisplayMatching: () => display },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => undefined,
        setPermissionCheckHandler: () => undefined,
        setDevicePermissionHandler: () => undefined,
        on: () => undefined,
      },
    },
    shell: { beep: () => void did.push('beep'), openExternal: async () => undefined },
    Tray: class {
      on = (_: string, clicked: () => void) => void clicks.push(clicked);
      setImage = () => undefined;
      setToolTip = () => undefined;
      setContextMenu = () => undefined;
      destroy = () => undefined;
    },
  };
  startDesktop(electron as never, {
    ...{ preload: '/app/preload.cjs', rendererFolder: folder, commandLine: options.commandLine ?? [] },
    ...{ platform: 'linux', program: '/app/crosspoint', self: new EventEmitter() as never },
    updater: () => {
      throw new Error('nobody asked for updates');
    },
    report: (event, facts) => void did.push(`report ${event} ${JSON.stringify(facts ?? {})}`),
  });
  /** As the page of that window. */
  const call = (name: string, request: unknown, window = 1) => {
    const page = window === 1 ? 'index.html' : 'strip.html';
    const event = { sender: { id: window }, senderFrame: { url: `app://crosspoint/${page}`, parent: null } };
    return calls.get(`desktop:${name}`)?.(event, request);
  };
  const loaded = () => expect.poll(() => did).toContain('load app://crosspoint/index.html');
  const main = () => windows[0] as FakeWindow;
  const strip = () => windows[1] as FakeWindow;
  return { app, did, call, loaded, main, strip, keys: () => [...keys], clickTray: () => clicks[0]?.(), windows };
}

const inCall = outsideState({ tone: 'talking', name: 'On a call', hasCall: true });
const closing = () => ({
  isHeld: false,
  preventDefault(this: { isHeld: boolean }) {
    this.isHeld = true;
  },
});

test('starts once per person: a second start only says so to the first', () => {
  const { did } = electronOn({ isFirst: false });
  expect(did).toEqual(['quit']);
});

test('has its sandbox and its scheme before it is ready, and both windows hidden before their pages', async () => {
  const { did, loaded } = electronOn();
  await loaded();
  expect(did).toEqual([
    ...['sandbox', 'scheme', 'ready', 'window 1 hidden', 'window 2 without the keyboard hidden'],
    ...['load app://crosspoint/strip.html', 'load app://crosspoint/index.html'],
  ]);
});

test('rings by the strip, keeps its keys for the call, and shows the strip without the focus', async () => {
  const { call, loaded, strip, keys, did } = electronOn();
  await loaded();
  await call('offer:shown', { reservationId: 'r-1', title: 'Lin Mei', body: 'Hotline', ringsForMs: 20_000 });
  await call('outside:show', { state: inCall, words: outsideWords });
  expect(strip().webContents.sent).toEqual(['desktop:ring:changed', 'desktop:strip:changed']);
  expect(keys()).toEqual(['Control+Alt+F2', 'Control+Alt+F3', 'Control+Alt+F12']);
  expect(strip().isShown).toBe(true);
  await call('offer:gone', { reservationId: 'r-1' });
  await call('outside:show', { state: null, words: outsideWords });
  expect([strip().isShown, keys()]).toEqual([false, []]);
  expect(did).not.toContain('focus');
  expect(did).not.toContain('beep');
});

test('closing the window puts it away while somebody is signed in, and the tray brings it back', async () => {
  const { call, loaded, main, clickTray, did } = electronOn();
  await loaded();
  main().show();
  await call('outside:show', { state: inCall, words: outsideWords });
  const close = closing();
  main().emit('close', close);
  expect([close.isHeld, main().isShown]).toEqual([true, false]);
  clickTray();
  expect(main().isShown).toBe(true);
  expect(did).toContain('focus');
  expect(did).not.toContain('quit');
});

test('quitting in a call asks first, and otherwise ends with the window', async () => {
  const { app, call, loaded, main, did } = electronOn({ answer: 0 });
  await loaded();
  await call('outside:show', { state: inCall, words: outsideWords });
  const quit = closing();
  app.emit('before-quit', quit);
  expect(quit.isHeld).toBe(true);
  await expect.poll(() => did).toContain(`asked ${outsideWords.quitInCall}`);
  await call('outside:show', { state: outsideState({}), words: outsideWords });
  const later = closing();
  app.emit('before-quit', later);
  main().emit('close', later);
  main().emit('closed');
  expect([later.isHeld, did.at(-1)]).toEqual([false, 'quit']);
});

test('a link of another program waits for the page, whether it started the program or came to it', async () => {
  const { app, call, loaded, main, did } = electronOn({ commandLine: ['--enable-logging', 'tel:+442079460123'] });
  await loaded();
  expect(await call('link:take', {})).toEqual({ number: '+442079460123' });
  app.emit('second-instance', {}, ['crosspoint', 'sip:6021@pbx.example'], '/');
  expect(main().webContents.sent.at(-1)).toBe('desktop:link:opened');
  expect(did).toContain('focus');
  expect(await call('link:take', {})).toEqual({ number: '6021' });
  app.emit('open-url', { preventDefault: () => undefined }, 'tel:*21*442079460123%23');
  expect(await call('link:take', {})).toEqual({ number: null });
});

test('neither window may make the calls of the other', async () => {
  const { call, loaded, did } = electronOn();
  await loaded();
  await expect(call('settings:write', { theme: 'dark' }, 2)).rejects.toThrow('was refused');
  await expect(call('strip:wish', { wish: { kind: 'action', action: 'call.end' } }, 1)).rejects.toThrow('was refused');
  await expect(call('secret:read', { name: 'session' }, 2)).rejects.toThrow('was refused');
  expect(did.filter((each) => each.startsWith('report call:refused'))).toHaveLength(3);
});
