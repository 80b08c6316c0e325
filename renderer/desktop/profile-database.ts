/** What this computer's profile keeps for the desktop: the key of its texts, and the sealed texts. */
export function openProfile(indexedDb: IDBFactory): Promise<IDBDatabase> {
  const opening = indexedDb.open('crosspoint', 2);
  opening.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) opening.result.createObjectStore('keys');
    if (oldVersion < 2) opening.result.createObjectStore('texts');
  };
  return done(opening);
}

export function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The storage of the browser failed.'));
  });
}
