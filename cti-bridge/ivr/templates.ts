export { factsIn, filled } from '../../shared/fact-template.ts';

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
