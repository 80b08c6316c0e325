import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test; the folder says what a test needs. What listens to sound or to the clock of a whole bridge, and what has a
 * browser, runs one file after the other, so that they do not take each other's processor time; everything else two files at a time.
 */
const sideBySide = { sequence: { groupOrder: 0 }, maxWorkers: 2 } as const;
const alone = (groupOrder: number) => ({ sequence: { groupOrder }, maxWorkers: 1, fileParallelism: false }) as const;

/** Threads and processes are started from the built bridge, which loads many times faster than its hundreds of sources. */
const alias = [{ find: /^\.\/program-file\.ts$/, replacement: fileURLToPath(new URL('tests/support/built-programs.ts', import.meta.url)) }];

/** The rooms of `tests/integration` that listen to sound or to the clock of a whole bridge. */
const liveRooms = ['bridge', 'electron', 'media', 'sip', 'voice'].map((room) => `tests/integration/${room}/**/*.test.ts`);

interface Files {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Tests that run in Node; those of the folder of that name unless told otherwise. */
const node = (
  name: string,
  order: typeof sideBySide | ReturnType<typeof alone>,
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
      node('unit', sideBySide, 30_000),
      {
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['tests/unit/**/*.test.tsx'],
          setupFiles: ['tests/support/dom-waits.ts'],
          testTimeout: 30_000,
          ...sideBySide,
        },
      },
      node('contract', sideBySide, 10_000),
      node('conformance', sideBySide, 20_000),
      node('integration', sideBySide, 60_000, { exclude: liveRooms }),
      node('live', alone(1), 60_000, { include: liveRooms }),
      node('e2e', alone(2), 120_000),
    ],
  },
});
