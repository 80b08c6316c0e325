import type { AgentPhone } from '../../shared/contracts/configuration.ts';
import type { Locale } from '../../shared/contracts/contact.ts';
import type { Right } from '../../shared/contracts/rights.ts';
import type { AgentId, UserId } from '../../shared/ids.ts';

/** Somebody who may sign in. `agentId` and `extension` are null for users who take no work. */
export interface User {
  readonly userId: UserId;
  readonly username: string;
  readonly name: string;
  /** Id of the role as configured. */
  readonly role: string;
  /** What the role allows. */
  readonly rights: readonly Right[];
  readonly locale: Locale;
  readonly agentId: AgentId | null;
  readonly extension: string | null;
  /** How their calls reach them. Absent is the desktop's own phone. */
  readonly phone?: AgentPhone;
  readonly skills: Readonly<Record<string, number>>;
  /** Demo accounts have a published password; the bridge refuses to start with them on anything but loopback. */
  readonly isDemo: boolean;
}

export interface UserRepository {
  /** Without a hash, nobody has given them a password yet: they cannot sign in. */
  findByUsername(username: string): Promise<{ readonly user: User; readonly passwordHash: string | null } | null>;
  listAgents(): Promise<readonly User[]>;
}

/** What is kept of a log-in, so that it outlives the bridge: no token, no secret of a phone. */
export interface StoredLogIn {
  readonly sessionId: string;
  /** SHA-256 of the bearer token, in hex. */
  readonly tokenHash: string;
  readonly userId: UserId;
  readonly createdAt: number;
  /** Of the last sign of life, about. */
  readonly seenAt: number;
}

export interface LogInRepository {
  save(logIn: StoredLogIn): Promise<void>;
  seen(sessionId: string, at: number): Promise<void>;
  forget(sessionId: string): Promise<void>;
  /** Each with its user as they are configured now; null when there is no such user any more. */
  readAll(): Promise<readonly { readonly stored: StoredLogIn; readonly user: User | null }[]>;
}
