import { indexArticle, searchArticles, suggestArticles } from '../../../cti-bridge/crm/index.ts';
import { demoArticles } from '../../../cti-bridge/store/seed/articles.ts';
import type { Desk } from '../../../renderer/app/desk.ts';
import { articlesIn } from '../../../shared/article-markup.ts';
import type { Article, ArticleInWork, ArticleSummary } from '../../../shared/contracts/knowledge.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of the knowledge base: `knowledge-find` and `knowledge-article` beside a call, `knowledge-outdated`, `knowledge-palette`; of those
 * who write it `articles` (nothing chosen), `articles-one`, `articles-problems`, `articles-publish`, `articles-versions`.
 */
export const isKnowledgeScene = (scene: string) => /^(knowledge|articles)\b/.test(scene);
/** Beside which call the pane stands. */
export const isBesideCall = (scene: string) => /^knowledge-/.test(scene);

const numberOf = (ordinal: number) => `KB-${String(ordinal).padStart(3, '0')}`;
/** Queues of the stage in place of those of the demo. */
const queuesOf = (queueIds: readonly string[]) => queueIds.map((queueId) => (queueId === 'billing' ? 'q-1' : 'q-2'));
const indexed = demoArticles.map(({ ordinal, content }) =>
  indexArticle({
    number: numberOf(ordinal),
    content: { ...content, queueIds: [...new Set(queuesOf(content.queueIds))] },
    helped: ordinal % 17,
  }),
);

/** Answers as a bridge with the articles of the demo would. */
export function scriptKnowledge(bridge: ScriptedBridge, now: number, language: StageLanguage = 'en'): void {
  const by = { userId: 'u-dana', name: language === 'en' ? 'Dana Whitlock' : '方雅' };
  const articleOf = (number: string): Article | null => {
    const found = indexed.find((each) => each.number === number);
    if (!found) return null;
    const named = [found.content.texts.en, found.content.texts.zh].flatMap((text) => (text ? articlesIn(text.body) : []));
    return {
      ...{ number, version: 3, at: now - 12 * 86_400_000, by, content: found.content, helped: found.helped, notHelped: 2 },
      refersTo: indexed.filter((each) => named.includes(each.number)).map((each) => ({ number: each.number, titles: each.titles })),
    };
  };
  const notFound = { ok: false, error: { code: 'not_found', message: 'There is no such article.' } } as const;
  bridge.answers['knowledge:search'] = ({ text, queueId, limit }) => ({
    ok: true,
    value: { hits: searchArticles(indexed, text, { queueId, limit }) },
  });
  bridge.answers['knowledge:suggest'] = (need) => ({ ok: true, value: { suggestions: suggestArticles(indexed, need) } });
  bridge.answers['knowledge:read'] = ({ number }) => {
    const article = articleOf(number);
    return article ? { ok: true, value: article } : notFound;
  };
  bridge.answers['knowledge:judge'] = ({ number, helped }) => {
    const counts = { helped: articleOf(number)?.helped ?? 0, notHelped: 2 };
    return { ok: true, value: helped ? { ...counts, helped: counts.helped + 1 } : { ...counts, notHelped: 3 } };
  };

  const summaryOf = ({ number, titles, content, helped }: (typeof indexed)[number], at: number): ArticleSummary => ({
    ...{ number, titles, tags: content.tags, queueIds: content.queueIds, helped, notHelped: helped % 4, by },
    state: number === 'KB-163' ? 'withdrawn' : 'live',
    version: 3,
    hasDraft: number === 'KB-311',
    at: now - (at * 9 + 1) * 86_400_000,
  });
  const draft: ArticleSummary = {
    ...{
      number: 'KB-319',
      state: 'draft',
      titles: { en: 'Fibre: who pays for the cable in the house', zh: null },
      tags: ['fibre'],
      queueIds: ['q-2'],
    },
    ...{ version: null, hasDraft: true, at: now - 3_600_000, by, helped: 0, notHelped: 0 },
  };
  const summaries = [...indexed.map(summaryOf), draft];
  const inWork = (number: string): ArticleInWork | null => {
    const summary = summaries.find((each) => each.number === number);
    if (!summary) return null;
    const content = articleOf(number)?.content ?? {
      texts: { en: { title: draft.titles.en ?? '', body: 'See KB-999.', answer: 'Dear {{customer}},' }, zh: null },
      ...{ tags: ['fibre'], queueIds: ['q-2'] },
    };
    const version = (at: number, days: number, note: string) => ({
      ...{ version: at, at: now - days * 86_400_000, by, note, restores: null },
      isLive: at === summary.version && summary.state === 'live',
    });
    return {
      ...{ summary, content },
      draftRevision: summary.hasDraft ? 4 : null,
      problems:
        number === 'KB-319'
          ? [
              { severity: 'error', code: 'unknownField', locale: 'en', field: 'answer', about: 'customer' },
              { severity: 'warning', code: 'oneLanguage', locale: 'zh', field: 'texts', about: null },
              { severity: 'warning', code: 'unknownArticle', locale: 'en', field: 'body', about: 'KB-999' },
            ]
          : [],
      versions:
        summary.version === null ? [] : [version(3, 12, 'The limit is 200 now'), version(2, 80, 'Chinese text'), version(1, 200, '')],
    };
  };
  bridge.answers['knowledge:list'] = () => ({ ok: true, value: { articles: summaries } });
  bridge.answers['knowledge:open'] = ({ number }) => {
    const article = inWork(number);
    return article ? { ok: true, value: article } : notFound;
  };
  bridge.answers['knowledge:restore'] = ({ number }) => {
    const article = inWork(number);
    return article ? { ok: true, value: { published: true, article } } : notFound;
  };
  bridge.answers['knowledge:open-version'] = ({ number }) => ({ ok: true, value: { content: articleOf(number)?.content } });
}

/** For those who write: an administrator. */
export function asEditor(bridge: ScriptedBridge): void {
  const { user } = bridge.snapshotNow;
  bridge.snapshotNow = { ...bridge.snapshotNow, user: { ...user, role: 'administrator', rights: [...rightsOfRole.administrator] } };
}

export function setKnowledgeScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: 'en' | 'zh'): void {
  const { knowledge, articles, view, session } = desk.stores;
  if (scene.startsWith('articles')) asEditor(bridge);
  const after = (): void => {
    switch (scene) {
      case 'knowledge-find':
        return desk.knowledge.openFind();
      case 'knowledge-search':
        knowledge.setState({ typed: language === 'en' ? 'roam' : 'manyou' });
        return desk.knowledge.openFind();
      case 'knowledge-article':
        return desk.knowledge.open('KB-311');
      case 'knowledge-outdated':
        desk.knowledge.open('KB-276');
        setTimeout(() => bridge.push('knowledge:changed', { number: 'KB-276', version: 4 }), 200);
        return;
      case 'knowledge-palette':
        view.setState({ open: 'palette' });
        return;
      default:
        view.setState({ place: 'articles' });
        if (scene === 'articles') return;
        desk.articles.choose(scene === 'articles-problems' ? 'KB-319' : 'KB-311');
        if (scene === 'articles-versions') setTimeout(() => articles.setState({ dialog: 'versions' }), 200);
        if (scene === 'articles-publish') setTimeout(() => articles.setState({ dialog: 'publish' }), 200);
        return;
    }
  };
  const unsubscribe = session.subscribe((now) => {
    if (now.phase !== 'signedIn') return;
    unsubscribe();
    after();
  });
}
