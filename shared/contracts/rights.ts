import type { Role } from './agent.ts';

/**
 * Rights in one table. Every command, HTTP route and subscription declares the right it needs (`bridge-events.ts`, `api/http`); a test
 * walks all of them over all roles.
 */
export const rights = [
  'session:own',
  'work:handle',
  /** Call numbers outside, as far as the role's calling rules go. */
  'call:dial-out',
  /** Be in calls of the people one supervises: listen, whisper, speak, take over. */
  'call:monitor',
  /** Listen to recordings of calls, of the customers one sees. */
  'recording:listen',
  'contact:read',
  'contact:write',
  /** Say that two records are one person, and take it back. */
  'contact:merge',
  /** The key-account file, and who looks after whom: of the own customers; of others' with `agent:supervise`. */
  'account:write',
  'record:import',
  'record:export',
  /** Legal holds, erasure of a person, deletion of lapsed records. */
  'record:erase',
  /** Other systems, by the HTTP API. */
  'record:exchange',
  /** Guides: write, publish, withdraw. Run by whoever may `work:handle`. */
  'guide:write',
  /** Articles of the knowledge base: write, publish, withdraw. Read by whoever may `work:handle`. */
  'knowledge:write',
  'queue:watch',
  'agent:supervise',
  'configuration:read',
  'configuration:write',
  'system:observe',
] as const;
export type Right = (typeof rights)[number];

export const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  agent: ['session:own', 'work:handle', 'call:dial-out', 'contact:read', 'contact:write', 'contact:merge', 'account:write'],
  supervisor: [
    'guide:write',
    ...['session:own', 'work:handle', 'call:dial-out', 'contact:read', 'contact:write', 'contact:merge', 'account:write'],
    ...['call:monitor', 'recording:listen', 'record:export', 'knowledge:write', 'queue:watch', 'agent:supervise', 'configuration:read'],
  ] as Right[],
  administrator: [
    'guide:write',
    ...['session:own', 'contact:read', 'contact:write', 'contact:merge', 'account:write', 'record:import', 'record:export', 'record:erase'],
    ...['knowledge:write', 'queue:watch', 'agent:supervise', 'configuration:read', 'configuration:write', 'system:observe'],
  ] as Right[],
};

export function mayDo(role: Role, right: Right): boolean {
  return rightsOfRole[role].includes(right);
}
