import { nameKey } from './name-key.ts';
import { longestRun, segments } from './segments.ts';

/** One thing that must be found: a token that begins with any of these. */
export type SearchTerm = readonly string[];

export interface SearchQuery {
  /** The text as names are compared; for "exactly this name" and "a name that begins so". */
  readonly key: string;
  /** All must be found, in any order. Empty when the text holds nothing to search for. */
  readonly terms: readonly SearchTerm[];
  /** Digits of a text that is written as a number, spaces and signs left out; null when it holds letters. */
  readonly digits: string | null;
  /** Words of three digits and more within other text: `chen 4126`. */
  readonly digitWords: readonly string[];
  /** The text as an e-mail address or as the beginning of one; null without `@`. */
  readonly email: string | null;
  /** The text as a number of a case, a contract or a membership may be written: one word with a digit in it. */
  readonly code: string | null;
}

/** Reads what somebody typed into the search box. Every sign of a query language is text here. Reads the first 200 characters. */
export function searchQuery(typed: string): SearchQuery {
  const text = typed.slice(0, longestQuery);
  const key = nameKey(text);
  const terms: SearchTerm[] = [];
  for (const segment of segments(text, longestQuery)) {
    if (segment.kind === 'sign') terms.push([segment.token]);
    else if (segment.kind === 'word') terms.push(segment.forms);
    else
      for (let from = 0; from < segment.characters.length; from += longestRun)
        terms.push([segment.characters.slice(from, from + longestRun).join('')]);
  }
  const isNumber = /^[\d\s+().\-/[\]#*]+$/.test(key) && /\d/.test(key);
  const isOneWord = /^\S+$/.test(key);
  return {
    key,
    terms: distinct(terms).slice(0, mostTerms),
    digits: isNumber ? key.replace(/\D/g, '') : null,
    digitWords: isNumber ? [] : (key.match(/(?<=^|\s)\d{3,}(?=\s|$)/g) ?? []),
    email: isOneWord && key.includes('@') ? key : null,
    code: isOneWord && /\d/.test(key) ? key : null,
  };
}

/** True when every term begins a token: the same question the index answers, for one document. */
export function matchesTerms(tokens: readonly string[], terms: readonly SearchTerm[]): boolean {
  return terms.every((term) => term.some((form) => tokens.some((token) => token.startsWith(form))));
}

const longestQuery = 200;
const mostTerms = 16;

function distinct(terms: readonly SearchTerm[]): readonly SearchTerm[] {
  const seen = new Set<string>();
  return terms.filter((term) => {
    const written = term.join('|');
    return !seen.has(written) && seen.add(written);
  });
}
