import { type TemplateField, templateFields } from './contracts/messages/settings.ts';

/** Templates of messages: plain text in which `{{customerName}}` and the like stand for what is known when it is used. */

/** A field as it stands in a text, known or not. Places count UTF-16 units, as selections of an input do. */
export interface FieldInText {
  readonly name: string;
  readonly isKnown: boolean;
  readonly from: number;
  readonly to: number;
}

export interface FilledTemplate {
  /** Plain text: values are put in as they are, never read as fields, and nothing in it is markup. */
  readonly text: string;
  /**
   * What nobody knew, where it stands in `text`: the field is left as it was written, so that it cannot be sent unseen. So is what looks like one
   * because its braces stood around another; a value never does.
   */
  readonly gaps: readonly FieldInText[];
}

/** No braces within, so that each character is passed once, whatever the text. */
const braces = /\{\{([^{}]{0,80})\}\}/g;
const known: ReadonlySet<string> = new Set(templateFields);

/** The fields of a text in their order; also what a writer misspelt. */
export function fieldsIn(text: string): readonly FieldInText[] {
  return [...text.matchAll(braces)].map((found) => fieldAt(text, found.index, found.index + found[0].length));
}

function fieldAt(text: string, from: number, to: number): FieldInText {
  const name = text.slice(from + 2, to - 2).trim();
  return { name, isKnown: known.has(name), from, to };
}

/** The values stand in the language of the text. One that is absent, null or blank is a gap. */
export function fillTemplate(text: string, values: Readonly<Partial<Record<TemplateField, string | null>>>): FilledTemplate {
  let filled = '';
  /** The same with every value covered, sign by sign. */
  let covered = '';
  let at = 0;
  for (const field of fieldsIn(text)) {
    const value = field.isKnown ? onOneLine(values[field.name as TemplateField] ?? '') : '';
    const before = text.slice(at, value === '' ? field.to : field.from);
    filled += before + value;
    covered += before + 'x'.repeat(value.length);
    at = field.to;
  }
  const whole = filled + text.slice(at);
  const gaps = fieldsIn(covered + text.slice(at)).map(({ from, to }) => fieldAt(whole, from, to));
  return { text: whole, gaps };
}

/**
 * A name that somebody typed into a form must not break a subject into headers or turn the writing around. Joiners of letters stay: names
 * in many scripts need them.
 */
function onOneLine(value: string): string {
  return value
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** Why a text in both languages cannot be used as it is; `unknown` names the field, `open` has braces that are no field. */
export type TextFault =
  | { readonly kind: 'missing'; readonly language: 'en' | 'zh' }
  | { readonly kind: 'open'; readonly language: 'en' | 'zh' }
  | { readonly kind: 'unknown'; readonly language: 'en' | 'zh'; readonly name: string };

/** A text stands in both languages, or in neither where it may be left out, and has no other fields than these. */
export function textFaults(
  text: Readonly<Record<'en' | 'zh', string>>,
  fields: readonly TemplateField[],
  mayBeEmpty: boolean,
): readonly TextFault[] {
  const languages = ['en', 'zh'] as const;
  const missing = languages.filter((language) => text[language].trim() === '');
  const isMissing = mayBeEmpty ? missing.length === 1 : missing.length > 0;
  return [
    ...(isMissing ? missing.map((language) => ({ kind: 'missing', language }) as const) : []),
    ...languages.flatMap((language): readonly TextFault[] => {
      const found = fieldsIn(text[language]);
      const unknown = found.find(({ name }) => !fields.some((field) => field === name));
      if (unknown) return [{ kind: 'unknown', language, name: unknown.name }];
      return text[language].replaceAll(braces, '').includes('{{') ? [{ kind: 'open', language }] : [];
    }),
  ];
}
