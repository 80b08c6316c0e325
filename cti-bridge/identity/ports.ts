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
