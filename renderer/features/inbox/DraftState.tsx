import { Check, CircleAlert } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import type { DraftView } from '../../stores/index.ts';

/** Whether what is written is stored; told politely when it settles, not at every key. */
export function DraftState({ draft }: { readonly draft: DraftView | undefined }) {
  const { t, formats } = useText();
  return (
    <span role="status" className="composer-state small">
      {draft?.status === 'saved' && draft.savedAt !== null && draft.text !== '' ? (
        <span className="row tone-ready">
          <Check className="icon icon-small" aria-hidden="true" />
          <span className="figures cut">{t('composer.saved', { time: formats.timeOfDay(draft.savedAt) })}</span>
        </span>
      ) : null}
      {draft?.status === 'kept' ? (
        <span className="row tone-waiting">
          <CircleAlert className="icon icon-small" aria-hidden="true" />
          <span className="cut">{t('composer.kept')}</span>
        </span>
      ) : null}
    </span>
  );
}
