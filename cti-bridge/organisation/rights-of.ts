import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Right } from '../../shared/contracts/rights.ts';

/** What a user may do; null for somebody who is none. */
export function rightsOf({ users, roles }: Configuration, userId: string): readonly Right[] | null {
  const user = users.find(({ id }) => id === userId);
  return user ? (roles.find(({ id }) => id === user.role)?.rights ?? []) : null;
}
