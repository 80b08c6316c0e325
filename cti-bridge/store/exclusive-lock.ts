import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Disposable } from '../kernel/index.ts';
import { StoreError } from './store-error.ts';

/**
 * One bridge per data folder. The lock is SQLite's own exclusive lock on a file of its own: the operating system lets go of it when the
 * process dies, however it dies, so that a kill leaves no stale lock behind.
 */
export function takeExclusiveLock(folder: string): Disposable {
  const lock = new Sqlite(join(folder, 'bridge.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreError(
        'inUse',
        `Another bridge is running on the data folder ${folder}. Stop it first, or start this one with another folder.`,
      );
    }
    throw error;
  }
  return {
    dispose: () => {
      lock.close();
    },
  };
}
