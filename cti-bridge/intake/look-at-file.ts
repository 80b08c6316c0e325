import { columnLetter } from '../../shared/column-letter.ts';
import type { ImportProblem } from '../../shared/contracts/imports.ts';
import type { FileLook } from '../crm/index.ts';
import { type ChosenReading, decodeFile, detectReading } from './decoders/decode-file.ts';
import type { RowFault, RowFaultCode } from './decoders/decoded.ts';

const rowsLookedAt = 20;

/** The beginning of a file, and how it is read. Needs nothing of the business, so a thread that only looks starts at once. */
export async function lookAtFile(file: string, fileName: string, chosen: ChosenReading): Promise<FileLook> {
  const reading = await detectReading(file, fileName, chosen);
  const rows: (readonly string[])[] = [];
  const problems: ImportProblem[] = [];
  for await (const batch of decodeFile(file, reading)) {
    rows.push(...batch.rows.slice(0, rowsLookedAt + 1 - rows.length).map(({ cells }) => cells));
    problems.push(...batch.faults.slice(0, rowsLookedAt - problems.length).map((fault) => problemOf(fault, [])));
    if (rows.length > rowsLookedAt) break;
  }
  return { reading, rows, problems };
}

const codes: Readonly<Record<RowFaultCode, ImportProblem['code']>> = {
  quoteNotClosed: 'badQuoting',
  textAfterQuote: 'badQuoting',
  cellTooLong: 'tooLong',
  rowTooLong: 'tooLong',
  tooManyCells: 'wrongColumnCount',
  badEncoding: 'notText',
  cellInError: 'cellInError',
  cardUnreadable: 'cardUnreadable',
};

export function problemOf({ row, column, code, found }: RowFault, header: readonly string[]): ImportProblem {
  return {
    row,
    column: column === null ? null : (header[column] ?? columnLetter(column)),
    code: codes[code],
    found: found.slice(0, 80),
    expected: '',
  };
}
