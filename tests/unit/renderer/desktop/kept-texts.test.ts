import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { clearJournals, draftJournal, type KeptTexts, openKeptTexts, type TextDisk } from '../../../../renderer/desktop/index.ts';

const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']) as Promise<CryptoKey>;

/** The storage of a browser; its entries are own properties, as there. */
function memoryStorage(): Storage {
  const storage = Object.create({
    getItem: (name: string) => (storage as Record<string, string>)[name] ?? null,
    removeItem: (name: string) => void delete (storage as Record<string, string>)[name],
  }) as Storage;
  return storage;
}

/** A disk that settles what it is told in that order, each a turn later; `windows` are those that have it open. */
class MemoryDisk implements TextDisk {
  readonly lying = new Map<string, string>();
  readonly windows: ((name: string, sealed: string | null) => void)[] = [];
  /** How often it was written to. */
  writings = 0;
  room = Number.POSITIVE_INFINITY;
  #before: Promise<unknown> = Promise.resolve();

  all(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(this.lying));
  }

  write(name: string, sealed: string): Promise<void> {
    return this.#then(() => {
      if (sealed.length > this.room) throw new DOMException('full', 'QuotaExceededError');
      this.writings += 1;
      this.lying.set(name, sealed);
    });
  }

  forget(name: string): Promise<void> {
    return this.#then(() => void this.lying.delete(name));
  }

  onElsewhere(listener: (name: string, sealed: string | null) => void): void {
    this.windows.push(listener);
  }

  #then(change: () => void): Promise<void> {
    const done = this.#before.then(change);
    this.#before = done.catch(() => undefined);
    return done;
  }
}

let storage: Storage;
let disk: MemoryDisk;
let key: CryptoKey;
let reported: string[];

const open = (given: Partial<{ disk: TextDisk | null; key: CryptoKey | null }> = {}): Promise<KeptTexts> =>
  openKeptTexts({
    disk,
    key,
    earlier: { storage, clearPrefixes: clearJournals },
    report: (event, facts) => reported.push(`${event} ${JSON.stringify(facts)}`),
    ...given,
  });

beforeEach(async () => {
  storage = memoryStorage();
  disk = new MemoryDisk();
  key = await newKey();
  reported = [];
});

