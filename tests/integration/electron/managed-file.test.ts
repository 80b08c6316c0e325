import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { managedPath, readManaged, SettingsFile } from '../../../electron/settings/index.ts';

let folder: string;
let path: string;
let reported: unknown[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-managed-'));
  path = join(folder, 'desktop.json');
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const theirs = { uid: 0, mode: 0o100644, isFile: () => true };
const read = (content: unknown, stat: (path: string) => typeof theirs = () => theirs) => {
  if (content !== undefined) writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readManaged(path, { platform: 'linux', report: (event, facts) => reported.push([event, facts]), stat });
};
const key = Buffer.alloc(32, 1).toString('base64');

describe('what an administrator fixed', () => {
  test('comes before what is remembered, is not changed here, and is not remembered', () => {
    const fixed = read({ settings: { bridgeUrl: 'https://bridge.example', closeToTray: false } }).settings ?? {};
    const file = join(folder, 'settings.json');
    const settings = new SettingsFile(file, { bridgeUrl: 'https://other.example', fixed, report: () => {} });
    expect(settings.desktop).toMatchObject({ bridgeUrl: 'https://bridge.example', closeToTray: false, theme: 'system' });
    expect(settings.change({ bridgeUrl: 'https://mine.example', closeToTray: true, theme: 'dark' })).toMatchObject({
      ...{ bridgeUrl: 'https://bridge.example', closeToTray: false, theme: 'dark' },
    });
    expect(settings.fixedNames).toEqual(['bridgeUrl', 'closeToTray']);
    expect(readFileSync(file, 'utf8')).not.toMatch(/bridge\.example|mine\.example|closeToTray/);
  });

  test('names the source of updates', () => {
    expect(read({ updates: { url: 'https://updates.example/', key } })).toEqual({ updates: { url: 'https://updates.example/', key } });
    expect(reported).toEqual([]);
  });

  test('is nothing where there is no file', () => {
    const missing = () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    };
    expect([read(undefined, missing), reported]).toEqual([{}, []]);
  });

  test.each([
    ['that is no JSON', '{"settings":'],
    ['with a name that is misspelt', { settings: { bridgeURL: 'https://bridge.example' } }],
    ['with one wrong value among right ones', { settings: { theme: 'dark', language: 'klingon' } }],
    ['with a bridge that is not encrypted', { settings: { bridgeUrl: 'http://bridge.example' } }],
    ['with updates that are not encrypted', { updates: { url: 'http://updates.example', key } }],
    ['with updates that nobody signs', { updates: { url: 'https://updates.example' } }],
    ['with a key that is none', { updates: { url: 'https://updates.example', key: 'AAAA' } }],
    ['with a program to start', { localBridge: { node: 'node', program: 'x', args: [] } }],
  ])('is ignored whole in a file %s, and told of', (_, content) => {
    expect(read(content)).toEqual({});
    expect(reported).toMatchObject([['managed:ignored', {}]]);
  });

  test.each([
    ['that belongs to somebody else', { ...theirs, uid: 1_000 }, theirs],
    ['that others may write', { ...theirs, mode: 0o100666 }, theirs],
    ['that a group may write', { ...theirs, mode: 0o100664 }, theirs],
    ['in a folder that others may write', theirs, { ...theirs, mode: 0o40777 }],
    ['in a folder of somebody else', theirs, { ...theirs, uid: 1_000 }],
    ['that is none', { ...theirs, isFile: () => false }, theirs],
  ])('does not count in a file %s', (_, file, parent) => {
    expect(read({ settings: { theme: 'dark' } }, (asked) => (asked === path ? file : parent))).toEqual({});
    expect(reported).toEqual([['managed:ignored', { why: 'others than administrators can write it' }]]);
  });

  test('does not count behind a link, whoever owns where it leads', () => {
    writeFileSync(join(folder, 'real.json'), JSON.stringify({ settings: { theme: 'dark' } }));
    symlinkSync(join(folder, 'real.json'), path);
    chmodSync(folder, 0o755);
    expect(readManaged(path, { platform: 'win32', report: (event) => reported.push(event) })).toEqual({});
    expect(reported).toEqual(['managed:ignored']);
  });

  test('lies where only administrators write', () => {
    expect((['linux', 'darwin', 'win32'] as const).map(managedPath)).toEqual([
      '/etc/crosspoint/desktop.json',
      '/Library/Application Support/Crosspoint/desktop.json',
      'C:\\Program Files\\Crosspoint\\desktop.json',
    ]);
  });
});
