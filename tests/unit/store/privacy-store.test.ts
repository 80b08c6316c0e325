import { describe, expect, it } from 'vitest';
import type { StoreAccess } from '../../../cti-bridge/store/access.ts';
import { createPrivacyStore } from '../../../cti-bridge/store/privacy-store.ts';

describe('purging after an erasure', () => {
  it('merges the index of the search, a pass that has begun and one from its start, and writes the file anew only then', async () => {
    const done: string[] = [];
    const more = [true, false, true, true, false];
    const access = {
      write: async (name: string) => {
        done.push(name);
        return more.shift();
      },
      purge: async () => {
        done.push('purge');
        return true;
      },
    };
    expect(await createPrivacyStore(access as unknown as StoreAccess).purge()).toBe(true);
    expect(done).toEqual([...Array(5).fill('mergeIndex'), 'purge']);
  });
});
