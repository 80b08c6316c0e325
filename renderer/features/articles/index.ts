/**
 * Where the knowledge base is written: the list of all articles, one of them in both languages, its versions. Two things to know: what is
 * typed is stored as a draft by itself and seen by nobody who serves customers until it is published; and how a text will look is handed in
 * by the app (`preview`), which has it from the feature that shows articles.
 */
export { Articles, type ArticlesProps } from './Articles.tsx';
export type { ArticleDeeds } from './deeds.ts';
