import { describe, expect, it } from 'vitest';
import { searchArticles } from '../../../../cti-bridge/crm/index.ts';
import { contentOf, demo, indexed, text } from './article-of.ts';

const anywhere = { queueId: null, limit: 8 };
const found = (typed: string, articles = demo, how = anywhere) =>
  searchArticles(articles, typed, how).map(({ number, matched }) => `${number} ${matched}`);

describe('the search of articles', () => {
  it('finds a number however it is written, and the beginning of one', () => {
    expect(found('KB-311')[0]).toBe('KB-311 number');
    expect(found('kb311')[0]).toBe('KB-311 number');
    expect(found('ＫＢ 31').slice(0, 2)).toEqual(['KB-311 number', 'KB-318 number']);
    expect(found('092')[0]).toBe('KB-092 number');
  });

  it('finds words of a title by their beginnings in any order, in both languages', () => {
    expect(found('roaming out')[0]).toBe('KB-311 title');
    expect(found('bundle trav')).toEqual(['KB-318 title']);
    expect(found('漫游费')[0]).toBe('KB-311 title');
    expect(found('移机')[0]).toBe('KB-207 title');
  });

  it('finds Chinese by pinyin and by its initials', () => {
    expect(found('manyou')).toEqual(['KB-311 pinyin', 'KB-318 pinyin']);
    expect(found('qfth').length).toBe(0);
    expect(found('qftj')[0]).toBe('KB-276 pinyin');
    expect(found('guohu')[0]).toBe('KB-092 pinyin');
  });

  it('finds what only a tag says, then what only the text says, with the words around it', () => {
    expect(found('stolen')).toEqual(['KB-241 title']);
    expect(found('block the sim')).toEqual(['KB-241 tag']);
    const [hit] = searchArticles(demo, 'aeroplanes', anywhere);
    expect(hit).toMatchObject({ number: 'KB-318', matched: 'body', excerpt: expect.stringMatching(/^….*aeroplanes are in no bundle.*…$/) });
    expect(searchArticles(demo, '邮轮', anywhere)[0]).toMatchObject({ number: 'KB-318', excerpt: expect.stringContaining('邮轮和航班') });
    // In the middle of a word it is another word.
    expect(found('roplanes')).toEqual([]);
  });

  it('puts an exact title before one that begins so, and that before one that has the word; then the queue, then what helped', () => {
    const articles = [
      indexed('KB-101', contentOf({ en: text('Credit for late repairs') })),
      indexed('KB-102', contentOf({ en: text('Credit') })),
      indexed('KB-103', contentOf({ en: text('Who may give credit') }), 9),
      indexed('KB-104', contentOf({ en: text('What a credit is') }), 2),
      indexed('KB-105', contentOf({ en: text('About credit'), queueIds: ['billing'] })),
    ];
    expect(searchArticles(articles, 'credit', { queueId: 'billing', limit: 8 }).map(({ number }) => number)).toEqual([
      'KB-102',
      'KB-101',
      'KB-105',
      'KB-103',
      'KB-104',
    ]);
  });

  it('finds nothing for nothing, and takes signs of a query language for text', () => {
    expect(found('')).toEqual([]);
    expect(found('  ')).toEqual([]);
    expect(found('roaming; drop table article')).toEqual([]);
    expect(found('"*^()')).toEqual([]);
  });

  it('answers as many as were asked for', () => {
    expect(searchArticles(demo, '客户', { queueId: null, limit: 50 }).length).toBeGreaterThan(2);
    expect(searchArticles(demo, '客户', { queueId: null, limit: 2 })).toHaveLength(2);
  });
});
