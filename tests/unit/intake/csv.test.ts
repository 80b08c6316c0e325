import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCsv, detectCsv } from '../../../cti-bridge/intake/decoders/csv.ts';
import { type CsvDelimiter, CsvRows, csvDelimiters } from '../../../cti-bridge/intake/decoders/csv-rows.ts';
import type { DecodedRow, RowFault } from '../../../cti-bridge/intake/decoders/decoded.ts';
import type { TextEncoding } from '../../../cti-bridge/intake/decoders/encoding.ts';

const source = (bytes: Uint8Array, chunk: number) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };

async function read(bytes: Uint8Array, chunk = 7) {
  const open = source(bytes, chunk);
  const reading = await detectCsv(open);
  const rows: DecodedRow[] = [];
  const faults: RowFault[] = [];
  for await (const batch of decodeCsv(open, reading)) {
    rows.push(...batch.rows);
    faults.push(...batch.faults);
  }
  return { ...reading, rows: rows.map(({ row, cells }) => [row, ...cells]), faults: faults.map(({ row, code }) => [row, code]) };
}

const table = '姓名,手机,城市\r\n王小明,13900004126,"上海, 浦东"\r\n李雷,13800001111,北京\r\n';
const rowsOfTable = [
  [1, '姓名', '手机', '城市'],
  [2, '王小明', '13900004126', '上海, 浦东'],
  [3, '李雷', '13800001111', '北京'],
];
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
/** The table in GBK, made by another program, because nothing here encodes it. */
const inGbk = Buffer.from(
  'd0d5c3fb2ccad6bbfa2cb3c7cad00d0acdf5d0a1c3f72c31333930303030343132362c22c9cfbaa32cc6d6b6ab220d0ac0eec0d72c31333830303030313131312cb1b1bea90d0a',
  'hex',
);

