import { describe, expect, it } from 'vitest';
import { OrgTree } from '../../../cti-bridge/flows/org-tree.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Right } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';

const name = { en: 'x', zh: 'x' };
const unit = (id: string, parent: string | null) => ({ id, parent, tier: 'city', name }) as const;
const user = (id: string, orgUnit: string | null, isAgent = true) =>
  ({
    id,
    username: id,
    name: id,
    role: 'agent',
    locale: 'en',
    orgUnit,
    agent: isAgent
      ? {
          id: `agent-${id}`,
          extension: '100',
          team: 'early',
          capacity: 'c',
          skills: {},
          leftQueues: [],
          weight: 1,
          phone: { kind: 'desktop' },
        }
      : null,
  }) satisfies Configuration['users'][number];

const tree = new OrgTree({
  apiClients: [],
  orgUnits: [unit('hq', null), unit('east', 'hq'), unit('ningbo', 'east'), unit('west', 'hq'), unit('loop', 'pool'), unit('pool', 'loop')],
  users: [
    user('boss', 'hq'),
    user('eva', 'east', false),
    user('nina', 'ningbo'),
    user('wes', 'west'),
    user('free', null),
    user('lou', 'loop'),
    user('root', null, false),
  ],
});
const scopeOf = (id: string, ...rights: Right[]) => tree.scopeOf({ userId: asId<UserId>(id), may: (right) => rights.includes(right) });
const seenBy = (id: string, ...rights: Right[]) =>
  ['boss', 'nina', 'wes', 'free', 'lou'].filter((other) => scopeOf(id, ...rights).has(`agent-${other}`));

describe('whom somebody hands a call to', () => {
  it.each([
    ['nina', [], ['boss', 'nina', 'free']],
    ['eva', [], ['boss', 'nina', 'wes', 'free']],
    ['nina', ['configuration:write'], ['boss', 'nina', 'wes', 'free', 'lou']],
    ['root', [], ['boss', 'nina', 'wes', 'free', 'lou']],
    ['lou', [], ['free', 'lou']],
    ['stranger', [], []],
  ] satisfies [string, Right[], string[]][])('%s with %j: the branch of the office above, and the line up: %j', (id, rights, found) => {
    const scope = tree.colleaguesOf({ userId: asId<UserId>(id), may: (right) => (rights as Right[]).includes(right) });
    expect(['boss', 'nina', 'wes', 'free', 'lou'].filter((other) => scope.has(`agent-${other}`))).toEqual(found);
  });
});

describe('whom a supervisor sees', () => {
  it.each([
    ['eva', ['nina']],
    ['boss', ['boss', 'nina', 'wes']],
    ['wes', ['wes']],
    ['nina', ['nina']],
    ['lou', ['lou']],
    ['root', ['boss', 'nina', 'wes', 'free', 'lou']],
    ['stranger', []],
  ])('%s: %j', (id, seen) => {
    expect(seenBy(id)).toEqual(seen);
  });

  it('an administrator sees everybody, wherever they are placed', () => {
    expect(seenBy('wes', 'configuration:write')).toEqual(['boss', 'nina', 'wes', 'free', 'lou']);
  });

  it('two with the same place share one scope', () => {
    expect(scopeOf('nina')).toBe(scopeOf('nina'));
    expect(scopeOf('nina').key).not.toBe(scopeOf('wes').key);
  });

  it('knows where an agent belongs', () => {
    expect(tree.placeOf(asId<AgentId>('agent-nina'))).toEqual({ orgUnitId: 'ningbo', teamId: 'early' });
    expect(tree.placeOf(asId<AgentId>('nobody'))).toEqual({ orgUnitId: null, teamId: null });
  });
});
