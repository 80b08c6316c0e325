import type { PageReport } from './page-report.ts';

/**
 * Short texts that outlive the page, in the browser's own storage and encrypted there (AES-GCM). Memory is the truth, so reading and writing need no
 * waiting; what is written is in the storage a moment later, usually within a millisecond. The name of a text is sealed with it: an entry that was
 * copied to another name does not open.
 */
export interface KeptTexts {
  names(prefix: string): readonly string[];
  read(name: string): string | null;
  write(name: string, text: string): void;
  forget(name: string): void;
  /** Whether what is written outlives this page. If not, it lives in memory alone and somebody should be told. */
  isKept(): boolean;
  /** Called when `isKept` turned. Returns the function that stops listening. */
  onChange(listener: () => void): () => void;
  /** Settles when all that was written is in the storage, or could not be put there. */
  settled(): Promise<void>;
}

export interface KeptTextsOptions {
  readonly storage: Storage;
  /** Null where there is none: without a secure connection, with storage blocked, without the key store of the operating system. */
  readonly key: CryptoKey | null;
  /** Names that were kept in clear by an earlier version: taken over, then removed. */
  readonly clearPrefixes: readonly string[];
  /** Changes of the storage by other windows of the same computer, as the page's `storage` event tells them. */
  readonly elsewhere: Pick<EventTarget, 'addEventListener'>;
  /** One line, without any content. */
  readonly report: PageReport;
}

const sealedPrefix = 'crosspoint.kept.';
/** What another key sealed: not thrown away, not asked again. */
const asidePrefix = 'crosspoint.aside.';
const ivBytes = 12;

/** Opens what is kept. Never fails: what cannot be opened is put aside and reported. */
export async function openKeptTexts(options: KeptTextsOptions): Promise<KeptTexts> {
  const { storage, key, report } = options;
  const texts = new Map<string, string>();
  const writing = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  let isKept = key !== null;

  const turn = (now: boolean) => {
    if (isKept === now) return;
    isKept = now;
    for (const listener of listeners) listener();
  };

  /** Seals the text as it is now, and again when it changed meanwhile; what was forgotten meanwhile is not written. */
  async function put(name: string, by: CryptoKey): Promise<void> {
    try {
      for (;;) {
        const text = texts.get(name);
        if (text === undefined) return;
        const sealed = await seal(by, name, text);
        if (texts.get(name) !== text) continue;
        storage.setItem(sealedPrefix + name, sealed);
        return turn(true);
      }
    } catch (error) {
      // The storage is full or was blocked: the text is still in memory and on its way to the bridge.
      report('texts:not-kept', { why: error instanceof Error ? error.name : 'unknown' });
      turn(false);
    } finally {
      writing.delete(name); // in the same breath: what is written from now on begins anew
    }
  }

  function keep(name: string): void {
    if (key !== null && !writing.has(name)) writing.set(name, put(name, key));
  }

  function write(name: string, text: string): void {
    texts.set(name, text);
    keep(name);
  }

  function forget(name: string): void {
    texts.delete(name);
    remove(storage, sealedPrefix + name);
  }

  async function take(name: string, sealed: string, by: CryptoKey): Promise<void> {
    const before = texts.get(name);
    const text = await unseal(by, name, sealed);
    // What was written here meanwhile is newer.
    if (writing.has(name) || texts.get(name) !== before) return;
    if (text !== null) {
      texts.set(name, text);
      return;
    }
    report('texts:not-opened', { name });
    try {
      storage.setItem(asidePrefix + name, sealed);
      storage.removeItem(sealedPrefix + name);
    } catch {
      // No room to put it aside: it stays where it is.
    }
  }

  if (key !== null) {
    const sealed = namesIn(storage).filter((name) => name.startsWith(sealedPrefix));
    await Promise.all(sealed.map((name) => take(name.slice(sealedPrefix.length), storage.getItem(name) ?? '', key)));
    options.elsewhere.addEventListener('storage', (event) => {
      const { key: changed, newValue, storageArea } = event as StorageEvent;
      if (storageArea !== storage || !changed?.startsWith(sealedPrefix)) return;
      const name = changed.slice(sealedPrefix.length);
      if (newValue !== null) void take(name, newValue, key);
      else if (!writing.has(name)) texts.delete(name);
    });
  }
  for (const name of namesIn(storage).filter((each) => options.clearPrefixes.some((prefix) => each.startsWith(prefix)))) {
    const short = name.slice('crosspoint.'.length);
    if (!texts.has(short)) write(short, storage.getItem(name) ?? '');
    await writing.get(short);
    // Only what is safe elsewhere is removed from where it was.
    if (isKept) remove(storage, name);
  }

  return {
    names: (prefix) => [...texts.keys()].filter((name) => name.startsWith(prefix)),
    read: (name) => texts.get(name) ?? null,
    write,
    forget,
    isKept: () => isKept,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settled: async () => void (await Promise.all(writing.values())),
  };
}

async function seal(key: CryptoKey, name: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) },
    key,
    new TextEncoder().encode(text),
  );
  return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Null when this key did not seal it under this name, or it is damaged. */
async function unseal(key: CryptoKey, name: string, sealed: string): Promise<string | null> {
  try {
    const bytes = Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0));
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, ivBytes), additionalData: new TextEncoder().encode(name) },
      key,
      bytes.subarray(ivBytes),
    );
    return new TextDecoder().decode(text);
  } catch {
    return null;
  }
}

/** In steps: more arguments than this overflow the stack. */
function toBase64(bytes: Uint8Array): string {
  const step = 8_192;
  let letters = '';
  for (let at = 0; at < bytes.length; at += step) letters += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(letters);
}

function namesIn(storage: Storage): readonly string[] {
  try {
    return Object.keys(storage);
  } catch {
    return []; // blocked
  }
}

function remove(storage: Storage, name: string): void {
  try {
    storage.removeItem(name);
  } catch {
    // Blocked: nothing was written there either.
  }
}
