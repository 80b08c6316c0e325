import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../../tools/project.ts';

type Yaml = string | boolean | null | Yaml[] | { [key: string]: Yaml };

/** The part of YAML that the packaging file uses: nested maps, lists of words, comments. Anything else is an error. */
function parseYaml(text: string): { [key: string]: Yaml } {
  const root: { [key: string]: Yaml } = {};
  const open: { indent: number; map: { [key: string]: Yaml } }[] = [{ indent: -1, map: root }];
  let list: { indent: number; key: string; map: { [key: string]: Yaml } } | null = null;
  for (const line of text.split('\n')) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const item = /^( *)- (.+)$/.exec(line);
    if (item) {
      if (!list || (item[1] ?? '').length <= list.indent) throw new Error(`a list item without a list: ${line}`);
      const items = Array.isArray(list.map[list.key]) ? (list.map[list.key] as Yaml[]) : [];
      list.map[list.key] = [...items, scalar(item[2] ?? '')];
      continue;
    }
    const pair = /^( *)([\w$]+):(?: (.+))?$/.exec(line);
    if (!pair) throw new Error(`not understood: ${line}`);
    const indent = (pair[1] ?? '').length;
    const key = pair[2] ?? '';
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const map = open.at(-1)?.map ?? root;
    if (key in map) throw new Error(`said twice: ${key}`);
    if (pair[3] !== undefined) map[key] = scalar(pair[3]);
    else {
      const inner: { [key: string]: Yaml } = {};
      map[key] = inner;
      open.push({ indent, map: inner });
      list = { indent, key, map };
    }
  }
  return root;
}

function scalar(text: string): Yaml {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return text.replace(/^"(.*)"$/, '$1');
}

const config = parseYaml(readFileSync(inProject('electron-builder.yml'), 'utf8'));
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
  expect(config.npmRebuild).toBe(false);
  expect(config.asar).toBe(true);
});

test('every system has something to install', () => {
  expect([config.linux, config.win, config.mac].map((system) => (system as { target: Yaml }).target)).toEqual([
    ['AppImage', 'deb'],
    ['nsis'],
    ['dmg'],
  ]);
});
