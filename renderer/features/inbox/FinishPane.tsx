import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { dispositionPath, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, Kbd } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';

export interface FinishPaneProps {
  readonly stores: Stores;
  readonly deeds: Pick<InboxDeeds, 'open'>;
  readonly interactionId: string;
  readonly name: string;
  readonly finish: Action;
  /** The outcomes to choose from, and the note for the record. */
  readonly outcomes: ReactNode;
  readonly notes: ReactNode;
  /** What follows from the conversation. */
  readonly next: ReactNode;
}

/** Ending a conversation: an outcome and a note. Esc goes back to it, and what was chosen stays. */
export function FinishPane({ stores, deeds, interactionId, name, finish, outcomes, notes, next }: FinishPaneProps) {
  const { t, formats } = useText();
  const place = useRef<HTMLElement>(null);
  const dispositions = useStore(stores.desk, (desk) => desk.dispositions);
  const chosen = useStore(stores.view, (view) => view.outcomes[interactionId] ?? null);
  useEffect(() => place.current?.querySelector<HTMLElement>('[role=tree]')?.focus({ preventScroll: true }), []);
  const title = t('finish.title', { name });
  return (
    <section
      className="finish-pane"
      aria-label={title}
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        deeds.open(null);
      }}
    >
      <div className="section-head">
        <h3>{title}</h3>
        <span className="cut text-3">
          {chosen ? dispositionPath(formats.language, dispositions, chosen).join(' / ') : t('finish.needsOutcome')}
        </span>
        <span className="section-more">
          {t('finish.hint')} <Kbd keys="1" />–<Kbd keys="9" />
        </span>
      </div>
      {outcomes}
      {notes}
      {next}
      <div className="row finish-foot">
        <Button kind="quiet" onClick={() => deeds.open(null)}>
          {t('finish.back')} <Kbd keys="Esc" />
        </Button>
        <span className="push" />
        <Button kind="primary" shortcut={finish.shortcut} disabled={!finish.isEnabled || chosen === null} onClick={finish.perform}>
          {t('finish.done')}
        </Button>
      </div>
    </section>
  );
}
