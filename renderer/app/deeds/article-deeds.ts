import type { CommandAnswer } from '../../../shared/contracts/bridge-events.ts';
import { type ArticleInWork, articleContentSchema } from '../../../shared/contracts/knowledge.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { ArticleDeeds } from '../../features/articles/index.ts';
import {
  type ArticlesState,
  type DraftJournal,
  newArticle,
  noArticles,
  type OpenArticle,
  openedArticle,
  putArticle,
  type Stores,
} from '../../stores/index.ts';
import { unsavedWriting } from './unsaved-writing.ts';

const restMs = 1_000;
/** In the journal: one that has no number yet. */
const unnumbered = 'new';

/**
 * The knowledge base as it is written: drafts are stored as they are typed, in order, one at a time. What is typed until then is kept on this
 * computer, and is in the editor again when the article is opened next.
 */
export function articleDeeds({
  stores,
  bridge,
  journal,
  newId,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly journal: DraftJournal;
  newId(): string;
}): ArticleDeeds & {
  /** Stores what is typed. False: it could not be. */
  save(): Promise<boolean>;
  clear(): void;
} {
  const { articles: store } = stores;
  const writing = unsavedWriting(journal, articleContentSchema);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;

  const fail = (outcome: { readonly error: { readonly code: ArticlesState['failure'] } }) =>
    store.setState({ failure: outcome.error.code, isBusy: false });

  function put(article: ArticleInWork): void {
    store.setState(({ articles }) => ({ articles: putArticle(articles, article.summary.number, article.summary) }));
  }

  const keep = ({ number, content, article, writingId }: OpenArticle) =>
    writing.keep(number ?? unnumbered, { content, basedOn: article?.draftRevision ?? null, writingId });

  /** With what was typed on it here and not stored: the bridge says whether somebody else wrote meanwhile. */
  function show(open: OpenArticle): void {
    const unsaved = writing.read(open.number ?? unnumbered);
    const isNews = unsaved !== null && JSON.stringify(unsaved.content) !== JSON.stringify(open.content);
    if (!isNews) return store.setState({ open, failure: null });
    const article = open.article && { ...open.article, draftRevision: unsaved.basedOn };
    const { content, writingId = open.writingId } = unsaved;
    store.setState({ open: { ...open, writingId, article, content, saving: 'typed' }, failure: null });
    void save();
  }

  async function save(): Promise<boolean> {
    clearTimeout(timer);
    if (running) await running;
    const { open } = store.getState();
    if (!open || open.saving === 'saved') return true;
    running = send(open);
    return running.finally(() => {
      running = null;
    });
  }

  async function send(open: NonNullable<ArticlesState['open']>): Promise<boolean> {
    const { number, content, article, writingId } = open;
    store.setState({ open: { ...open, saving: 'saving' } });
    const basedOn = article?.draftRevision ?? null;
    const outcome = await bridge.command('knowledge:save-draft', { number, content, basedOn, writingId });
    const now = store.getState().open;
    // Somebody signed out, or gave it up, while it was on its way.
    if (!now || now.number !== number || now.writingId !== writingId) return outcome.ok;
    if (!outcome.ok) {
      store.setState({ open: { ...now, saving: 'typed' } });
      fail(outcome);
      return false;
    }
    put(outcome.value);
    const stored = openedArticle(outcome.value, writingId);
    const isAll = now.content === content;
    writing.forget(number ?? unnumbered);
    if (!isAll) keep({ ...stored, content: now.content });
    store.setState({ failure: null, open: isAll ? { ...stored, content } : { ...stored, content: now.content, saving: 'typed' } });
    if (!isAll) timer = setTimeout(() => void save(), restMs);
    return true;
  }

  /** Stores what is typed, then asks for something about the article on the screen, and shows what it became. */
  async function ask<Answer>(
    what: (number: string, draftRevision: number | null) => Promise<CommandOutcome<Answer>>,
    became: (answer: Answer) => Partial<ArticlesState>,
  ): Promise<void> {
    if (store.getState().isBusy) return;
    store.setState({ isBusy: true, failure: null });
    const isSaved = await save();
    const { open } = store.getState();
    if (!isSaved || !open || open.number === null) return store.setState({ isBusy: false });
    const outcome = await what(open.number, open.article?.draftRevision ?? null);
    if (outcome.ok) store.setState({ isBusy: false, ...became(outcome.value) });
    else fail(outcome);
  }

  function shown(article: ArticleInWork): Partial<ArticlesState> {
    put(article);
    return { open: openedArticle(article, store.getState().open?.writingId ?? newId()), dialog: null };
  }
  function published(answer: CommandAnswer<'knowledge:publish'>): Partial<ArticlesState> {
    if (answer.published) return shown(answer.article);
    const { open } = store.getState();
    return { dialog: null, open: open && { ...open, problems: answer.problems } };
  }

  async function read(number: string): Promise<void> {
    const outcome = await bridge.command('knowledge:open', { number });
    if (outcome.ok) show(openedArticle(outcome.value, newId()));
    else fail(outcome);
  }

  return {
    load() {
      store.setState(({ asked }) => ({ asked: asked.phase === 'ready' ? asked : { phase: 'loading' } }));
      void bridge.command('knowledge:list', {}).then((outcome) => {
        if (outcome.ok) {
          store.setState({ articles: outcome.value.articles, asked: { phase: 'ready' } });
          // What was begun and has no number is in no list.
          if (store.getState().open === null && writing.read(unnumbered)) show(newArticle(newId()));
        } else store.setState({ asked: { phase: 'failed', code: outcome.error.code } });
      });
    },
    choose(number) {
      void save().then((isSaved) => (isSaved ? read(number) : undefined));
    },
    begin() {
      void save().then((isSaved) => {
        if (isSaved) show(newArticle(newId()));
      });
    },
    edit(content) {
      const { open } = store.getState();
      if (!open) return;
      keep({ ...open, content });
      store.setState({ open: { ...open, content, saving: open.saving === 'saving' ? 'saving' : 'typed' } });
      clearTimeout(timer);
      timer = setTimeout(() => void save(), restMs);
    },
    publish: (note) =>
      void ask(
        (number, draftRevision) => bridge.command('knowledge:publish', { number, draftRevision: draftRevision ?? 0, note }),
        published,
      ),
    restore: (version, note) => void ask((number) => bridge.command('knowledge:restore', { number, version, note }), published),
    withdraw: (note) => void ask((number) => bridge.command('knowledge:withdraw', { number, note }), shown),
    discard: () =>
      void ask(
        (number, draftRevision) => bridge.command('knowledge:discard-draft', { number, draftRevision: draftRevision ?? 0 }),
        ({ article }) => {
          const { open, articles } = store.getState();
          writing.forget(open?.number ?? unnumbered);
          return article ? shown(article) : { open: null, dialog: null, articles: putArticle(articles, open?.number ?? '', null) };
        },
      ),
    reload() {
      const { open } = store.getState();
      if (!open?.number) return;
      writing.forget(open.number);
      void read(open.number);
    },
    save,
    clear() {
      clearTimeout(timer);
      store.setState(noArticles, true);
    },
  };
}
