import type { Role } from './agent.ts';

/**
 * Rights in one table. Every command, HTTP route and subscription declares the right it needs (`bridge-events.ts`, `api/http`); a test
 * walks all of them over all roles.
 */
export const rights = [
  'session:own',
  'work:handle',
  'contact:read',
  'contact:write',
  'queue:watch',
  'agent:supervise',
  'configuration:read',
  'configuration:write',
  'system:observe',
] as const;
export type Right = (typeof rights)[number];

export const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  agent: ['session:own', 'work:handle', 'contact:read', 'contact:write'],
  supervisor: ['session:own', 'work:handle', 'contact:read', 'contact:write', 'queue:watch', 'agent:supervise', 'configuration:read'],
  administrator: ['session:own', 'queue:watch', 'agent:supervise', 'configuration:read', 'configuration:write', 'system:observe'],
};

export function mayDo(role: Role, right: Right): boolean {
  return rightsOfRole[role].includes(right);
}
