import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkImports } from './import-rules.ts';

/**
 * Proves that the import checker still sees. It can go blind without a word (a missing compiler makes it read no files and report
 * success), so a small house is built in a temporary folder, one wrong import per rule is planted, and each must be named.
 */

/** Imports that the rules allow: none of them may be reported. */
const innocent: Readonly<Record<string, string>> = {
  'cti-bridge/main.ts': "import './compose.ts';",
  'cti-bridge/compose.ts':
    "import '../shared/ids.ts';\nimport './store/index.ts';\nimport './flows/story.ts';\nimport './channels/voice/index.ts';\nimport './api/index.ts';",
  'cti-bridge/kernel/index.ts': "import 'node:crypto';\nimport 'pino';\nexport const kernel = 1;",
  'cti-bridge/sip/index.ts': "import 'node:dgram';\nimport 'ws';\nimport '../kernel/index.ts';",
  'cti-bridge/media/index.ts': "import 'node:fs/promises';\nimport 'werift';\nimport '../kernel/index.ts';",
  'cti-bridge/interactions/index.ts': "import '../kernel/index.ts';\nimport '../../shared/ids.ts';",
  'cti-bridge/acd/index.ts': "import '../interactions/index.ts';",
  'cti-bridge/crm/index.ts': "import '../interactions/index.ts';",
  'cti-bridge/simulation/index.ts': "import 'zod';\nimport '../acd/index.ts';",
  'cti-bridge/flows/story.ts': "import '../acd/index.ts';\nimport '../crm/index.ts';",
  'cti-bridge/channels/voice/index.ts':
    "import '../../sip/index.ts';\nimport '../../media/index.ts';\nimport '../../interactions/index.ts';",
  'cti-bridge/channels/chat/index.ts': "import 'ws';\nimport '../../interactions/index.ts';",
  'cti-bridge/channels/chat/widget/main.ts': "import '../../../../shared/contracts/messages/chat.ts';",
  'shared/contracts/messages/chat.ts': "import 'zod';",
  'cti-bridge/channels/email/index.ts': "import '../../interactions/index.ts';",
  'cti-bridge/intake/index.ts': "import 'node:fs';\nimport '../crm/index.ts';\nimport '../kernel/index.ts';",
  'cti-bridge/store/index.ts': "import 'kysely';\nimport '../crm/index.ts';\nimport './seed.ts';",
  'cti-bridge/store/seed.ts': "import '../kernel/index.ts';",
  'cti-bridge/api/index.ts': "import 'socket.io';\nimport '../flows/story.ts';",
  'cti-bridge/config/index.ts': "import 'zod';\nimport '../kernel/index.ts';",
  'renderer/main.tsx': "import './app/app.tsx';",
  'renderer/app/app.tsx':
    "import '../features/call/call.tsx';\nimport '../features/notes/notes.tsx';\nimport '../bridge/index.ts';\nimport '../desktop/index.ts';",
  'renderer/features/call/call.tsx':
    "import 'react';\nimport '../../stores/index.ts';\nimport '../../ui/index.ts';\nimport '../../phone/index.ts';",
  'renderer/features/notes/notes.tsx': "import '../../ui/index.ts';",
  'renderer/stores/index.ts': "import 'zustand/vanilla';\nimport '../../shared/ids.ts';",
  'renderer/ui/index.ts': "import 'react';\nimport '../i18n/index.ts';",
  'renderer/i18n/index.ts': "import 'i18next';",
  'renderer/bridge/index.ts': "import 'socket.io-client';\nimport '../stores/index.ts';",
  'renderer/phone/index.ts': "import 'jssip';",
  'renderer/desktop/index.ts': "import '../../shared/ids.ts';",
  'electron/main.ts': "import 'electron';\nimport 'electron-updater';\nimport './updates/index.ts';\nimport './windows/index.ts';",
  'electron/updates/index.ts': "import type { AppUpdater } from 'electron-updater';\nexport type Library = AppUpdater;",
  'electron/preload.ts': "import 'electron';",
  'electron/windows/index.ts':
    "import type { BrowserWindow } from 'electron';\nimport '../../shared/ids.ts';\nexport type Window = BrowserWindow;",
  'shared/ids.ts': "import 'zod';",
  'tests/support/phone.ts': 'export const phone = 1;',
};

