import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test; the folder says what a test needs. What judges sound packet by packet, and what has a browser, runs one file
 * after the other, so that they do not take each other's processor time. Everything else runs two files at a time; what has whole bridges and
 * phones mostly waits, for a tone to be recognised or for a time to pass.
 */
const sideBySide = (groupOrder: number) => ({ sequence: { groupOrder }, maxWorkers: 2 }) as const;
const alone = (groupOrder: number) => ({ sequence: { groupOrder }, maxWorkers: 1, fileParallelism: false }) as const;

/** Threads and processes are started from the built bridge, which loads many times faster than its hundreds of sources. */
const alias = [{ find: /^\.\/program-file\.ts$/, replacement: fileURLToPath(new URL('tests/support/built-programs.ts', import.meta.url)) }];

const inRooms = (...rooms: readonly string[]) => rooms.map((room) => `tests/integration/${room}/**/*.test.ts`);
/** The rooms of `tests/integration` that have phones, and whole bridges. */
const liveRooms = inRooms('bridge', 'electron', 'sip', 'voice');
const mediaRoom = inRooms('media');

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
      node('unit', sideBySide(0), 30_000),
      {
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['tests/unit/**/*.test.tsx'],
          setupFiles: ['tests/support/dom-waits.ts'],
          testTimeout: 30_000,
          ...sideBySide(0),
        },
      },
      node('contract', sideBySide(0), 10_000),
      node('conformance', sideBySide(0), 20_000),
      node('integration', sideBySide(0), 60_000, { exclude: [...liveRooms, ...mediaRoom] }),
      node('live', sideBySide(1), 60_000, { include: liveRooms }),
      node('media', alone(2), 60_000, { include: mediaRoom }),
      node('e2e', alone(3), 120_000),
    ],
  },
});
