import { describe, expect, it } from 'vitest';
import {
  addEntry,
  beginDraft,
  type ConfigurationState,
  continueDraft,
  moveEntry,
  noConfiguration,
  proposedId,
  putAt,
  removeEntry,
  spotOf,
  statusOf,
  unsavedCount,
} from '../../../../renderer/stores/index.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { stageConfiguration } from '../../../support/ui-stage/organisation.ts';

const start = beginDraft(noConfiguration, { revision: 7, configuration: stageConfiguration(), prompts: ['queue-closed'], flows: [] });
const draftOf = (state: ConfigurationState): Configuration => {
  if (!state.draft) throw new Error('There is no draft');
  return state.draft;
};

describe('a draft of the configuration', () => {
  it('changes one field and leaves what was read as it was', () => {
    const state = putAt(start, 'queues/0/serviceLevel/targetPercent', 85);
    expect(draftOf(state).queues[0]?.serviceLevel.targetPercent).toBe(85);
    expect(start.base?.queues[0]?.serviceLevel.targetPercent).toBe(80);
    expect([unsavedCount(state), statusOf(state, 'queues', 0), statusOf(state, 'queues', 1)]).toEqual([1, 'changed', 'same']);
  });

  it('is saved again when what was changed is typed back', () => {
    const state = putAt(putAt(start, 'queues/0/ringSeconds', 30), 'queues/0/ringSeconds', 20);
    expect(unsavedCount(state)).toBe(0);
  });

  it('counts what is new and what is gone, and a new entry that is taken away again as nothing', () => {
    const added = addEntry(start, 'skills', { id: 'italian', name: { en: 'Italian', zh: '意大利语' } });
    expect([unsavedCount(added), statusOf(added, 'skills', 5)]).toEqual([1, 'added']);
    expect(unsavedCount(removeEntry(added, 'skills', 0))).toBe(2);
    expect(unsavedCount(removeEntry(added, 'skills', 5))).toBe(0);
  });

  it('never takes a new entry for the one whose id is being typed', () => {
    const added = addEntry(start, 'skills', { id: 'billing', name: { en: 'Billing of lines', zh: '线路账务' } });
    expect([statusOf(added, 'skills', 0), statusOf(added, 'skills', 5)]).toEqual(['same', 'added']);
  });

  it('counts entries that stand in another order as one change, until they stand as before', () => {
    const down = moveEntry(start, 'skills', 0, 2);
    expect(draftOf(down).skills.slice(0, 3)).toEqual([1, 2, 0].map((n) => draftOf(start).skills[n]));
    expect([unsavedCount(down), statusOf(down, 'skills', 2), down.selected.skills]).toEqual([1, 'same', 2]);
    expect(unsavedCount(moveEntry(down, 'skills', 2, 0))).toBe(0);
    expect(moveEntry(start, 'skills', 0, -1)).toBe(start);
    expect(moveEntry(start, 'skills', 4, 5)).toBe(start);
  });

  it('moves a new entry before others, and knows all of them still', () => {
    const added = addEntry(start, 'skills', { id: 'italian', name: { en: 'Italian', zh: '意大利语' } });
    const first = moveEntry(added, 'skills', 5, 0);
    expect([0, 1, 5].map((index) => statusOf(first, 'skills', index))).toEqual(['added', 'same', 'same']);
    expect(unsavedCount(first)).toBe(1);
    expect(unsavedCount(removeEntry(first, 'skills', 0))).toBe(0);
  });

  it('takes a channel of a profile away by its place', () => {
    const state = putAt(start, 'capacities/0/channels/chat', undefined);
    expect(Object.keys(draftOf(state).capacities[0]?.channels ?? {})).toEqual(['voice', 'email', 'sms', 'document']);
  });

  it('forgets a problem once its field is typed at, and no other', () => {
    const problems = [
      { path: 'queues/billing/ringSeconds', found: '2', expected: '3 or more' },
      { path: 'queues/technical/ringSeconds', found: '2', expected: '3 or more' },
    ];
    const state = putAt({ ...start, problems }, 'queues/0/ringSeconds', 20);
    expect(state.problems?.map(({ path }) => path)).toEqual(['queues/technical/ringSeconds']);
  });
});

