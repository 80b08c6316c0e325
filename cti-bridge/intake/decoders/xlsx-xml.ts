import { SaxesParser } from 'saxes';
import { UnreadableFile } from './decoded.ts';

/** What a reader of one part of a workbook is told. Names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Feeds the listener; yields after each chunk with the unpacked bytes so far, so that what was gathered can be taken away. */
export async function* parseXmlStream(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<number> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('doctype', () => {
    // No spreadsheet program writes one, and entities are what makes XML dangerous.
    throw new UnreadableFile('damaged', 'The workbook contains a document type, which no spreadsheet program writes.');
  });
  parser.on('error', (error) => {
    throw new UnreadableFile('damaged', `A part of the workbook is not well formed: ${error.message}.`);
  });
  parser.on('opentag', ({ name, attributes }) => listener.open(withoutPrefix(name), attributes));
  parser.on('closetag', ({ name }) => listener.close(withoutPrefix(name)));
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    parser.write(decoder.decode(chunk, { stream: true }));
    yield bytes;
  }
  parser.write(decoder.decode());
  parser.close();
  yield bytes;
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
