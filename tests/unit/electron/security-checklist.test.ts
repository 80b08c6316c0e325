import { readFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { isTrustedSender } from '../../../electron/ipc/index.ts';
import {
  appUrl,
  contentSecurityPolicy,
  decideNavigation,
  decidePermission,
  decideWindowOpen,
  privilegedScheme,
} from '../../../electron/security/index.ts';
import { isBridgeUrl } from '../../../electron/settings/index.ts';
import { windowOptions } from '../../../electron/windows/index.ts';
import { inProject } from '../../../tools/project.ts';

/** Electron's own checklist (electronjs.org, Security, 1 to 20), each line held against the real configuration. */

const window: BrowserWindowConstructorOptions = windowOptions('/app/preload.cjs', null);
const preferences = window.webPreferences ?? {};
const policy = contentSecurityPolicy('http://127.0.0.1:8600');
const read = (...path: string[]) => readFileSync(inProject(...path), 'utf8');
const fuses = Object.fromEntries(
  [...read('electron-builder.yml').matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]) => [name, value === 'true']),
);

const checklist: readonly (readonly [string, () => void])[] = [
  ['1 loads only secure content', () => expect(['http://far.example', 'https://far.example'].map(isBridgeUrl)).toEqual([false, true])],
  [
    '2 gives remote content no Node',
    () => expect(preferences).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false }),
  ],
  ['3 isolates the context of the preload', () => expect(preferences.contextIsolation).toBe(true)],
  [
    '4 runs every page in the sandbox',
    () => {
      expect(preferences.sandbox).toBe(true);
      expect(read('electron', 'start-desktop.ts')).toContain('app.enableSandbox()');
    },
  ],
  [
    '5 answers permission requests itself',
    () =>
      expect(
        ['media', 'geolocation'].map((permission) => decidePermission({ permission, origin: 'https://far.example', media: ['audio'] })),
      ).toEqual([false, false]),
  ],
  ['6 keeps web security on', () => expect(preferences.webSecurity).toBe(true)],
  [
    '7 has a strict content security policy',
    () => {
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-|\*|data:.*script/);
    },
  ],
  ['8 runs no insecure content', () => expect(preferences.allowRunningInsecureContent).toBe(false)],
  ['9 has no experimental features', () => expect(preferences.experimentalFeatures).toBe(false)],
  ['10 enables no Blink features', () => expect(preferences).not.toHaveProperty('enableBlinkFeatures')],
  ['11 has no webview, so none with pop-ups', () => expect(preferences.webviewTag).toBe(false)],
  ['12 attaches no webview', () => expect(read('electron', 'security', 'navigation.ts')).toContain("'will-attach-webview'")],
  ['13 navigates nowhere', () => expect(decideNavigation('https://far.example')).toBe('refuse')],
  ['14 opens no new windows', () => expect(decideWindowOpen('file:///x')).toEqual({ kind: 'refuse' })],
  [
    '15 opens outside only http(s), mailto and tel',
    () =>
      expect(['https://a.example/', 'javascript:alert(1)', 'smb://a/b'].map((href) => decideWindowOpen(href).kind)).toEqual([
        'outside',
        'refuse',
        'refuse',
      ]),
  ],
  [
    '16 pins one current Electron, the same everywhere',
    () => {
      const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
      expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
      expect(read('electron-builder.yml')).toContain(`electronVersion: ${devDependencies.electron}\n`);
    },
  ],
  [
    '17 checks who sends each message',
    () => expect(isTrustedSender({ sender: { id: 1 }, senderFrame: { url: 'https://far.example', parent: null } as never }, 1)).toBe(false),
  ],
  [
    '18 serves its page by a scheme of its own, not file:',
    () => {
      expect(appUrl).toBe('app://crosspoint/index.html');
      expect(privilegedScheme.privileges).toMatchObject({ standard: true, secure: true });
      expect(privilegedScheme.privileges).not.toHaveProperty('bypassCSP');
    },
  ],
  [
    '19 turns off the fuses it does not need',
    () =>
      expect(fuses).toMatchObject({
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        grantFileProtocolExtraPrivileges: false,
      }),
  ],
  [
    '20 hands the page no part of Electron',
    () => expect(read('electron', 'preload.ts').match(/exposeInMainWorld\(.*\)/g)).toEqual(["exposeInMainWorld('desktop', desktop)"]),
  ],
];

test.each(checklist)('%s', (_, check) => check());

test('a window starts hidden and rings after hours in the background, without a click before', () => {
  expect(window.show).toBe(false);
  expect(preferences).toMatchObject({ backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' });
});
