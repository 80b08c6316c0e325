import { BookOpen, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { ArticleHit } from '../../../shared/contracts/knowledge.ts';
import { useText } from '../../i18n/index.ts';
import { type Stores, writtenIn } from '../../stores/index.ts';
import { classes, EmptyState, Marked, useFound, useTyped } from '../../ui/index.ts';
import type { KnowledgeDeeds } from './deeds.ts';

/** One field over everything that is live; what may be meant anyway stands there before anything is typed. */
export function FindArticles({
  stores,
  deeds,
  usual,
}: {
  readonly stores: Stores;
  readonly deeds: KnowledgeDeeds;
  readonly usual: ReactNode;
}) {
  const { t } = useText();
  const typed = useTyped(stores.knowledge.getState().typed);
  const [index, setIndex] = useState(0);
  const found = useFound(deeds.find, typed.settled);
  const active = found.items[Math.min(index, found.items.length - 1)];
  const isAsked = typed.settled.trim() !== '';

  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'ArrowDown') setIndex(Math.min(found.items.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, index - 1));
    else if (event.key === 'Enter' && active) deeds.open(active.number);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="knowledge-find">
        <div className="field">
          <Search className="icon text-3" aria-hidden="true" />
          <input
            type="search"
            role="combobox"
            aria-expanded={found.items.length > 0}
            aria-controls="knowledge-found"
            aria-activedescendant={active ? `knowledge-${active.number}` : undefined}
            aria-label={t('knowledge.find')}
            placeholder={t('knowledge.findHint')}
            {...typed.field}
            onChange={(event) => {
              typed.field.onChange(event);
              stores.knowledge.setState({ typed: event.target.value });
              setIndex(0);
            }}
            onKeyDown={keyed}
          />
        </div>
        <p className="small text-3" role="status">
          {found.phase === 'failed'
            ? t('search.failed')
            : isAsked && found.phase === 'found'
              ? t('knowledge.count', { count: found.items.length })
              : ''}
        </p>
      </div>
      <div className="knowledge-scroll" id="knowledge-found" role="listbox" aria-label={t('knowledge.title')}>
        {found.items.map((hit) => (
          <Hit key={hit.number} hit={hit} typed={typed.settled} isActive={hit === active} onOpen={() => deeds.open(hit.number)} />
        ))}
      </div>
      {isAsked ? null : (
        <div className="knowledge-usual">
          {usual ?? (
            <EmptyState icon={BookOpen} title={t('knowledge.emptyTitle')}>
              {t('knowledge.emptyText')}
            </EmptyState>
          )}
        </div>
      )}
    </>
  );
}

function Hit(props: { readonly hit: ArticleHit; readonly typed: string; readonly isActive: boolean; onOpen(): void }) {
  const { hit, typed, isActive, onOpen } = props;
  const { t, formats } = useText();
  const title = writtenIn(hit.titles, formats.language);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the article at hand to screen readers.
    <div
      id={`knowledge-${hit.number}`}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes('knowledge-hit', isActive && 'is-at-hand')}
      ref={(element) => {
        if (isActive) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onOpen}
    >
      <span className="row">
        <span className="knowledge-hit-title grow" lang={title?.language}>
          <Marked text={title?.text ?? hit.number} typed={typed} />
        </span>
        <span className="small text-3 nowrap">{hit.number}</span>
      </span>
      {title && title.language !== formats.language ? (
        <span className="small text-3">{t(`knowledge.onlyIn.${title.language}`)}</span>
      ) : null}
      {hit.excerpt ? (
        <span className="small text-2 knowledge-hit-excerpt">
          <Marked text={hit.excerpt} typed={typed} />
        </span>
      ) : null}
    </div>
  );
}
