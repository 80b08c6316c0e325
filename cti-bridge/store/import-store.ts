import type { ImportRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

export function createImportStore({ browse, read, write }: StoreAccess): ImportRepository {
  return {
    add: (received) => write('addImport', received),
    // Asked at every start too, which is no reason to start the thread of those who look.
    list: () => read('listImports'),
    find: (importId) => browse('findImport', importId),
    change: (importId, change) => write('changeImport', importId, change),
    markInterrupted: () => write('markImportsInterrupted'),
    problems: (importId, after, limit) => browse('importProblems', importId, after, limit),
    kept: (importId, scope) => browse('importKept', importId, scope),
    forget: (importId) => write('forgetImport', importId),
  };
}
