import { expect, it } from 'vitest';
import { identitySessions } from '../../../cti-bridge/api/index.ts';
import { AttemptLimiter, SessionRegistry } from '../../../cti-bridge/identity/index.ts';
import { countingIds, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { hours, minutes } from '../../../shared/duration.ts';

it.each([hours(1), -hours(1)])(
  'lets nobody guess on, and locks nobody out for longer, because the clock was set by %i ms',
  async (jumpMs) => {
    const clock = new VirtualClock();
    const users = { findByUsername: async () => null };
    const registry = new SessionRegistry(clock, countingIds());
    const limiter = new AttemptLimiter();
    const sessions = identitySessions({ users, registry, limiter, clock });
    const guess = async () => {
      const answer = await sessions.logIn({ username: 'lena', password: 'x', takeOver: false }, '192.0.2.1');
      return answer.ok ? 'signed in' : answer.error;
    };
    for (let i = 0; i < 10; i++) limiter.failed('lena', '192.0.2.1', clock.monotonic());
    clock.jump(jumpMs);
    expect(await guess()).toBe('too_many_requests');
    clock.advance(minutes(30));
    expect(await guess()).toBe('login_failed');
  },
);
