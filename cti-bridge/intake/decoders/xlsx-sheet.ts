import { cutShort, type DecodedRow, decodeLimits, type RowFault } from './decoded.ts';
import type { XmlListener } from './xlsx-xml.ts';

/** What the cells of a sheet refer to. */
export interface CellTexts {
  readonly shared: readonly string[];
  /** By style: whether its number is a date, a date with a time, or neither. */
  readonly formats: readonly ('date' | 'dateTime' | 'time' | null)[];
  /** Days are counted from 1904 (old Macintosh files). */
  readonly isFrom1904: boolean;
}

/** ECMA-376 part 1, 18.3.1.73 `row` and 18.3.1.4 `c`. A missing `r` means the place after the one before. */
export class SheetRows implements XmlListener {
  readonly #texts: CellTexts;
  #done: (DecodedRow | RowFault)[] = [];
  #isInData = false;
  #row = 0;
  #cells: string[] = [];
  #fault: RowFault | null = null;
  #column = -1;
  #type = 'n';
  #style = 0;
  #isCell = false;
  #isValue = false;
  #isPhonetic = false;
  #value = '';

  constructor(texts: CellTexts) {
    this.#texts = texts;
  }

  /** The rows completed since the last time. */
  take(): readonly (DecodedRow | RowFault)[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'sheetData') this.#isInData = true;
    else if (!this.#isInData) return;
    else if (name === 'row') {
      this.#row = Number(attributes.r) || this.#row + 1;
      this.#cells = [];
      this.#fault = null;
      this.#column = -1;
    } else if (name === 'c') {
      this.#isCell = true;
      this.#column = columnOf(attributes.r) ?? this.#column + 1;
      this.#type = attributes.t ?? 'n';
      this.#style = Number(attributes.s ?? 0);
      this.#value = '';
    } else if (name === 'v' || name === 't') this.#isValue = this.#isCell;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  text(text: string): void {
    // Beyond the limit the row is refused anyway; there is no need to hold it.
    if (this.#isValue && !this.#isPhonetic && this.#value.length <= decodeLimits.cellCharacters) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false;
    else if (name === 'rPh') this.#isPhonetic = false;
    else if (name === 'c') {
      this.#isCell = false;
      this.#store();
    } else if (name === 'row') this.#done.push(this.#fault ?? { row: this.#row, cells: this.#cells });
    else if (name === 'sheetData') this.#isInData = false;
  }

  #store(): void {
    if (this.#value === '' || this.#fault) return;
    if (this.#column >= decodeLimits.cells) {
      this.#fault = { row: this.#row, column: null, code: 'tooManyCells', found: String(this.#column + 1) };
      return;
    }
    const text = this.#text();
    if (text === null) {
      this.#fault = { row: this.#row, column: this.#column, code: 'cellInError', found: cutShort(this.#value) };
      return;
    }
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  /** Null: the cell holds an error such as #N/A, or refers to nothing. */
  #text(): string | null {
    switch (this.#type) {
      case 's':
        return this.#texts.shared[Number(this.#value)] ?? null;
      case 'inlineStr':
      case 'str':
      case 'd':
        return unescaped(this.#value);
      case 'b':
        return this.#value === '1' ? 'true' : 'false';
      case 'e':
        return null;
      default:
        return this.#numberText();
    }
  }

  #numberText(): string {
    const value = Number(this.#value);
    if (!Number.isFinite(value)) return this.#value;
    const format = this.#texts.formats[this.#style];
    if (format) return dateText(value, format, this.#texts.isFrom1904);
    if (/^-?\d{1,15}$/.test(this.#value)) return this.#value;
    // What Excel shows has at most 15 significant digits; the 17 in the file are the binary neighbours of it.
    if (Math.abs(value) >= 1e15) return value.toExponential().toUpperCase();
    return String(Number(value.toPrecision(15)));
  }
}

function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const dayMs = 86_400_000;

/** Serial days, with the day of 1900 that never was (ECMA-376 part 1, 18.17.4.1). */
function dateText(serial: number, format: 'date' | 'dateTime' | 'time', isFrom1904: boolean): string {
  const epoch = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const date = new Date(epoch + Math.round(serial * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return String(serial);
  const iso = date.toISOString();
  if (format === 'time' && serial < 1) return iso.slice(11, 19);
  return format === 'date' || date.getTime() % dayMs === 0 ? iso.slice(0, 10) : iso.slice(0, 16);
}

/** `_x000D_` is how a workbook writes characters that XML does not allow. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
