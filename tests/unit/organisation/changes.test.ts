import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffConfigurations, orderBeforeRemoval, undoOf } from '../../../cti-bridge/organisation/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { agent, anyConfiguration, queue, smallConfiguration } from './configurations.ts';

function changed(change: (configuration: Configuration) => void): Configuration {
  const configuration = smallConfiguration();
  change(configuration);
  return configuration;
}
const revision = (before: Configuration, after: Configuration) => ({
  revision: 7,
  changes: diffConfigurations(before, after),
  orderBefore: orderBeforeRemoval(before, after),
});

describe('the changes between two configurations', () => {
  it('are none between equal ones, whatever the order of their fields', () => {
    const turned = Object.fromEntries(Object.entries(smallConfiguration()).toReversed()) as Configuration;
    expect(diffConfigurations(smallConfiguration(), turned)).toEqual([]);
  });

  it('name each field that changed, in the order of the configuration', () => {
    const after = changed((configuration) => {
      configuration.organisation.timeZone = 'UTC';
      const [billing] = configuration.queues;
      if (!billing) throw new Error('there is a queue');
      billing.ringSeconds = 25;
      billing.serviceLevel.targetPercent = 90;
      billing.whenFull = { to: 'queue', queue: 'general' };
      billing.rings = [{ afterSeconds: 30, needs: '' }];
      const skills = configuration.users[1]?.agent?.skills;
      if (skills) Object.assign(skills, { french: 2, billing: 4 });
    });
    expect(diffConfigurations(smallConfiguration(), after)).toEqual([
      { kind: 'changed', path: 'organisation/timeZone', before: '"Asia/Shanghai"', after: '"UTC"' },
      { kind: 'changed', path: 'queues/billing/rings', before: '[]', after: '[{"afterSeconds":30,"needs":""}]' },
      { kind: 'changed', path: 'queues/billing/ringSeconds', before: '20', after: '25' },
      { kind: 'changed', path: 'queues/billing/serviceLevel/targetPercent', before: '80', after: '90' },
      {
        kind: 'changed',
        path: 'queues/billing/whenFull',
        before: '{"to":"announce","prompt":"all-busy"}',
        after: '{"to":"queue","queue":"general"}',
      },
      { kind: 'changed', path: 'users/ana/agent/skills/billing', before: '3', after: '4' },
      { kind: 'added', path: 'users/ana/agent/skills/french', before: null, after: '2' },
    ]);
  });

  it('name whole entries that come and go, and entries that only change places', () => {
    const after = changed((configuration) => {
      configuration.teams = [];
      configuration.queues.reverse();
      configuration.queues.push(queue('vip'));
    });
    expect(diffConfigurations(smallConfiguration(), after)).toEqual([
      { kind: 'removed', path: 'teams/red', before: expect.stringContaining('"orgUnit":"ningbo"'), after: null },
      { kind: 'added', path: 'queues/vip', before: null, after: expect.stringContaining('"id":"vip"') },
      { kind: 'changed', path: 'queues', before: '["billing","general"]', after: '["general","billing"]' },
    ]);
  });
});

describe('undoing a revision', () => {
  it('gives back exactly what was before it, between any two configurations', () => {
    fc.assert(
      fc.property(anyConfiguration, anyConfiguration, (before, after) => {
        expect(undoOf(revision(before, after), after)).toEqual({ ok: true, configuration: before });
      }),
      { numRuns: 150 },
    );
  });

  it('gives back exactly what was before it, however the entries were moved about', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const withTeams = (order: readonly string[]) =>
      changed((configuration) => {
        configuration.teams = order.map((id) => ({ id, name: { en: id, zh: id }, orgUnit: null }));
      });
    const anyOrder = fc.shuffledSubarray(ids);
    fc.assert(
      fc.property(anyOrder, anyOrder, (was, is) => {
        const [before, after] = [withTeams(was), withTeams(is)];
        expect(undoOf(revision(before, after), after)).toEqual({ ok: true, configuration: before });
      }),
      { numRuns: 500 },
    );
  });

  it('leaves later changes of other places as they are', () => {
    const before = smallConfiguration();
    const after = changed((configuration) => void Object.assign(configuration.queues[0] ?? {}, { ringSeconds: 25 }));
    const later = structuredClone(after);
    later.users.push(agent('bo', '6013'));
    const undone = undoOf(revision(before, after), later);
    expect(undone.ok && undone.configuration.queues[0]?.ringSeconds).toBe(20);
    expect(undone.ok && undone.configuration.users.map(({ id }) => id)).toEqual(['ada', 'ana', 'bo']);
  });

  it('is refused for what was changed again since, naming it', () => {
    const before = smallConfiguration();
    const after = changed((configuration) => {
      Object.assign(configuration.queues[0] ?? {}, { ringSeconds: 25, priority: 9 });
      configuration.teams = [];
    });
    const later = structuredClone(after);
    Object.assign(later.queues[0] ?? {}, { ringSeconds: 30 });
    later.teams = [{ id: 'red', name: { en: 'Reds', zh: 'Reds' }, orgUnit: null }];
    expect(undoOf(revision(before, after), later)).toEqual({
      ok: false,
      problems: [
        { path: 'teams/red', found: expect.stringContaining('Reds'), expected: 'nothing, as revision 7 left it' },
        { path: 'queues/billing/ringSeconds', found: '30', expected: '25, as revision 7 left it' },
      ],
    });
  });

  it('is refused when the entry it changed is gone', () => {
    const after = changed((configuration) => void Object.assign(configuration.queues[1] ?? {}, { priority: 9 }));
    const later = { ...after, queues: after.queues.slice(0, 1) };
    expect(undoOf(revision(smallConfiguration(), after), later)).toMatchObject({
      ok: false,
      problems: [{ path: 'queues/general/priority', found: 'nothing' }],
    });
  });
});
