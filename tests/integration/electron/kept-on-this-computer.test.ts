import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReportLog } from '../../../electron/crash/index.ts';
import { SecretStore } from '../../../electron/secrets/index.ts';

let folder: string;
let reported: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-kept-'));
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets', () => {
  const hour = 3_600_000;
  let now: number;
  let backend: 'gnome_libsecret' | 'basic_text';
  let isLost: boolean;
  const path = () => join(folder, 'secrets.json');
  const open = (platform: NodeJS.Platform = 'linux') =>
    new SecretStore(path(), {
      platform,
      now: () => now,
      report: (event) => reported.push(event),
      safeStorage: {
        isAsyncEncryptionAvailable: async () => true,
        getSelectedStorageBackend: () => backend,
        encryptStringAsync: async (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ 0x55)),
        decryptStringAsync: async (sealed) => {
          if (isLost) throw new Error('another key');
          return { result: Buffer.from(sealed.map((byte) => byte ^ 0x55)).toString(), shouldReEncrypt: false };
        },
      },
    });
  beforeEach(() => {
    now = 1_000_000_000;
    backend = 'gnome_libsecret';
    isLost = false;
  });

  test('are there for the next run, unreadable in their file, which only its owner may open', async () => {
    expect(await open().write('session', 'bearer-of-lena')).toBe(true);
    expect(readFileSync(path(), 'utf8')).not.toMatch(/bearer|lena|YmVhcmVy/);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(await open().read('session')).toBe('bearer-of-lena');
  });

  test('do not undo each other, and the last one forgotten takes the file along', async () => {
    const store = open();
    await Promise.all([store.write('session', 'a'), store.write('texts', 'b'), store.write('session', 'c')]);
    expect([await store.read('session'), await store.read('texts')]).toEqual(['c', 'b']);
    await Promise.all([store.forget('session'), store.forget('texts')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a log-in are forgotten after twelve hours, and when the clock was set back; the key of the texts never', async () => {
    await open().write('session', 'a');
    await open().write('texts', 'b');
    now += 12 * hour;
    expect([await open().read('session'), await open().read('texts')]).toEqual([null, 'b']);
    await open().write('session', 'a');
    now -= 1;
    expect(await open().read('session')).toBeNull();
  });

  test('are refused where the system has no key store, which is said once', async () => {
    backend = 'basic_text';
    const store = open();
    expect([await store.write('session', 'a'), await store.read('session')]).toEqual([false, null]);
    expect(reported).toEqual(['secret:no-key-store']);
    expect(readdirSync(folder)).toEqual([]);
    // The word means nothing on other systems.
    expect(await open('darwin').write('session', 'a')).toBe(true);
  });

  test('that cannot be opened, or lie in a damaged file, are asked for again', async () => {
    await open().write('session', 'a');
    isLost = true;
    expect(await open().read('session')).toBeNull();
    writeFileSync(path(), '{"session":');
    expect(await open().read('session')).toBeNull();
    expect(await open().write('session', 'b')).toBe(true);
    expect(reported).toContain('secret:not-opened');
  });
});

describe('reports', () => {
  test('are one line each, without secrets, which only their owner may read', () => {
    new ReportLog(join(folder, 'reports'), () => 0).write('page:error', { why: 'TypeError: no call for Lena Hartmann', token: 'abc' });
    const file = join(folder, 'reports', 'desktop.jsonl');
    expect(readFileSync(file, 'utf8')).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","event":"page:error","why":"TypeError: no call for […] […]","token":"[…]"}\n',
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('take no more than twenty files of a quarter of a megabyte, the newest of them', () => {
    const log = new ReportLog(folder, () => 0);
    const full = 'x'.repeat(256 * 1024);
    for (let n = 0; n < 30; n += 1) {
      writeFileSync(join(folder, 'desktop.jsonl'), `${n}${full}`);
      log.write('next', { n });
    }
    expect(readdirSync(folder)).toHaveLength(20);
    expect(readFileSync(join(folder, 'desktop.jsonl'), 'utf8')).toContain('"n":29');
    expect(readFileSync(join(folder, 'desktop.1.jsonl'), 'utf8').slice(0, 3)).toBe('29x');
    expect(readFileSync(join(folder, 'desktop.19.jsonl'), 'utf8').slice(0, 3)).toBe('11x');
  });

  test('that cannot be written make nothing worse', () => {
    writeFileSync(join(folder, 'reports'), 'a file where the folder should be');
    expect(() => new ReportLog(join(folder, 'reports')).write('any', {})).not.toThrow();
  });
});
