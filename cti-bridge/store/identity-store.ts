import type { IdentityRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

/** Who is who. What is looked through waits for nobody's call. */
export function createIdentityStore({ browse, write }: Pick<StoreAccess, 'browse' | 'write'>): IdentityRepository {
  return {
    duplicates: (person, scope) => browse('readDuplicates', person, scope),
    previewMerge: (kept, absorbed) => browse('previewMerge', kept, absorbed),
    merge: (merging) => write('mergePeople', merging),
    unmerge: (undoing) => write('unmergePeople', undoing),
    merges: (person) => browse('readMergesOf', person),
    notTheSame: (saying) => write('markNotTheSame', saying),
  };
}
