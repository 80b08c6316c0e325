/** What the key must be found within; a page does not wait longer for its first picture. */
const limitMs = 2_000;
const algorithm = { name: 'AES-GCM', length: 256 } as const;

/** The key of the texts this computer keeps. It is made in the profile, and no script can take it out of there. Null where it cannot be had. */
export async function textKey(page: Pick<Window, 'indexedDB' | 'isSecureContext'>): Promise<CryptoKey | null> {
  if (!page.isSecureContext) return null;
  return Promise.race([keyFromProfile(() => page.indexedDB), new Promise<null>((resolve) => setTimeout(resolve, limitMs, null))]).catch(
    () => null,
  );
}

/** Of two windows that begin at the same time the first one's key counts: it is added, never replaced. */
async function keyFromProfile(indexedDb: () => IDBFactory): Promise<CryptoKey> {
  const opening = indexedDb().open('crosspoint', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  const database = await done(opening);
  try {
    const fresh = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    const keys = database.transaction('keys', 'readwrite').objectStore('keys');
    const known = await done<CryptoKey | undefined>(keys.get('texts'));
    if (known !== undefined) return known;
    await done(keys.add(fresh, 'texts'));
    return fresh;
  } finally {
    database.close();
  }
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The storage of the browser failed.'));
  });
}
