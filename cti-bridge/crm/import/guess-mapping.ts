import { columnLetter } from '../../../shared/column-letter.ts';
import type { CustomFieldDefinition } from '../../../shared/contracts/configuration.ts';
import { type ImportTarget, importFields } from '../../../shared/contracts/imports.ts';
import { type Numbering, normaliseNumber } from '../../../shared/phone-number.ts';
import { fieldOfHeader, repeatable } from './header-words.ts';

/** A field of the administrator, as far as a mapping needs it. */
export type CustomField = Pick<CustomFieldDefinition, 'id' | 'name' | 'kind' | 'choices'>;

export interface GuessedColumns {
  readonly hasHeader: boolean;
  /** Names of the columns; letters where there is no head. */
  readonly header: readonly string[];
  readonly columns: readonly ImportTarget[];
}

/** From the names of the columns, and where they say nothing, from what stands below them. */
export function guessColumns(
  rows: readonly (readonly string[])[],
  numbering: Numbering | string,
  customFields: readonly CustomField[],
  chosenHeader?: boolean,
): GuessedColumns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const head = rows[0] ?? [];
  const hasHeader = chosenHeader ?? looksLikeHeader(head, rows[1], numbering);
  const header = Array.from({ length: width }, (_, at) => (hasHeader ? head[at]?.trim() : '') || columnLetter(at));
  const data = hasHeader ? rows.slice(1) : rows;
  const taken = new Set<string>();
  const columns = header.map((name, at): ImportTarget => {
    const guessed =
      (hasHeader ? (ownField(name, customFields) ?? fieldOfHeader(name)) : null) ??
      fieldOfValues(
        data.map((row) => row[at] ?? '').filter((cell) => cell.trim() !== ''),
        numbering,
      );
    const target = guessed === 'phone' || guessed === 'mobile' ? guessed : (guessed ?? 'skip');
    if (target === 'skip' || (taken.has(target) && !repeatable.has(target))) return 'skip';
    taken.add(target);
    return target;
  });
  return { hasHeader, header, columns };
}

function looksLikeHeader(head: readonly string[], next: readonly string[] | undefined, numbering: Numbering | string): boolean {
  const cells = head.filter((cell) => cell.trim() !== '');
  if (cells.some((cell) => fieldOfValue(cell, numbering) !== null)) return false;
  if (cells.some((cell) => fieldOfHeader(cell) !== null || importFields.some((field) => field === cell.trim()))) return true;
  return next?.some((cell, at) => fieldOfValue(cell, numbering) !== null && fieldOfValue(head[at] ?? '', numbering) === null) ?? false;
}

function ownField(name: string, customFields: readonly CustomField[]): ImportTarget | null {
  const known = importFields.find((field) => field === name.trim());
  if (known) return known;
  const key = name.trim().toLowerCase();
  const own = customFields.find((field) => [field.id, field.name.en, field.name.zh].some((each) => each.toLowerCase() === key));
  return own ? `custom:${own.id}` : null;
}

function fieldOfValues(values: readonly string[], numbering: Numbering | string): ImportTarget | null {
  const sample = values.slice(0, 20);
  if (sample.length === 0) return null;
  for (const field of ['email', 'mobile', 'phone'] as const) {
    const fitting = sample.filter((value) => fieldOfValue(value, numbering) === field).length;
    if (fitting >= sample.length * 0.8) return field;
  }
  return null;
}

function fieldOfValue(value: string, numbering: Numbering | string): 'email' | 'mobile' | 'phone' | null {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())) return 'email';
  if (!/\d{5}/.test(value.replace(/[\s\-().]/g, ''))) return null;
  const number = normaliseNumber(value, numbering);
  if (number.kind !== 'e164') return null;
  return number.type === 'mobile' ? 'mobile' : 'phone';
}
