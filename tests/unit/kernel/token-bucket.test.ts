import { expect, it } from 'vitest';
import { TokenBucket, VirtualClock } from '../../../cti-bridge/kernel/index.ts';

it('allows a burst, then the rate, and never saves more than the burst', () => {
  const clock = new VirtualClock();
  const bucket = new TokenBucket(clock, { perSecond: 50, burst: 100 });
  const taken = (attempts: number) => Array.from({ length: attempts }, () => bucket.take()).filter(Boolean).length;
  expect(taken(500)).toBe(100);
  clock.advance(1_000);
  expect(taken(500)).toBe(50);
  clock.advance(3_600_000);
  expect(taken(500)).toBe(100);
});
