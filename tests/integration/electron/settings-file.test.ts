import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultSettings, SettingsFile } from '../../../electron/settings/index.ts';

let folder: string;
let path: string;
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-settings-'));
  path = join(folder, 'person', 'settings.json');
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (bridgeUrl: string | null = null) => new SettingsFile(path, { bridgeUrl, report: (event) => reported.push(event) });

describe('the settings of this machine', () => {
  test('start with the defaults and are read back by the next run', () => {
    const first = open();
    expect(first.machine).toEqual(defaultSettings);
    first.change({ theme: 'dark', bridgeUrl: 'https://bridge.example' });
    first.rememberBounds({ x: 1, y: 2, width: 1200, height: 800 });
    const second = open();
    expect(second.desktop).toEqual({ bridgeUrl: 'https://bridge.example', theme: 'dark', language: 'system' });
    expect(second.machine.windowBounds).toEqual({ x: 1, y: 2, width: 1200, height: 800 });
  });

  test('are replaced as a whole, readable by their owner only, and leave nothing beside', () => {
    open().change({ theme: 'dark' });
    expect(readdirSync(join(folder, 'person'))).toEqual(['settings.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('survive a crash that left half of a new file', () => {
    open().change({ theme: 'dark' });
    writeFileSync(`${path}.new`, '{"desktop":{"theme":');
    const next = open();
    expect(next.desktop.theme).toBe('dark');
    next.change({ language: 'zh' });
    expect(open().desktop).toMatchObject({ theme: 'dark', language: 'zh' });
  });

  test.each([
    '',
    '{"desktop":',
    '[]',
    '{"desktop":{"bridgeUrl":"file:///x","theme":"dark","language":"en"},"windowBounds":null,"localBridge":null}',
  ])('that are damaged (%j) are put aside and the defaults used', (text) => {
    mkdirSync(join(folder, 'person'));
    writeFileSync(path, text);
    expect(open().machine).toEqual(defaultSettings);
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
    expect(reported).toEqual(['settings:damaged']);
  });

  test('refuse a bridge that is neither encrypted nor this machine, and keep what was', () => {
    const settings = open();
    expect(() => settings.change({ bridgeUrl: 'http://bridge.example' })).toThrow();
    expect(settings.machine).toEqual(defaultSettings);
    expect(existsSync(path)).toBe(false);
  });

  test('show the bridge of this run without remembering it', () => {
    const settings = open('http://127.0.0.1:8700');
    expect(settings.desktop.bridgeUrl).toBe('http://127.0.0.1:8700');
    settings.change({ theme: 'light' });
    expect(open().desktop.bridgeUrl).toBe('http://127.0.0.1:8600');
  });

  test('that cannot be written let the window close all the same', () => {
    writeFileSync(join(folder, 'person'), 'a file where the folder should be');
    open().rememberBounds({ x: 1, y: 2, width: 1200, height: 800 });
    expect(reported).toContain('settings:not-written');
  });
});
