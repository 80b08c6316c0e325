import { describe, expect, it } from 'vitest';
import type { ArticleRepository, KeptArticle } from '../../../cti-bridge/crm/index.ts';
import { openKnowledge } from '../../../cti-bridge/flows/knowledge.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { ArticleContent, ArticleVersion } from '../../../shared/contracts/knowledge.ts';
import { asId } from '../../../shared/ids.ts';
import { contentOf, text } from '../crm/knowledge/article-of.ts';

const dana: Asker = { userId: asId('dana'), name: 'Dana', agentId: null, may: () => true };
const roaming = contentOf({
  en: text('Roaming', 'See KB-102.', 'Dear {{customerName}}'),
  zh: text('漫游'),
  tags: ['roaming'],
  queueIds: ['billing'],
});

/** As the store keeps articles, in memory. */
function repositoryOf() {
  const kept = new Map<string, KeptArticle>();
  const versions = new Map<string, (ArticleVersion & { readonly content: ArticleContent })[]>();
  const state = { isBroken: false };
  const put = (article: KeptArticle) => kept.set(article.number, article) && article;
  const blank = { draft: null, last: null, isLive: false, withdrawn: null, helped: 0, notHelped: 0 };
  const repository: ArticleRepository = {
    readAll: async () => [...kept.values()],
    versions: async (number) => (versions.get(number) ?? []).map(({ content: _content, ...version }) => version),
    readVersion: async (number, version) => versions.get(number)?.find((each) => each.version === version)?.content ?? null,
    async saveDraft({ number, content, basedOn, at, by }) {
      if (state.isBroken) throw new Error('the disk is full');
      const before = number === null ? null : (kept.get(number) ?? null);
      if ((before?.draft?.revision ?? null) !== basedOn) return null;
      const named = number ?? `KB-${101 + kept.size}`;
      return put({ ...(before ?? { ...blank, number: named }), draft: { content, revision: (basedOn ?? 0) + 1, at, by } });
    },
    async discardDraft({ number, draftRevision }) {
      const article = kept.get(number);
      if (article?.draft?.revision !== draftRevision) return null;
      if (article.last) return { kept: put({ ...article, draft: null }) };
      kept.delete(number);
      return { kept: null };
    },
    async publish({ number, what, why, at, by }) {
      const article = kept.get(number);
      const restores = 'restores' in what ? what.restores : null;
      const content =
        restores === null ? article?.draft?.content : versions.get(number)?.find(({ version }) => version === restores)?.content;
      if (!article || !content) return null;
      const version = (article.last?.version ?? 0) + 1;
      versions.set(number, [{ version, at, by, note: why, restores, isLive: true, content }, ...(versions.get(number) ?? [])]);
      return put({ ...article, draft: null, last: { content, version, at, by }, isLive: true, withdrawn: null });
    },
    async withdraw({ number, at, by }) {
      const article = kept.get(number);
      return article?.isLive ? put({ ...article, isLive: false, withdrawn: { at, by } }) : null;
    },
    judge: async ({ helped }) => ({ helped: helped ? 1 : 0, notHelped: helped ? 0 : 1 }),
  };
  return { repository, state };
}

async function house() {
  const { repository, state } = repositoryOf();
  const told: unknown[] = [];
  const configuration = { queues: [{ id: 'billing' }] } as unknown as Configuration;
  const open = () =>
    openKnowledge({
      repository,
      configuration: () => configuration,
      desktops: { broadcast: (name, payload) => void told.push([name, payload]) },
      clock: new VirtualClock(),
      log: silentLog,
    });
  const knowledge = await open();
  const find = async (typed: string, within = knowledge) => {
    const answer = await within['knowledge:search'](dana, { text: typed, queueId: null, limit: 8 });
    return answer.ok ? answer.value.hits.map(({ number }) => number) : answer.error.code;
  };
  const save = async (content: ArticleContent, number: string | null = null, basedOn: number | null = null) => {
    const answer = await knowledge['knowledge:save-draft'](dana, { number, content, basedOn, writingId: 'hand-1' });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  };
  const publish = (number: string, draftRevision: number) => knowledge['knowledge:publish'](dana, { number, draftRevision, note: 'new' });
  return { knowledge, find, save, publish, told, state, open };
}

