import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleReads } from '../../../cti-bridge/store/repositories/knowledge/article-reads.ts';
import { articleWrites } from '../../../cti-bridge/store/repositories/knowledge/article-writes.ts';
import type { ArticleContent } from '../../../shared/contracts/knowledge.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const at = 1_700_000_000_000;
const dana = { at, by: { userId: 'dana', name: 'Dana' } };
/** Somebody opens an article, or begins one. */
let hands = 0;
const openedBy = (who: typeof dana) => ({ ...who, writingId: `hand-${++hands}` });
const saying = (title: string): ArticleContent => ({
  texts: { en: { title, body: "Robert'); drop table article;--", answer: '' }, zh: null },
  tags: ['roaming', '漫游'],
  queueIds: ['billing'],
});

describe.each(databases)('articles on $name', ({ open }) => {
  let store: DatabaseUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('are given one number after another, also when one was discarded in between', async () => {
    const { db } = store;
    const first = await articleWrites.saveArticleDraft(db, { ...openedBy(dana), number: null, content: saying('One'), basedOn: null });
    expect(first).toMatchObject({ number: 'KB-101', draft: { revision: 1, content: saying('One') }, last: null, isLive: false });
    const second = await articleWrites.saveArticleDraft(db, { ...openedBy(dana), number: null, content: saying('Two'), basedOn: null });
    expect(await articleWrites.discardArticleDraft(db, { number: 'KB-102', draftRevision: 1 })).toEqual({ kept: null });
    expect(second?.number).toBe('KB-102');
    const third = await articleWrites.saveArticleDraft(db, { ...openedBy(dana), number: null, content: saying('Three'), basedOn: null });
    expect(third?.number).toBe('KB-103');
    expect(
      await articleWrites.saveArticleDraft(db, { ...openedBy(dana), number: 'KB-102', content: saying('Back'), basedOn: null }),
    ).toBeNull();
  });

  it('keep every version that went live, and take none back', async () => {
    const { db, reads } = store;
    const publishing = { ...dana, number: 'KB-101', why: 'first' };
    expect(await articleWrites.publishArticle(db, { ...publishing, what: { draftRevision: 7 } })).toBeNull();
    expect(await articleWrites.publishArticle(db, { ...publishing, what: { draftRevision: 1 } })).toMatchObject({
      draft: null,
      last: { version: 1, content: saying('One') },
      isLive: true,
    });
    const draft = { ...openedBy(dana), number: 'KB-101', content: saying('One, better') };
    expect(await articleWrites.saveArticleDraft(db, { ...draft, basedOn: 1 })).toBeNull();
    expect((await articleWrites.saveArticleDraft(db, { ...draft, basedOn: null }))?.draft?.revision).toBe(2);
    await articleWrites.publishArticle(db, { ...publishing, why: '', what: { draftRevision: 2 } });
    expect(await articleWrites.publishArticle(db, { ...publishing, why: 'it was right', what: { restores: 1 } })).toMatchObject({
      last: { version: 3, content: saying('One') },
    });
    expect(await articleReads.readArticleVersions(reads, 'KB-101')).toMatchObject([
      { version: 3, restores: 1, note: 'it was right', isLive: true },
      { version: 2, restores: null, isLive: false },
      { version: 1, note: 'first', isLive: false },
    ]);
    expect(await articleReads.readArticleVersion(reads, 'KB-101', 2)).toEqual(saying('One, better'));
    await expect(db.deleteFrom('article_version').execute()).rejects.toThrow(/append-only/);
    const notes = await reads.selectFrom('configuration_revision').select('note').orderBy('revision').execute();
    expect(notes.at(-1)?.note).toBe('the article KB-101, version 3: it was right');
  });

  it('go on from what the same hand saved where it was not told of it, and from what nobody else did', async () => {
    const { db } = store;
    const hand = openedBy(dana);
    const begun = { number: null, content: saying('Begun'), basedOn: null };
    const first = await articleWrites.saveArticleDraft(db, { ...hand, ...begun });
    const told = await articleWrites.saveArticleDraft(db, { ...hand, ...begun, content: saying('Begun, and on') });
    expect(told).toMatchObject({ number: first?.number, draft: { revision: 2, content: saying('Begun, and on') } });
    const known = { number: first?.number ?? '', content: saying('Told late'), basedOn: 1 };
    expect((await articleWrites.saveArticleDraft(db, { ...hand, ...known }))?.draft?.revision).toBe(3);

    const lin = { at, by: { userId: 'lin', name: 'Lin' } };
    expect(await articleWrites.saveArticleDraft(db, { ...openedBy(dana), ...known })).toBeNull();
    expect(await articleWrites.saveArticleDraft(db, { ...lin, writingId: hand.writingId, ...known })).toBeNull();
    const theirs = { ...openedBy(lin), ...known, basedOn: 3 };
    expect((await articleWrites.saveArticleDraft(db, theirs))?.draft).toMatchObject({ revision: 4, by: { name: 'Lin' } });
    expect(await articleWrites.saveArticleDraft(db, { ...hand, ...known })).toBeNull();
    expect(await articleWrites.discardArticleDraft(db, { number: known.number, draftRevision: 4 })).toEqual({ kept: null });
  });

  it('are withdrawn and published again', async () => {
    const { db } = store;
    const withdrawn = await articleWrites.withdrawArticle(db, { ...dana, number: 'KB-101', why: '' });
    expect(withdrawn).toMatchObject({ isLive: false, last: { version: 3 }, withdrawn: { by: { name: 'Dana' } } });
    expect(await articleWrites.withdrawArticle(db, { ...dana, number: 'KB-101', why: '' })).toBeNull();
    const again = await articleWrites.publishArticle(db, { ...dana, number: 'KB-101', why: '', what: { restores: 3 } });
    expect(again).toMatchObject({ isLive: true, last: { version: 4 }, withdrawn: null });
  });

  it('count one word of each agent for a contact, the last one', async () => {
    const { db, reads } = store;
    const judging = { number: 'KB-101', interactionId: 'i-1', userId: 'ana', at };
    await articleWrites.judgeArticle(db, { ...judging, helped: true });
    await articleWrites.judgeArticle(db, { ...judging, userId: 'lin', helped: true });
    expect(await articleWrites.judgeArticle(db, { ...judging, helped: false })).toEqual({ helped: 1, notHelped: 1 });
    expect((await articleReads.readArticles(reads)).map(({ number, helped, notHelped }) => [number, helped, notHelped])).toEqual([
      ['KB-101', 1, 1],
      ['KB-103', 0, 0],
    ]);
  });
});
