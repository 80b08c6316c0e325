import { describe, expect, it } from 'vitest';
import { serviceLevel, serviceLevelCount } from '../../../cti-bridge/reporting/index.ts';

describe('service level', () => {
  it.each([
    ['answered', 0, { inTime: 1, of: 1 }],
    ['answered', 20_000, { inTime: 1, of: 1 }],
    ['answered', 20_001, { inTime: 0, of: 1 }],
    ['abandoned', 20_000, { inTime: 0, of: 0 }],
    ['abandoned', 20_001, { inTime: 0, of: 1 }],
  ] as const)('%s after %d ms counts as %o with a threshold of 20 s', (ending, waitedMs, count) => {
    expect(serviceLevelCount(ending, waitedMs, 20_000)).toEqual(count);
  });

  it('of nothing is nothing, not a hundred percent', () => {
    expect(serviceLevel({ inTime: 0, of: 0 })).toEqual({ percent: null, inTime: 0, of: 0 });
    expect(serviceLevel({ inTime: 33, of: 40 })).toEqual({ percent: 82.5, inTime: 33, of: 40 });
  });
});
