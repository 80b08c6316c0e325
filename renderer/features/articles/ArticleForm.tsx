import { type ReactNode, useId, useState } from 'react';
import { useStore } from 'zustand';
import {
  type ArticleProblem,
  type ArticleText,
  longestAnswer,
  longestArticleBody,
  longestArticleTitle,
} from '../../../shared/contracts/knowledge.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { type OpenArticle, readTags, type Stores, withArticleText } from '../../stores/index.ts';
import { Button, Chip, classes, Field, Switch, TextArea, Tick } from '../../ui/index.ts';
import type { ArticleDeeds } from './deeds.ts';

export interface ArticleFormProps {
  readonly stores: Stores;
  readonly deeds: ArticleDeeds;
  readonly open: OpenArticle;
  preview(text: string, language: 'en' | 'zh'): ReactNode;
}

const locales = ['en', 'zh'] as const;

/** One article in both languages side by side; every problem stands at its place. */
export function ArticleForm({ stores, deeds, open, preview }: ArticleFormProps) {
  const text = useText();
  const { t, formats } = text;
  const failure = useStore(stores.articles, (state) => state.failure);
  const isBusy = useStore(stores.articles, (state) => state.isBusy);
  const queues = useStore(stores.desk, (desk) => desk.queues);
  const [isPreview, setIsPreview] = useState(false);
  const [tags, setTags] = useState(() => open.content.tags.join(', '));
  const { content, article, problems } = open;
  const summary = article?.summary ?? null;
  const hasDraft = open.saving !== 'saved' || (article?.draftRevision ?? null) !== null;
  const isWrong = problems.some(({ severity }) => severity === 'error');
  const ask = (dialog: 'publish' | 'withdraw' | 'discard' | 'versions') => stores.articles.setState({ dialog });
  const general = problems.filter(({ field }) => field === 'queueIds' || field === 'texts');

  return (
    <>
      <div className="pane-head">
        <h2>{summary?.number ?? t('articles.newTitle')}</h2>
        {summary ? <Chip tone={summary.state === 'live' ? 'ready' : 'away'}>{t(`articles.state.${summary.state}`)}</Chip> : null}
        <span className="small text-3 nowrap" role="status">
          {t(`articles.saving.${open.saving}`)}
        </span>
        <span className="push" />
        {summary && summary.version !== null ? (
          <Button size="small" kind="quiet" disabled={isBusy} onClick={() => ask('versions')}>
            {t('articles.versions')}
          </Button>
        ) : null}
        {summary?.state === 'live' ? (
          <Button size="small" kind="quiet" disabled={isBusy} onClick={() => ask('withdraw')}>
            {t('articles.withdraw')}
          </Button>
        ) : null}
        <Button size="small" kind="quiet" disabled={!hasDraft || summary === null || isBusy} onClick={() => ask('discard')}>
          {t('articles.discard')}
        </Button>
        <Button size="small" kind="primary" disabled={!hasDraft || isWrong || summary === null || isBusy} onClick={() => ask('publish')}>
          {t('articles.publish')}
        </Button>
      </div>
      <div className="articles-scroll">
        {failure ? (
          <p className="articles-failure" role="alert">
            <span>{t(failure === 'conflict' ? 'articles.conflict' : `failure.${failure}`)}</span>
            {failure === 'conflict' ? (
              <Button size="small" onClick={deeds.reload}>
                {t('articles.reload')}
              </Button>
            ) : null}
          </p>
        ) : null}
        <div className="row articles-ways">
          <p className="small text-3 grow">{t('articles.markup')}</p>
          <Switch label={t('articles.preview')} isOn={isPreview} onChange={setIsPreview} />
        </div>
        <div className="articles-columns">
          {locales.map((locale) => (
            <Column
              key={locale}
              text={text}
              locale={locale}
              written={content.texts[locale]}
              problems={problems.filter((problem) => problem.locale === locale && problem.field !== 'texts')}
              preview={isPreview ? preview : null}
              onChange={(change) => deeds.edit(withArticleText(content, locale, change))}
            />
          ))}
        </div>
        <Field
          label={t('articles.tags')}
          value={tags}
          placeholder={t('articles.tagsHint')}
          onChange={({ target }) => {
            setTags(target.value);
            deeds.edit({ ...content, tags: readTags(target.value) });
          }}
        />
        <fieldset className="articles-queues">
          <legend className="label">{t('articles.queues')}</legend>
          {queues.map(({ queueId, name }) => (
            <label key={queueId} className="articles-queue">
              <Tick
                checked={content.queueIds.includes(queueId)}
                onChange={({ target }) => {
                  const others = content.queueIds.filter((each) => each !== queueId);
                  deeds.edit({ ...content, queueIds: target.checked ? [...others, queueId] : others });
                }}
              />
              {name[formats.language]}
            </label>
          ))}
        </fieldset>
        <Problems text={text} problems={general} />
      </div>
    </>
  );
}

function Column(props: {
  readonly text: Text;
  readonly locale: 'en' | 'zh';
  readonly written: ArticleText | null;
  readonly problems: readonly ArticleProblem[];
  readonly preview: ((text: string, language: 'en' | 'zh') => ReactNode) | null;
  onChange(change: Partial<ArticleText>): void;
}) {
  const { text, locale, written, problems, preview, onChange } = props;
  const { t } = text;
  const id = useId();
  const of = (field: ArticleProblem['field']) => problems.filter((problem) => problem.field === field);
  return (
    <section className="articles-column" aria-label={t(`articles.language.${locale}`)}>
      <h3>{t(`articles.language.${locale}`)}</h3>
      <Field
        label={t('articles.title')}
        lang={locale}
        maxLength={longestArticleTitle}
        value={written?.title ?? ''}
        onChange={({ target }) => onChange({ title: target.value })}
      />
      <Problems text={text} problems={of('title')} />
      <label className="label" htmlFor={`${id}-body`}>
        {t('articles.body')}
      </label>
      {preview ? (
        <div className="articles-preview">{preview(written?.body ?? '', locale)}</div>
      ) : (
        <TextArea
          id={`${id}-body`}
          lang={locale}
          rows={14}
          maxLength={longestArticleBody}
          value={written?.body ?? ''}
          onChange={({ target }) => onChange({ body: target.value })}
        />
      )}
      <Problems text={text} problems={of('body')} />
      <label className="label" htmlFor={`${id}-answer`}>
        {t('articles.answer')}
      </label>
      <TextArea
        id={`${id}-answer`}
        lang={locale}
        rows={6}
        maxLength={longestAnswer}
        value={written?.answer ?? ''}
        placeholder={t('articles.answerHint', { open: '{{', close: '}}' })}
        onChange={({ target }) => onChange({ answer: target.value })}
      />
      <Problems text={text} problems={of('answer')} />
    </section>
  );
}

function Problems({ text: { t }, problems }: { readonly text: Text; readonly problems: readonly ArticleProblem[] }) {
  return problems.map(({ severity, code, about, locale }) => (
    <p key={`${code} ${about} ${locale}`} className={classes('small', severity === 'error' ? 'tone-broken' : 'tone-waiting')}>
      {code === 'oneLanguage' ? t(`articles.problem.oneLanguage.${locale ?? 'en'}`) : t(`articles.problem.${code}`, { about: about ?? '' })}
    </p>
  ));
}
