import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { UnreadableFile } from './decoded.ts';
import { type CellTexts, unescaped } from './xlsx-sheet.ts';
import { parseXmlStream, type XmlListener } from './xlsx-xml.ts';

/**
 * What an .xlsx file may be before it is opened. A zip tells the unpacked size of its parts: a file of a megabyte can claim, or hide, a
 * terabyte. What is claimed is judged here; that the claim is true is judged while unpacking, part by part, before a byte too much is read.
 */
export const workbookLimits = { parts: 2_000, unpackedBytes: 2 * 1024 ** 3, sharedTextCharacters: 128 * 1024 ** 2 } as const;

export interface Workbook {
  readonly fileBytes: number;
  readTexts(): Promise<CellTexts>;
  /** The first sheet, in the order in which they are shown. */
  openSheet(): Promise<AsyncIterable<Uint8Array>>;
  /** How far into the file so many unpacked bytes of the sheet are, for a progress bar. */
  bytesOf(unpackedBytes: number): number;
  close(): void;
}

export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await opened(file);
  try {
    const parts = await listParts(zip);
    const read = (name: string) => partStream(zip, parts, name);
    const book = new BookParts();
    await drain(parseXmlStream(await read('xl/workbook.xml'), book));
    const relations = new Relations();
    await drain(parseXmlStream(await read('xl/_rels/workbook.xml.rels'), relations));
    const sheetName = relations.target(book.firstSheetRelation);
    const sheet = sheetName === null ? undefined : parts.get(sheetName);
    if (sheetName === null || !sheet) throw new UnreadableFile('noSheet', 'The workbook has no sheet with rows.');

    return {
      fileBytes: zip.fileSize,
      readTexts: async () => {
        const shared = new SharedTexts();
        const sharedName = relations.ofType('sharedStrings');
        if (sharedName !== null && parts.has(sharedName)) await drain(parseXmlStream(await read(sharedName), shared));
        const styles = new Styles();
        const stylesName = relations.ofType('styles');
        if (stylesName !== null && parts.has(stylesName)) await drain(parseXmlStream(await read(stylesName), styles));
        return { shared: shared.texts, formats: styles.formats, isFrom1904: book.isFrom1904 };
      },
      openSheet: () => read(sheetName),
      bytesOf: (unpacked) => Math.floor(zip.fileSize * Math.min(1, unpacked / Math.max(1, sheet.uncompressedSize))),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function drain(stream: AsyncGenerator<number>): Promise<void> {
  for await (const _ of stream);
}

function damaged(error: Error): UnreadableFile {
  return new UnreadableFile('damaged', `The workbook is damaged: ${error.message}.`, { cause: error });
}

async function opened(file: string): Promise<yauzl.ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<yauzl.ZipFile>();
  yauzl.open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
    if (error) reject(damaged(error));
    else resolve(zip);
  });
  return promise;
}

async function listParts(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  if (zip.entryCount > workbookLimits.parts) {
    throw new UnreadableFile('tooManyParts', `The workbook has ${zip.entryCount} parts; ${workbookLimits.parts} are allowed.`);
  }
  const parts = new Map<string, yauzl.Entry>();
  let unpacked = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  zip.on('entry', (entry: yauzl.Entry) => {
    unpacked += entry.uncompressedSize;
    if (unpacked > workbookLimits.unpackedBytes) {
      reject(new UnreadableFile('tooLargeUnpacked', `Unpacked, the workbook is larger than ${workbookLimits.unpackedBytes} bytes.`));
      return;
    }
    if (entry.isEncrypted()) return reject(new UnreadableFile('protected', 'The workbook is protected by a password.'));
    parts.set(entry.fileName.replace(/^\//, ''), entry);
    zip.readEntry();
  });
  zip.on('end', resolve);
  zip.on('error', (error: Error) => reject(damaged(error)));
  zip.readEntry();
  await promise;
  return parts;
}

async function partStream(zip: yauzl.ZipFile, parts: ReadonlyMap<string, yauzl.Entry>, name: string): Promise<AsyncIterable<Uint8Array>> {
  const entry = parts.get(name);
  if (!entry) throw new UnreadableFile('unknownFormat', `This is no .xlsx workbook: it has no part ${name}.`);
  const { promise, resolve, reject } = Promise.withResolvers<Readable>();
  zip.openReadStream(entry, (error, stream) => (error ? reject(damaged(error)) : resolve(stream)));
  return told(await promise);
}

/** Errors of unpacking, as what they mean to the person who sent the file. */
async function* told(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged(error as Error);
  }
}

class BookParts implements XmlListener {
  firstSheetRelation = '';
  isFrom1904 = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'workbookPr') this.isFrom1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
    if (name !== 'sheet' || this.firstSheetRelation !== '' || (attributes.state ?? 'visible') !== 'visible') return;
    const relation = Object.entries(attributes).find(([attribute]) => attribute.endsWith(':id'));
    this.firstSheetRelation = relation?.[1] ?? '';
  }
  text(): void {}
  close(): void {}
}

class Relations implements XmlListener {
  readonly #targets = new Map<string, { readonly type: string; readonly name: string }>();

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'Relationship') return;
    const target = attributes.Target ?? '';
    // Targets are relative to xl/, or absolute within the package.
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    this.#targets.set(attributes.Id ?? '', { type: attributes.Type ?? '', name: part });
  }
  text(): void {}
  close(): void {}

  target(id: string): string | null {
    return this.#targets.get(id)?.name ?? null;
  }
  ofType(type: string): string | null {
    return [...this.#targets.values()].find((each) => each.type.endsWith(`/${type}`))?.name ?? null;
  }
}

class SharedTexts implements XmlListener {
  readonly texts: string[] = [];
  #current = '';
  #isText = false;
  #isPhonetic = false;
  #characters = 0;

  open(name: string): void {
    if (name === 'si') this.#current = '';
    else if (name === 't') this.#isText = !this.#isPhonetic;
    // How a name is read aloud (Japanese) is not part of it.
    else if (name === 'rPh') this.#isPhonetic = true;
  }
  text(text: string): void {
    if (!this.#isText) return;
    this.#characters += text.length;
    if (this.#characters > workbookLimits.sharedTextCharacters) {
      throw new UnreadableFile('tooManyTexts', 'The texts of the workbook are too large together. Save it as CSV (UTF-8) and import that.');
    }
    this.#current += text;
  }
  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
    else if (name === 'si') this.texts.push(unescaped(this.#current));
  }
}

/** Which number formats show a date: the built-in ones (ECMA-376 part 1, 18.8.30) and those with a day, month, year or hour in them. */
class Styles implements XmlListener {
  readonly formats: ('date' | 'dateTime' | 'time' | null)[] = [];
  readonly #own = new Map<number, string>();
  #isCellFormats = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'numFmt') this.#own.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
    else if (name === 'cellXfs') this.#isCellFormats = true;
    else if (name === 'xf' && this.#isCellFormats) this.formats.push(this.#kind(Number(attributes.numFmtId ?? 0)));
  }
  text(): void {}
  close(name: string): void {
    if (name === 'cellXfs') this.#isCellFormats = false;
  }

  #kind(id: number): 'date' | 'dateTime' | 'time' | null {
    const code = this.#own.get(id);
    if (code === undefined) {
      if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
      if (id === 22) return 'dateTime';
      return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'time' : null;
    }
    const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').toLowerCase();
    const hasDay = /[dy]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
    const hasTime = /[hs]/.test(bare);
    if (/general/.test(bare)) return null;
    if (hasDay) return hasTime ? 'dateTime' : 'date';
    return hasTime ? 'time' : null;
  }
}
