import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The files of a worker load the sources once, not once each: more than half of the time of the small ones. None may leave anything behind. */
const sharing = { isolate: false } as const;

/**
 * One project per kind of test; the folder says what a test needs. A whole morning at a desktop, and bridges that break under one, run one file
 * after the other, so that they do not take each other's processor time. Everything else runs two files at a time; what mostly waits, for a tone
 * to be recognised or for a time to pass, three at a time. `tools/run-tests.ts` says which kinds `npm test` runs beside which.
 */
const sideBySide = (groupOrder: number, maxWorkers = 2) => ({ ...sharing, sequence: { groupOrder }, maxWorkers }) as const;
const alone = (groupOrder: number) => ({ ...sideBySide(groupOrder, 1), fileParallelism: false }) as const;

/** For what only computes, and may have little of the processors. */
const patienceMs = 120_000;

/** Threads and processes are started from the built bridge, which loads many times faster than its hundreds of sources. */
const alias = [{ find: /^\.\/program-file\.ts$/, replacement: fileURLToPath(new URL('tests/support/built-programs.ts', import.meta.url)) }];

const inRooms = (...rooms: readonly string[]) => rooms.map((room) => `tests/integration/${room}/**/*.test.ts`);
/** The rooms of `tests/integration` that have phones. */
const liveRooms = inRooms('electron', 'sip', 'voice');
const mediaRoom = inRooms('media');
/** Says itself what it could not decode, to the packet. */
const listensItself = ['tests/integration/voice/baresip-opus.test.ts'];
/** Whole bridges: what they wait for is seconds away, and each takes four tenths of a core. */
const bridgeRoom = inRooms('bridge');
/** Screens on which nobody listens for how a call goes on; in some, for a tone until it is heard. */
const quietScreens = [
  'access',
  'admin',
  'calling-out',
  'chat-widget',
  'code-comes-late',
  'desk-phone',
  'desktop-in-a-call',
  'electron-smoke',
  'export',
  'flow-editor',
  'flow-try-it',
  'one-customer',
  'over-tls',
  'pdf-pages',
  'prompts',
  'supervisor',
  'the-look',
].map((name) => `tests/e2e/${name}.test.ts`);

/**
 * One call or line in a browser, and what comes of it; the others of `tests/e2e` have several at once, break a bridge under them, or change the
 * machine's network, which every browser on it hears of.
 */
const fewCalls = ['agent-at-home', 'baresip-caller', 'main-path', 'supervise'].map((name) => `tests/e2e/${name}.test.ts`);

interface Files {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Tests that run in Node; those of the folder of that name unless told otherwise. */
const node = (
  name: string,
  order: ReturnType<typeof sideBySide | typeof alone>,
  testTimeout: number,
  { include = [`tests/${name}/**/*.test.ts`], exclude = [] }: Files = {},
) => ({
  resolve: { alias },
  test: { name, environment: 'node', include: [...include], exclude: [...exclude], testTimeout, hookTimeout: 60_000, ...order },
});

export default defineConfig({
  test: {
    globalSetup: ['tests/support/run-set-up.ts'],
    projects: [
      node('unit', sideBySide(0), patienceMs),
      {
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['tests/unit/**/*.test.tsx'],
          setupFiles: ['tests/support/dom-waits.ts'],
          // All files of a worker share one page. Its frames come by an interval: where that is taken away, none is painted any more.
          fakeTimers: { toFake: ['setTimeout', 'clearTimeout'] },
          testTimeout: patienceMs,
          ...sideBySide(0),
        },
      },
      node('contract', sideBySide(0), patienceMs),
      node('conformance', sideBySide(0), patienceMs),
      node('integration', sideBySide(0), 60_000, { exclude: [...liveRooms, ...bridgeRoom, ...mediaRoom] }),
      node('live', sideBySide(1, 3), 60_000, { include: liveRooms, exclude: listensItself }),
      node('bridge', sideBySide(1, 3), 60_000, { include: bridgeRoom }),
      node('media', sideBySide(2), 60_000, { include: [...mediaRoom, ...listensItself] }),
      node('screens', sideBySide(3), 120_000, { include: quietScreens }),
      node('calls', sideBySide(4), 120_000, { include: fewCalls }),
      node('e2e', alone(5), 120_000, { exclude: [...quietScreens, ...fewCalls] }),
    ],
  },
});
