import { expect, test } from 'vitest';
import { killedHouse } from '../../../load/faults/written-kills.ts';

test('a bridge that is killed between any two steps loses, doubles and sends twice nothing without a mark', async () => {
  const { failures, brought, sent } = await killedHouse({ kills: 6, seed: 4 });
  expect(failures).toEqual([]);
  expect(Math.min(brought, sent)).toBeGreaterThan(5);
});
