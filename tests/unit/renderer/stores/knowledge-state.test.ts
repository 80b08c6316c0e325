import { describe, expect, it } from 'vitest';
import {
  answerFor,
  appendWords,
  articlesListed,
  lastWordsIn,
  needOf,
  noArticles,
  nothingComposed,
  putArticle,
  type Thread,
  writtenIn,
} from '../../../../renderer/stores/index.ts';
import type { ArticleSummary } from '../../../../shared/contracts/knowledge.ts';
import { messageOf } from '../../../support/ui-stage/conversations.ts';
import { pop } from '../../../support/ui-stage/people.ts';

const now = 1_700_000_000_000;

describe('what is known of a contact, to look for articles by', () => {
  it('is the queue, what the menu found out, the open cases, and the end of what was said', () => {
    const known = { ...pop('certain', now, 60_000, 'en'), facts: { 'set.intent': 'x'.repeat(300) } };
    const need = needOf(known, `${'a'.repeat(5_000)} roaming`, 'KB-311');
    expect(need).toMatchObject({ queueId: 'q-1', menu: { 'set.intent': 'x'.repeat(200) }, guide: ['KB-311'] });
    expect(need.cases).toHaveLength(2);
    expect(need.said).toHaveLength(4_000);
    expect(need.said).toMatch(/ roaming$/);
    expect(needOf(pop('unknown', now, 60_000, 'en'), '', 'KB-1')).toMatchObject({ cases: [], said: '', guide: [] });
  });

  it('has of a conversation what the customer wrote last, and nothing of ours', () => {
    const said = (seq: number, kind: 'in' | 'out', text: string) => messageOf('c-1', seq, kind, text, now);
    const messages = [said(1, 'in', 'one'), said(2, 'in', 'two'), said(3, 'out', 'ours'), said(4, 'in', 'three'), said(5, 'in', 'four')];
    const thread: Thread = { conversation: null, messages, hasMore: false, phase: 'ready' };
    expect(lastWordsIn(thread)).toBe('two\nthree\nfour');
    expect(lastWordsIn(undefined)).toBe('');
  });
});

describe('what an article has for a customer', () => {
  const text = (answer: string) => ({ title: 't', body: 'b', answer });
  it('is in their language, else in the other, else nothing', () => {
    expect(answerFor({ texts: { en: text('Dear'), zh: text('您好') } }, 'zh')).toEqual({ text: '您好', language: 'zh' });
    expect(answerFor({ texts: { en: text('Dear'), zh: text(' ') } }, 'zh')).toEqual({ text: 'Dear', language: 'en' });
    expect(answerFor({ texts: { en: text(''), zh: null } }, 'en')).toBeNull();
    expect(writtenIn({ en: null, zh: '漫游' }, 'en')).toEqual({ text: '漫游', language: 'zh' });
  });

  it('goes below what was written, which keeps its layout; what is put in is no markup', () => {
    expect(appendWords(nothingComposed, 'Dear\nyou')).toMatchObject({ text: 'Dear\nyou', html: null });
    expect(appendWords({ ...nothingComposed, text: 'Hello\n ' }, 'Dear')).toMatchObject({ text: 'Hello\n\nDear', html: null });
    const laidOut = { ...nothingComposed, text: 'Hello', html: '<p><strong>Hello</strong></p>' };
    expect(appendWords(laidOut, '<b>1 & 2</b>')).toMatchObject({
      text: 'Hello\n\n<b>1 & 2</b>',
      html: '<p><strong>Hello</strong></p><p></p><p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>',
    });
  });
});

describe('the list of those who write', () => {
  const article = (number: string, state: ArticleSummary['state'], en: string): ArticleSummary => ({
    ...{ number, state, titles: { en, zh: '漫游' }, tags: ['bill'], queueIds: [], version: 1, hasDraft: false },
    ...{ at: now, by: { userId: null, name: 'demo' }, helped: 0, notHelped: 0 },
  });
  it('is in the order of the numbers, and found by number, title and tag', () => {
    const articles = putArticle(putArticle([], 'KB-1000', article('KB-1000', 'draft', 'A')), 'KB-311', article('KB-311', 'live', 'B'));
    expect(articles.map(({ number }) => number)).toEqual(['KB-311', 'KB-1000']);
    const listed = (filter: string, shows: 'all' | 'live' = 'all') =>
      articlesListed({ ...noArticles, articles, filter, shows }).map(({ number }) => number);
    expect([listed('BILL'), listed('311'), listed('漫'), listed('', 'live')]).toEqual([
      ['KB-311', 'KB-1000'],
      ['KB-311'],
      ['KB-311', 'KB-1000'],
      ['KB-311'],
    ]);
    expect(putArticle(articles, 'KB-311', null)).toHaveLength(1);
  });
});