describe('texts that outlive the page', () => {
  it('are there again, and nobody who reads the storage can read them', async () => {
    const texts = await open();
    texts.write('draft.u-1.i-1', 'Frau Lenz möchte 退款 vor dem 25.');
    await texts.settled();
    const lying = JSON.stringify([...disk.lying]);
    for (const word of ['Lenz', '退款', btoa('Frau Lenz')]) expect(lying).not.toContain(word);
    expect((await open()).read('draft.u-1.i-1')).toBe('Frau Lenz möchte 退款 vor dem 25.');
  });

  it('are sealed anew each time, so that two equal texts look different', async () => {
    const texts = await open();
    texts.write('a', 'the same');
    texts.write('b', 'the same');
    await texts.settled();
    expect(new Set(disk.lying.values()).size).toBe(2);
  });

  it('are the last ones written, whatever was written, forgotten and interrupted in between', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), name: fc.constantFrom('a', 'b'), text: fc.string() }) },
      fc.record({ kind: fc.constant('forget' as const), name: fc.constantFrom('a', 'b') }),
      fc.constant({ kind: 'breathe' as const }),
      fc.constant({ kind: 'again' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        disk = new MemoryDisk();
        let texts = await open();
        const expected = new Map<string, string>();
        for (const each of steps) {
          if (each.kind === 'write') {
            texts.write(each.name, each.text);
            expected.set(each.name, each.text);
          } else if (each.kind === 'forget') {
            texts.forget(each.name);
            expected.delete(each.name);
          } else if (each.kind === 'breathe') {
            await Promise.resolve();
          } else {
            await texts.settled();
            texts = await open();
          }
        }
        await texts.settled();
        const after = await open();
        expect(Object.fromEntries(after.names('').map((name) => [name, after.read(name)]))).toEqual(Object.fromEntries(expected));
      }),
      { seed: 8, numRuns: 60 },
    );
    expect(reported).toEqual([]);
  });

  it('of another key, or moved to another name, are put aside and told of, once', async () => {
    const texts = await open();
    texts.write('mine', 'words');
    await texts.settled();
    disk.lying.set('kept.moved', disk.lying.get('kept.mine') ?? '');
    const later = await open();
    expect([later.read('mine'), later.read('moved')]).toEqual(['words', null]);
    expect(reported).toEqual(['texts:not-opened {"name":"moved"}']);
    const stranger = await open({ key: await newKey() });
    expect(stranger.names('')).toEqual([]);
    await open({ key: await newKey() });
    expect(reported).toEqual(['texts:not-opened {"name":"moved"}', 'texts:not-opened {"name":"mine"}']);
    expect([...disk.lying.keys()].sort()).toEqual(['aside.mine', 'aside.moved']);
  });

  it('that an earlier version kept in clear are taken over once, and lie in clear no more', async () => {
    Object.assign(storage, { 'crosspoint.draft.u-1.i-1': 'old words', 'crosspoint.settings': '{}' });
    const texts = await open();
    expect(draftJournal(texts, () => 'u-1').all()).toEqual([{ interactionId: 'i-1', text: 'old words' }]);
    expect(JSON.stringify(storage)).not.toContain('old words');
    expect(storage.getItem('crosspoint.settings')).toBe('{}');
    expect((await open()).read('draft.u-1.i-1')).toBe('old words');
  });

  it('that an earlier version sealed where the browser writes late are taken over once', async () => {
    const texts = await open();
    texts.write('draft.u-1.i-1', 'sealed words');
    await texts.settled();
    Object.assign(storage, {
      'crosspoint.kept.draft.u-1.i-1': disk.lying.get('kept.draft.u-1.i-1'),
      'crosspoint.aside.x': 'of another key',
    });
    disk = new MemoryDisk();
    expect((await open()).read('draft.u-1.i-1')).toBe('sealed words');
    expect([Object.keys(storage), [...disk.lying.keys()].sort()]).toEqual([[], ['aside.x', 'kept.draft.u-1.i-1']]);
    expect(reported).toEqual([]);
  });

  it.each(['key', 'disk'])('live in memory alone without a %s, and what lay there in clear stays readable', async (missing) => {
    Object.assign(storage, { 'crosspoint.draft.u-1.i-1': 'old words' });
    const texts = await open({ [missing]: null });
    texts.write('draft.u-1.i-2', 'new words');
    texts.forget('draft.u-1.i-3');
    await texts.settled();
    expect([texts.isKept(), texts.read('draft.u-1.i-1'), texts.read('draft.u-1.i-2')]).toEqual([false, 'old words', 'new words']);
    expect([Object.keys(storage), disk.lying.size]).toEqual([['crosspoint.draft.u-1.i-1'], 0]);
  });

  it('that find no room are still in memory, told of, and kept when there is room again', async () => {
    disk.room = 300;
    const texts = await open();
    const turns: boolean[] = [];
    texts.onChange(() => turns.push(texts.isKept()));
    texts.write('long', 'x'.repeat(400));
    await texts.settled();
    expect([texts.read('long')?.length, texts.isKept()]).toEqual([400, false]);
    texts.write('long', 'short');
    await texts.settled();
    expect(turns).toEqual([false, true]);
    expect(reported).toEqual(['texts:not-kept {"why":"QuotaExceededError"}']);
  });

  it('wait for a slow disk one at a time: of what was typed meanwhile only the last is written', async () => {
    const waiting: (() => void)[] = [];
    const write = disk.write.bind(disk);
    disk.write = (name, sealed) => new Promise<void>((resolve) => waiting.push(resolve)).then(() => write(name, sealed));
    const texts = await open();
    texts.write('a', 'y');
    await expect.poll(() => waiting.length).toBe(1);
    for (const text of ['ye', 'yes', 'yes,']) texts.write('a', text);
    expect(texts.read('a')).toBe('yes,');
    waiting.shift()?.();
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    await texts.settled();
    expect(disk.writings).toBe(2);
    expect((await open()).read('a')).toBe('yes,');
  });

  it('follow what another window of the same computer writes and forgets', async () => {
    const [one, other] = [await open(), await open()];
    const tell = (sealed: string | null) => disk.windows[1]?.('kept.a', sealed);
    one.write('a', 'from there');
    await one.settled();
    tell(disk.lying.get('kept.a') ?? '');
    await expect.poll(() => other.read('a')).toBe('from there');
    one.forget('a');
    tell(null);
    expect(other.read('a')).toBeNull();
  });
});
