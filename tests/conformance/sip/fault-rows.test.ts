import { expect, test } from 'vitest';
import { faultRows } from '../../load/faults/index.ts';

/** Short runs with a fixed seed of what `npm run fault` does at length. Loss has a test of its own; time is no matter of the suite. */
test.each([
  ['cancel-race', 1_000],
  ['retransmissions', 100],
  ['never-acknowledged', 50],
  ['loop', 500],
  ['register-flood', 1_500],
  ['callback', 20],
])('%s, %i times: all is as it must be', async (name, count) => {
  const outcome = await faultRows.find((row) => row.name === name)?.run({ count, seed: 7 });
  expect(outcome?.failures).toEqual([]);
});

test('the rows have names of their own', () => {
  expect(new Set(faultRows.map(({ name }) => name)).size).toBe(faultRows.length);
});
