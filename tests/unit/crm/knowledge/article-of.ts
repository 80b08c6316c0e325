import { indexArticle } from '../../../../cti-bridge/crm/index.ts';
import { type DemoArticle, demoArticles } from '../../../../cti-bridge/store/seed/articles.ts';
import type { ArticleContent, ArticleText } from '../../../../shared/contracts/knowledge.ts';

export const text = (title: string, body = 'Text.', answer = ''): ArticleText => ({ title, body, answer });

export const contentOf = (
  change: Partial<ArticleContent['texts']> & { readonly tags?: readonly string[]; readonly queueIds?: readonly string[] },
): ArticleContent => ({
  texts: { en: change.en ?? null, zh: change.zh ?? null },
  tags: [...(change.tags ?? [])],
  queueIds: [...(change.queueIds ?? [])],
});

export const indexed = (number: string, content: ArticleContent, helped = 0) => indexArticle({ number, content, helped });

/** Those of the demo, as they are looked through. */
export const demo = demoArticles.map(({ ordinal, content }: DemoArticle) => indexed(`KB-${String(ordinal).padStart(3, '0')}`, content));