describe('going on after somebody else saved', () => {
  const theirs = (change: (configuration: Configuration) => Configuration) => ({
    revision: 8,
    configuration: change(stageConfiguration()),
    prompts: ['all-busy', 'queue-closed'],
    flows: [],
  });
  const withQueue = (id: string, change: Partial<Configuration['queues'][number]>) =>
    theirs((all) => ({ ...all, queues: all.queues.map((each) => (each.id === id ? { ...each, ...change } : each)) }));

  it('keeps their changes and puts the draft on top', () => {
    const mine = addEntry(putAt(start, 'queues/0/ringSeconds', 40), 'skills', { id: 'italian', name: { en: 'Italian', zh: '意大利语' } });
    const { state, clashes } = continueDraft(mine, withQueue('billing', { priority: 90 }));
    expect([draftOf(state).queues[0]?.ringSeconds, draftOf(state).queues[0]?.priority]).toEqual([40, 90]);
    expect([state.revision, clashes, unsavedCount(state), draftOf(state).skills.at(-1)?.id]).toEqual([8, [], 2, 'italian']);
  });

  it('keeps what they changed in the group of fields in which the draft changed another', () => {
    const mine = putAt(putAt(start, 'queues/0/serviceLevel/targetPercent', 85), 'capacities/0/channels/chat', undefined);
    const { state, clashes } = continueDraft(mine, withQueue('billing', { serviceLevel: { targetPercent: 80, thresholdSeconds: 15 } }));
    expect([draftOf(state).queues[0]?.serviceLevel, clashes]).toEqual([{ targetPercent: 85, thresholdSeconds: 15 }, []]);
    expect(Object.keys(draftOf(state).capacities[0]?.channels ?? {})).not.toContain('chat');
  });

  it('points out an entry of which both changed the same field; the draft stands', () => {
    const { state, clashes } = continueDraft(putAt(start, 'queues/0/ringSeconds', 40), withQueue('billing', { ringSeconds: 50 }));
    expect([draftOf(state).queues[0]?.ringSeconds, clashes]).toEqual([40, [{ section: 'queues', key: 'billing' }]]);
  });

  it('brings back what they changed and the draft took away, and what they took away and the draft changed', () => {
    const removedHere = continueDraft(removeEntry(start, 'queues', 0), withQueue('billing', { ringSeconds: 50 }));
    expect(draftOf(removedHere.state).queues.map(({ id }) => id)).toContain('billing');
    const removedThere = continueDraft(
      putAt(start, 'queues/0/ringSeconds', 40),
      theirs((all) => ({ ...all, queues: all.queues.filter(({ id }) => id !== 'billing') })),
    );
    expect(draftOf(removedThere.state).queues.at(-1)?.ringSeconds).toBe(40);
    expect([removedHere.clashes, removedThere.clashes]).toEqual([
      [{ section: 'queues', key: 'billing' }],
      [{ section: 'queues', key: 'billing' }],
    ]);
  });

  it('keeps the order of the draft where they left it as it was, with what they added where they put it', () => {
    const { configuration, state } = { configuration: stageConfiguration(), state: moveEntry(start, 'skills', 0, 2) };
    const [first, ...others] = configuration.skills;
    const theirs = { id: 'italian', name: { en: 'Italian', zh: '意大利语' } };
    const skills = [first, theirs, ...others].filter((skill) => skill !== undefined);
    const continued = continueDraft(state, { revision: 8, configuration: { ...configuration, skills }, prompts: [], flows: [] });
    const ids = start.base?.skills.map(({ id }) => id) ?? [];
    expect(draftOf(continued.state).skills.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0], 'italian', ...ids.slice(3)]);
    expect([unsavedCount(continued.state), statusOf(continued.state, 'skills', 3), continued.clashes]).toEqual([1, 'same', []]);
  });

  it('takes away what they took away and what the draft took away', () => {
    const { state } = continueDraft(
      removeEntry(start, 'reasons', 0),
      theirs((all) => ({ ...all, reasons: all.reasons.slice(0, 3) })),
    );
    expect(draftOf(state).reasons.map(({ id }) => id)).toEqual(['meal', 'meeting']);
  });
});

describe('the path of a problem', () => {
  it.each([
    ['queues/billing/rings/0/needs', { section: 'queues', index: 0, field: 'rings/0/needs' }],
    ['queues/#2/ringSeconds', { section: 'queues', index: 1, field: 'ringSeconds' }],
    ['dispositions/credit/parent', { section: 'dispositions', index: 2, field: 'parent' }],
    ['organisation/timeZone', { section: 'organisation', index: null, field: 'timeZone' }],
    ['roles', { section: 'roles', index: null, field: '' }],
    ['users/nobody/name', { section: 'users', index: null, field: 'name' }],
    ['elsewhere', null],
  ])('%s leads to its place', (path, spot) => {
    expect(spotOf(stageConfiguration(), path)).toEqual(spot);
  });
});

describe('an id proposed from a name', () => {
  it.each([
    ['queues', 'Key accounts, North', 'key-accounts-north'],
    ['queues', 'Crédit & Añadir', 'credit-anadir'],
    ['skills', 'Key accounts', 'key_accounts'],
    ['skills', '2nd line', 'nd_line'],
    ['queues', '大客户', ''],
  ] as const)('in %s, %s is %s', (section, name, id) => {
    expect(proposedId(section, name, [])).toBe(id);
  });

  it('is counted on when it is taken', () => {
    expect(proposedId('queues', 'Billing', ['billing', 'billing-2'])).toBe('billing-3');
  });
});
