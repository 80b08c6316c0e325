import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { beforeEach, describe, expect, it, test } from 'vitest';
import {
  isSigned,
  type LibraryUpdater,
  libraryUpdater,
  mayInstall,
  type Release,
  releaseWords,
  Updates,
} from '../../../electron/updates/index.ts';
import type { UpdateState, WorkInHand } from '../../../shared/contracts/desktop-safety.ts';

const nothing: WorkInHand = { calls: 0, offers: 0, wrapUps: 0, unsaved: 0 };
const keys = generateKeyPairSync('ed25519');
const rawKey = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
const key = rawKey(keys.publicKey);
const files = [
  { url: 'Crosspoint-1.1.0.AppImage', sha512: 'q83v' },
  { url: 'crosspoint_1.1.0_amd64.deb', sha512: 'EjRW' },
];
const signed = (release: Omit<Release, 'signature'>, by = keys.privateKey): Release => ({
  ...release,
  signature: sign(null, Buffer.from(releaseWords(release)), by).toString('base64'),
});
const newer = signed({ version: '1.1.0', files });

describe('a release', () => {
  it('is signed with its version and every file, in whatever order they stand', () => {
    expect(isSigned(newer, key)).toBe(true);
    expect(isSigned({ ...newer, files: [...files].reverse() }, key)).toBe(true);
  });

  it.each<[string, Release]>([
    ['without a signature', { ...newer, signature: null }],
    ['signed by somebody else', signed(newer, generateKeyPairSync('ed25519').privateKey)],
    ['of another version', { ...newer, version: '1.2.0' }],
    ['with another file', { ...newer, files: [{ url: 'Crosspoint-1.1.0.AppImage', sha512: 'evil' }] }],
    ['with one file more', { ...newer, files: [...files, { url: 'x', sha512: 'y' }] }],
    ['with one file less', { ...newer, files: files.slice(1) }],
    ['without files', signed({ version: '1.1.0', files: [] })],
    ['that says a line more in a name', signed({ version: '1.1.0', files: [{ url: 'a b\nc', sha512: 'd' }] })],
    ['with a damaged signature', { ...newer, signature: '!!' }],
  ])('%s is not', (_, release) => {
    expect(isSigned(release, key)).toBe(false);
  });

  it('is not signed by a key that is none', () => {
    expect([isSigned(newer, ''), isSigned(newer, 'AAAA')]).toEqual([false, false]);
  });
});

test.each([
  ['nothing in hand', nothing, true],
  ['a call', { ...nothing, calls: 1 }, false],
  ['an offer', { ...nothing, offers: 1 }, false],
  ['a wrap-up', { ...nothing, wrapUps: 1 }, false],
  ['something unsaved', { ...nothing, unsaved: 1 }, false],
])('with %s, whether an update may begin is %s', (_, work, may) => {
  expect(mayInstall(work as WorkInHand)).toBe(may);
});