/** Wrong imports: file, its content, and the rule that must name it. */
export const planted: readonly (readonly [rule: string, file: string, content: string])[] = [
  ['programs-never-import-each-other', 'renderer/features/call/reach.ts', "import '../../../cti-bridge/acd/index.ts';"],
  ['programs-never-import-each-other', 'electron/system/reach.ts', "import '../../renderer/stores/index.ts';"],
  ['programs-never-import-each-other', 'cti-bridge/flows/reach.ts', "import type {} from '../../electron/windows/index.ts';"],
  ['product-never-imports-tests-or-tools', 'cti-bridge/flows/tested.ts', "import '../../tests/support/phone.ts';"],
  ['shared-knows-no-program', 'shared/node.ts', "import 'node:fs';"],
  ['compose-is-the-top', 'cti-bridge/api/all.ts', "import '../compose.ts';"],
  ['kernel-knows-nobody', 'cti-bridge/kernel/up.ts', "import '../acd/index.ts';"],
  ['kernel-knows-nobody', 'cti-bridge/kernel/wire.ts', "import '../../shared/ids.ts';"],
  ['sip-knows-only-kernel', 'cti-bridge/sip/sound.ts', "import '../media/index.ts';"],
  ['sip-knows-only-kernel', 'cti-bridge/sip/disk.ts', "import 'node:fs';"],
  ['media-knows-only-kernel', 'cti-bridge/media/words.ts', "import '../../shared/ids.ts';"],
  ['config-knows-only-kernel', 'cti-bridge/config/rows.ts', "import '../store/index.ts';"],
  ['interactions-knows-only-kernel', 'cti-bridge/interactions/disk.ts', "import 'node:fs';"],
  ['crm-is-pure-business', 'cti-bridge/crm/neighbour.ts', "import '../acd/index.ts';"],
  ['acd-is-pure-business', 'cti-bridge/acd/rows.ts', "import '../store/index.ts';"],
  ['ivr-is-pure-business', 'cti-bridge/ivr/disk.ts', "import 'node:fs';"],
  ['identity-is-pure-business', 'cti-bridge/identity/wire.ts', "import '../sip/index.ts';"],
  ['reporting-is-pure-business', 'cti-bridge/reporting/net.ts', "import 'node:net';"],
  ['organisation-is-pure-business', 'cti-bridge/organisation/rows.ts', "import '../store/index.ts';"],
  ['dialplan-is-pure-business', 'cti-bridge/dialplan/dialling.ts', "import '../sip/index.ts';"],
  ['flows-tell-the-story', 'cti-bridge/flows/rows.ts', "import '../store/index.ts';"],
  ['flows-tell-the-story', 'cti-bridge/flows/socket.ts', "import 'socket.io';"],
  ['simulation-plays-the-router', 'cti-bridge/simulation/file.ts', "import 'node:fs';"],
  ['voice-knows-no-business', 'cti-bridge/channels/voice/route.ts', "import '../../acd/index.ts';"],
  ['only-voice-joins-sip-and-media', 'cti-bridge/store/wire.ts', "import '../sip/index.ts';"],
  ['channels-are-islands', 'cti-bridge/channels/email/other.ts', "import '../voice/index.ts';"],
  ['widget-stands-alone', 'cti-bridge/channels/chat/widget/schema.ts', "import 'zod';"],
  ['nobody-imports-the-widget', 'cti-bridge/channels/chat/served.ts', "import './widget/main.ts';"],
  ['intake-brings-files-in', 'cti-bridge/intake/rows.ts', "import '../store/index.ts';"],
  ['store-knows-only-ports', 'cti-bridge/store/story.ts', "import '../flows/story.ts';"],
  ['only-store-knows-sql', 'cti-bridge/api/query.ts', "import 'kysely';"],
  ['api-knows-no-disk-and-no-world', 'cti-bridge/api/rows.ts', "import '../store/index.ts';"],
  ['only-api-serves-desktops', 'cti-bridge/channels/email/server.ts', "import 'fastify';"],
  ['features-never-import-features', 'renderer/features/call/neighbour.tsx', "import '../notes/notes.tsx';"],
  ['only-app-knows-app', 'renderer/features/notes/top.tsx', "import '../../app/app.tsx';"],
  ['only-bridge-knows-socket-io', 'renderer/features/notes/socket.ts', "import { io } from 'socket.io-client';\nio();"],
  ['only-phone-knows-jssip', 'renderer/bridge/ring.ts', "import 'jssip';"],
  ['ui-knows-no-business', 'renderer/ui/caller.tsx', "import '../stores/index.ts';"],
  ['i18n-knows-no-business', 'renderer/i18n/caller.ts', "import '../stores/index.ts';"],
  ['stores-know-no-react', 'renderer/stores/hook.ts', "import 'react';"],
  ['bridge-knows-no-screen', 'renderer/bridge/screen.ts', "import 'react';"],
  ['phone-knows-no-screen', 'renderer/phone/screen.ts', "import '../bridge/index.ts';"],
  ['desktop-knows-nobody', 'renderer/desktop/screen.ts', "import '../stores/index.ts';"],
  ['electron-knows-electron-node-and-shared', 'electron/ipc/sockets.ts', "import 'fastify';"],
  ['electron-is-handed-over', 'electron/system/power.ts', "import { powerMonitor } from 'electron';\npowerMonitor.on();"],
  ['updates-are-handed-over', 'electron/updates/fetch.ts', "import { autoUpdater } from 'electron-updater';\nautoUpdater.on();"],
  [
    'only-updates-know-the-updater',
    'electron/windows/newer.ts',
    "import type { AppUpdater } from 'electron-updater';\nexport type Newer = AppUpdater;",
  ],
  ['electron-knows-electron-node-and-shared', 'electron/updates/yaml.ts', "import 'pino';"],
  ['preload-only-carries', 'electron/preload.ts', "import 'electron';\nimport 'zod';"],
  ['bridge-rooms-have-one-door', 'cti-bridge/flows/window.ts', "import '../acd/one.ts';"],
  ['desktop-rooms-have-one-door', 'renderer/features/notes/window.ts', "import '../../stores/hook.ts';"],
  ['desktop-rooms-have-one-door', 'electron/system/window.ts', "import '../windows/frame.ts';"],
  ['no-cycles', 'cti-bridge/acd/one.ts', "import './two.ts';"],
  ['no-unresolved-imports', 'cti-bridge/acd/lost.ts', "import './nowhere.ts';"],
  ['no-orphans', 'cti-bridge/acd/alone.ts', 'export const alone = 1;'],
  ['no-dev-packages-in-the-product', 'cti-bridge/channels/email/tool.ts', "import 'vite';"],
];

