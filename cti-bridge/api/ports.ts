import type { UserId } from '../../shared/ids.ts';
import type { Asker } from '../flows/ports.ts';
import type { SessionEnd, UserSession } from '../identity/index.ts';
import type { Disposable, Result } from '../kernel/index.ts';

export type LogInRefusal = 'login_failed' | 'too_many_requests' | 'conflict';

/** Who is signed in. Provided by `identity`, whose parts `identity-sessions.ts` joins. */
export interface Sessions {
  /** Judges name and password (unknown name and wrong password alike, in equal time) within the limits, and makes a session. */
  logIn(
    credentials: { readonly username: string; readonly password: string; readonly takeOver: boolean },
    address: string,
  ): Promise<Result<{ readonly token: string; readonly session: UserSession }, LogInRefusal>>;
  find(token: string): UserSession | null;
  end(session: UserSession, why: SessionEnd): void;
  /** A user was given a new password: their sessions end, but for `keep`. */
  passwordSet(userId: UserId, keep: UserSession): void;
  onEnded(listener: (session: UserSession, why: SessionEnd) => void): Disposable;
}

/** Other systems, which show a secret instead of signing in. Provided by `identity`. */
export interface ClientBearers {
  find(token: string): Asker | null;
}

/** What is not as it should be, in plain words; empty when all is well. For the health page. */
export type HealthReasons = () => readonly string[];
