/**
 * What every decoder gives: rows of texts, in batches, with the numbers a person sees in their own program. A row that cannot be read is a
 * fault beside its neighbours, never the end of the file; only what makes the file as a whole unreadable is thrown, as `UnreadableFile`.
 */
export interface DecodedRow {
  /** As an editor or a spreadsheet counts: the line where it begins, the row of the sheet, the number of the card. From 1. */
  readonly row: number;
  /** Of any length; a cell that is not there is empty. */
  readonly cells: readonly string[];
}

export const rowFaultCodes = [
  'quoteNotClosed',
  'textAfterQuote',
  'cellTooLong',
  'rowTooLong',
  'tooManyCells',
  'badEncoding',
  'cellInError',
  'cardUnreadable',
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];

export interface RowFault {
  readonly row: number;
  /** From 0; null when it concerns the row as a whole. */
  readonly column: number | null;
  readonly code: RowFaultCode;
  /** What stands there, cut short. */
  readonly found: string;
}

export interface DecodedBatch {
  readonly rows: readonly DecodedRow[];
  readonly faults: readonly RowFault[];
  /** Of the file, so far; for a progress bar. */
  readonly bytesRead: number;
}

export const decodeLimits = {
  cellCharacters: 32_768,
  rowCharacters: 1_000_000,
  /** How far an opened quote is followed before it is held to be forgotten. */
  quoteCharacters: 2_000_000,
  cells: 512,
  foundCharacters: 120,
} as const;

export type UnreadableReason =
  | 'empty'
  | 'unknownFormat'
  | 'oldExcel'
  | 'protected'
  | 'damaged'
  | 'noSheet'
  | 'tooManyParts'
  | 'tooLargeUnpacked'
  | 'tooManyTexts';

/** The file as a whole cannot be read. The message says it in plain words; `reason` is for the screen. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export function cutShort(found: string): string {
  return found.length <= decodeLimits.foundCharacters ? found : `${found.slice(0, decodeLimits.foundCharacters - 1)}…`;
}

/** A row within the limits as it is; one that breaks them as a fault. */
export function withinLimits(row: number, cells: readonly string[]): DecodedRow | RowFault {
  if (cells.length > decodeLimits.cells) {
    return { row, column: null, code: 'tooManyCells', found: String(cells.length) };
  }
  for (const [column, cell] of cells.entries()) {
    if (cell.length > decodeLimits.cellCharacters) return { row, column, code: 'cellTooLong', found: cutShort(cell) };
    if (cell.includes('\ufffd')) return { row, column, code: 'badEncoding', found: cutShort(cell) };
  }
  return { row, cells };
}
