import type { AttemptLimiter, SessionRegistry, UserRepository } from '../identity/index.ts';
import { verifyLogin } from '../identity/index.ts';
import type { Clock } from '../kernel/index.ts';
import { err } from '../kernel/index.ts';
import type { Sessions } from './ports.ts';

export interface IdentityParts {
  readonly users: Pick<UserRepository, 'findByUsername'>;
  readonly registry: SessionRegistry;
  readonly limiter: AttemptLimiter;
  readonly clock: Clock;
}

/** Joins identity's three parts into the one port this floor asks. Attempts are counted in time that nobody can set. */
export function identitySessions({ users, registry, limiter, clock }: IdentityParts): Sessions {
  return {
    async logIn({ username, password, takeOver }, address) {
      const { passwordsSet } = registry;
      const verified = await verifyLogin(users, limiter, username, password, address, clock.monotonic());
      if (!verified.ok) return err(verified.error === 'tooManyAttempts' ? 'too_many_requests' : 'login_failed');
      const made = registry.create(verified.value, { takeOver, passwordsSet });
      return made.ok ? made : err(made.error === 'outdated' ? 'login_failed' : made.error);
    },
    find: (token) => registry.find(token),
    passwordSet: (userId, keep) => registry.passwordSet(userId, keep),
    end: (session, why) => registry.end(session, why),
    onEnded: (listener) => registry.ended.on('ended', ({ session, why }) => listener(session, why)),
  };
}
