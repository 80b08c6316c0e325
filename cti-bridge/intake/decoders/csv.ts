import { type CsvDelimiter, CsvRows, detectDelimiter } from './csv-rows.ts';
import { type DecodedBatch, type DecodedRow, type RowFault, UnreadableFile } from './decoded.ts';
import { detectEncoding, type TextEncoding } from './encoding.ts';

/** A file's bytes, from the beginning each time it is opened. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

export interface CsvReading {
  readonly encoding: TextEncoding;
  readonly delimiter: CsvDelimiter;
}

/** How this file seems to be written; both can be chosen otherwise by whoever knows better. */
export async function detectCsv(open: ByteSource, chosen: Partial<CsvReading> = {}): Promise<CsvReading> {
  const encoding = chosen.encoding ?? (await detectEncoding(open()));
  if (chosen.delimiter) return { encoding, delimiter: chosen.delimiter };
  let sample = '';
  for await (const text of texts(open(), encoding)) {
    sample += text.text;
    if (sample.length > 65_536) break;
  }
  if (sample.trim() === '') throw new UnreadableFile('empty', 'The file is empty.');
  return { encoding, delimiter: detectDelimiter(sample) };
}

/** In steady memory, whatever the length of the file. */
export async function* decodeCsv(open: ByteSource, { encoding, delimiter }: CsvReading): AsyncGenerator<DecodedBatch> {
  const reader = new CsvRows(delimiter);
  let bytesRead = 0;
  let isFirst = true;
  for await (const { text, bytes } of texts(open(), encoding)) {
    bytesRead = bytes;
    const batch = sorted(reader.push(text), bytesRead);
    yield isFirst ? withoutTold(batch) : batch;
    if (batch.rows.length > 0) isFirst = false;
  }
  const last = sorted(reader.end(), bytesRead);
  yield isFirst ? withoutTold(last) : last;
}

/** Excel's `sep=;` line is no row. */
function withoutTold(batch: DecodedBatch): DecodedBatch {
  return { ...batch, rows: batch.rows.filter(({ row, cells }) => row !== 1 || !/^sep=/i.test(cells[0] ?? '')) };
}

function sorted(read: readonly (DecodedRow | RowFault)[], bytesRead: number): DecodedBatch {
  const rows: DecodedRow[] = [];
  const faults: RowFault[] = [];
  for (const each of read) {
    if ('cells' in each) rows.push(each);
    else faults.push(each);
  }
  return { rows, faults, bytesRead };
}

async function* texts(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<{ text: string; bytes: number }> {
  // Not fatal: what cannot be decoded becomes U+FFFD, and only the row that holds it is refused. The byte order mark is taken away.
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    yield { text: decoder.decode(chunk, { stream: true }), bytes };
  }
  yield { text: decoder.decode(), bytes };
}
