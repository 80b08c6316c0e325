import { describe, expect, it } from 'vitest';
import { bringIn, documentPlaces } from '../../../../renderer/app/documents/bring-in.ts';
import { findPages } from '../../../../renderer/app/documents/find-pages.ts';
import { openPages } from '../../../../renderer/app/documents/open-pages.ts';
import type { CommandOutcome, FetchedFile } from '../../../../renderer/bridge/index.ts';

/** A bridge that has these files. */
function bridgeWith(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  return {
    asked,
    async fetchFile(path: string): Promise<CommandOutcome<FetchedFile>> {
      asked.push(path);
      const content = files[path];
      if (content === undefined) return { ok: false, error: { code: 'not_found', message: '' } };
      return { ok: true, value: { name: null, content: new Blob([content]) } };
    },
  };
}
const fax = { fileId: 'f/1', mediaType: 'image/tiff' };

describe('a document that is opened', () => {
  it('has the pages of a fax drawn by the bridge, as wide as they are shown', async () => {
    const bridge = bridgeWith({
      '/api/message-files/f%2F1/pages': JSON.stringify({
        pages: [
          { width: 1728, height: 2290 },
          { width: 1728, height: 2290 },
        ],
      }),
      '/api/message-files/f%2F1/pages/2?width=960': 'second',
    });
    const source = await openPages(bridge, fax);
    expect(source?.pages).toEqual([
      { width: 1728, height: 2290 },
      { width: 1728, height: 2290 },
    ]);
    expect(source?.find).toBeUndefined();
    expect(await (await source?.draw(1, 960))?.text()).toBe('second');
    expect(await source?.draw(0, 960)).toBeNull();
  });

  it.each([
    ['is not to be had', {}],
    ['has no pages', { '/api/message-files/f%2F1/pages': '{"pages":[]}' }],
    ['is answered with something else', { '/api/message-files/f%2F1/pages': '<html>' }],
  ])('is none where it %s', async (_, files) => {
    expect(await openPages(bridgeWith(files), fax)).toBeNull();
  });

  it('is none where it is not what it says', async () => {
    const bridge = bridgeWith({ '/api/message-files/f%2F1': 'no picture' });
    expect(await openPages(bridge, { ...fax, mediaType: 'image/png' })).toBeNull();
  });
});

describe('words in a document', () => {
  const texts = ['We hereby can-\ncel', '合同 取\n消', 'ＣＡＮＣＥＬ the contract'];
  const find = (words: string) => findPages(words, texts.length, async (index) => texts[index] ?? '');

  it('are found whatever their case, width and lines', async () => {
    expect(await find('cancel')).toEqual([2]);
    expect(await find('取消')).toEqual([1]);
    expect(await find('hereby can')).toEqual([0]);
    expect(await find('  ')).toEqual([]);
    expect(await find('nothing')).toEqual([]);
  });
});

describe('a letter that is brought in by hand', () => {
  const place = { id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter' };

  it('goes to one of the places that the bridge names', async () => {
    expect(await documentPlaces(bridgeWith({ '/api/documents/sources': JSON.stringify({ sources: [place] }) }))).toEqual([place]);
    expect(await documentPlaces(bridgeWith({ '/api/documents/sources': '<html>' }))).toBeNull();
    expect(await documentPlaces(bridgeWith({}))).toBeNull();
  });

  it('is stored, known already, or refused', async () => {
    const file = new File(['x'], 'letter.pdf');
    const bring = (value: unknown, contactId: string | null = null) => {
      const asked: string[] = [];
      const sendFile = async (path: string) => {
        asked.push(path);
        return value as CommandOutcome<unknown>;
      };
      return bringIn({ sendFile }, { sourceId: 'a b', contactId }, file).then((outcome) => ({ asked, outcome }));
    };
    expect(await bring({ ok: true, value: { outcome: 'known' } })).toEqual({
      asked: ['/api/documents?sourceId=a%20b'],
      outcome: { ok: true, value: { outcome: 'known' } },
    });
    const ofSomebody = await bring({ ok: true, value: { outcome: 'kept' } }, 'c&1');
    expect(ofSomebody.asked).toEqual(['/api/documents?sourceId=a%20b&contactId=c%261']);
    const refused = { ok: false, error: { code: 'too_large', message: '' } };
    expect((await bring(refused)).outcome).toEqual(refused);
    expect((await bring({ ok: true, value: 'odd' })).outcome.ok).toBe(false);
  });
});
