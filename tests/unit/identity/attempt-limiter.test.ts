import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from '../../../cti-bridge/identity/index.ts';
import { minutes } from '../../../shared/duration.ts';

describe('the attempt limiter', () => {
  it('refuses an account after ten failures, from any address and in any case of letters', () => {
    const limiter = new AttemptLimiter();
    for (let i = 0; i < 10; i++) {
      expect(limiter.isRefused('lena.hartmann', `10.0.0.${i}`, i)).toBe(false);
      limiter.failed('lena.hartmann', `10.0.0.${i}`, i);
    }
    expect(limiter.isRefused(' Lena.Hartmann ', '10.9.9.9', 10)).toBe(true);
    expect(limiter.isRefused('lin.wei', '10.0.0.1', 10)).toBe(false);
  });

  it('refuses an address after a hundred failures on different accounts', () => {
    const limiter = new AttemptLimiter();
    for (let i = 0; i < 100; i++) limiter.failed(`user${i}`, '10.0.0.1', i);
    expect(limiter.isRefused('another', '10.0.0.1', 100)).toBe(true);
    expect(limiter.isRefused('another', '10.0.0.2', 100)).toBe(false);
  });

  it('lets in again when half an hour has passed since the tenth last failure', () => {
    const limiter = new AttemptLimiter();
    for (let i = 0; i < 10; i++) limiter.failed('lena', 'x', minutes(i));
    expect(limiter.isRefused('lena', 'y', minutes(30) - 1)).toBe(true);
    expect(limiter.isRefused('lena', 'y', minutes(30))).toBe(false);
  });

  it('forgets the failures of an account on success, not those of the address', () => {
    const limiter = new AttemptLimiter();
    for (let i = 0; i < 100; i++) limiter.failed('lena', 'x', i);
    limiter.succeeded('lena', 'z', 100);
    expect(limiter.isRefused('lena', 'y', 100)).toBe(false);
    expect(limiter.isRefused('lena', 'x', 100)).toBe(true);
  });

  it('takes nothing from an address for the log-ins that succeed, so that a whole floor may sign in behind one', () => {
    const limiter = new AttemptLimiter();
    for (let i = 0; i < 300; i++) {
      expect(limiter.isRefused(`agent${i}`, 'x', i)).toBe(false);
      limiter.failed(`agent${i}`, 'x', i);
      limiter.succeeded(`agent${i}`, 'x', i);
    }
  });
});
