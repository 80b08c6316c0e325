import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecodedRow, RowFault } from '../../../cti-bridge/intake/decoders/decoded.ts';
import { decodeFile, detectReading } from '../../../cti-bridge/intake/index.ts';
import { workbookParts, zipOf } from '../../support/xlsx-file.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'crosspoint-xlsx-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(bytes: Buffer, name = 'list.xlsx') {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const rows: DecodedRow[] = [];
  const faults: RowFault[] = [];
  for await (const batch of decodeFile(file, await detectReading(file, name))) {
    rows.push(...batch.rows);
    faults.push(...batch.faults);
  }
  return { rows: rows.map(({ row, cells }) => [row, ...cells]), faults: faults.map(({ row, column, code }) => [row, column, code]) };
}
const sheet = (data: string, options?: Parameters<typeof workbookParts>[1]) => zipOf(workbookParts(data, options));

describe('an .xlsx workbook', () => {
  it('gives the rows of its first visible sheet, with the numbers that Excel shows beside them', async () => {
    const data = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
      <row r="4"><c r="A4" t="inlineStr"><is><r><t>王</t></r><r><t>小明</t></r></is></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="str"><f>A1</f><v>a_x000D_b</v></c></row>`;
    const { rows } = await read(
      sheet(data, { shared: ['<si><t>姓名</t><rPh><t>xing</t></rPh></si>', '<si><r><t>手</t></r><r><t>机</t></r></si>'] }),
    );
    expect(rows).toEqual([
      [1, '姓名', '', '手机'],
      [4, '王小明', 'true', 'a\rb'],
    ]);
  });

  it('tells dates in one form, whatever the format they are shown in', async () => {
    const cell = (style: number, value: string) => `<c s="${style}"><v>${value}</v></c>`;
    const data = `<row>${cell(0, '29222')}${cell(1, '29222')}${cell(2, '29222.5')}${cell(3, '0.5')}${cell(4, '12.5')}${cell(5, '7')}</row>`;
    const { rows } = await read(sheet(data, { formats: [14, 164, 22, 21, 165, 0] }));
    expect(rows).toEqual([[1, '1980-01-02', '1980-01-02', '1980-01-02T12:00', '12:00:00', '12.5', '7']]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    expect((await read(sheet('<row><c s="0"><v>27760</v></c></row>', { formats: [14], isFrom1904: true }))).rows).toEqual([
      [1, '1980-01-02'],
    ]);
  });

  it('keeps telephone numbers whole, and shows by the exponent that digits are lost', async () => {
    const data =
      '<row><c><v>13900004126</v></c><c><v>1.3900004126E10</v></c><c><v>1.1010119900307E17</v></c><c><v>0.1</v></c><c><v>0.30000000000000004</v></c></row>';
    expect((await read(sheet(data))).rows).toEqual([[1, '13900004126', '13900004126', '1.1010119900307E+17', '0.1', '0.3']]);
  });

  it('loses only the row whose cell holds an error or refers to nothing', async () => {
    const data = '<row><c t="e"><v>#N/A</v></c></row><row><c t="s"><v>99</v></c></row><row><c><v>3</v></c></row>';
    expect(await read(sheet(data))).toEqual({
      rows: [[3, '3']],
      faults: [
        [1, 0, 'cellInError'],
        [2, 0, 'cellInError'],
      ],
    });
  });

  it('with one cell at the far corner costs nothing', async () => {
    const data = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>';
    expect(await read(sheet(data))).toEqual({ rows: [[1_048_576, '2']], faults: [[1, null, 'tooManyCells']] });
  });

  it.each<[string, () => Buffer, string]>([
    ['claims to be larger than two gigabytes', () => zipOf(workbookParts(''), { 'xl/worksheets/sheet1.xml': 2 ** 31 }), 'tooLargeUnpacked'],
    [
      'unpacks to more than it claims',
      () => zipOf(workbookParts(`<row>${' '.repeat(5_000_000)}</row>`), { 'xl/worksheets/sheet1.xml': 1_000 }),
      'damaged',
    ],
    ['has thousands of parts', () => zipOf(Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`p${at}`, '']))), 'tooManyParts'],
    ['is another kind of zip', () => zipOf({ 'word/document.xml': '<a/>' }), 'unknownFormat'],
    ['is cut short', () => sheet('<row/>').subarray(0, 900), 'damaged'],
    [
      'defines entities',
      () => zipOf({ ...workbookParts(''), 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }),
      'damaged',
    ],
    [
      'is not well formed',
      () => zipOf({ ...workbookParts(''), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData></worksheet>' }),
      'damaged',
    ],
    ['has no sheet', () => zipOf({ ...workbookParts(''), 'xl/workbook.xml': '<workbook><sheets/></workbook>' }), 'noSheet'],
    ['is of the old kind, or protected', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'oldExcel'],
    ['is a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'unknownFormat'],
    ['is empty', () => Buffer.alloc(0), 'empty'],
  ])('that %s is refused, and why is said', async (_, bytes, reason) => {
    await expect(read(bytes())).rejects.toMatchObject({ name: 'UnreadableFile', reason });
  });
});
