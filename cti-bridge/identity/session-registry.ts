import { createHash, randomBytes } from 'node:crypto';
import type { Right } from '../../shared/contracts/rights.ts';
import type { AgentId, UserId } from '../../shared/ids.ts';
import { type Clock, Emitter, err, type IdSource, ok, type Result, type TimerHandle } from '../kernel/index.ts';
import { idleLimitMs, type KeptLogIns } from './kept-log-ins.ts';
import type { User } from './ports.ts';

/** The credentials of a desktop's phone: made for one log-in, dead with it. Nobody ever types them. */
export interface PhoneCredentials {
  readonly username: string;
  readonly password: string;
  /** `calls`: of an agent, rung for what comes. `drafts`: rung for drafts of flows alone, when its user calls one. */
  readonly use: 'calls' | 'drafts';
}

/** A log-in that lives. The bearer token is not in it: only its SHA-256 is kept. */
export interface UserSession {
  readonly sessionId: string;
  /** As at the log-in. */
  readonly user: User;
  /** What they may do now: follows the configuration while they are signed in. */
  readonly rights: ReadonlySet<Right>;
  /** Null for users who take no calls, or take them on a desk phone, and write no call flows. */
  readonly sip: PhoneCredentials | null;
  readonly createdAt: number;
}

export type SessionEnd = 'loggedOut' | 'replaced' | 'expired' | 'shutdown';

/**
 * Who is signed in now. A log-in outlives the bridge (see `KeptLogIns`): after a restart a desktop goes on with the token it has, and its
 * phone gets a new secret, for that is kept nowhere.
 *
 * One agent has one session. A second log-in is refused as a conflict unless it takes over, and then the first ends as `replaced` before
 * the second exists, so that never two phones ring.
 */
export class SessionRegistry {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  readonly #random: (size: number) => Uint8Array;
  readonly #kept: KeptLogIns | null;
  readonly #sessions = new Map<
    string,
    { readonly session: UserSession; readonly rights: Set<Right>; readonly tokenHash: string; idle: TimerHandle }
  >();
  #allowed: ((userId: UserId) => readonly Right[] | null) | null = null;
  readonly #byTokenHash = new Map<string, string>();
  readonly #bySipUsername = new Map<string, string>();
  readonly #byAgent = new Map<AgentId, string>();
  #passwordsSet = 0;
  readonly #passwordSetAt = new Map<UserId, number>();
  readonly ended = new Emitter<{ ended: { readonly session: UserSession; readonly why: SessionEnd } }>();

  /** Without `kept`, a restart signs everybody out. */
  constructor(clock: Clock, ids: IdSource, kept: KeptLogIns | null = null, random: (size: number) => Uint8Array = randomBytes) {
    this.#clock = clock;
    this.#ids = ids;
    this.#kept = kept;
    this.#random = random;
  }

  /** How many passwords were set so far. A log-in notes it before it looks at one: with a password that was replaced since, it is `outdated`. */
  get passwordsSet(): number {
    return this.#passwordsSet;
  }

