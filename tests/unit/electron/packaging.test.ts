import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { linkSchemes } from '../../../electron/system/index.ts';
import { inProject } from '../../../tools/project.ts';

const config = parse(readFileSync(inProject('electron-builder.yml'), 'utf8'), { uniqueKeys: true });
const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { main: string };

test('the package holds what is built, the entry included, and no modules', () => {
  expect(config.files).toEqual([
    'dist/electron/main.js',
    'dist/electron/preload.cjs',
    'dist/renderer/**',
    'package.json',
    'LICENSE',
    '!node_modules',
  ]);
  expect(config.files).toContain(manifest.main);
});

test('the package is written beside the bundles, not over them', () => {
  expect(config.directories).toEqual({ output: 'release', buildResources: 'assets' });
});

test('nothing is rebuilt: no native module is packaged', () => {
  expect([config.npmRebuild, config.asar]).toEqual([false, true]);
});

test('every system has something to install', () => {
  expect([config.linux, config.win, config.mac].map(({ target }) => target)).toEqual([['AppImage', 'deb'], ['nsis'], ['dmg']]);
});

test('every file it names is there', () => {
  for (const path of [config.icon, config.extraResources[0].from]) expect(existsSync(inProject(path))).toBe(true);
});

test('every system knows the links that the program is offered for', () => {
  expect(config.protocols).toEqual([{ name: 'Number to call', schemes: [...linkSchemes], role: 'Viewer' }]);
  expect(config.linux.mimeTypes).toEqual(linkSchemes.map((scheme) => `x-scheme-handler/${scheme}`));
});

test('a package for Debian says who answers for it, and what secrets are kept by', () => {
  expect(config.linux.maintainer).toMatch(/^[^<]+ <[^@]+@[^>]+>$/);
  expect(config.deb.recommends).toContain('libsecret-1-0');
});

test('on Windows it is installed for one person without an administrator, and leaves their texts when it goes', () => {
  expect(config.nsis).toEqual({ oneClick: false, perMachine: false, allowElevation: false, deleteAppDataOnUninstall: false });
});

test('no source of updates is built in, and what is fetched has its place', () => {
  expect(config.publish).toBeNull();
  expect(config.extraResources).toEqual([{ from: 'assets/app-update.yml', to: 'app-update.yml' }]);
  expect(parse(readFileSync(inProject('assets/app-update.yml'), 'utf8'))).toEqual({ updaterCacheDirName: 'crosspoint-updater' });
});
