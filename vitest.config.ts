import { defineConfig } from 'vitest/config';

const node = (name: string, testTimeout: number) => ({
  test: { name, environment: 'node', include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      node('unit', 5_000),
      { test: { name: 'dom', environment: 'jsdom', include: ['tests/unit/**/*.test.tsx'], testTimeout: 10_000 } },
      node('contract', 10_000),
      node('conformance', 20_000),
      node('integration', 60_000),
      node('e2e', 120_000),
    ],
  },
});
