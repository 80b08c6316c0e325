import { type DecodedBatch, type DecodedRow, type RowFault, withinLimits } from './decoded.ts';
import { type CellTexts, SheetRows } from './xlsx-sheet.ts';
import { openWorkbook, type Workbook } from './xlsx-workbook.ts';
import { parseXmlStream } from './xlsx-xml.ts';

const rowsPerBatch = 500;

/**
 * The first sheet of an .xlsx file, row by row, in steady memory: only the table of shared texts and the formats are held. A cell's text is
 * what the program that wrote it meant: dates in ISO form, numbers in full. Whole numbers of 16 digits and more come in exponent form,
 * because Excel keeps 15 of them and the rest of such a number is lost.
 */
export async function* decodeXlsx(file: string): AsyncGenerator<DecodedBatch> {
  const workbook = await openWorkbook(file);
  try {
    yield* sheetBatches(workbook);
  } finally {
    workbook.close();
  }
}

async function* sheetBatches(workbook: Workbook): AsyncGenerator<DecodedBatch> {
  const texts: CellTexts = await workbook.readTexts();
  const sheet = new SheetRows(texts);
  let rows: DecodedRow[] = [];
  let faults: RowFault[] = [];
  for await (const bytesRead of parseXmlStream(await workbook.openSheet(), sheet)) {
    for (const each of sheet.take()) {
      if ('code' in each) faults.push(each);
      else {
        const judged = withinLimits(each.row, each.cells);
        if ('code' in judged) faults.push(judged);
        else if (judged.cells.some((cell) => cell.trim() !== '')) rows.push(judged);
      }
    }
    if (rows.length < rowsPerBatch && faults.length === 0) continue;
    yield { rows, faults, bytesRead: workbook.bytesOf(bytesRead) };
    rows = [];
    faults = [];
  }
  yield { rows, faults, bytesRead: workbook.fileBytes };
}
