import type { Right } from '../../shared/contracts/rights.ts';
import { hours, minutes } from '../../shared/duration.ts';
import type { AgentId, UserId } from '../../shared/ids.ts';
import type { Clock, Log } from '../kernel/index.ts';
import type { LogInRepository, StoredLogIn, User } from './ports.ts';

/** A log-in without a sign of life for so long is over. */
export const idleLimitMs = hours(12);
/** Signs of life are written this often at most: after a restart a log-in may end by as much too early. */
const seenEveryMs = minutes(10);

/** A log-in of before the start whose desktop has not come back yet. */
export interface LeftLogIn {
  readonly stored: StoredLogIn;
  readonly user: User;
}

/**
 * The log-ins on disk, so that a bridge that was killed knows its desktops again. On disk is the SHA-256 of a token of 256 random bits, and
 * nothing with which one could sign in or register a phone.
 *
 *     begun ──▶ on disk ──killed──▶ left ──the desktop comes with its token──▶ a session, as before
 *                  └── ended, in whatever way ──▶ gone ◀── too old, user gone, new password, new log-in ──┘
 *
 * Until its desktop comes, a left log-in is no session: nobody is signed in, no phone can register, a new log-in takes its place unasked.
 */
export class KeptLogIns {
  readonly #repository: LogInRepository;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #left = new Map<string, LeftLogIn & { readonly until: number }>();
  readonly #seenAt = new Map<string, number>();

  constructor(parts: { readonly repository: LogInRepository; readonly clock: Clock; readonly log: Log }) {
    this.#repository = parts.repository;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** What was kept before this start. Once, before anybody signs in. */
  async load(): Promise<void> {
    for (const { stored, user } of await this.#repository.readAll()) {
      // The clock may have been set back meanwhile: nothing lasts longer for it.
      const restMs = idleLimitMs - Math.max(0, this.#clock.now() - stored.seenAt);
      if (user === null || restMs <= 0) this.forget(stored.sessionId);
      else this.#left.set(stored.tokenHash, { stored, user, until: this.#clock.monotonic() + restMs });
    }
  }

  begun(logIn: Omit<StoredLogIn, 'seenAt'>): void {
    const seenAt = this.#clock.now();
    this.#seenAt.set(logIn.sessionId, this.#clock.monotonic());
    this.#write(this.#repository.save({ ...logIn, seenAt }));
  }

  /** A sign of life. */
  seen(sessionId: string): void {
    const now = this.#clock.monotonic();
    if (now - (this.#seenAt.get(sessionId) ?? Number.NEGATIVE_INFINITY) < seenEveryMs) return;
    this.#seenAt.set(sessionId, now);
    this.#write(this.#repository.seen(sessionId, this.#clock.now()));
  }

  forget(sessionId: string): void {
    this.#seenAt.delete(sessionId);
    this.#write(this.#repository.forget(sessionId));
  }

  /** The log-in whose desktop comes back with this token; it is left no more. Null: there is none (any more). */
  take(tokenHash: string): LeftLogIn | null {
    const left = this.#left.get(tokenHash);
    if (!left) return null;
    this.#left.delete(tokenHash);
    if (left.until > this.#clock.monotonic()) return left;
    this.forget(left.stored.sessionId);
    return null;
  }

  /** The agent signs in anew. */
  dropOfAgent(agentId: AgentId): void {
    this.#drop(({ user }) => user.agentId === agentId);
  }

  dropOfUser(userId: UserId): void {
    this.#drop(({ user }) => user.userId === userId);
  }

  /** The configuration was changed: who is no user any more does not come back. */
  follow(rightsOf: (userId: UserId) => readonly Right[] | null): void {
    this.#drop(({ user }) => rightsOf(user.userId) === null);
  }

  #drop(isOver: (left: LeftLogIn) => boolean): void {
    for (const [tokenHash, left] of this.#left) {
      if (!isOver(left)) continue;
      this.#left.delete(tokenHash);
      this.forget(left.stored.sessionId);
    }
  }

  /** Nobody waits for it: a log-in that could not be written lives as long as this bridge. */
  #write(written: Promise<void>): void {
    written.catch((error: unknown) => this.#log.error('logIn:notKept', { error: String(error) }));
  }
}
