import { cutShort, type DecodedRow, decodeLimits, type RowFault, type RowFaultCode, withinLimits } from './decoded.ts';

export const csvDelimiters = [',', ';', '\t', '|'] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/**
 * Text of a CSV file in, rows out. Lines are the unit of recovery: a quote that is opened and never properly closed costs the line it
 * stands in, and reading goes on at the next one. So one wrong character never takes the rest of the file with it.
 *
 * RFC 4180 with what programs really write: any line end, quotes inside a bare cell taken literally (as Excel does), rows of any length,
 * blank lines left out.
 */
export class CsvRows {
  readonly #delimiter: CsvDelimiter;
  #tail = '';
  /** Lines of a quoted cell whose end is still to come. */
  #waiting: string[] = [];
  #waitingCharacters = 0;
  #isDropping = false;
  #line = 1;
  #rows: (DecodedRow | RowFault)[] = [];

  constructor(delimiter: CsvDelimiter) {
    this.#delimiter = delimiter;
  }

  push(text: string): readonly (DecodedRow | RowFault)[] {
    return this.#read(text, false);
  }

  end(): readonly (DecodedRow | RowFault)[] {
    return this.#read('', true);
  }

  #read(text: string, isEnd: boolean): readonly (DecodedRow | RowFault)[] {
    const lines = this.#linesOf(text, isEnd);
    this.#rows = [];
    let at = 0;
    while (at < lines.length) {
      const outcome = this.#record(lines, at, isEnd);
      if (outcome === 'incomplete') break;
      at = outcome;
    }
    this.#waiting = lines.slice(at);
    this.#waitingCharacters = this.#waiting.reduce((sum, line) => sum + line.length + 1, 0);
    return this.#rows;
  }

  /** Complete lines, the waiting ones first; what follows the last line end is kept. */
  #linesOf(text: string, isEnd: boolean): string[] {
    let all = this.#tail + text;
    // A carriage return at the end of a chunk may be half of a line end.
    const held = !isEnd && all.endsWith('\r') ? '\r' : '';
    if (held) all = all.slice(0, -1);
    const lines = all.includes('\r') ? all.split(/\r\n|\n|\r/) : all.split('\n');
    this.#tail = (lines.pop() ?? '') + held;
    if (isEnd && this.#tail !== '') {
      lines.push(this.#tail);
      this.#tail = '';
    }
    if (this.#isDropping && lines.length > 0) {
      lines[0] = droppedLine;
      this.#isDropping = false;
    }
    if (this.#tail.length > decodeLimits.rowCharacters) {
      this.#isDropping = true;
      this.#tail = droppedLine;
    } else if (this.#isDropping) this.#tail = droppedLine;
    return this.#waiting.length === 0 ? lines : [...this.#waiting, ...lines];
  }

  /** Takes one record beginning at `lines[from]`; the index of the line after it, or that more lines are needed. */
  #record(lines: readonly string[], from: number, isEnd: boolean): number | 'incomplete' {
    const first = lines[from] ?? '';
    if (first === droppedLine || first.length > decodeLimits.rowCharacters) {
      return this.#fault('rowTooLong', null, first === droppedLine ? '' : first, 1, from);
    }
    if (!first.includes('"')) {
      this.#keep(first.split(this.#delimiter));
      this.#line++;
      return from + 1;
    }

    const cells: string[] = [];
    let at = from;
    let line = first;
    let place = 0;
    for (;;) {
      if (line[place] !== '"') {
        const end = line.indexOf(this.#delimiter, place);
        cells.push(end < 0 ? line.slice(place) : line.slice(place, end));
        if (end < 0) break;
        place = end + 1;
        continue;
      }
      let cell = '';
      let length = 0;
      place++;
      for (;;) {
        const quote = line.indexOf('"', place);
        if (quote >= 0) {
          cell += line.slice(place, quote);
          place = quote + 1;
          if (line[place] !== '"') break;
          cell += '"';
          place++;
          continue;
        }
        cell += `${line.slice(place)}\n`;
        length += line.length - place + 1;
        at++;
        const next = lines[at];
        if (next === undefined && !isEnd && this.#waitingCharacters < decodeLimits.quoteCharacters) return 'incomplete';
        if (next === undefined || next === droppedLine || length > decodeLimits.quoteCharacters) {
          return this.#fault('quoteNotClosed', cells.length, first, 1, from);
        }
        line = next;
        place = 0;
      }
      if (place < line.length && line[place] !== this.#delimiter) {
        // Blanks between a closing quote and the delimiter harm nobody.
        const rest = /^[ \t]+/.exec(line.slice(place))?.[0] ?? '';
        const after = line[place + rest.length];
        if (rest === '' || (after !== undefined && after !== this.#delimiter)) {
          return this.#fault(at > from ? 'quoteNotClosed' : 'textAfterQuote', cells.length, first, 1, from);
        }
        place += rest.length;
      }
      cells.push(cell);
      if (place >= line.length) break;
      place++;
    }
    this.#keep(cells);
    this.#line += at - from + 1;
    return at + 1;
  }

  /** A row without a text in any cell is none. */
  #keep(cells: readonly string[]): void {
    if (cells.some((cell) => cell.trim() !== '')) this.#rows.push(withinLimits(this.#line, cells));
  }

  #fault(code: RowFaultCode, column: number | null, found: string, lines: number, from: number): number {
    this.#rows.push({ row: this.#line, column, code, found: cutShort(found) });
    this.#line += lines;
    return from + lines;
  }
}

/** Stands for a line that was too long to be kept. No text of a file can be this. */
const droppedLine = '\u0000\ufffe\u0000';

/** The delimiter that cuts the first lines into the same number of cells, most cells first. `sep=;` on the first line decides (Excel). */
export function detectDelimiter(sample: string): CsvDelimiter {
  const told = /^sep=([,;\t|])\r?\n/i.exec(sample)?.[1];
  const known = csvDelimiters.find((each) => each === told);
  if (known) return known;
  const lines = sample.split(/\r\n|\n|\r/).slice(0, 50);
  const scored = csvDelimiters.map((delimiter) => {
    const counts = lines.filter((line) => line.trim() !== '').map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length);
    const usual = mostFrequent(counts);
    const agreeing = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    return { delimiter, score: usual > 1 ? agreeing * (1 + Math.log2(usual)) : 0 };
  });
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter;
}

function mostFrequent(counts: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0] as [number, number])[0];
}
