import { ArrowLeft, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { articleShown, type Stores } from '../../stores/index.ts';
import { type Action, IconButton } from '../../ui/index.ts';
import { ArticleView } from './ArticleView.tsx';
import type { KnowledgeDeeds } from './deeds.ts';
import { FindArticles } from './FindArticles.tsx';
import './knowledge.css';

export interface KnowledgePaneProps {
  readonly stores: Stores;
  readonly deeds: KnowledgeDeeds;
  readonly actions: Readonly<Record<'knowledge.open' | 'knowledge.putIntoAnswer', Action>>;
  /** What may be meant by the contact at hand; null without one. */
  readonly usual: ReactNode;
}

/** Stands where the customer stands. It has the keyboard when it opens, and gives it back to where it was. */
export function KnowledgePane({ stores, deeds, actions, usual }: KnowledgePaneProps) {
  const { t } = useText();
  const pane = useStore(stores.knowledge, (knowledge) => knowledge.pane);
  const article = useStore(stores.knowledge, articleShown);
  const place = useRef<HTMLElement>(null);
  const shown = pane?.shows === 'article' ? pane.number : 'find';

  useEffect(() => {
    const before = document.activeElement;
    const { current } = place;
    return () => {
      const isHere = document.activeElement === document.body || current?.contains(document.activeElement) === true;
      if (isHere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each thing that is shown
  useEffect(() => {
    if (!stores.knowledge.getState().takesKeyboard) return;
    (place.current?.querySelector<HTMLElement>('input[type="search"], .knowledge-article') ?? place.current)?.focus();
  }, [shown, article === null]);

  if (!pane) return null;
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    event.preventDefault();
    event.stopPropagation();
    deeds.close();
  };
  return (
    <aside className="knowledge-pane" ref={place} tabIndex={-1} aria-label={t('knowledge.title')} onKeyDown={keyed}>
      <header className="pane-head">
        {pane.shows === 'article' ? <IconButton icon={ArrowLeft} label={t('knowledge.back')} onClick={deeds.back} /> : null}
        <h2>{pane.shows === 'article' ? pane.number : t('knowledge.title')}</h2>
        {article && pane.shows === 'article' ? (
          <span className="small text-3 nowrap">{t('knowledge.version', { version: article.version })}</span>
        ) : null}
        <span className="push" />
        <IconButton icon={X} label={t('knowledge.close')} onClick={deeds.close} />
      </header>
      {pane.shows === 'article' ? (
        <ArticleView key={pane.number} stores={stores} deeds={deeds} put={actions['knowledge.putIntoAnswer']} />
      ) : (
        <FindArticles stores={stores} deeds={deeds} usual={usual} />
      )}
    </aside>
  );
}
