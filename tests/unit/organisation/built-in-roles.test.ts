import { describe, expect, it } from 'vitest';
import { diffConfigurations, firstBuiltInRights, giveNewRights, undoOf } from '../../../cti-bridge/organisation/index.ts';
import { demoConfiguration } from '../../../cti-bridge/store/seed/organisation.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { type Right, rightsOfRole } from '../../../shared/contracts/rights.ts';

function storedEarlier(change: (rights: Record<string, string[]>) => void = () => {}): Configuration {
  const rights: Record<string, string[]> = {
    agent: [...firstBuiltInRights.agent],
    supervisor: [...firstBuiltInRights.supervisor],
    administrator: [...firstBuiltInRights.administrator],
    auditor: ['session:own', 'configuration:read'],
  };
  change(rights);
  const roles = Object.entries(rights).map(([id, held]) => ({ id, name: { en: id, zh: id }, rights: held as Right[] }));
  return { ...demoConfiguration(), roles };
}

const rightsIn = ({ roles }: Configuration, id: string) => new Set(roles.find((role) => role.id === id)?.rights);

describe('built-in roles that an earlier version stored', () => {
  it('have all they have by default now', () => {
    const { configuration, withheld } = giveNewRights(storedEarlier(), firstBuiltInRights);
    for (const role of ['agent', 'supervisor', 'administrator'] as const)
      expect(rightsIn(configuration, role)).toEqual(new Set(rightsOfRole[role]));
    expect(withheld).toEqual([]);
  });

  it('keep what an administrator gave them besides', () => {
    const { configuration } = giveNewRights(
      storedEarlier(({ agent }) => agent?.push('queue:watch')),
      firstBuiltInRights,
    );
    expect(rightsIn(configuration, 'agent')).toEqual(new Set([...rightsOfRole.agent, 'queue:watch']));
  });

  it('that were narrowed stay as they are, and it is told what they were not given', () => {
    const stored = storedEarlier((rights) => {
      rights.agent = ['session:own', 'work:handle', 'contact:read'];
    });
    const { configuration, withheld } = giveNewRights(stored, firstBuiltInRights);
    expect(rightsIn(configuration, 'agent')).toEqual(new Set(['session:own', 'work:handle', 'contact:read']));
    expect(withheld).toEqual([{ role: 'agent', rights: ['call:dial-out', 'contact:merge', 'account:write'] }]);
    expect(rightsIn(configuration, 'supervisor')).toEqual(new Set(rightsOfRole.supervisor));
  });

  it('get nothing back that was taken away after it came', () => {
    const stored = storedEarlier((rights) => {
      rights.agent = rightsOfRole.agent.filter((right) => right !== 'contact:merge');
    });
    expect(rightsIn(giveNewRights(stored, rightsOfRole).configuration, 'agent')).not.toContain('contact:merge');
  });

  it('are the only ones: a role that somebody made has what they gave it', () => {
    expect(rightsIn(giveNewRights(storedEarlier(), firstBuiltInRights).configuration, 'auditor')).toEqual(
      new Set(['session:own', 'configuration:read']),
    );
  });

  it('lose the new rights again when that revision is undone', () => {
    const before = storedEarlier();
    const { configuration } = giveNewRights(before, firstBuiltInRights);
    const changes = diffConfigurations(before, configuration);
    expect(undoOf({ revision: 1, changes, orderBefore: {} }, configuration)).toEqual({ ok: true, configuration: before });
  });
});
