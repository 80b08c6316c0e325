import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entriesOf, firstOf, type SortedMap, sizeOf, sortedMap } from '../../../cti-bridge/acd/sorted-map.ts';

const numbers = sortedMap<number, string>((a, b) => a - b);

/** Throws when a part weighs more than it may, or counts itself wrong. */
function assertBalanced(map: SortedMap<number, string>): number {
  if (map === null) return 0;
  const left = assertBalanced(map.left);
  const right = assertBalanced(map.right);
  expect(map.size).toBe(left + right + 1);
  if (left + right > 1) expect(Math.max(left + 1, right + 1)).toBeLessThanOrEqual(3 * Math.min(left + 1, right + 1));
  return map.size;
}

const changes = fc.array(fc.record({ key: fc.integer({ min: 0, max: 60 }), isDelete: fc.boolean() }), { maxLength: 120 });

describe('a sorted map', () => {
  test('holds what a plain map holds, in order and balanced, whatever is set and deleted', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        let map: SortedMap<number, string> = null;
        const plain = new Map<number, string>();
        for (const [i, { key, isDelete }] of steps.entries()) {
          map = isDelete ? numbers.delete(map, key) : numbers.set(map, key, `${i}`);
          if (isDelete) plain.delete(key);
          else plain.set(key, `${i}`);
        }
        assertBalanced(map);
        const sorted = [...plain].sort(([a], [b]) => a - b);
        expect([...entriesOf(map)].map(({ key, value }) => [key, value])).toEqual(sorted);
        expect(sizeOf(map)).toBe(plain.size);
        expect(firstOf(map)?.key).toBe(sorted[0]?.[0]);
        for (let key = 0; key <= 60; key += 7) {
          expect(numbers.get(map, key)).toBe(plain.get(key) ?? null);
          expect(numbers.rank(map, key)).toBe(sorted.filter(([other]) => other < key).length);
        }
      }),
    );
  });

  test('leaves the map it was made from as it was', () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 60 }), (steps, key) => {
        const before = steps.reduce<SortedMap<number, string>>((map, step) => numbers.set(map, step.key, 'old'), null);
        const copy = JSON.stringify(before);
        numbers.set(before, key, 'new');
        numbers.delete(before, key);
        expect(JSON.stringify(before)).toBe(copy);
      }),
    );
  });

  test('is the very same map when a key that is not there is deleted', () => {
    const map = numbers.set(null, 1, 'one');
    expect(numbers.delete(map, 2)).toBe(map);
  });
});
