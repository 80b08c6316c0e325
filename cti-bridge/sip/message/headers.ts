import type { Header } from './message.ts';
import { splitOutsideQuotes } from './scan.ts';

/** Compact forms, RFC 3261 §7.3.3 and the registry of later RFCs. */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
};

export const longName = (name: string): string => (name.length === 1 ? (compactForms[name.toLowerCase()] ?? name) : name);

interface HasHeaders {
  readonly headers: readonly Header[];
}

/** Value of the first header of this name, whatever its case. */
export function headerOf(message: HasHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return message.headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}

/** Values of all header lines of this name, in order, lists not split. */
export function headerLines(message: HasHeaders, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.headers.filter((header) => header.name.toLowerCase() === wanted).map((header) => header.value);
}

/** All values of a list header (Contact, Route, Supported...): several lines and comma lists mean the same (RFC 3261 §7.3.1). */
export function headerValues(message: HasHeaders, name: string): string[] {
  return headerLines(message, name)
    .flatMap((line) => splitOutsideQuotes(line, ','))
    .filter((value) => value !== '');
}

/** Option tags or method names, lower case. */
export const headerTokens = (message: HasHeaders, name: string): string[] =>
  headerValues(message, name).map((value) => value.toLowerCase());
