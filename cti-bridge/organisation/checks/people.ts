import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { type Check, checkReference, type Draft, type Report } from '../draft.ts';

type User = Configuration['users'][number];

/** People who can sign in under names of their own, with work they can do; and somebody who may change all this. */
export const checkPeople: Check = (draft, report) => {
  for (const { id, rights } of draft.roles) {
    if (!rights.includes('session:own'))
      report(`roles/${id}/rights`, rights.join(', ') || 'none', 'session:own among them; nobody can sign in without it');
  }
  checkAdministrators(draft, report);

  checkUnique(draft.users, 'username', (user) => user.username.toLowerCase(), report);
  checkUnique(draft.users, 'agent/id', ({ agent }) => agent?.id, report);
  checkUnique(draft.users, 'agent/extension', ({ agent }) => agent?.extension, report);

  for (const { id, username, role, orgUnit, agent } of draft.users) {
    const path = `users/${id}`;
    if (username !== username.trim().toLowerCase()) report(`${path}/username`, username, 'small letters without spaces around them');
    checkReference(draft, report, `${path}/role`, 'roles', role);
    checkReference(draft, report, `${path}/orgUnit`, 'orgUnits', orgUnit);
    if (agent === null) continue;
    checkReference(draft, report, `${path}/agent/team`, 'teams', agent.team);
    checkReference(draft, report, `${path}/agent/capacity`, 'capacities', agent.capacity);
    for (const skill of Object.keys(agent.skills)) checkReference(draft, report, `${path}/agent/skills/${skill}`, 'skills', skill);
    for (const [index, queue] of agent.leftQueues.entries())
      checkReference(draft, report, `${path}/agent/leftQueues/${index}`, 'queues', queue);
  }
};

function checkAdministrators({ roles, users, isWhole }: Draft, report: Report): void {
  if (!isWhole('roles')) return;
  const ruling = new Set(roles.filter(({ rights }) => rights.includes('configuration:write')).map(({ id }) => id));
  if (ruling.size === 0)
    report('roles', 'no role with the right configuration:write', 'one at least; nobody could change anything any more');
  else if (isWhole('users') && !users.some(({ role }) => ruling.has(role)))
    report('users', `nobody with the role ${[...ruling].join(' or ')}`, 'one at least who has the right configuration:write');
}

function checkUnique(users: readonly User[], field: string, value: (user: User) => string | undefined, report: Report): void {
  const owners = new Map<string, string>();
  for (const user of users) {
    const key = value(user);
    if (key === undefined) continue;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, user.id);
    else report(`users/${user.id}/${field}`, `${key}, which ${owner} has`, 'one of their own');
  }
}
