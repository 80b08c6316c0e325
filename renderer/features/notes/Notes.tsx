import { Check, CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Drafts, DraftView } from '../../stores/index.ts';
import { classes, Kbd, TextArea } from '../../ui/index.ts';
import './notes.css';

const longestNote = 20_000;

export interface NotesProps {
  readonly drafts: Drafts;
  readonly interactionId: string;
  readonly title: string;
  readonly placeholder: string;
  readonly className?: string;
}

export function Notes({ drafts, interactionId, title, placeholder, className }: NotesProps) {
  const draft = useStore(drafts.store, (all) => all[interactionId]);
  const id = useId();
  return (
    <section className={classes('notes', className)}>
      <div className="section-head">
        <h3>
          <label htmlFor={id}>{title}</label>
          <Kbd keys="Alt+N" />
        </h3>
        <span className="section-more">
          <Status draft={draft} />
        </span>
      </div>
      <TextArea
        id={id}
        data-place="notes"
        className="notes-text"
        aria-keyshortcuts="Alt+N"
        placeholder={placeholder}
        maxLength={longestNote}
        value={draft?.text ?? ''}
        onChange={(event) => drafts.edit(interactionId, event.target.value)}
      />
    </section>
  );
}

/** Told politely when it settles, not at every key. */
function Status({ draft }: { readonly draft: DraftView | undefined }) {
  const { t, formats } = useText();
  return (
    <span role="status" className="row notes-status">
      {draft?.status === 'saved' && draft.savedAt !== null ? (
        <span className="row tone-ready">
          <Check className="icon icon-small" aria-hidden="true" />
          {t('notes.saved', { time: formats.timeOfDay(draft.savedAt) })}
        </span>
      ) : null}
      {draft?.status === 'kept' ? (
        <span className="row tone-waiting">
          <CircleAlert className="icon icon-small" aria-hidden="true" />
          {t('notes.kept')}
        </span>
      ) : null}
      {draft?.status === 'typing' ? <span aria-hidden="true">{t('notes.typing')}</span> : null}
      {draft?.status === 'saving' ? <span aria-hidden="true">{t('notes.saving')}</span> : null}
    </span>
  );
}
