import type { Snapshot } from '../../shared/contracts/bridge-events.ts';
import type { UserSession } from '../identity/index.ts';

/** Who is signed in, as their own desktop is told. */
export function userOf({ user, rights }: UserSession): Snapshot['user'] {
  return { userId: user.userId, name: user.name, role: user.role, rights: [...rights], locale: user.locale };
}
