import { articlesIn } from '../../../shared/article-markup.ts';
import type { ArticleContent, ArticleProblem } from '../../../shared/contracts/knowledge.ts';
import { fieldsIn } from '../../../shared/fill-template.ts';
import { nameKey } from '../names/name-key.ts';

/** What an article is judged against. */
export interface ArticleSurroundings {
  readonly number: string | null;
  readonly isLive: (number: string) => boolean;
  readonly hasQueue: (queueId: string) => boolean;
  /** Of other articles that are live, by `nameKey`. */
  readonly otherTitles: ReadonlyMap<string, string>;
}

const locales = ['en', 'zh'] as const;

/** All that is wrong with an article, errors first. */
export function judgeArticle(content: ArticleContent, surroundings: ArticleSurroundings): readonly ArticleProblem[] {
  const { number, isLive, hasQueue, otherTitles } = surroundings;
  const { texts, queueIds } = content;
  const problems: ArticleProblem[] = [];
  const note = (
    severity: ArticleProblem['severity'],
    code: ArticleProblem['code'],
    field: ArticleProblem['field'],
    locale: ArticleProblem['locale'] = null,
    about: string | null = null,
  ) => problems.push({ severity, code, field, locale, about });

  if (locales.every((locale) => texts[locale] === null)) note('error', 'nothingWritten', 'texts');
  for (const locale of locales) {
    const text = texts[locale];
    if (!text) {
      if (texts[locale === 'en' ? 'zh' : 'en']) note('warning', 'oneLanguage', 'texts', locale);
      continue;
    }
    if (text.title.trim() === '') note('error', 'noTitle', 'title', locale);
    if (text.body.trim() === '') note('error', 'noBody', 'body', locale);
    for (const about of articlesIn(text.body))
      if (about !== number && !isLive(about)) note('warning', 'unknownArticle', 'body', locale, about);
    for (const { name, isKnown } of fieldsIn(text.answer)) if (!isKnown) note('error', 'unknownField', 'answer', locale, name);
    const same = otherTitles.get(nameKey(text.title));
    if (same !== undefined) note('warning', 'sameTitle', 'title', locale, same);
  }
  for (const queueId of queueIds) if (!hasQueue(queueId)) note('warning', 'unknownQueue', 'queueIds', null, queueId);
  return problems.toSorted((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'));
}
