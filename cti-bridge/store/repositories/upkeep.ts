import type { OperationCall } from '../workers/protocol.ts';
import type { writeOperations } from './write-operations.ts';

const names: ReadonlySet<string> = new Set<keyof typeof writeOperations>([
  ...(['indexEverything', 'indexDue', 'mergeIndex', 'recomputeScores', 'alignScores'] as const),
]);

/** Work of the background, which nobody waits for: while there is nothing else, it is quiet. */
export function isUpkeep({ name }: OperationCall): boolean {
  return names.has(name);
}
