import { expect, it } from 'vitest';
import { untilThere } from '../../../../renderer/ui/until-there.ts';

it('asks for a part again until it is there, at most every four seconds', async () => {
  const pauses: number[] = [];
  const load = async () => {
    if (pauses.length < 7) throw new TypeError('Failed to fetch dynamically imported module');
    return 'the part';
  };
  const page = { querySelectorAll: () => [] } as unknown as Document;
  expect(await untilThere(load, page, async (ms) => void pauses.push(ms))).toBe('the part');
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
});
