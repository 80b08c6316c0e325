import type { Role } from '../../shared/contracts/agent.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import { type Right, rightsOfRole } from '../../shared/contracts/rights.ts';

/** What the built-in roles may do unless somebody decides otherwise, as one version of the program had it. */
export type BuiltInRights = Readonly<Record<Role, readonly string[]>>;

/** Of the version that kept no such list with what it stored. */
export const firstBuiltInRights: BuiltInRights = {
  agent: ['session:own', 'work:handle', 'contact:read', 'contact:write'],
  supervisor: ['session:own', 'work:handle', 'contact:read', 'contact:write', 'queue:watch', 'agent:supervise', 'configuration:read'],
  administrator: ['session:own', 'queue:watch', 'agent:supervise', 'configuration:read', 'configuration:write', 'system:observe'],
};

export interface GivenRights {
  readonly configuration: Configuration;
  /** Roles that somebody narrowed, and what they were therefore not given. */
  readonly withheld: readonly { readonly role: Role; readonly rights: readonly Right[] }[];
}

/**
 * A configuration that was last saved when the built-in roles had `savedWith`, with the rights that came to them since. A role of which a
 * right was taken away gets none: whoever narrowed it shall decide. Nothing else changes, and what came before is never given again.
 */
export function giveNewRights(configuration: Configuration, savedWith: BuiltInRights, now: BuiltInRights = rightsOfRole): GivenRights {
  const withheld: { role: Role; rights: Right[] }[] = [];
  const roles = configuration.roles.map((stored) => {
    const role = stored.id as Role;
    if (!Object.hasOwn(now, role)) return stored;
    const has = new Set<string>(stored.rights);
    const came = (now[role] as readonly Right[]).filter((right) => !savedWith[role].includes(right) && !has.has(right));
    if (came.length === 0) return stored;
    if (savedWith[role].every((right) => has.has(right))) return { ...stored, rights: [...stored.rights, ...came] };
    withheld.push({ role, rights: came });
    return stored;
  });
  return { configuration: { ...configuration, roles }, withheld };
}
