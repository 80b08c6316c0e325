/**
 * The import rules: which room of the house may know which. Rooms with a short list of friends are written as "may only"; the others as
 * "never". `tools/import-rules.ts` runs them and proves on planted violations that they still see.
 */

const bridge = '^cti-bridge/';
const business = ['crm', 'acd', 'ivr', 'identity', 'reporting', 'organisation', 'dialplan'];
/** What a business room needs beside the schema library. */
const businessPackages = { identity: ['@node-rs/argon2'], crm: ['pinyin-pro', 'libphonenumber-js'], dialplan: ['libphonenumber-js'] };
const anyOf = (...names) => `(${names.join('|')})`;
const rooms = (...names) => `${bridge}${anyOf(...names)}/`;
const packages = (...names) => `node_modules/${anyOf(...names.map((name) => name.replaceAll('.', '\\.')))}/`;
const core = (...names) => `^(node:)?${anyOf(...names)}(/promises)?$`;

/** A room that may import itself and the listed places, nothing else. */
const mayOnly = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...to], couldNotResolve: false },
});
const never = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

const forbidden = [
  // --- the three programs and their contract
  never(
    'programs-never-import-each-other',
    { path: '^(electron|renderer|cti-bridge)/' },
    { path: '^(electron|renderer|cti-bridge)/', pathNot: '^$1/' },
    'Programs speak through shared/ only.',
  ),
  never(
    'product-never-imports-tests-or-tools',
    { path: '^(electron|renderer|cti-bridge|shared)/' },
    { path: '^(tests|tools)/' },
    'What ships does not know what checks it.',
  ),
  mayOnly('shared-knows-no-program', '^shared/', [packages('zod', 'libphonenumber-js')], 'shared/ has no Node, no DOM, no program.'),

  // --- the bridge, floor by floor
  never(
    'compose-is-the-top',
    { path: bridge, pathNot: `${bridge}(main|run|compose)\\.ts$` },
    { path: `${bridge}(main|run|compose)\\.ts$` },
    'compose.ts knows every class; no class knows compose.ts.',
  ),
  never(
    'kernel-knows-nobody',
    { path: rooms('kernel') },
    { path: ['^cti-bridge/', '^(shared|renderer|electron)/'], pathNot: rooms('kernel') },
    'Floor 0 stands alone, on Node.',
  ),
  mayOnly(
    'sip-knows-only-kernel',
    rooms('sip'),
    [rooms('kernel'), core('net', 'dgram', 'tls', 'crypto', 'dns', 'os', 'http', 'stream', 'events'), packages('ws', '@types/ws')],
    'The protocol is ignorant of media and of the business.',
  ),
  mayOnly(
    'media-knows-only-kernel',
    rooms('media'),
    [
      rooms('kernel'),
      core('dgram', 'fs', 'crypto', 'child_process', 'worker_threads', 'net', 'os', 'path', 'url', 'perf_hooks', 'v8', 'events', 'process'),
      packages('werift', 'sdp-transform', '@types/sdp-transform'),
    ],
    'Sound is ignorant of SIP and of the business.',
  ),
  mayOnly(
    'config-knows-only-kernel',
    rooms('config'),
    [rooms('kernel'), '^shared/', core('fs', 'path', 'os', 'url', 'process', 'net', 'util'), packages('zod')],
    'The only reader of environment variables.',
  ),
  mayOnly('interactions-knows-only-kernel', rooms('interactions'), [rooms('kernel'), '^shared/'], 'The one noun all share; pure.'),
  ...business.map((room) =>
    mayOnly(
      `${room}-is-pure-business`,
      rooms(room),
      [rooms('interactions', 'kernel'), '^shared/', core('crypto'), packages('zod', ...(businessPackages[room] ?? []))],
      'Business modules do no I/O and are ignorant of each other.',
    ),
  ),
  mayOnly(
    'flows-tell-the-story',
    rooms('flows'),
    [rooms('interactions', 'kernel', ...business), '^shared/'],
    'No SIP, no SQL, no sockets in a story.',
  ),
  mayOnly(
    'simulation-plays-the-router',
    rooms('simulation'),
    [rooms('acd', 'organisation', 'reporting', 'interactions', 'kernel'), '^shared/', packages('zod')],
    'A simulated day reads no file and no clock: the router, its figures, and chance that can be had again.',
  ),
  never(
    'voice-knows-no-business',
    { path: rooms('channels/voice') },
    { path: [rooms('flows', 'store', 'api', 'config', ...business), `${bridge}channels/`], pathNot: rooms('channels/voice') },
    'The adapter turns sip and media into a VoiceCall.',
  ),
  never(
    'only-voice-joins-sip-and-media',
    { path: bridge, pathNot: [rooms('sip', 'media', 'channels/voice'), `${bridge}compose\\.ts$`] },
    { path: rooms('sip', 'media') },
    'Only channels/voice knows both protocols.',
  ),
  never(
    'channels-are-islands',
    { path: `${bridge}channels/([^/]+)/`, pathNot: rooms('channels/voice') },
    { path: [rooms('flows', 'store', 'api', 'config', ...business), `${bridge}channels/`], pathNot: `${bridge}channels/$1/` },
    'A channel implements Conversation and knows no other channel.',
  ),
  mayOnly(
    'widget-stands-alone',
    rooms('channels/chat/widget'),
    ['^shared/contracts/messages/'],
    'A program for browsers on other people’s pages: every package in it is bytes that they load.',
  ),
  never(
    'nobody-imports-the-widget',
    { path: ['^(cti-bridge|shared|renderer|electron)/'], pathNot: rooms('channels/chat/widget') },
    { path: rooms('channels/chat/widget') },
    'The bridge serves it as a file.',
  ),
  mayOnly(
    'intake-brings-files-in',
    rooms('intake'),
    [
      rooms('crm', 'kernel'),
      '^shared/',
      core('fs', 'path', 'os', 'url', 'crypto', 'stream', 'worker_threads', 'perf_hooks', 'events'),
      packages('saxes', 'yauzl', '@types/yauzl', 'ical.js'),
    ],
    'Files become rows here; what a row means is said in crm/import, and who may bring it in a story.',
  ),
  never(
    'store-knows-only-ports',
    { path: rooms('store') },
    { path: rooms('sip', 'media', 'flows', 'api', 'channels', 'config', 'intake') },
    'The store implements ports; it tells no story.',
  ),
  never(
    'only-store-knows-sql',
    { path: bridge, pathNot: rooms('store') },
    { path: packages('kysely', 'better-sqlite3', '@types/better-sqlite3', 'pg') },
    'The only SQL is in store/.',
  ),
  never(
    'api-knows-no-disk-and-no-world',
    { path: rooms('api') },
    { path: rooms('sip', 'media', 'store', 'channels', 'config', 'intake') },
    'The api speaks to desktops only.',
  ),
  never(
    'only-api-serves-desktops',
    { path: bridge, pathNot: rooms('api') },
    { path: packages('socket.io', 'fastify', '@fastify', 'prom-client'), dependencyTypesNot: ['type-only'] },
    'socket.io and HTTP live in api/.',
  ),

  // --- the renderer
  never(
    'features-never-import-features',
    { path: '^renderer/features/([^/]+)/' },
    { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    'app/ puts features side by side; they do not know each other.',
  ),
  never(
    'only-app-knows-app',
    { path: '^renderer/', pathNot: ['^renderer/app/', '^renderer/main\\.tsx$'] },
    { path: '^renderer/(app/|main\\.tsx$)' },
    'app/ is the top of the renderer.',
  ),
  never(
    'only-bridge-knows-socket-io',
    { path: '^renderer/', pathNot: '^renderer/bridge/' },
    { path: packages('socket.io-client', 'engine.io-client', 'socket.io-parser') },
    'One place speaks to the bridge.',
  ),
  never(
    'only-phone-knows-jssip',
    { path: '^renderer/', pathNot: '^renderer/phone/' },
    { path: packages('jssip') },
    'One place speaks SIP.',
  ),
  never(
    'ui-knows-no-business',
    { path: '^renderer/ui/' },
    { path: ['^shared/contracts/', '^shared/states/', '^renderer/'], pathNot: '^renderer/(ui|i18n)/' },
    'The design system knows React and tokens.',
  ),
  never('i18n-knows-no-business', { path: '^renderer/i18n/' }, { path: '^renderer/', pathNot: '^renderer/i18n/' }, 'Texts know nobody.'),
  mayOnly(
    'stores-know-no-react',
    '^renderer/stores/',
    ['^shared/', 'node_modules/zustand/(esm/)?vanilla'],
    'Stores hold facts; no React, no sockets, no features.',
  ),
  never(
    'bridge-knows-no-screen',
    { path: '^renderer/bridge/' },
    { path: ['^renderer/(features|ui|i18n|app|phone|desktop)/', packages('react', 'react-dom', '@types/react', 'react-i18next')] },
    'The bridge client fills stores.',
  ),
  never(
    'phone-knows-no-screen',
    { path: '^renderer/phone/' },
    { path: ['^renderer/(features|ui|i18n|app|bridge)/', packages('react', 'react-dom', '@types/react', 'react-i18next')] },
    'The softphone rings without a screen.',
  ),
  mayOnly('desktop-knows-nobody', '^renderer/desktop/', ['^shared/'], 'The only place that touches window.desktop.'),

  // --- electron
  never(
    'electron-knows-electron-node-and-shared',
    { path: '^electron/' },
    {
      pathNot: ['^electron/', '^electron$', '^shared/', packages('electron', 'electron-updater', 'zod')],
      dependencyTypesNot: ['core'],
      couldNotResolve: false,
    },
    'The window and the operating system around it.',
  ),
  never(
    'electron-is-handed-over',
    { path: '^electron/', pathNot: '^electron/(main|preload)\\.ts$' },
    { path: ['node_modules/electron/', '^electron$'], dependencyTypesNot: ['type-only'] },
    'Only the two entries import electron at run time; the rest is handed it and can be tested without it.',
  ),
  never(
    'updates-are-handed-over',
    { path: '^electron/', pathNot: '^electron/main\\.ts$' },
    { path: 'node_modules/electron-updater/', dependencyTypesNot: ['type-only'] },
    'What fetches and installs comes in behind a port, so that what may be installed, and when, is decided and tested without it.',
  ),
  never(
    'only-updates-know-the-updater',
    { path: '^electron/', pathNot: ['^electron/main\\.ts$', '^electron/updates/'] },
    { path: 'node_modules/electron-updater/' },
    'Everything else asks the room of updates.',
  ),
  mayOnly(
    'preload-only-carries',
    '^electron/preload\\.ts$',
    ['^electron$', 'node_modules/electron/', '^shared/'],
    'The sandboxed preload has no logic and no packages.',
  ),

  // --- doors: a room is entered by its index.ts; in flows/ and features/ the listing is the documentation and every file is a door
  never(
    'bridge-rooms-have-one-door',
    { path: '^cti-bridge/([^/]+)/' },
    { path: '^cti-bridge/[^/]+/', pathNot: ['^cti-bridge/$1/', '^cti-bridge/[^/]+/index\\.ts$', '^cti-bridge/flows/'] },
    'What is not in index.ts is nobody else’s business.',
  ),
  never(
    'desktop-rooms-have-one-door',
    { path: '^(renderer|electron)/([^/]+)/' },
    { path: '^$1/(?!features/|app/)[^/]+/', pathNot: ['^$1/$2/', '/index\\.ts$'] },
    'What is not in index.ts is nobody else’s business.',
  ),

  // --- everywhere
  never(
    'no-cycles',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    'Two files that need each other are one idea in two places.',
  ),
  never(
    'no-unresolved-imports',
    { path: '^(electron|renderer|cti-bridge|shared|tools)/' },
    { couldNotResolve: true },
    'The file or package does not exist.',
  ),
  never(
    'no-orphans',
    {
      orphan: true,
      path: '^(electron|renderer|cti-bridge|shared)/.+\\.tsx?$',
      pathNot: ['\\.d\\.ts$', '(^|/)(main|worker|[a-z-]+-worker)\\.tsx?$'],
    },
    {},
    'Nobody uses this file and it uses nobody.',
  ),
  never(
    'no-dev-packages-in-the-product',
    { path: '^(renderer|cti-bridge|shared)/', pathNot: '\\.config\\.ts$' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    'What ships must be a dependency, not a development tool.',
  ),
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
