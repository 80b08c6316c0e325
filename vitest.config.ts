import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test; the folder says what a test needs. What needs no sockets of its own runs two files at a time; whole bridges
 * and browsers run one after the other, so that they do not take each other's processor time and ports.
 */
const fast = { sequence: { groupOrder: 0 }, maxWorkers: 2 } as const;
const alone = (groupOrder: number) => ({ sequence: { groupOrder }, maxWorkers: 1, fileParallelism: false }) as const;

const node = (name: string, testTimeout: number, order: typeof fast | ReturnType<typeof alone>) => ({
  test: { name, environment: 'node', include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000, ...order },
});

export default defineConfig({
  test: {
    projects: [
      node('unit', 30_000, fast),
      {
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['tests/unit/**/*.test.tsx'],
          setupFiles: ['tests/support/dom-waits.ts'],
          testTimeout: 30_000,
          ...fast,
        },
      },
      node('contract', 10_000, fast),
      node('conformance', 20_000, fast),
      node('integration', 60_000, alone(1)),
      node('e2e', 120_000, alone(2)),
    ],
  },
});
