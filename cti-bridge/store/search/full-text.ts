import { type RawBuilder, sql } from 'kysely';
import type { SearchTerm } from '../../crm/index.ts';
import type { DatabaseKind } from '../dialect.ts';

/**
 * Full text on the two databases: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL. Both are given words that are already cut and
 * folded, and both find a word by its beginning; neither knows a language.
 *
 * One sign in front of a word says what it is a word of, instead of a column of the index: whoever asks for names alone reads the names that
 * begin so, and not everything that begins so. Beginnings of up to ten signs have an index of their own: without it, one letter would read
 * half the dictionary, and the name of a mail provider a fifth of a second of addresses.
 */
export function fullTextIndex(kind: DatabaseKind): readonly string[] {
  if (kind === 'postgres') {
    const vector = "regexp_replace(words, '(\\S+)', '''\\1''', 'g')::tsvector";
    return [
      `alter table customer_search add column vector tsvector generated always as (${vector}) stored`,
      'create index customer_search_words on customer_search using gin (vector)',
    ];
  }
  const forget = "insert into customer_search_words (customer_search_words, rowid, words) values ('delete', old.search_id, old.words)";
  const learn = 'insert into customer_search_words (rowid, words) values (new.search_id, new.words)';
  return [
    `create virtual table customer_search_words using fts5(words, content='customer_search', content_rowid='search_id',
      tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '${Object.values(signs).join('')}'",
      prefix='1 2 3 4 5 6 7 8 9 10', detail=none)`,
    forgetting.thoroughly,
    `create trigger customer_search_learned after insert on customer_search begin ${learn}; end`,
    `create trigger customer_search_forgotten after delete on customer_search begin ${forget}; end`,
    `create trigger customer_search_changed after update on customer_search when new.words <> old.words begin ${forget}; ${learn}; end`,
  ];
}

/**
 * How SQLite's index forgets words. Thoroughly: nothing of them is left in the file, which takes some milliseconds a document, as it is fit
 * for one person's name. Quickly, for many at once: they are crossed out, and gone when the index has been merged. Until then everything is
 * forgotten quickly: SQLite (3.54) damages an index in which words are taken out thoroughly beside words that are crossed out.
 */
export const forgetting = {
  thoroughly: "insert into customer_search_words (customer_search_words, rank) values ('secure-delete', 1)",
  quickly: "insert into customer_search_words (customer_search_words, rank) values ('secure-delete', 0)",
} as const;

/** Set in `store_fact` while words that were crossed out are still in the file: `first`, or `next` when merging has begun. */
export const mergeFact = 'searchToMerge';
export const markToMerge = `insert into store_fact (key, value) values ('${mergeFact}', 'first') on conflict (key) do update set value = 'first'`;

/** So many pages a step: that takes the writer, which calls wait for too, some ten milliseconds. */
export const pagesAtOnce = 64;

/** One step of merging SQLite's index into one piece: about so many pages are written. The first step says that all pieces are meant. */
export function mergeStep(pages: number, isFirst: boolean): string {
  return `insert into customer_search_words (customer_search_words, rank) values ('merge', ${isFirst ? -pages : pages})`;
}

/** All of it at once, for when nobody waits. The fact stays: the next step finds nothing to do and takes it away. */
export const mergeWhole = "insert into customer_search_words (customer_search_words) values ('optimize')";

/** The number of a row: what the full-text index knows it by. */
export function searchKey(kind: DatabaseKind): string {
  return kind === 'postgres' ? 'bigint generated always as identity primary key' : 'integer primary key';
}

/** The last four digits of a number, for the index and for whoever asks it: both must say it in the same words. */
export function endingOfNumber(kind: DatabaseKind): string {
  return kind === 'postgres' ? 'right(value, 4)' : 'substr(value, -4)';
}

/** What a word is a word of. Marks are not for people: whose customer it is, and whether a key account. */
export const signs = { names: '', pinyin: '~', others: '^', marks: '@' } as const;

export interface WordsWanted {
  /** Each must begin a word of one of the kinds. */
  readonly terms: readonly SearchTerm[];
  readonly kinds: readonly ('names' | 'pinyin' | 'others')[];
  /** Of each list one must be among the marks, whole. */
  readonly marks: readonly (readonly string[])[];
}

/** The ids of documents that have all words. The words are data in whatever they hold: each is quoted in the language of the index. */
export function documentsWith(kind: DatabaseKind, wanted: WordsWanted): RawBuilder<{ search_id: number }> {
  return kind === 'postgres'
    ? sql`(select search_id from customer_search where vector @@ ${tsquery(wanted)}::tsquery)`
    : sql`(select rowid as search_id from customer_search_words where customer_search_words match ${matchExpression(wanted)})`;
}

function matchExpression(wanted: WordsWanted): string {
  const quote = (word: string) => `"${word.replaceAll('"', '""')}"`;
  return conditions(wanted, (word) => `${quote(word)}*`, quote)
    .map((each) => `(${each.join(' OR ')})`)
    .join(' AND ');
}

function tsquery(wanted: WordsWanted): string {
  const quote = (word: string) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return conditions(wanted, (word) => `${quote(word)}:*`, quote)
    .map((each) => `(${each.join(' | ')})`)
    .join(' & ');
}

/** All of these, and of each one: beginnings of words, and whole marks. */
function conditions(
  { terms, kinds, marks }: WordsWanted,
  beginning: (word: string) => string,
  whole: (word: string) => string,
): readonly (readonly string[])[] {
  return [
    ...terms.map((forms) => kinds.flatMap((kind) => forms.map((form) => beginning(signs[kind] + form)))),
    ...marks.map((words) => words.map((word) => whole(signs.marks + word))),
  ];
}
