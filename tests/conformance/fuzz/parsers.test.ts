import { expect, test } from 'vitest';
import { describeFinding, fuzz } from './fuzz.ts';
import { fuzzTargets } from './targets/index.ts';

/** `npm run fuzz -- --cases N --seed S` does the same with other seeds and as long as one likes. */
const casesOf = (name: string) => (name.startsWith('sip-') ? 10_000 : 2_500);
const seed = 20_060_501;

test.each(fuzzTargets.map((target) => [target.name, casesOf(target.name), target] as const))(
  '%s stands %d made-up and changed messages: nothing thrown, none slow, what is read can be written and read again',
  (_, cases, target) => {
    const { findings } = fuzz(target, { cases, seed });
    expect(findings.map(describeFinding)).toEqual([]);
  },
  120_000,
);

test('a target that throws, and one that is slow, is found', () => {
  const throws = fuzz(
    {
      name: 'throws',
      samples: [Buffer.from('fine')],
      generate: () => Buffer.from('fine'),
      check(bytes) {
        if (bytes.includes(0)) throw new Error('a zero');
      },
    },
    { cases: 500, seed: 1 },
  );
  expect(throws.findings.length).toBeGreaterThan(0);
  expect(throws.findings[0]?.why).toMatch('a zero');
  let calls = 0;
  const slow = {
    name: 'slow',
    samples: [Buffer.from('fine')],
    generate: () => Buffer.from('fine'),
    check() {
      const before = process.threadCpuUsage();
      for (let spent = 0; spent < 60_000; calls++) {
        const { user, system } = process.threadCpuUsage(before);
        spent = user + system;
      }
    },
  };
  expect(fuzz(slow, { cases: 1, seed: 1 }).findings[0]?.why).toMatch(/^took \d+ ms$/);
  expect(calls).toBeGreaterThan(0);
});
