import type { ArticleContent, ArticleText } from './contracts/knowledge.ts';

/** What an article has for customers, in each language; null where nothing is meant for them. */
export function answersIn({ texts }: Pick<ArticleContent, 'texts'>): { readonly en: string | null; readonly zh: string | null } {
  const answerOf = (text: ArticleText | null) => (text && text.answer.trim() !== '' ? text.answer : null);
  return { en: answerOf(texts.en), zh: answerOf(texts.zh) };
}
