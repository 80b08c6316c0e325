import { err, ok, type Result } from '../kernel/index.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { User, UserRepository } from './ports.ts';

/** Unknown user and wrong password are one answer, and take one time. */
export type LoginRefusal = 'loginFailed' | 'tooManyAttempts';

/**
 * Checks a name and password. An unknown user, and one without a password yet, cost the same argon2 work as any (the dummy below), so that neither the words nor
 * the time of the answer tell which names exist. Rejects only when the repository does.
 */
export async function verifyLogin(
  repository: Pick<UserRepository, 'findByUsername'>,
  limiter: AttemptLimiter,
  username: string,
  password: string,
  address: string,
  at: number,
): Promise<Result<User, LoginRefusal>> {
  if (limiter.isRefused(username, address, at)) return err('tooManyAttempts');
  // Counted before the slow part, so that many attempts at once are many attempts; a success takes it back.
  limiter.failed(username, address, at);

  const found = await repository.findByUsername(username.trim().toLowerCase());
  const isRight = await verifyPassword(found?.passwordHash ?? (await dummyHash()), password);
  if (!found || found.passwordHash === null || !isRight) return err('loginFailed');
  limiter.succeeded(username, address, at);
  return ok(found.user);
}

let dummy: Promise<string> | undefined;

/** The hash of a password nobody has, made once with today's parameters. */
function dummyHash(): Promise<string> {
  dummy ??= hashPassword(crypto.randomUUID());
  return dummy;
}
