import { describe, expect, it } from 'vitest';
import { suggestArticles } from '../../../../cti-bridge/crm/index.ts';
import type { ArticleNeed } from '../../../../shared/contracts/knowledge.ts';
import { contentOf, demo, indexed, text } from './article-of.ts';

const nothing: ArticleNeed = { queueId: null, menu: {}, said: '', cases: [], guide: [] };
const proposed = (need: Partial<ArticleNeed>, articles = demo) =>
  suggestArticles(articles, { ...nothing, ...need }).map(({ number, reasons }) => ({ number, why: reasons.map(({ code }) => code) }));

describe('suggestions of articles', () => {
  it('go by what the customer says, in either language, and name the words', () => {
    const said = 'I was in Japan and there is a charge for ROAMING on my bill';
    const [first, second] = suggestArticles(demo, { ...nothing, said });
    expect(first).toMatchObject({ number: 'KB-311', reasons: [{ code: 'said', words: ['roaming', 'bill', 'charge'] }] });
    expect(second).toMatchObject({ number: 'KB-318', reasons: [{ code: 'said', words: ['roaming'] }] });
    expect(proposed({ said: '我手机丢了，怎么补卡？' })[0]?.number).toBe('KB-241');
  });

  it('know a word by its endings and not by its beginning', () => {
    const articles = [indexed('KB-101', contentOf({ en: text('A'), tags: ['bill'] }))];
    for (const said of ['my bills', 'billed twice', 'billing']) expect(proposed({ said }, articles)).toHaveLength(1);
    for (const said of ['billiards', 'handbill', 'billion']) expect(proposed({ said }, articles)).toEqual([]);
  });

  it('put the step of a guide first, then what the menu found out, then words, then open cases', () => {
    expect(
      proposed({ guide: ['KB-163'], menu: { intent: 'arrears' }, said: 'we are moving house', cases: ['Roaming charge disputed'] }),
    ).toEqual([
      { number: 'KB-163', why: ['guide'] },
      { number: 'KB-276', why: ['menu'] },
      { number: 'KB-207', why: ['said'] },
    ]);
  });

  it('say all reasons of one article', () => {
    const [first] = suggestArticles(demo, {
      ...nothing,
      queueId: 'billing',
      menu: { reason: '账单' },
      said: 'refund the roaming',
      cases: ['漫游费投诉'],
    });
    expect(first).toMatchObject({
      number: 'KB-311',
      reasons: [
        { code: 'menu', value: '账单' },
        { code: 'said', words: ['roaming', 'refund'] },
        { code: 'case', words: ['漫游'] },
        { code: 'queue' },
      ],
    });
  });

  it('fall back on what is usual for the queue only while nothing else is known', () => {
    expect(proposed({ queueId: 'billing' })).toEqual([
      { number: 'KB-276', why: ['queue'] },
      { number: 'KB-311', why: ['queue'] },
    ]);
    expect(proposed({ queueId: 'billing', said: 'no internet' })).toEqual([{ number: 'KB-118', why: ['said'] }]);
  });

  it('are three at most, those that helped first among equals, and none where nothing is known', () => {
    const articles = [1, 2, 3, 4].map((each) => indexed(`KB-10${each}`, contentOf({ en: text(`T${each}`), queueIds: ['q'] }), each));
    expect(proposed({ queueId: 'q' }, articles).map(({ number }) => number)).toEqual(['KB-104', 'KB-103', 'KB-102']);
    expect(proposed({})).toEqual([]);
  });
});
