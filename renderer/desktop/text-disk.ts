import { done, openProfile } from './profile-database.ts';

/**
 * Where sealed texts lie: IndexedDB, told to be on the disk before it says so. In `localStorage`, which is simpler, a text stays in the memory of
 * Chromium for seconds, and dies with it.
 */
export interface TextDisk {
  all(): Promise<ReadonlyMap<string, string>>;
  /** Settles when a power cut would not lose it. One after the other, in the order in which they were called. */
  write(name: string, sealed: string): Promise<void>;
  forget(name: string): Promise<void>;
  /** What another window of this computer wrote or forgot (null). */
  onElsewhere(listener: (name: string, sealed: string | null) => void): void;
}

/** What it must be open within; a page does not wait longer for its first picture. */
const limitMs = 2_000;

/** Null where there is none: storage is blocked. */
export async function openTextDisk(page: Pick<Window, 'indexedDB'>): Promise<TextDisk | null> {
  try {
    const late = new Promise<null>((resolve) => setTimeout(resolve, limitMs, null));
    const database = await Promise.race([openProfile(page.indexedDB), late]);
    return database && diskOf(database, page.indexedDB, new BroadcastChannel('crosspoint.texts'));
  } catch {
    return null;
  }
}

function diskOf(first: IDBDatabase, indexedDb: IDBFactory, windows: BroadcastChannel): TextDisk {
  let database: IDBDatabase | null = null;
  const watch = (opened: IDBDatabase) => {
    const leave = () => {
      opened.close();
      database = null;
    };
    // Its data was cleared, or a newer version of the desktop opened it: the next text opens it anew.
    opened.onclose = leave;
    opened.onversionchange = leave;
    database = opened;
    return opened;
  };
  watch(first);

  async function change(name: string, sealed: string | null): Promise<void> {
    const open = database ?? watch(await openProfile(indexedDb));
    // What is forgotten may come back with a power cut; what is written may not go with one.
    const transaction = open.transaction('texts', 'readwrite', { durability: sealed === null ? 'relaxed' : 'strict' });
    const texts = transaction.objectStore('texts');
    if (sealed === null) texts.delete(name);
    else texts.put(sealed, name);
    // Not left to the browser: it would do so after an answer that a page which ends never gets, and undo all.
    transaction.commit();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The storage of the browser failed.'));
    });
    windows.postMessage([name, sealed]);
  }

  return {
    async all() {
      const texts = first.transaction('texts').objectStore('texts');
      const [names, sealed] = await Promise.all([done(texts.getAllKeys()), done<string[]>(texts.getAll())]);
      return new Map(names.map((name, at) => [String(name), sealed[at] ?? '']));
    },
    write: (name, sealed) => change(name, sealed),
    forget: (name) => change(name, null),
    onElsewhere: (listener) =>
      windows.addEventListener('message', ({ data }: MessageEvent<readonly [string, string | null]>) => listener(...data)),
  };
}
