import { articlesIn } from '../../shared/article-markup.ts';
import type { CommandAnswer, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type {
  ArticleContent,
  ArticleInWork,
  ArticleProblem,
  ArticleSummary,
  KnowledgeCommandName,
} from '../../shared/contracts/knowledge.ts';
import {
  type ArticleDoing,
  type ArticleRepository,
  type IndexedArticle,
  indexArticle,
  judgeArticle,
  type KeptArticle,
  searchArticles,
  suggestArticles,
} from '../crm/index.ts';
import { type Clock, err, type Log, ok, type Result } from '../kernel/index.ts';
import type { Asker, Desktops } from './ports.ts';

type Outcome<Value> = Promise<Result<Value, WireError>>;

/** The knowledge base, one answer a command. Rights are judged before. */
export type Knowledge = {
  readonly [Name in KnowledgeCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<CommandAnswer<Name>>;
} & {
  /** For whoever refers to articles. */
  isLive(number: string): boolean;
};

export interface KnowledgeParts {
  readonly repository: ArticleRepository;
  readonly configuration: () => Configuration;
  readonly desktops: Pick<Desktops, 'broadcast'>;
  readonly clock: Clock;
  readonly log: Log;
}

const noSuchArticle: WireError = { code: 'not_found', message: 'There is no such article, or it is not live.' };
const changedMeanwhile: WireError = { code: 'conflict', message: 'Somebody else has changed this article since. Read it again.' };
const storeFailed: WireError = { code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' };

/** Reads all articles and keeps them in memory: a search asks no disk. What is published is found from the next search. */
export async function openKnowledge({ repository, configuration, desktops, clock, log }: KnowledgeParts): Promise<Knowledge> {
  const kept = new Map<string, KeptArticle>();
  const live = new Map<string, IndexedArticle>();
  for (const article of await repository.readAll()) take(article);

  function take(article: KeptArticle): void {
    const { number, last, isLive, helped } = article;
    kept.set(number, article);
    const before = live.get(number);
    if (!last || !isLive) live.delete(number);
    else
      live.set(number, before?.content === last.content ? { ...before, helped } : indexArticle({ number, content: last.content, helped }));
  }

  const doing = ({ userId, name }: Asker): ArticleDoing => ({ at: clock.now(), by: { userId, name } });
  const titlesOf = ({ texts: { en, zh } }: ArticleContent) => ({ en: en?.title ?? null, zh: zh?.title ?? null });
  /** Of a draft, or of what was published last. */
  const contentOf = ({ draft, last }: KeptArticle): ArticleContent => (draft ?? last)?.content ?? nothingWritten;

  function judge(number: string | null, content: ArticleContent): readonly ArticleProblem[] {
    const { queues } = configuration();
    const others = [...live.values()].filter((article) => article.number !== number);
    return judgeArticle(content, {
      number,
      isLive: (other) => live.has(other),
      hasQueue: (queueId) => queues.some(({ id }) => id === queueId),
      otherTitles: new Map(others.flatMap((article) => article.titleKeys.map((key) => [key, article.number]))),
    });
  }

  function summaryOf(article: KeptArticle): ArticleSummary {
    const { number, draft, last, isLive, withdrawn, helped, notHelped } = article;
    const content = contentOf(article);
    const latest = [draft, last, withdrawn].filter((each) => each !== null).toSorted((one, other) => other.at - one.at)[0];
    return {
      number,
      state: isLive ? 'live' : last ? 'withdrawn' : 'draft',
      titles: titlesOf(content),
      tags: content.tags,
      queueIds: content.queueIds,
      version: last?.version ?? null,
      hasDraft: draft !== null,
      at: latest?.at ?? 0,
      by: latest?.by ?? { userId: null, name: '' },
      helped,
      notHelped,
    };
  }

  async function inWork(article: KeptArticle): Promise<ArticleInWork> {
    const content = contentOf(article);
    return {
      summary: summaryOf(article),
      content,
      draftRevision: article.draft?.revision ?? null,
      problems: [...judge(article.number, content)],
      versions: [...(await repository.versions(article.number))],
    };
  }

  async function published(
    asker: Asker,
    {
      number,
      content,
      ...what
    }: { readonly number: string; readonly content: ArticleContent; readonly note: string } & (
      | { readonly draftRevision: number }
      | { readonly restores: number }
    ),
  ): Outcome<CommandAnswer<'knowledge:publish'>> {
    const problems = judge(number, content);
    if (problems.some(({ severity }) => severity === 'error')) return ok({ published: false as const, problems: [...problems] });
    const how = 'restores' in what ? { restores: what.restores } : { draftRevision: what.draftRevision };
    const article = await repository.publish({ ...doing(asker), number, what: how, why: what.note });
    if (!article) return err(changedMeanwhile);
    take(article);
    const version = article.last?.version ?? null;
    log.info('article:published', { number, version, by: asker.userId });
    desktops.broadcast('knowledge:changed', { number, version });
    return ok({ published: true as const, article: await inWork(article) });
  }

  /** What the store cannot do now is said as that. */
  const guarded =
    <Request, Value>(work: (asker: Asker, request: Request) => Outcome<Value>) =>
    async (asker: Asker, request: Request): Outcome<Value> => {
      try {
        return await work(asker, request);
      } catch (error) {
        log.error('knowledge:failed', { error: String(error) });
        return err(storeFailed);
      }
    };

  return {
    'knowledge:search': async (_asker, { text, queueId, limit }) =>
      ok({ hits: [...searchArticles(live.values(), text, { queueId, limit })] }),

    'knowledge:read': async (_asker, { number }) => {
      const article = kept.get(number);
      if (!article?.last || !article.isLive) return err(noSuchArticle);
      const { content, version, at, by } = article.last;
      const named = [content.texts.en, content.texts.zh].flatMap((text) => (text ? articlesIn(text.body) : []));
      const refersTo = [...new Set(named)]
        .flatMap((other) => live.get(other) ?? [])
        .map((other) => ({ number: other.number, titles: other.titles }));
      return ok({ number, version, at, by, content, refersTo, helped: article.helped, notHelped: article.notHelped });
    },

    'knowledge:suggest': async (_asker, atHand) => ok({ suggestions: [...suggestArticles(live.values(), atHand)] }),

    'knowledge:judge': guarded(async (asker, { number, interactionId, helped }) => {
      const article = kept.get(number);
      if (!article?.isLive) return err(noSuchArticle);
      const counts = await repository.judge({ number, interactionId, helped, userId: asker.userId, at: clock.now() });
      take({ ...(kept.get(number) ?? article), ...counts });
      return ok(counts);
    }),

    'knowledge:list': async () => ok({ articles: [...kept.values()].map(summaryOf) }),

    'knowledge:open': guarded(async (_asker, { number }) => {
      const article = kept.get(number);
      return article ? ok(await inWork(article)) : err(noSuchArticle);
    }),

    'knowledge:open-version': guarded(async (_asker, { number, version }) => {
      const content = await repository.readVersion(number, version);
      return content ? ok({ content }) : err(noSuchArticle);
    }),

    'knowledge:save-draft': guarded(async (asker, { number, ...saving }) => {
      if (number !== null && !kept.has(number)) return err(noSuchArticle);
      const article = await repository.saveDraft({ ...doing(asker), number, ...saving });
      if (!article) return err(changedMeanwhile);
      take(article);
      return ok(await inWork(article));
    }),

    'knowledge:discard-draft': guarded(async (_asker, { number, draftRevision }) => {
      const discarded = await repository.discardDraft({ number, draftRevision });
      if (!discarded) return err(changedMeanwhile);
      if (discarded.kept) take(discarded.kept);
      else kept.delete(number);
      return ok({ article: discarded.kept && (await inWork(discarded.kept)) });
    }),

    'knowledge:publish': guarded(async (asker, { number, draftRevision, note }) => {
      const draft = kept.get(number)?.draft;
      if (draft?.revision !== draftRevision) return err(changedMeanwhile);
      return published(asker, { number, content: draft.content, note, draftRevision });
    }),

    'knowledge:restore': guarded(async (asker, { number, version, note }) => {
      const content = await repository.readVersion(number, version);
      return content ? published(asker, { number, content, note, restores: version }) : err(noSuchArticle);
    }),

    'knowledge:withdraw': guarded(async (asker, { number, note }) => {
      const article = await repository.withdraw({ ...doing(asker), number, why: note });
      if (!article) return err(noSuchArticle);
      take(article);
      log.info('article:withdrawn', { number, by: asker.userId });
      desktops.broadcast('knowledge:changed', { number, version: null });
      return ok(await inWork(article));
    }),

    isLive: (number) => live.has(number),
  };
}

const nothingWritten: ArticleContent = { texts: { en: null, zh: null }, tags: [], queueIds: [] };
