import type { ArticleHit } from '../../../shared/contracts/knowledge.ts';
import { type SearchQuery, type SearchTerm, searchQuery } from '../names/search-query.ts';
import { segments } from '../names/segments.ts';
import type { IndexedArticle } from './article-index.ts';

/**
 * The best few articles for what somebody typed, in either language or in pinyin. Its number goes first, then exactly this title, a title
 * that begins so, words of a title, a tag, pinyin, and at last its text; among equals one of the queue at hand, then what helped most often.
 * Looks at every article: two thousand take some milliseconds.
 */
export function searchArticles(
  articles: Iterable<IndexedArticle>,
  typed: string,
  { queueId, limit }: { readonly queueId: string | null; readonly limit: number },
): readonly ArticleHit[] {
  const query = searchQuery(typed);
  if (query.terms.length === 0) return [];
  const number = numberIn(typed);
  const found: {
    readonly article: IndexedArticle;
    readonly matched: ArticleHit['matched'];
    readonly rank: number;
    readonly isUsual: boolean;
  }[] = [];
  for (const article of articles) {
    const judged = judge(article, query, number);
    if (judged) found.push({ article, ...judged, isUsual: queueId !== null && article.content.queueIds.includes(queueId) });
  }
  found.sort(
    (one, other) =>
      one.rank - other.rank ||
      Number(other.isUsual) - Number(one.isUsual) ||
      other.article.helped - one.article.helped ||
      (one.article.number < other.article.number ? -1 : 1),
  );
  return found.slice(0, limit).map(({ article, matched }) => ({
    number: article.number,
    titles: article.titles,
    matched,
    excerpt: matched === 'body' ? excerptOf(article, query.terms) : null,
  }));
}

const ranks = { number: 0, exactTitle: 1, titleBegins: 2, title: 3, tag: 4, pinyin: 5, body: 6 } as const;

function judge(
  article: IndexedArticle,
  { key, terms }: SearchQuery,
  number: string | null,
): { readonly matched: ArticleHit['matched']; readonly rank: number } | null {
  const { titleKeys, titleTokens, tagTokens, pinyinTokens, words } = article;
  if (number !== null && article.number.slice(3).startsWith(number)) return { matched: 'number', rank: ranks.number };
  if (titleKeys.includes(key)) return { matched: 'title', rank: ranks.exactTitle };
  if (titleKeys.some((title) => title.startsWith(key))) return { matched: 'title', rank: ranks.titleBegins };
  if (hasAll(terms, titleTokens)) return { matched: 'title', rank: ranks.title };
  if (hasAll(terms, titleTokens, tagTokens)) return { matched: 'tag', rank: ranks.tag };
  if (hasAll(terms, titleTokens, tagTokens, pinyinTokens)) return { matched: 'pinyin', rank: ranks.pinyin };
  const isIn = (term: SearchTerm) => term.some((form) => words.includes(beginning(form)) || tagTokens.includes(` ${form}`));
  return terms.every(isIn) ? { matched: 'body', rank: ranks.body } : null;
}

/** Whether every term begins a token in one of these texts. */
function hasAll(terms: readonly SearchTerm[], ...tokens: readonly string[]): boolean {
  return terms.every((term) => term.some((form) => tokens.some((each) => each.includes(` ${form}`))));
}

/** A word is found by its beginning, Chinese anywhere. */
const beginning = (form: string): string => (/^[\p{Script=Latin}\p{N}]/u.test(form) ? ` ${form}` : form);

/** `KB-311`, `kb 311`, `kb311` and `311` are that number, or the beginning of one. */
function numberIn(typed: string): string | null {
  return /^\s*(?:kb[\s-]?)?(\d{2,6})\s*$/i.exec(typed.normalize('NFKC'))?.[1] ?? null;
}

const around = 60;

/** A few words around what was found, as they are written; null where it is in none of the texts as it stands. */
function excerptOf({ content: { texts } }: IndexedArticle, terms: readonly SearchTerm[]): string | null {
  for (const text of [texts.en, texts.zh]) {
    const plain = text ? `${text.body}\n${text.answer}`.replace(/\s+/g, ' ') : '';
    // As it is written, so that places in it are places of the text: what has accents to fold is found without an excerpt.
    const lower = plain.toLowerCase();
    const at = lower.length === plain.length ? firstOf(lower, terms) : -1;
    if (at < 0) continue;
    const from = Math.max(0, at - around);
    const start = from === 0 ? 0 : segmentStart(plain, from, at);
    const end = Math.min(plain.length, at + around);
    return `${start > 0 ? '…' : ''}${plain.slice(start, end).toWellFormed().trim()}${end < plain.length ? '…' : ''}`;
  }
  return null;
}

function firstOf(lower: string, terms: readonly SearchTerm[]): number {
  const places = terms.flatMap((term) => term.map((form) => lower.indexOf(form))).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : -1;
}

/** After the next space, where the language has some before the word that is meant. */
function segmentStart(text: string, from: number, to: number): number {
  const space = text.indexOf(' ', from);
  return space >= 0 && space < to && segments(text.slice(from, to), around).length > 1 ? space + 1 : from;
}
