import type Sqlite from 'better-sqlite3';
import { busyTimeoutMs } from './database.ts';
import { mergeFact, mergeWhole } from './search/full-text.ts';

/** Up to this size the file is written anew at once, which takes a second or so; a larger one when the bridge starts next. */
const atOnceBytes = 128 * 1024 * 1024;
/** Written in the unit of work that deletes, so that neither a crash nor a busy reader makes it forgotten. */
export const purgeDueFact = 'purgeDue';
/** The writer has events to write: a reader that is in the way is not waited for. */
const waitForReadersMs = 50;

/**
 * After an erasure, outside any transaction. `secure_delete` overwrites rows, but not the copies that a page keeps in its unused middle
 * when its rows were spread over other pages (about one row in two hundred), nor what the log of writes still has. So the log is emptied,
 * and the file written anew without anything unused. False: readers kept the log from being emptied, nothing is sure yet.
 */
export function purge(sqlite: Sqlite.Database): boolean {
  if (!emptyLog(sqlite)) return false;
  return sizeOf(sqlite) > atOnceBytes || writeAnew(sqlite);
}

/** At the start, before anybody reads. */
export function purgeWhatIsDue(sqlite: Sqlite.Database): void {
  const isDue = (fact: string) => sqlite.prepare('select 1 from store_fact where key = ?').get(fact) !== undefined;
  if (!isDue(purgeDueFact)) return;
  if (isDue(mergeFact)) sqlite.exec(mergeWhole);
  writeAnew(sqlite);
}

function writeAnew(sqlite: Sqlite.Database): boolean {
  sqlite.prepare('delete from store_fact where key = ?').run(purgeDueFact);
  sqlite.exec('vacuum');
  return emptyLog(sqlite);
}

function emptyLog(sqlite: Sqlite.Database): boolean {
  sqlite.pragma(`busy_timeout = ${waitForReadersMs}`);
  try {
    const [answer] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    return answer?.busy === 0;
  } finally {
    sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

function sizeOf(sqlite: Sqlite.Database): number {
  return Number(sqlite.pragma('page_count', { simple: true })) * Number(sqlite.pragma('page_size', { simple: true }));
}