describe('the knowledge base', () => {
  it('is found and read only as far as it is live, and everybody is told of what went live', async () => {
    const { knowledge, find, save, publish, told, open } = await house();
    const { summary } = await save(roaming);
    expect(summary).toMatchObject({ number: 'KB-101', state: 'draft', version: null, by: { name: 'Dana' } });
    expect(await find('roaming')).toEqual([]);
    expect(await knowledge['knowledge:read'](dana, { number: 'KB-101' })).toMatchObject({ ok: false, error: { code: 'not_found' } });

    expect(await publish('KB-101', 1)).toMatchObject({
      ok: true,
      value: { published: true, article: { summary: { state: 'live', version: 1 } } },
    });
    expect(told).toEqual([['knowledge:changed', { number: 'KB-101', version: 1 }]]);
    expect(await find('漫游')).toEqual(['KB-101']);
    expect(await find('漫游', await open())).toEqual(['KB-101']);

    // What is changed in a draft is nobody's yet.
    await save({ ...roaming, texts: { ...roaming.texts, en: text('Abroad') } }, 'KB-101', null);
    expect(await find('abroad')).toEqual([]);
    expect(await knowledge['knowledge:read'](dana, { number: 'KB-101' })).toMatchObject({
      ok: true,
      value: { version: 1, content: roaming, refersTo: [] },
    });
  });

  it('keeps an article with an error from going live, and says what is wrong', async () => {
    const { save, publish, find } = await house();
    const { problems } = await save(contentOf({ en: text('Roaming', ' ') }));
    expect(problems).toMatchObject([{ severity: 'error', code: 'noBody' }, { code: 'oneLanguage' }]);
    expect(await publish('KB-101', 1)).toMatchObject({ ok: true, value: { published: false, problems } });
    expect(await find('roaming')).toEqual([]);
  });

  it('takes nothing that was made of an older draft', async () => {
    const { knowledge, save, publish } = await house();
    await save(roaming);
    await save({ ...roaming, tags: [] }, 'KB-101', 1);
    const late = { number: 'KB-101', content: roaming, basedOn: 1, writingId: 'hand-2' };
    expect(await knowledge['knowledge:save-draft'](dana, late)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await publish('KB-101', 1)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const gone = { ...late, number: 'KB-999', basedOn: null };
    expect(await knowledge['knowledge:save-draft'](dana, gone)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('withdraws an article and brings an earlier version of it back', async () => {
    const { knowledge, save, publish, find, told } = await house();
    await save(roaming);
    await publish('KB-101', 1);
    await save({ ...roaming, texts: { en: text('Abroad'), zh: null } }, 'KB-101', null);
    await publish('KB-101', 1);
    await knowledge['knowledge:withdraw'](dana, { number: 'KB-101', note: 'wrong' });
    expect(await find('abroad')).toEqual([]);
    expect(told.at(-1)).toEqual(['knowledge:changed', { number: 'KB-101', version: null }]);
    expect(await knowledge['knowledge:withdraw'](dana, { number: 'KB-101', note: '' })).toMatchObject({ ok: false });

    const restored = await knowledge['knowledge:restore'](dana, { number: 'KB-101', version: 1, note: 'it was right' });
    expect(restored).toMatchObject({ ok: true, value: { published: true, article: { summary: { state: 'live', version: 3 } } } });
    expect(await find('漫游')).toEqual(['KB-101']);
  });

  it('names the live articles a text refers to, proposes with reasons, and counts what helped', async () => {
    const { knowledge, save, publish, find } = await house();
    await save(roaming);
    await save(contentOf({ en: text('Travelling'), tags: ['travel'] }));
    await publish('KB-101', 1);
    await publish('KB-102', 1);
    expect(await knowledge['knowledge:read'](dana, { number: 'KB-101' })).toMatchObject({
      ok: true,
      value: { refersTo: [{ number: 'KB-102', titles: { en: 'Travelling', zh: null } }] },
    });
    const need = { queueId: 'billing', menu: {}, said: 'we travel', cases: [], guide: [] };
    expect(await knowledge['knowledge:suggest'](dana, need)).toMatchObject({
      ok: true,
      value: { suggestions: [{ number: 'KB-102', reasons: [{ code: 'said', words: ['travel'] }] }] },
    });
    const judged = await knowledge['knowledge:judge'](dana, { number: 'KB-101', interactionId: 'i-1', helped: true });
    expect(judged).toEqual({ ok: true, value: { helped: 1, notHelped: 0 } });
    expect(await find('roaming')).toEqual(['KB-101']);
    expect(knowledge.isLive('KB-101')).toBe(true);
  });

  it('says so when the store does not answer, and keeps what it has', async () => {
    const { knowledge, save, publish, find, state } = await house();
    await save(roaming);
    await publish('KB-101', 1);
    state.isBroken = true;
    const saving = { number: 'KB-101', content: roaming, basedOn: null, writingId: 'hand-1' };
    expect(await knowledge['knowledge:save-draft'](dana, saving)).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
    expect(await find('roaming')).toEqual(['KB-101']);
  });

  it('forgets a new article whose draft is discarded, and keeps what is live of another', async () => {
    const { knowledge, save, publish } = await house();
    await save(roaming);
    expect(await knowledge['knowledge:discard-draft'](dana, { number: 'KB-101', draftRevision: 1 })).toEqual({
      ok: true,
      value: { article: null },
    });
    await save(roaming);
    await publish('KB-101', 1);
    await save({ ...roaming, tags: [] }, 'KB-101', null);
    const discarded = await knowledge['knowledge:discard-draft'](dana, { number: 'KB-101', draftRevision: 1 });
    expect(discarded).toMatchObject({ ok: true, value: { article: { content: roaming, draftRevision: null } } });
    expect(await knowledge['knowledge:list'](dana, {})).toMatchObject({
      ok: true,
      value: { articles: [{ hasDraft: false, state: 'live' }] },
    });
  });
});
