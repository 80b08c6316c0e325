import { expect, test } from 'vitest';
import { killedHouse } from '../../../load/faults/written-kills.ts';

test('a bridge that is killed between any two steps loses, doubles and sends twice nothing without a mark', async () => {
  const { failures, brought, sent, answered } = await killedHouse({ kills: 6, seed: 12 });
  expect(failures).toEqual([]);
  expect(Math.min(brought, sent)).toBeGreaterThan(5);
  // Surveys too: asked, and answered by a number.
  expect(answered).toBeGreaterThan(0);
});
