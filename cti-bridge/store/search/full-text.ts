import { type RawBuilder, sql } from 'kysely';
import type { SearchTerm } from '../../crm/index.ts';
import type { DatabaseKind } from '../dialect.ts';

/**
 * Full text on the two databases: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL. Both are given words that are already cut and
 * folded, and both find a word by its beginning; neither knows a language. The columns of `customer_search` keep their names: the weights
 * A to D stand for names, pinyin, others and marks.
 *
 * Prefixes of up to five letters have an index of their own: without it, one letter would read half the dictionary.
 */
export function fullTextIndex(kind: DatabaseKind): readonly string[] {
  if (kind === 'postgres') {
    const weighted = Object.entries(weights).map(([column, weight]) => `regexp_replace(${column}, '(\\S+)', '''\\1'':1${weight}', 'g')`);
    return [
      `alter table customer_search add column words tsvector generated always as ((${weighted.join(" || ' ' || ")})::tsvector) stored`,
      'create index customer_search_words on customer_search using gin (words)',
    ];
  }
  const columns = Object.keys(weights).join(', ');
  const row = (name: 'new' | 'old') =>
    Object.keys(weights)
      .map((column) => `${name}.${column}`)
      .join(', ');
  const forget = `insert into customer_search_words (customer_search_words, rowid, ${columns}) values ('delete', old.search_id, ${row('old')})`;
  const learn = `insert into customer_search_words (rowid, ${columns}) values (new.search_id, ${row('new')})`;
  return [
    `create virtual table customer_search_words using fts5(${columns}, content='customer_search', content_rowid='search_id',
      tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'", prefix='1 2 3 4 5', detail=column)`,
    // What is taken out leaves no trace in the index: names are erased with the person.
    "insert into customer_search_words (customer_search_words, rank) values ('secure-delete', 1)",
    `create trigger customer_search_learned after insert on customer_search begin ${learn}; end`,
    `create trigger customer_search_forgotten after delete on customer_search begin ${forget}; end`,
    `create trigger customer_search_changed after update on customer_search begin ${forget}; ${learn}; end`,
  ];
}

/** The number of a row: what the full-text index knows it by. */
export function searchKey(kind: DatabaseKind): string {
  return kind === 'postgres' ? 'bigint generated always as identity primary key' : 'integer primary key';
}

/** The last four digits of a number, for the index and for whoever asks it: both must say it in the same words. */
export function endingOfNumber(kind: DatabaseKind): string {
  return kind === 'postgres' ? 'right(value, 4)' : 'substr(value, -4)';
}

/** Where a word must stand. */
export type SearchColumn = 'names' | 'pinyin' | 'others' | 'marks';

export interface WordsWanted {
  /** Each must begin a word of one of the columns. */
  readonly terms: readonly SearchTerm[];
  readonly columns: readonly SearchColumn[];
  /** Of each list one must be among the marks, whole. */
  readonly marks: readonly (readonly string[])[];
}

/** The ids of documents that have all words. The words are data in whatever they hold: each is quoted in the language of the index. */
export function documentsWith(kind: DatabaseKind, wanted: WordsWanted): RawBuilder<{ search_id: number }> {
  return kind === 'postgres'
    ? sql`(select search_id from customer_search where words @@ ${tsquery(wanted)}::tsquery)`
    : sql`(select rowid as search_id from customer_search_words where customer_search_words match ${matchExpression(wanted)})`;
}

const weights = { names: 'A', pinyin: 'B', others: 'C', marks: 'D' } as const satisfies Readonly<Record<SearchColumn, string>>;

function matchExpression({ terms, columns, marks }: WordsWanted): string {
  const quote = (word: string) => `"${word.replaceAll('"', '""')}"`;
  const anyOf = (words: readonly string[], end: string) => `(${words.map((word) => quote(word) + end).join(' OR ')})`;
  const inColumns = `{${columns.join(' ')}} : (${terms.map((forms) => anyOf(forms, '*')).join(' AND ')})`;
  return [inColumns, ...marks.map((words) => `{marks} : ${anyOf(words, '')}`)].join(' AND ');
}

function tsquery({ terms, columns, marks }: WordsWanted): string {
  const quote = (word: string) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const anyOf = (words: readonly string[], end: string) => `(${words.map((word) => quote(word) + end).join(' | ')})`;
  const where = columns.map((column) => weights[column]).join('');
  return [...terms.map((forms) => anyOf(forms, `:*${where}`)), ...marks.map((words) => anyOf(words, `:${weights.marks}`))].join(' & ');
}
