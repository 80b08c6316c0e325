import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import { done, openProfile } from './profile-database.ts';

/** What the key must be found within; a page does not wait longer for its first picture. */
const limitMs = 2_000;
const algorithm = { name: 'AES-GCM', length: 256 } as const;

/**
 * The key of the texts this computer keeps. In Electron it lies in the key store of the operating system (`safeStorage`); in a browser it is made
 * in the profile and cannot be taken out of it by a script. Null where neither can be had.
 */
export async function textKey(desktop: DesktopApi, page: Pick<Window, 'indexedDB' | 'isSecureContext'>): Promise<CryptoKey | null> {
  if (!page.isSecureContext) return null;
  const found = desktop.kind === 'electron' ? keyFromSecrets(desktop) : keyFromProfile(() => page.indexedDB);
  return Promise.race([found, new Promise<null>((resolve) => setTimeout(resolve, limitMs, null))]).catch(() => null);
}

async function keyFromSecrets(desktop: DesktopApi): Promise<CryptoKey | null> {
  const { value } = await desktop.call('secret:read', { name: 'texts' });
  const bytes =
    value === null ? crypto.getRandomValues(new Uint8Array(32)) : Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0));
  if (value === null) {
    const { isKept } = await desktop.call('secret:write', { name: 'texts', value: btoa(String.fromCharCode(...bytes)) });
    if (!isKept) return null;
  }
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['encrypt', 'decrypt']);
}

/** Of two windows that begin at the same time the first one's key counts: it is added, never replaced. */
async function keyFromProfile(indexedDb: () => IDBFactory): Promise<CryptoKey> {
  const database = await openProfile(indexedDb());
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
