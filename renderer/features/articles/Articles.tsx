import { BookOpen } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { type ArticleSummary, articleStates } from '../../../shared/contracts/knowledge.ts';
import { useText } from '../../i18n/index.ts';
import { articlesListed, type Stores, writtenIn } from '../../stores/index.ts';
import { Button, Chip, classes, EmptyState, Select } from '../../ui/index.ts';
import { ArticleDialogs } from './ArticleDialogs.tsx';
import { ArticleForm } from './ArticleForm.tsx';
import type { ArticleDeeds } from './deeds.ts';
import './articles.css';

export interface ArticlesProps {
  readonly stores: Stores;
  readonly deeds: ArticleDeeds;
  /** A text as agents will see it. */
  preview(text: string, language: 'en' | 'zh'): ReactNode;
}

const toneOf = { live: 'ready', draft: 'waiting', withdrawn: 'away' } as const;

/** All articles at the left, one of them at the right. */
export function Articles({ stores, deeds, preview }: ArticlesProps) {
  const { t } = useText();
  const asked = useStore(stores.articles, (state) => state.asked);
  const open = useStore(stores.articles, (state) => state.open);
  useEffect(() => deeds.load(), [deeds]);
  return (
    <div className="articles">
      <ArticleList stores={stores} deeds={deeds} />
      <main className="pane" id="place-centre" tabIndex={-1}>
        {open ? (
          <ArticleForm key={open.article?.summary.number ?? 'new'} stores={stores} deeds={deeds} open={open} preview={preview} />
        ) : (
          <div className="articles-nothing">
            {asked.phase === 'failed' ? (
              <EmptyState title={t('articles.failed')} action={<Button onClick={deeds.load}>{t('knowledge.again')}</Button>}>
                {t(`failure.${asked.code}`)}
              </EmptyState>
            ) : (
              <EmptyState icon={BookOpen} title={t('articles.choose')}>
                {t('articles.chooseText')}
              </EmptyState>
            )}
          </div>
        )}
      </main>
      <ArticleDialogs stores={stores} deeds={deeds} />
    </div>
  );
}

function ArticleList({ stores, deeds }: Omit<ArticlesProps, 'preview'>) {
  const { t } = useText();
  const state = useStore(stores.articles);
  const shown = articlesListed(state);
  return (
    <section className="pane articles-list" id="place-work" tabIndex={-1} aria-labelledby="articles-title">
      <div className="pane-head">
        <h1 id="articles-title">{t('knowledge.title')}</h1>
        <span className="small text-3 figures">{state.asked.phase === 'ready' ? t('knowledge.count', { count: shown.length }) : null}</span>
        <span className="push" />
        <Button size="small" onClick={deeds.begin}>
          {t('articles.new')}
        </Button>
      </div>
      <div className="articles-filter">
        <div className="field">
          <input
            type="search"
            aria-label={t('articles.filter')}
            placeholder={t('articles.filter')}
            value={state.filter}
            onChange={({ target }) => stores.articles.setState({ filter: target.value })}
          />
        </div>
        <Select
          label={t('articles.shows')}
          value={state.shows}
          onChange={(shows) => stores.articles.setState({ shows })}
          choices={(['all', ...articleStates] as const).map((value) => ({ value, label: t(`articles.shows.${value}`) }))}
        />
      </div>
      <ul className="articles-lines">
        {shown.map((article) => (
          <Line
            key={article.number}
            article={article}
            isOn={article.number === state.open?.number}
            onChoose={() => deeds.choose(article.number)}
          />
        ))}
        {state.asked.phase === 'ready' && shown.length === 0 ? (
          <li className="small text-3 articles-empty">{t('articles.noneFound')}</li>
        ) : null}
      </ul>
    </section>
  );
}

function Line({ article, isOn, onChoose }: { readonly article: ArticleSummary; readonly isOn: boolean; onChoose(): void }) {
  const { t, formats } = useText();
  const { number, state, titles, hasDraft, helped, notHelped } = article;
  const title = writtenIn(titles, formats.language);
  return (
    <li>
      <button
        type="button"
        className={classes('articles-line', isOn && 'is-on')}
        aria-current={isOn ? 'true' : undefined}
        onClick={onChoose}
      >
        <span lang={title?.language} className="whole">
          {title?.text.trim() || t('articles.untitled')}
        </span>
        <span className="small text-3 articles-facts">
          <span>{number}</span>
          <Chip tone={toneOf[state]}>{t(`articles.state.${state}`)}</Chip>
          {hasDraft && state !== 'draft' ? <Chip tone="waiting">{t('articles.hasDraft')}</Chip> : null}
          {titles.en === null || titles.zh === null ? (
            <span>{t(titles.en === null ? 'knowledge.onlyIn.zh' : 'knowledge.onlyIn.en')}</span>
          ) : null}
          {helped + notHelped > 0 ? <span>{t('articles.helped', { helped, not: notHelped })}</span> : null}
        </span>
      </button>
    </li>
  );
}
