import { describe, expect, it } from 'vitest';
import type { IdentityRepository } from '../../../cti-bridge/crm/index.ts';
import { createIdentity } from '../../../cti-bridge/flows/customers/identity.ts';
import type { CustomerParts } from '../../../cti-bridge/flows/customers/parts.ts';
import { countingIds, err, ok, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { commandExamples } from '../../contract/wire-examples.ts';
import { lenaAsks } from './supervision-house.ts';

const merged = commandExamples['contact:merge'].answer;
const preview = commandExamples['contact:preview-merge'].answer;
const everybody = { units: null };
const ningbo = { units: ['ningbo'] };

/** The stories over a store that writes down what it is asked. */
function newIdentity(more: Partial<IdentityRepository> = {}) {
  const clock = new VirtualClock();
  const asked: unknown[] = [];
  const refreshed: string[] = [];
  const answering =
    <Answer>(answer: Answer) =>
    async (...request: readonly unknown[]): Promise<Answer> => {
      asked.push(request.length === 1 ? request[0] : request);
      return answer;
    };
  const identity: IdentityRepository = {
    duplicates: answering([]),
    previewMerge: answering(ok(preview)),
    merge: answering(ok(merged)),
    unmerge: answering(ok(merged)),
    merges: answering([merged]),
    notTheSame: answering(ok(null)),
    ...more,
  };
  const parts = {
    ...{ clock, ids: countingIds(), log: silentLog, store: { identity }, scopeOf: () => ningbo },
    hasInHand: (_: unknown, contactId: string) => contactId === 'c-in-hand',
    refreshPops: async (contactIds: readonly string[]) => void refreshed.push(...contactIds),
  } as unknown as CustomerParts;
  return { clock, asked, refreshed, stories: createIdentity(parts) };
}

describe('who is who, as asked from a desktop', () => {
  it('is judged side by side: whom the agent has in hand is theirs, everybody else as far as their office reaches', async () => {
    const { stories, asked } = newIdentity();
    const sides = [
      { contactId: 'c-in-hand', scope: everybody },
      { contactId: 'c-other', scope: ningbo },
    ];
    await stories['contact:preview-merge'](lenaAsks, { keptId: 'c-in-hand', absorbedId: 'c-other' });
    await stories['contact:duplicates'](lenaAsks, { contactId: 'c-in-hand' });
    expect(asked).toEqual([sides, [sides[0], ningbo]]);
  });

  it('is said by somebody, at a time, with a reason', async () => {
    const { stories, asked, clock } = newIdentity();
    await stories['contact:merge'](lenaAsks, { keptId: 'c-1', absorbedId: 'c-2', reason: 'same voice' });
    await stories['contact:unmerge'](lenaAsks, { mergeId: 'm-1', reason: 'another voice' });
    await stories['contact:not-the-same'](lenaAsks, { oneId: 'c-1', otherId: 'c-2' });
    const said = { author: { userId: 'u-lena', name: 'u-lena', source: 'screen' }, at: clock.now() };
    expect(asked).toMatchObject([
      { ...said, kept: { contactId: 'c-1' }, absorbed: { contactId: 'c-2' }, reason: 'same voice' },
      { ...said, mergeId: 'm-1', scope: ningbo, reason: 'another voice' },
      { ...said, one: { contactId: 'c-1' }, other: { contactId: 'c-2' } },
    ]);
  });

  it('is shown at once to whoever has either in hand, and only when it was done', async () => {
    const { stories, refreshed } = newIdentity();
    await stories['contact:merge'](lenaAsks, { keptId: 'c-1', absorbedId: 'c-2', reason: 'x' });
    expect(refreshed).toEqual([merged.kept.contactId, merged.absorbed.contactId]);
    const refused = newIdentity({ merge: async () => err({ code: 'conflict', message: 'These two are one record already.' }) });
    expect(await refused.stories['contact:merge'](lenaAsks, { keptId: 'c-1', absorbedId: 'c-1', reason: 'x' })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(refused.refreshed).toEqual([]);
  });

  it('is told that there is nobody, or that the store does not answer', async () => {
    const nobody = newIdentity({ duplicates: async () => null, merges: async () => null });
    expect(await nobody.stories['contact:duplicates'](lenaAsks, { contactId: 'x' })).toMatchObject({ error: { code: 'not_found' } });
    expect(await nobody.stories['contact:merges'](lenaAsks, { contactId: 'x' })).toMatchObject({ error: { code: 'not_found' } });
    const broken = newIdentity({ merges: () => Promise.reject(new Error('disk')) });
    expect(await broken.stories['contact:merges'](lenaAsks, { contactId: 'x' })).toMatchObject({ error: { code: 'storage_unavailable' } });
  });
});
