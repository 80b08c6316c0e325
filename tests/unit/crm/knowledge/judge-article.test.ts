import { describe, expect, it } from 'vitest';
import { type ArticleSurroundings, judgeArticle } from '../../../../cti-bridge/crm/index.ts';
import { demoArticles } from '../../../../cti-bridge/store/seed/articles.ts';
import type { ArticleContent } from '../../../../shared/contracts/knowledge.ts';
import { contentOf, text } from './article-of.ts';

const surroundings: ArticleSurroundings = {
  number: 'KB-311',
  isLive: (number) => number === 'KB-318',
  hasQueue: (queueId) => queueId === 'billing',
  otherTitles: new Map([['travelling', 'KB-318']]),
};
const judged = (content: ArticleContent) =>
  judgeArticle(content, surroundings).map(
    ({ severity, code, locale, field, about }) => `${severity} ${code} ${field}${locale ? `.${locale}` : ''}${about ? ` ${about}` : ''}`,
  );

describe('an article', () => {
  it('is judged whole, errors first, each at its place', () => {
    const en = text('Travelling', 'See KB-318 and KB-999. This is KB-311.', 'Dear {{customerName}}, {{colour}}');
    expect(judged(contentOf({ en, zh: text(' ', ''), queueIds: ['billing', 'gone'] }))).toEqual([
      'error unknownField answer.en colour',
      'error noTitle title.zh',
      'error noBody body.zh',
      'warning unknownArticle body.en KB-999',
      'warning sameTitle title.en KB-318',
      'warning unknownQueue queueIds gone',
    ]);
  });

  it('may be written in one language, which is said, and not in none', () => {
    expect(judged(contentOf({ zh: text('出国') }))).toEqual(['warning oneLanguage texts.en']);
    expect(judged(contentOf({}))).toEqual(['error nothingWritten texts']);
  });

  it.each(demoArticles.map((each) => [each.content.texts.en?.title, each] as const))(
    'of the demo has no fault: %s',
    (_title, { ordinal, content }) => {
      const numbers = demoArticles.map((each) => `KB-${String(each.ordinal).padStart(3, '0')}`);
      const problems = judgeArticle(content, {
        number: `KB-${ordinal}`,
        isLive: (number) => numbers.includes(number),
        hasQueue: () => true,
        otherTitles: new Map(),
      });
      expect(problems).toEqual([]);
    },
  );
});
