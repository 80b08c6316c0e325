/**
 * What can be asked of the database and what can be changed in it, as functions over a handle: they run inside the two worker threads,
 * which take `read-operations.ts` and `write-operations.ts` each for itself.
 *
 * Two things to know: reads are given a handle that cannot write; and a write runs inside the unit of work of its whole batch, so it never
 * begins or commits anything itself and must be harmless when it is run a second time.
 */
import type { readOperations } from './read-operations.ts';
import type { writeOperations } from './write-operations.ts';

export type ReadOperations = typeof readOperations;
export type WriteOperations = typeof writeOperations;