describe('updates', () => {
  let release: Release | null;
  let did: string[];
  let told: UpdateState[];
  let reported: string[];
  let timers: { ms: number; deed: () => void }[];
  let failing: 'check' | 'fetch' | null;
  let updates: Updates;
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const fire = async () => {
    const timer = timers.pop();
    timer?.deed();
    await settle();
    return timer?.ms;
  };
  const make = (hasSource = true) =>
    new Updates({
      source: hasSource
        ? {
            key,
            updater: {
              async check() {
                did.push('check');
                if (failing === 'check') throw new Error('no line');
                return release;
              },
              async fetch() {
                did.push('fetch');
                if (failing === 'fetch') throw new Error('sha512 checksum mismatch');
              },
              installOnQuit: (isWanted) => void did.push(`on quit ${isWanted}`),
              installNow: () => void did.push('install'),
            },
          }
        : null,
      report: (event) => reported.push(event),
      tell: (state) => told.push(state),
      later(ms, deed) {
        const timer = { ms, deed };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    });

  beforeEach(() => {
    release = newer;
    [did, told, reported, timers, failing] = [[], [], [], [], null];
    updates = make();
    updates.start();
  });

  it('are off where no source was named', async () => {
    const off = make(false);
    timers = [];
    off.start();
    off.work(nothing);
    expect([off.state, timers, off.install()]).toEqual([{ kind: 'off' }, [], { kind: 'off' }]);
  });

  it('are fetched when signed, told of, and installed when the program is closed', async () => {
    updates.work(nothing);
    expect(await fire()).toBe(60_000);
    expect(did).toEqual(['check', 'fetch', 'on quit true']);
    expect(told).toEqual([
      { kind: 'fetching', version: '1.1.0' },
      { kind: 'ready', version: '1.1.0', mayInstall: true },
    ]);
    expect(did).not.toContain('install');
    expect(timers).toMatchObject([{ ms: 4 * 3_600_000 }]);
  });

  it('that are not signed are refused, reported and not fetched', async () => {
    release = { ...newer, signature: null };
    updates.work(nothing);
    await fire();
    expect([updates.state, did, reported]).toEqual([{ kind: 'refused', version: '1.1.0' }, ['check', 'on quit false'], ['update:refused']]);
    expect(updates.install()).toEqual({ kind: 'refused', version: '1.1.0' });
    expect(did).not.toContain('install');
  });

  it('are not even asked for in a call, but when it is over', async () => {
    updates.work({ ...nothing, calls: 1 });
    await fire();
    expect(did).toEqual([]);
    updates.work(nothing);
    await settle();
    expect(did).toContain('fetch');
  });

  it('are not begun before the page has said what is in hand', async () => {
    await fire();
    expect(did).toEqual([]);
  });

  it('are never installed in a call, neither on wish nor by closing the program', async () => {
    updates.work(nothing);
    await fire();
    for (const work of [{ calls: 1 }, { offers: 1 }, { wrapUps: 1 }, { unsaved: 1 }]) {
      updates.work({ ...nothing, ...work });
      expect(updates.install()).toEqual({ kind: 'ready', version: '1.1.0', mayInstall: false });
      expect(did.at(-1)).toBe('on quit false');
    }
    expect(did).not.toContain('install');
    updates.work(nothing);
    updates.install();
    expect(did.slice(-2)).toEqual(['on quit true', 'install']);
  });

  it('that fail are reported and tried again later', async () => {
    failing = 'fetch';
    updates.work(nothing);
    await fire();
    expect([updates.state, reported]).toEqual([{ kind: 'current' }, ['update:failed']]);
    failing = 'check';
    await fire();
    failing = null;
    await fire();
    expect([updates.state.kind, reported.length]).toEqual(['ready', 2]);
  });

  it('that are ready are not fetched again, and newer ones are', async () => {
    updates.work(nothing);
    await fire();
    await fire();
    expect(did.filter((each) => each === 'fetch')).toHaveLength(1);
    release = signed({ version: '1.2.0', files });
    await fire();
    expect(updates.state).toEqual({ kind: 'ready', version: '1.2.0', mayInstall: true });
  });

  it('end with the program', () => {
    updates.stop();
    expect(timers).toEqual([]);
  });
});

describe('the library that fetches', () => {
  const library = (found: unknown) => {
    const calls: unknown[] = [];
    return {
      calls,
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: true,
      setFeedURL: (options: unknown) => void calls.push(options),
      checkForUpdates: async () => found,
      async downloadUpdate(this: LibraryUpdater) {
        calls.push(['fetch', this.autoInstallOnAppQuit]);
        if (found === 'broken') throw new Error('sha512 checksum mismatch');
      },
      quitAndInstall: (isSilent: boolean, runsAfter: boolean) => void calls.push(['install', isSilent, runsAfter]),
    } as unknown as LibraryUpdater & { calls: unknown[] };
  };

  it('does nothing by itself, takes nothing older, and asks where it was told to', () => {
    const used = library(null);
    libraryUpdater(used, 'https://updates.example/crosspoint');
    expect(used).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false, disableWebInstaller: true });
    expect(used.calls).toEqual([{ provider: 'generic', url: 'https://updates.example/crosspoint' }]);
  });

  it('tells a release with its signature, and none where none is newer', async () => {
    const found = { isUpdateAvailable: true, updateInfo: { ...newer, releaseDate: 'x' } };
    expect(await libraryUpdater(library(found), 'https://a.example').check()).toEqual(newer);
    expect(await libraryUpdater(library({ ...found, isUpdateAvailable: false }), 'https://a.example').check()).toBeNull();
    const odd = { isUpdateAvailable: true, updateInfo: { version: '../../x', files: [] } };
    await expect(libraryUpdater(library(odd), 'https://a.example').check()).rejects.toThrow();
  });

  it('listens for the end of the program only when told so while it fetches, and not after it failed', async () => {
    const used = library(null);
    const updater = libraryUpdater(used, 'https://a.example');
    await updater.fetch();
    updater.installOnQuit(false);
    expect([used.calls.at(-1), used.autoInstallOnAppQuit]).toEqual([['fetch', true], false]);
    const broken = library('broken');
    await expect(libraryUpdater(broken, 'https://a.example').fetch()).rejects.toThrow('checksum');
    expect(broken.autoInstallOnAppQuit).toBe(false);
  });

  it('installs without asking and starts the program again', () => {
    const used = library(null);
    libraryUpdater(used, 'https://a.example').installNow();
    expect(used.calls.at(-1)).toEqual(['install', true, true]);
  });
});
