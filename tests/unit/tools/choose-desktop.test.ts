import { describe, expect, test } from 'vitest';
import { chooseDesktop, type DesktopFacts, hasScreen, openersFor } from '../../../tools/choose-desktop.ts';

const address = 'http://127.0.0.1:8600';
const facts: DesktopFacts = {
  isOpenWanted: true,
  hasScreen: true,
  electron: { kind: 'absent', reason: 'the Electron runtime is not on this machine' },
  openers: [{ command: 'xdg-open', args: [address], name: 'your default browser' }],
  isRoot: false,
};
const kinds = (given: Partial<DesktopFacts>) => chooseDesktop({ ...facts, ...given }, address).map(({ kind }) => kind);
const firstLine = (given: Partial<DesktopFacts>) => chooseDesktop({ ...facts, ...given }, address)[0]?.line;
const electron = { kind: 'present', path: '/opt/electron/electron' } as const;

describe('where the desktop is shown', () => {
  test('prefers Electron, then the browser, then the plain address', () => {
    expect(kinds({ electron })).toEqual(['electron', 'browser', 'address']);
    expect(firstLine({ electron })).toBe('Opening the desktop in Electron.');
  });

  test('opens a browser and says why where Electron has no runtime', () => {
    expect(firstLine({})).toBe('Opening the desktop in a browser (your default browser): the Electron runtime is not on this machine.');
  });

  test('prints the address and says why where there is no screen', () => {
    expect(kinds({ electron, hasScreen: false })).toEqual(['address']);
    expect(firstLine({ hasScreen: false })).toBe(`Open ${address} in a browser yourself: this machine has no screen to open a window on.`);
  });

  test('opens nothing when asked not to', () => {
    expect(kinds({ electron, isOpenWanted: false })).toEqual(['address']);
  });

  test('prints the address where no browser is installed', () => {
    expect(firstLine({ openers: [] })).toContain('no browser could be opened');
  });

  test('tells Electron which bridge to use, and says it when root costs the sandbox', () => {
    const [choice] = chooseDesktop({ ...facts, electron, isRoot: true }, address);
    expect(choice).toMatchObject({ kind: 'electron', args: ['--no-sandbox', `--bridge-url=${address}`] });
    expect(choice?.line).toContain('sandbox is off because you are root');
    const [normal] = chooseDesktop({ ...facts, electron }, address);
    expect(normal).toMatchObject({ args: [`--bridge-url=${address}`] });
  });
});

describe('how an address is opened', () => {
  const linux = (isRoot: boolean) =>
    openersFor({ platform: 'linux', isRoot, hasProgram: (name) => ['xdg-open', 'chromium'].includes(name) }, address, '/data/browser');

  test('asks the system first, then Chromium with a profile of its own', () => {
    expect(linux(false).map(({ command }) => command)).toEqual(['xdg-open', 'chromium']);
    expect(linux(false)[1]?.args).not.toContain('--no-sandbox');
  });

  test('does not ask a superuser’s default browser, which would refuse', () => {
    expect(linux(true).map(({ command }) => command)).toEqual(['chromium']);
    expect(linux(true)[0]?.args).toContain('--no-sandbox');
  });

  test.each(['darwin', 'win32'])('uses what %s has', (platform) => {
    expect(openersFor({ platform, isRoot: false, hasProgram: () => false }, address, '/data/browser')).toHaveLength(1);
  });
});

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('on %s with %j a screen is %s', (platform, env, expected) => {
  expect(hasScreen(platform, env)).toBe(expected);
});
