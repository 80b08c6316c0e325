import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { clearJournals, draftJournal, type KeptTexts, openKeptTexts } from '../../../../renderer/desktop/index.ts';

const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']) as Promise<CryptoKey>;

/** The storage of a browser; its entries are own properties, as there. */
function memoryStorage(room = Number.POSITIVE_INFINITY): Storage {
  const storage = Object.create({
    getItem: (name: string) => (storage as Record<string, string>)[name] ?? null,
    setItem(name: string, value: string) {
      if (JSON.stringify(storage).length + value.length > room) throw new DOMException('full', 'QuotaExceededError');
      (storage as Record<string, string>)[name] = value;
    },
    removeItem: (name: string) => void delete (storage as Record<string, string>)[name],
  }) as Storage;
  return storage;
}

let storage: Storage;
let key: CryptoKey;
let reported: string[];
let windows: EventTarget;

const open = (given: Partial<{ storage: Storage; key: CryptoKey | null }> = {}): Promise<KeptTexts> =>
  openKeptTexts({
    storage,
    key,
    clearPrefixes: clearJournals,
    elsewhere: windows,
    report: (event, facts) => reported.push(`${event} ${JSON.stringify(facts)}`),
    ...given,
  });

beforeEach(async () => {
  storage = memoryStorage();
  key = await newKey();
  reported = [];
  windows = new EventTarget();
});

describe('texts that outlive the page', () => {
  it('are there again, and nobody who reads the storage can read them', async () => {
    const texts = await open();
    texts.write('draft.u-1.i-1', 'Frau Lenz möchte 退款 vor dem 25.');
    await texts.settled();
    const lying = JSON.stringify(storage);
    for (const word of ['Lenz', '退款', btoa('Frau Lenz')]) expect(lying).not.toContain(word);
    expect((await open()).read('draft.u-1.i-1')).toBe('Frau Lenz möchte 退款 vor dem 25.');
  });

  it('are sealed anew each time, so that two equal texts look different', async () => {
    const texts = await open();
    texts.write('a', 'the same');
    texts.write('b', 'the same');
    await texts.settled();
    expect(new Set(Object.values(storage)).size).toBe(2);
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
        storage = memoryStorage();
        windows = new EventTarget();
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
    (storage as unknown as Record<string, string>)['crosspoint.kept.moved'] = storage.getItem('crosspoint.kept.mine') ?? '';
    const later = await open();
    expect([later.read('mine'), later.read('moved')]).toEqual(['words', null]);
    expect(reported).toEqual(['texts:not-opened {"name":"moved"}']);
    const stranger = await open({ key: await newKey() });
    expect(stranger.names('')).toEqual([]);
    await open({ key: await newKey() });
    expect(reported).toEqual(['texts:not-opened {"name":"moved"}', 'texts:not-opened {"name":"mine"}']);
    expect(Object.keys(storage).sort()).toEqual(['crosspoint.aside.mine', 'crosspoint.aside.moved']);
  });

  it('that an earlier version kept in clear are taken over once, and lie in clear no more', async () => {
    Object.assign(storage, { 'crosspoint.draft.u-1.i-1': 'old words', 'crosspoint.settings': '{}' });
    const texts = await open();
    expect(draftJournal(texts, () => 'u-1').all()).toEqual([{ interactionId: 'i-1', text: 'old words' }]);
    expect(JSON.stringify(storage)).not.toContain('old words');
    expect(storage.getItem('crosspoint.settings')).toBe('{}');
    expect((await open()).read('draft.u-1.i-1')).toBe('old words');
  });

  it('live in memory alone without a key, and what lay there in clear stays readable', async () => {
    Object.assign(storage, { 'crosspoint.draft.u-1.i-1': 'old words' });
    const texts = await open({ key: null });
    texts.write('draft.u-1.i-2', 'new words');
    expect([texts.isKept(), texts.read('draft.u-1.i-1'), texts.read('draft.u-1.i-2')]).toEqual([false, 'old words', 'new words']);
    expect(Object.keys(storage)).toEqual(['crosspoint.draft.u-1.i-1']);
  });

  it('that find no room are still in memory, told of, and kept when there is room again', async () => {
    storage = memoryStorage(300);
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

  it('follow what another window of the same computer writes and forgets', async () => {
    const [one, other] = [await open(), await open()];
    const tell = (newValue: string | null) =>
      windows.dispatchEvent(Object.assign(new Event('storage'), { key: 'crosspoint.kept.a', newValue, storageArea: storage }));
    one.write('a', 'from there');
    await one.settled();
    tell(storage.getItem('crosspoint.kept.a'));
    await expect.poll(() => other.read('a')).toBe('from there');
    one.forget('a');
    tell(null);
    expect(other.read('a')).toBeNull();
  });
});