  /** The token is told here and never again. */
  create(
    user: User,
    options: { readonly takeOver: boolean; readonly passwordsSet?: number },
  ): Result<{ readonly token: string; readonly session: UserSession }, 'conflict' | 'outdated'> {
    if ((this.#passwordSetAt.get(user.userId) ?? 0) > (options.passwordsSet ?? this.#passwordsSet)) return err('outdated');
    const other = user.agentId === null ? undefined : this.byAgent(user.agentId);
    if (other && !options.takeOver) return err('conflict');
    if (other) this.end(other, 'replaced');

    if (user.agentId !== null) this.#kept?.dropOfAgent(user.agentId);

    const token = this.#secret(32);
    const tokenHash = sha256(token);
    const session = this.#begin(user, { sessionId: this.#ids.next(), createdAt: this.#clock.now(), tokenHash });
    const { sessionId, createdAt } = session;
    this.#kept?.begun({ sessionId, tokenHash, userId: user.userId, createdAt });
    return ok({ token, session });
  }

  /** The session of a bearer token, which counts as a sign of life; null when there is none (any more). */
  find(token: string): UserSession | null {
    const tokenHash = sha256(token);
    return this.#touch(this.#byTokenHash.get(tokenHash) ?? this.#goOn(tokenHash)?.sessionId);
  }

  /** For the registrar's digest: the session whose phone may register under this name. A sign of life too. */
  bySipUsername(username: string): UserSession | null {
    return this.#touch(this.#bySipUsername.get(username));
  }

  byAgent(agentId: AgentId): UserSession | null {
    return this.#sessions.get(this.#byAgent.get(agentId) ?? '')?.session ?? null;
  }

  list(): readonly UserSession[] {
    return [...this.#sessions.values()].map((entry) => entry.session);
  }

  /** Ends it once; ending again does nothing. */
  end(session: UserSession, why: SessionEnd): void {
    const entry = this.#sessions.get(session.sessionId);
    if (!entry) return;
    entry.idle.cancel();
    this.#sessions.delete(session.sessionId);
    this.#byTokenHash.delete(entry.tokenHash);
    if (session.sip) this.#bySipUsername.delete(session.sip.username);
    if (session.user.agentId !== null) this.#byAgent.delete(session.user.agentId);
    // After a stop of the bridge they go on, as after a crash.
    if (why !== 'shutdown') this.#kept?.forget(session.sessionId);
    this.ended.emit('ended', { session, why });
  }

  /** The configuration was changed: what each signed-in user may do now; null ends the sessions of one who is no user any more. */
  follow(rightsOf: (userId: UserId) => readonly Right[] | null): void {
    this.#allowed = rightsOf;
    this.#kept?.follow(rightsOf);
    for (const { session, rights } of [...this.#sessions.values()]) {
      const now = rightsOf(session.user.userId);
      if (now === null) {
        this.end(session, 'loggedOut');
        continue;
      }
      rights.clear();
      for (const right of now) rights.add(right);
    }
  }

  /** A user was given a new password: whoever signed in with the one before is out, but for the session in which it was done. */
  passwordSet(userId: UserId, keep: UserSession | null): void {
    this.#passwordsSet += 1;
    this.#passwordSetAt.set(userId, this.#passwordsSet);
    this.#kept?.dropOfUser(userId);
    for (const session of this.list()) {
      if (session.user.userId === userId && session.sessionId !== keep?.sessionId) this.end(session, 'loggedOut');
    }
    // The store forgets all log-ins of a user in the same unit of work in which it stores their password.
    const entry = this.#sessions.get(keep?.sessionId ?? '');
    if (entry?.session.user.userId !== userId) return;
    const { sessionId, createdAt } = entry.session;
    this.#kept?.begun({ sessionId, tokenHash: entry.tokenHash, userId, createdAt });
  }

  endAll(why: SessionEnd): void {
    for (const session of this.list()) this.end(session, why);
  }

  /** The log-in of a bridge that is no more goes on here. */
  #goOn(tokenHash: string): UserSession | null {
    const left = this.#kept?.take(tokenHash);
    if (!left) return null;
    if (left.user.agentId !== null) this.#kept?.dropOfAgent(left.user.agentId);
    return this.#begin(left.user, left.stored);
  }

  #begin(
    user: User,
    { sessionId, createdAt, tokenHash }: { readonly sessionId: string; readonly createdAt: number; readonly tokenHash: string },
  ): UserSession {
    // Between the look at the user and here the configuration may have changed.
    const rights = new Set(this.#allowed ? (this.#allowed(user.userId) ?? []) : user.rights);
    const sip = this.#phoneOf(user, rights);
    const session: UserSession = { sessionId, user, rights, sip, createdAt };
    this.#sessions.set(sessionId, { session, rights, tokenHash, idle: this.#idleTimer(session) });
    this.#byTokenHash.set(tokenHash, sessionId);
    if (sip) this.#bySipUsername.set(sip.username, sessionId);
    if (user.agentId !== null) this.#byAgent.set(user.agentId, sessionId);
    return session;
  }

  #phoneOf(user: User, rights: ReadonlySet<Right>): PhoneCredentials | null {
    if (hasDesktopPhone(user)) return { username: user.extension, password: this.#secret(24), use: 'calls' };
    // No extension: nobody can dial it.
    if (!rights.has('configuration:write')) return null;
    return { username: `draft-${Buffer.from(this.#random(12)).toString('hex')}`, password: this.#secret(24), use: 'drafts' };
  }

  #touch(sessionId: string | undefined): UserSession | null {
    const entry = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (!entry) return null;
    entry.idle.cancel();
    entry.idle = this.#idleTimer(entry.session);
    this.#kept?.seen(entry.session.sessionId);
    return entry.session;
  }

  #idleTimer(session: UserSession): TimerHandle {
    return this.#clock.timer(idleLimitMs, () => this.end(session, 'expired'));
  }

  #secret(bytes: number): string {
    return Buffer.from(this.#random(bytes)).toString('base64url');
  }
}

function hasDesktopPhone(user: User): user is User & { readonly extension: string } {
  return user.agentId !== null && user.extension !== null && (user.phone ?? { kind: 'desktop' }).kind === 'desktop';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
