import { createReadStream } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { type ByteSource, decodeCsv, detectCsv } from './csv.ts';
import { type CsvDelimiter, csvDelimiters } from './csv-rows.ts';
import { type DecodedBatch, UnreadableFile } from './decoded.ts';
import { byteOrderMark, type TextEncoding, textEncodings } from './encoding.ts';
import { decodeVcards } from './vcard.ts';
import { decodeXlsx } from './xlsx.ts';

export type FileFormat = 'csv' | 'xlsx' | 'vcard' | 'json';

/** How a file is read: found out, or chosen by whoever knows better. Encoding and delimiter are null where the format knows none. */
export interface FileReading {
  readonly format: FileFormat;
  readonly encoding: TextEncoding | null;
  readonly delimiter: CsvDelimiter | null;
}
export type ChosenReading = Partial<Pick<FileReading, 'encoding' | 'delimiter'>>;

/** What the first bytes say it is; the name of a file is only believed where they say nothing. Throws `UnreadableFile`. */
export async function detectFormat(file: string, name: string): Promise<FileFormat> {
  const handle = await openFile(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0).finally(() => handle.close());
  const head = buffer.subarray(0, bytesRead);
  if (head.length === 0) throw new UnreadableFile('empty', 'The file is empty.');
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'xlsx';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new UnreadableFile(
      'oldExcel',
      'This is an old Excel file (.xls) or a workbook protected by a password. Save it as .xlsx without a password, or as CSV.',
    );
  }
  const isWide = byteOrderMark(head)?.startsWith('utf-16') === true;
  const text = isWide
    ? new TextDecoder(byteOrderMark(head) ?? 'utf-8').decode(head)
    : head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^\s*BEGIN:VCARD/i.test(text) || /\.vcf$/i.test(name)) return 'vcard';
  if (/^\s*[[{]/.test(text) && /\.(json|ndjson|jsonl)$/i.test(name)) return 'json';
  if (starts(0x25, 0x50, 0x44, 0x46) || starts(0x89, 0x50, 0x4e, 0x47) || (!isWide && holdsControls(head))) {
    throw new UnreadableFile('unknownFormat', 'This is no list of customers: CSV, .xlsx and .vcf files can be read.');
  }
  return 'csv';
}

/** Bytes that no text has, in any of the encodings; zeros are for UTF-16 to explain. */
function holdsControls(head: Uint8Array): boolean {
  return head.some((byte) => (byte > 0 && byte < 9) || (byte > 13 && byte < 27));
}

export async function detectReading(file: string, name: string, chosen: ChosenReading = {}): Promise<FileReading> {
  const format = await detectFormat(file, name);
  if (format !== 'csv') return { format, encoding: format === 'vcard' ? (chosen.encoding ?? null) : null, delimiter: null };
  const encoding = textEncodings.find((each) => each === chosen.encoding);
  const delimiter = csvDelimiters.find((each) => each === chosen.delimiter);
  return { format, ...(await detectCsv(bytesOf(file), { ...(encoding && { encoding }), ...(delimiter && { delimiter }) })) };
}

/** The rows of a file of customers, the row of headers included where there is one. */
export function decodeFile(file: string, reading: FileReading): AsyncGenerator<DecodedBatch> {
  switch (reading.format) {
    case 'csv':
      return decodeCsv(bytesOf(file), { encoding: reading.encoding ?? 'utf-8', delimiter: reading.delimiter ?? ',' });
    case 'xlsx':
      return decodeXlsx(file);
    case 'vcard':
      return decodeVcards(bytesOf(file), reading.encoding ?? undefined);
    case 'json':
      throw new UnreadableFile('unknownFormat', 'A JSON file holds production data: put it into the folder for those.');
  }
}

function bytesOf(file: string): ByteSource {
  return () => createReadStream(file, { highWaterMark: 256 * 1024 });
}