const packages = [
  'pino',
  'ws',
  'werift',
  'kysely',
  'socket.io',
  'socket.io-client',
  'fastify',
  'zod',
  'react',
  'i18next',
  'jssip',
  'zustand',
  'electron',
  'electron-updater',
  'vite',
];
const folders = ['shared', 'cti-bridge', 'renderer', 'electron'];

function build(baseDir: string, files: Readonly<Record<string, string>>): void {
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(baseDir, path)), { recursive: true });
    writeFileSync(join(baseDir, path), `${content}\n`);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.it = 1;');
  }
  write('node_modules/zustand/vanilla.js', 'exports.it = 1;');
  const isTool = (name: string) => name === 'vite' || name.startsWith('electron');
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  write(
    'package.json',
    JSON.stringify({
      name: 'house',
      type: 'module',
      dependencies: versions(packages.filter((n) => !isTool(n))),
      devDependencies: versions(packages.filter(isTool)),
    }),
  );
}

/** What the self-test found wrong, in sentences; empty when the checker sees everything it should and nothing else. */
export async function testImportRules(): Promise<string[]> {
  const baseDir = mkdtempSync(join(tmpdir(), 'crosspoint-import-rules-'));
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
  const unproven = forbidden.filter(({ name }) => !planted.some(([rule]) => rule === name));
  const problems = unproven.map(({ name }) => `no wrong import is planted for the rule ${name}`);
  try {
    build(baseDir, innocent);
    const clean = await checkImports(baseDir, folders);
    if (clean.modules < Object.keys(innocent).length - 1)
      problems.push(`the checker read only ${clean.modules} of the files of a correct tree`);
    for (const { rule, from, to } of clean.violations) problems.push(`${rule} reports an allowed import: ${from} -> ${to}`);

    build(
      baseDir,
      Object.fromEntries([
        ...planted.map(([, file, content]) => [file, content] as const),
        ['cti-bridge/acd/two.ts', "import './one.ts';"],
        ['electron/windows/frame.ts', "import './index.ts';"],
      ]),
    );
    const dirty = await checkImports(baseDir, folders);
    for (const [rule, file] of planted) {
      if (!dirty.violations.some((violation) => violation.rule === rule && violation.from === file)) {
        problems.push(`${rule} does not see the wrong import planted in ${file}`);
      }
    }
  } finally {
    rmSync(baseDir, { recursive: true, force: true });
  }
  return problems;
}