describe('a CSV file', () => {
  it.each<[TextEncoding, string, Uint8Array]>([
    ['utf-8', 'UTF-8', Buffer.from(table)],
    ['utf-8', 'UTF-8 with its mark', Buffer.from(`\ufeff${table}`)],
    ['utf-16le', 'UTF-16 as Excel writes it', utf16(`\ufeff${table}`)],
    ['utf-16be', 'UTF-16 the other way round', swapped(utf16(`\ufeff${table}`))],
    ['utf-16le', 'UTF-16 without its mark', utf16(table)],
    ['utf-16be', 'UTF-16 the other way round without its mark', swapped(utf16(table))],
  ])('is read in %s (%s), however it is cut into pieces', async (encoding, _, bytes) => {
    for (const chunk of [5, 6, 64]) expect(await read(bytes, chunk)).toEqual({ encoding, delimiter: ',', rows: rowsOfTable, faults: [] });
  });

  it('is read in GBK', async () => {
    const { encoding, rows } = await read(inGbk);
    expect(encoding).toBe('gb18030');
    expect(rows[0]).toEqual([1, '姓名', '手机', '城市']);
    expect(rows[2]).toEqual([3, '李雷', '13800001111', '北京']);
  });

  it('is known as GBK even where its first characters beyond ASCII come late', async () => {
    const late = Buffer.concat([Buffer.from('a,b\n'.repeat(40_000)), inGbk]);
    const { encoding, rows } = await read(late, 65_536);
    expect(encoding).toBe('gb18030');
    expect(rows.at(-1)).toEqual([40_003, '李雷', '13800001111', '北京']);
  });

  it('is read in the encoding of western Windows', async () => {
    const { encoding, rows } = await read(Buffer.from('name;city\nJürgen Groß;Köln\n', 'latin1'));
    expect(encoding).toBe('windows-1252');
    expect(rows[1]).toEqual([2, 'Jürgen Groß', 'Köln']);
  });

  it('loses only the row in which bytes cannot be read', async () => {
    const broken = Buffer.concat([Buffer.from('姓名,b\n王'), Buffer.from([0xe7, 0x8e]), Buffer.from(',2\n李,3\n')]);
    const open = source(broken, 4);
    const rows: unknown[] = [];
    for await (const batch of decodeCsv(open, { encoding: 'utf-8', delimiter: ',' }))
      rows.push(...batch.rows.map((each) => each.row), ...batch.faults.map((each) => each.code));
    expect(rows).toEqual([1, 'badEncoding', 3]);
  });

  it.each(csvDelimiters)('is cut at %j when that is what it uses', async (delimiter) => {
    const text = ['a', 'b', 'c'].join(delimiter);
    const { rows, ...reading } = await read(
      Buffer.from(`${text}\n"x${delimiter}y"${delimiter}1,5${delimiter}z\n`.replace('1,5', delimiter === ',' ? '1;5' : '1,5')),
    );
    expect(reading.delimiter).toBe(delimiter);
    expect(rows[1]?.[1]).toBe(`x${delimiter}y`);
  });

  it('is cut where Excel says it is', async () => {
    expect(await read(Buffer.from('sep=;\na,b;c\n1,5;2\n'))).toMatchObject({
      delimiter: ';',
      rows: [
        [2, 'a,b', 'c'],
        [3, '1,5', '2'],
      ],
    });
  });

  it('may end its lines in any way, and blank lines are no rows', async () => {
    const { rows } = await read(Buffer.from('a,b\r1,2\r\n\r\n \n,,\n3,"x\r\ny"\n4,5'));
    expect(rows).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [6, '3', 'x\ny'],
      [8, '4', '5'],
    ]);
  });

  it.each([
    ['text after a closing quote', 'a,b\n1,"x"y"\n2,z\n3,q\n', [[2, 'textAfterQuote']], [1, 3, 4]],
    ['a quote that is never closed', 'a,b\n1,"xy\n2,z\n3,q\n', [[2, 'quoteNotClosed']], [1, 3, 4]],
    ['a quote that the next quoted cell seems to close', 'a,b\n1,"xy\n2,z\n3,q\n4,"ok"\n5,r\n', [[2, 'quoteNotClosed']], [1, 3, 4, 5, 6]],
    ['a cell of a megabyte', `a,b\n1,${'x'.repeat(1_100_000)}\n2,z\n3,q\n`, [[2, 'rowTooLong']], [1, 3, 4]],
    [
      'a quoted cell of a megabyte with lines in it',
      `a,b\n1,"${'xy\n'.repeat(350_000)}"\n2,z\n3,q\n`,
      [[2, 'cellTooLong']],
      [1, 350_003, 350_004],
    ],
    ['a cell of more than 32 kB', `a,b\n1,${'x'.repeat(40_000)}\n2,z\n`, [[2, 'cellTooLong']], [1, 3]],
    ['ten thousand cells', `a,b\n1${','.repeat(9_999)}\n2,z\n`, [[2, 'tooManyCells']], [1, 3]],
  ])('with %s tells that row and reads on', async (_, text, faults, good) => {
    const outcome = await read(Buffer.from(text), 65_536);
    expect(outcome.faults).toEqual(faults);
    expect(outcome.rows.map(([row]) => row)).toEqual(good);
  });

  it('holds little of a line without an end', () => {
    const rows = new CsvRows(',');
    for (let megabytes = 0; megabytes < 10; megabytes++) expect(rows.push('x'.repeat(1_000_000))).toEqual([]);
    expect(rows.push('\nnext,row\n')).toEqual([
      expect.objectContaining({ row: 1, code: 'rowTooLong' }),
      { row: 2, cells: ['next', 'row'] },
    ]);
  });

  it('takes a quote inside a bare cell literally', async () => {
    expect((await read(Buffer.from('size,b\n5" pipe,1\n'))).rows[1]).toEqual([2, '5" pipe', '1']);
  });

  it('that is well formed is read as the reference decoder reads it', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('a"b', 'x,y', 'line\nbreak', '"', ';', '王小明', '\t'));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.constantFrom<CsvDelimiter>(...csvDelimiters),
        fc.nat({ max: 9 }),
        (table, delimiter, cut) => {
          const quoted = (text: string) => `"${text.replaceAll('\r', ' ').replaceAll('"', '""')}"`;
          const text = table.map((row) => `${row.map(quoted).join(delimiter)}\n`).join('');
          const rows = new CsvRows(delimiter);
          const read = [...rows.push(text.slice(0, cut)), ...rows.push(text.slice(cut)), ...rows.end()];
          const expected = (parse(text, { delimiter, relax_column_count: true }) as string[][]).filter((row) =>
            row.some((each) => each.trim() !== ''),
          );
          expect(read.map((each) => ('cells' in each ? each.cells : each))).toEqual(expected);
        },
      ),
    );
  });
});
