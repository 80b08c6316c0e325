import type { PageReport } from './page-report.ts';
import type { TextDisk } from './text-disk.ts';

/**
 * Short texts that outlive the page, on the disk of this computer and encrypted there (AES-GCM). Memory is the truth, so reading and writing need no
 * waiting; what is written is on the disk a moment later, usually within some milliseconds. One writing at a time of each text: whoever types faster
 * than the disk is slow has the last words there next. The name of a text is sealed with it: an entry that was copied to another name does not open.
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
  /** Settles when all that was written is on the disk, or could not be put there. */
  settled(): Promise<void>;
}

export interface KeptTextsOptions {
  /** Null where the storage is blocked. */
  readonly disk: TextDisk | null;
  /** Null where there is none: without a secure connection, with storage blocked, without the key store of the operating system. */
  readonly key: CryptoKey | null;
  /** Where earlier versions kept texts: sealed, or in clear under names that begin so. They are taken over, then removed. */
  readonly earlier: { readonly storage: Storage; readonly clearPrefixes: readonly string[] };
  /** One line, without any content. */
  readonly report: PageReport;
}

const sealedPrefix = 'kept.';
/** What another key sealed: not thrown away, not asked again. */
const asidePrefix = 'aside.';
const ivBytes = 12;

/** Opens what is kept. Never fails: what cannot be opened is put aside and reported. */
export async function openKeptTexts({ disk, key, earlier, report }: KeptTextsOptions): Promise<KeptTexts> {
  /** Each writing is an object of its own, so that the same words written again are a new one. */
  const texts = new Map<string, { readonly text: string }>();
  const writing = new Map<string, Promise<void>>();
  const forgetting = new Set<Promise<void>>();
  const listeners = new Set<() => void>();
  const keeper = disk && key && { disk, key };
  let isKept = keeper !== null;

  const turn = (now: boolean) => {
    if (isKept === now) return;
    isKept = now;
    for (const listener of listeners) listener();
  };

  /** Seals the text as it is now, and again when it changed meanwhile; what was forgotten meanwhile is not written. */
  async function put(name: string, { disk, key }: Keeper): Promise<void> {
    try {
      for (;;) {
        const written = texts.get(name);
        if (!written) return;
        const sealed = await seal(key, name, written.text);
        if (texts.get(name) !== written) continue;
        await disk.write(sealedPrefix + name, sealed);
        turn(true);
        if (texts.get(name) === written) return;
      }
    } catch (error) {
      // The disk is full or was blocked: the text is still in memory and on its way to the bridge.
      report('texts:not-kept', { why: error instanceof Error ? error.name : 'unknown' });
      turn(false);
    } finally {
      writing.delete(name); // in the same breath: what is written from now on begins anew
    }
  }

  function write(name: string, text: string): void {
    texts.set(name, { text });
    if (keeper && !writing.has(name)) writing.set(name, put(name, keeper));
  }

  function forget(name: string): void {
    texts.delete(name);
    if (!keeper) return;
    // Where the disk takes nothing any more, it has nothing newer either.
    const gone = keeper.disk.forget(sealedPrefix + name).catch(() => undefined);
    forgetting.add(gone);
    void gone.then(() => forgetting.delete(gone));
  }

  async function take(name: string, sealed: string, { disk, key }: Keeper): Promise<void> {
    const before = texts.get(name);
    const text = await unseal(key, name, sealed);
    // What was written here meanwhile is newer.
    if (writing.has(name) || texts.get(name) !== before) return;
    if (text !== null) {
      texts.set(name, { text });
      return;
    }
    report('texts:not-opened', { name });
    try {
      await disk.write(asidePrefix + name, sealed);
      await disk.forget(sealedPrefix + name);
    } catch {
      // No room to put it aside: it stays where it is.
    }
  }

  if (keeper) {
    await openAll(keeper).catch(() => turn(false));
    keeper.disk.onElsewhere((entry, sealed) => {
      if (!entry.startsWith(sealedPrefix)) return;
      const name = entry.slice(sealedPrefix.length);
      if (sealed !== null) void take(name, sealed, keeper);
      else if (!writing.has(name)) texts.delete(name);
    });
  }
  for (const name of namesIn(earlier.storage).filter((each) => earlier.clearPrefixes.some((prefix) => each.startsWith(prefix)))) {
    const short = name.slice('crosspoint.'.length);
    if (!texts.has(short)) write(short, earlier.storage.getItem(name) ?? '');
    await writing.get(short);
    // Only what is safe elsewhere is removed from where it was.
    if (isKept) remove(earlier.storage, name);
  }

  async function openAll(keeper: Keeper): Promise<void> {
    const lying = new Map(await keeper.disk.all());
    for (const name of namesIn(earlier.storage).filter((each) => /^crosspoint\.(kept|aside)\./.test(each))) {
      const entry = name.slice('crosspoint.'.length);
      const sealed = earlier.storage.getItem(name) ?? '';
      if (!lying.has(entry)) await keeper.disk.write(entry, sealed);
      lying.set(entry, lying.get(entry) ?? sealed);
      remove(earlier.storage, name);
    }
    const kept = [...lying].filter(([entry]) => entry.startsWith(sealedPrefix));
    await Promise.all(kept.map(([entry, sealed]) => take(entry.slice(sealedPrefix.length), sealed, keeper)));
  }

  return {
    names: (prefix) => [...texts.keys()].filter((name) => name.startsWith(prefix)),
    read: (name) => texts.get(name)?.text ?? null,
    write,
    forget,
    isKept: () => isKept,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settled: async () => void (await Promise.all([...writing.values(), ...forgetting])),
  };
}

interface Keeper {
  readonly disk: TextDisk;
  readonly key: CryptoKey;
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
