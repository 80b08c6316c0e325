import type { ArticleContent, ArticleInWork, ArticleProblem, ArticleSummary, ArticleText } from '../../shared/contracts/knowledge.ts';
import type { Asked } from './account-state.ts';
import type { LoginFailure } from './stores.ts';

/** An article as it is written. `number` null: not stored yet, and without one. */
export interface OpenArticle {
  readonly number: string | null;
  /** From opening it to closing it, also over a page that is killed in between. */
  readonly writingId: string;
  readonly article: ArticleInWork | null;
  /** As it stands on the screen. */
  readonly content: ArticleContent;
  readonly saving: 'saved' | 'typed' | 'saving';
  readonly problems: readonly ArticleProblem[];
}

/** What those who write the knowledge base have on the screen. */
export interface ArticlesState {
  readonly asked: Asked;
  readonly articles: readonly ArticleSummary[];
  readonly filter: string;
  readonly shows: 'all' | ArticleSummary['state'];
  readonly open: OpenArticle | null;
  readonly dialog: 'publish' | 'withdraw' | 'discard' | 'versions' | null;
  /** Why what was asked for last was not done; the words on the screen stay. */
  readonly failure: LoginFailure | null;
  readonly isBusy: boolean;
}

export const noArticles: ArticlesState = {
  asked: { phase: 'none' },
  articles: [],
  filter: '',
  shows: 'all',
  open: null,
  dialog: null,
  failure: null,
  isBusy: false,
};

/** Something was typed that no bridge has yet. */
export const hasUnsavedArticle = ({ open }: ArticlesState): boolean => open !== null && open.saving !== 'saved';

export const newArticle = (writingId: string): OpenArticle => ({
  number: null,
  writingId,
  article: null,
  content: { texts: { en: null, zh: null }, tags: [], queueIds: [] },
  saving: 'saved',
  problems: [],
});

export const openedArticle = (article: ArticleInWork, writingId: string): OpenArticle => ({
  number: article.summary.number,
  writingId,
  article,
  content: article.content,
  saving: 'saved',
  problems: article.problems,
});

/** A text that is empty in every part is none. */
export function withArticleText(content: ArticleContent, locale: 'en' | 'zh', change: Partial<ArticleText>): ArticleContent {
  const text = { title: '', body: '', answer: '', ...content.texts[locale], ...change };
  const isEmpty = text.title === '' && text.body === '' && text.answer === '';
  return { ...content, texts: { ...content.texts, [locale]: isEmpty ? null : text } };
}

export const mostTags = 20;
/** Tags as they are typed on one line; each once. */
export function readTags(typed: string): string[] {
  const tags = typed.split(/[,，、;；\n]/).map((tag) => tag.trim().slice(0, 40));
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, mostTags);
}

/** Those that have what was typed in their number, a title or a tag. */
export function articlesListed({ articles, filter, shows }: ArticlesState): readonly ArticleSummary[] {
  const wanted = filter.trim().toLowerCase();
  return articles.filter(({ number, titles, tags, state }) => {
    if (shows !== 'all' && state !== shows) return false;
    return [number, titles.en ?? '', titles.zh ?? '', ...tags].some((text) => text.toLowerCase().includes(wanted));
  });
}

/** What an article became, in its place of the list; null: it is gone. */
export function putArticle(articles: readonly ArticleSummary[], number: string, summary: ArticleSummary | null): readonly ArticleSummary[] {
  const others = articles.filter((each) => each.number !== number);
  if (!summary) return others;
  const ordinal = (each: ArticleSummary) => Number(each.number.slice(3));
  return [...others, summary].toSorted((one, other) => ordinal(one) - ordinal(other));
}
