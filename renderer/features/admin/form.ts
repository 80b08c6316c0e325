import { createContext, use } from 'react';
import type { Configuration, SectionName } from '../../../shared/contracts/configuration.ts';
import type { NamedFlow } from '../../../shared/contracts/ivr/flow.ts';
import { useText } from '../../i18n/index.ts';
import { valueAt } from '../../stores/index.ts';
import { fieldName } from './words.ts';

/** The form of one entry: every field reads and writes its path in here. */
export interface Form {
  readonly section: SectionName | 'organisation';
  readonly entry: unknown;
  /** The whole draft, to choose from and to count in. */
  readonly configuration: Configuration;
  /** What can be announced to a caller. */
  readonly prompts: readonly string[];
  /** Those that are live. */
  readonly flows: readonly NamedFlow[];
  /** Where others reach the bridge, as far as this desktop knows. */
  readonly bridgeUrl: string;
  readonly isReadOnly: boolean;
  readonly isNew: boolean;
  /** What is wrong, in words, by path. */
  readonly mistakes: ReadonlyMap<string, string>;
  put(path: string, value: unknown): void;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = use(FormContext);
  if (!form) throw new Error('A field needs a form above it');
  return form;
}

export interface FieldValue<Value> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly mistake: string | null;
  readonly isReadOnly: boolean;
  put(value: Value): void;
}

export const fieldId = (path: string) => `field-${path.replaceAll('/', '-')}`;

export function useField<Value>(at: string): FieldValue<Value> {
  const form = useForm();
  const text = useText();
  return {
    id: fieldId(at),
    label: fieldName(text, form.section, at),
    value: valueAt(form.entry, at) as Value,
    mistake: form.mistakes.get(at) ?? null,
    isReadOnly: form.isReadOnly,
    put: (value) => form.put(at, value),
  };
}

/** Puts the keyboard into the field of this path, or into the nearest around it that is on the screen. */
export function focusField(path: string): boolean {
  const steps = path === '' ? [] : path.split('/');
  for (let length = steps.length; length > 0; length -= 1) {
    const place = document.getElementById(fieldId(steps.slice(0, length).join('/')));
    const control = place?.matches('input, select, button, textarea')
      ? place
      : place?.querySelector<HTMLElement>('input, select, textarea, button');
    if (control) {
      control.focus();
      control.scrollIntoView({ block: 'center' });
      return true;
    }
  }
  const first = document.querySelector<HTMLElement>('.admin-form input:not([readonly]), .admin-form select');
  first?.focus();
  return first !== null;
}

/** Paths inside an entry whose value may be of this type: `serviceLevel/targetPercent`. */
export type PathTo<Whole, Value> = {
  [Key in keyof Whole & string]:
    | (NonNullable<Whole[Key]> extends Value ? Key : never)
    | (NonNullable<Whole[Key]> extends readonly unknown[]
        ? never
        : NonNullable<Whole[Key]> extends object
          ? `${Key}/${PathTo<NonNullable<Whole[Key]>, Value>}`
          : never);
}[keyof Whole & string];
