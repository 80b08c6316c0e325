export type StoreErrorCode =
  | 'unwritableFolder'
  | 'inUse' // another bridge holds this database
  | 'newerSchema'
  | 'corrupt'
  | 'diskFull'
  | 'unavailable' // nothing was stored; try again
  | 'backlogFull'
  | 'rejected'; // the statement itself was refused: a bug, not a disk

/** What the store cannot do, in words for whoever runs the bridge. `code` is stable. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Says in our words what SQLite or the file system said in theirs. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : String(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new StoreError('diskFull', `The disk that holds ${path} is full.`);
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new StoreError(
      'corrupt',
      `The database in ${path} is damaged (${said}). It was not touched; restore a backup or start another data folder.`,
    );
  }
  if (
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code) ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN')
  ) {
    return new StoreError('unwritableFolder', `The data folder ${path} cannot be written (${said}).`);
  }
  // A value no database would take is refused alone; were it called the disk's fault, it would be tried again for ever, and all behind it wait.
  const isBug = error instanceof TypeError || error instanceof RangeError;
  if (isBug || ['SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_RANGE'].includes(code) || code.startsWith('SQLITE_CONSTRAINT'))
    return new StoreError('rejected', said);
  return new StoreError('unavailable', `The database in ${path} did not answer (${said}).`);
}
