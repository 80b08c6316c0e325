import { RefreshCw } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Article } from '../../../shared/contracts/knowledge.ts';
import type { TemplateField } from '../../../shared/contracts/messages/settings.ts';
import type { FilledTemplate } from '../../../shared/fill-template.ts';
import { type Translate, useText } from '../../i18n/index.ts';
import { answerFor, articleShown, currentWork, interactionIdOf, judgementKey, type Stores, writtenIn } from '../../stores/index.ts';
import { type Action, Button, Chip, EmptyState, Segments } from '../../ui/index.ts';
import { ArticleText } from './ArticleText.tsx';
import type { KnowledgeDeeds } from './deeds.ts';

interface ArticleViewProps {
  readonly stores: Stores;
  readonly deeds: KnowledgeDeeds;
  readonly put: Action;
}

export function ArticleView({ stores, deeds, put }: ArticleViewProps) {
  const { t } = useText();
  const article = useStore(stores.knowledge, articleShown);
  const asked = useStore(stores.knowledge, (knowledge) => knowledge.asked);
  if (article) return <Shown stores={stores} deeds={deeds} put={put} article={article} />;
  if (asked.phase !== 'failed') return <div className="knowledge-scroll" aria-busy="true" />;
  const isGone = asked.code === 'not_found';
  return (
    <EmptyState
      title={t(isGone ? 'knowledge.goneTitle' : 'knowledge.failedTitle')}
      action={isGone ? undefined : <Button onClick={deeds.reload}>{t('knowledge.again')}</Button>}
    >
      {isGone ? t('knowledge.goneText') : t(`failure.${asked.code}`)}
    </EmptyState>
  );
}

function Shown({ stores, deeds, put, article }: ArticleViewProps & { readonly article: Article }) {
  const { t, formats } = useText();
  const chosen = useStore(stores.knowledge, (knowledge) => knowledge.language);
  const isOutdated = useStore(stores.knowledge, (knowledge) => knowledge.isOutdated);
  const customersLanguage = useStore(stores.desk, (desk) => {
    const work = currentWork(desk, stores.view.getState().selectedId);
    return work?.kind === 'written' ? work.item.conversation.locale : null;
  });
  const { texts, tags } = article.content;
  const wanted = chosen ?? formats.language;
  const shown = writtenIn(texts, wanted);
  const titleOf = (number: string) => {
    const other = article.refersTo.find((each) => each.number === number);
    return other && (writtenIn(other.titles, wanted)?.text ?? number);
  };
  const answer = answerFor({ texts }, customersLanguage ?? wanted);
  if (!shown) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="knowledge-scroll knowledge-article" tabIndex={0} aria-labelledby="knowledge-title">
        {isOutdated ? (
          <p className="knowledge-outdated" role="status">
            <span>{t('knowledge.outdated')}</span>
            <Button size="small" icon={RefreshCw} onClick={deeds.reload}>
              {t('knowledge.readNew')}
            </Button>
          </p>
        ) : null}
        <h3 id="knowledge-title" className="knowledge-article-title" lang={shown.language}>
          {shown.text.title}
        </h3>
        <div className="row small text-3 knowledge-facts">
          <span>{t('knowledge.changed', { date: formats.date(article.at), name: article.by.name })}</span>
          {texts.en && texts.zh ? (
            <Segments
              label={t('knowledge.language')}
              value={shown.language}
              onChange={deeds.showIn}
              segments={[
                { value: 'en', label: 'English' },
                { value: 'zh', label: '中文' },
              ]}
            />
          ) : (
            <Chip tone="waiting">{t(`knowledge.onlyIn.${shown.language}`)}</Chip>
          )}
        </div>
        <ArticleText text={shown.text.body} language={shown.language} titleOf={titleOf} onOpen={deeds.open} />
        {answer ? (
          <div className="knowledge-answer">
            <div className="row">
              <h4 className="small medium text-3 grow">{t('knowledge.forCustomer')}</h4>
              {answer.language === formats.language ? null : <Chip>{t(`knowledge.answerIn.${answer.language}`)}</Chip>}
            </div>
            <p lang={answer.language}>{withGaps(deeds.fillIn(answer.text, answer.language), t)}</p>
          </div>
        ) : (
          <p className="small text-3">{t('knowledge.notForCustomers')}</p>
        )}
        {tags.length > 0 ? (
          <p className="knowledge-tags">
            {tagsIn(shown.language, tags).map((tag) => (
              <Chip key={tag} tone="outlined">
                {tag}
              </Chip>
            ))}
          </p>
        ) : null}
      </section>
      <footer className="knowledge-foot">
        <Judgement stores={stores} deeds={deeds} article={article} />
        <span className="push" />
        {customersLanguage === null ? null : (
          <Button size="small" kind="primary" shortcut={put.shortcut} disabled={!put.isEnabled} onClick={put.perform}>
            {t('knowledge.put')}
          </Button>
        )}
      </footer>
    </>
  );
}

/** What it is found by in the language it is read in; both where it has none of its own. */
function tagsIn(language: 'en' | 'zh', tags: readonly string[]): readonly string[] {
  const own = tags.filter((tag) => /\p{Script=Han}/u.test(tag) === (language === 'zh'));
  return own.length > 0 ? own : tags;
}

/** Asked only of somebody who has a contact at hand: it is for that one that it helped or not. */
function Judgement({ stores, deeds, article }: Omit<ArticleViewProps, 'put'> & { readonly article: Article }) {
  const { t } = useText();
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const interactionId = useStore(stores.desk, (desk) => {
    const work = currentWork(desk, selectedId);
    return work ? interactionIdOf(work) : null;
  });
  const judged = useStore(stores.knowledge, (knowledge) => knowledge.judged[judgementKey(article.number, interactionId ?? '')]);
  if (interactionId === null) return <span className="small text-3">{t('knowledge.helpedCount', { count: article.helped })}</span>;
  return (
    <>
      <span className="small text-2">{t('knowledge.wasItThis')}</span>
      <Button size="small" aria-pressed={judged === true} onClick={() => deeds.judge(article.number, true)}>
        {t('knowledge.yes')}
      </Button>
      <Button size="small" aria-pressed={judged === false} onClick={() => deeds.judge(article.number, false)}>
        {t('knowledge.no')}
      </Button>
    </>
  );
}

/** What nobody knows is named, and looks like a gap. */
function withGaps({ text, gaps }: FilledTemplate, t: Translate): ReactNode {
  const parts = gaps.map(({ name, isKnown, from, to }, at) => (
    <Fragment key={from}>
      {text.slice(gaps[at - 1]?.to ?? 0, from)}
      <span className="knowledge-gap">{isKnown ? t(`admin.texts.field.${name as TemplateField}`) : text.slice(from, to)}</span>
    </Fragment>
  ));
  return [...parts, text.slice(gaps.at(-1)?.to ?? 0)];
}
