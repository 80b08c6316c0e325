import type { Facts } from './conditions.ts';

/** How what is filled in is written, so that it stays a value and never becomes part of what surrounds it. */
export const writtenIn = {
  /** Spoken to people: what is no text of a line becomes a space. */
  text: (value: string) => value.replace(controls, ' '),
  /** A part of an address, or of a form. */
  url: (value: string) => encodeURIComponent(value.toWellFormed()),
  /** Within the quotes of a JSON string. */
  json: (value: string) => JSON.stringify(value.toWellFormed()).slice(1, -1),
} as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f\u2028\u2029]/g;
const placeholder = /\{([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+){1,3})\}/g;

/** What is longer is no address and no message of any sense. */
const maxLength = 16_000;

/** A template with its facts in place of their names in braces; nothing in place of those that nobody knows. Other braces stay. */
export function filled(template: string, facts: Facts, written: (value: string) => string): string {
  return template.replace(placeholder, (_, name: string) => written(facts(name) ?? '')).slice(0, maxLength);
}

/** The facts that a template asks for. */
export function factsIn(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
