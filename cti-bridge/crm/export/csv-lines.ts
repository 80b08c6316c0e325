/**
 * A CSV file as it leaves: RFC 4180, and no cell that a spreadsheet would run as a formula. A cell that begins with `=`, `+`, `-`, `@`, a tab
 * or a line end gets an apostrophe before it, inside its quotes (OWASP, "CSV injection"); `withoutGuard` takes it away again, so that what
 * was exported can be imported, `+86` numbers included. A cell that begins with apostrophes before such a sign gets one more.
 */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** For Excel, which reads a file without it in the old encoding of the country. */
export const byteOrderMark = '\ufeff';

function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  // A number is no text that somebody typed; -5 stays a number.
  if (typeof value !== 'string') return String(value);
  const guarded = isGuardable.test(value) ? `'${value}` : value;
  return /[",\r\n\t;|']|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const isGuardable = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

/** The cell as it was before it was guarded; any other cell as it is. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && isGuardable.test(cell) ? cell.slice(1) : cell;
}
