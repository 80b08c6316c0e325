import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button } from '../../ui/index.ts';
import { CardNumberWarning } from './CardNumberWarning.tsx';
import type { InboxDeeds } from './deeds.ts';

const longestNote = 20_000;

export interface NoteComposerProps {
  readonly stores: Stores;
  readonly deeds: Pick<InboxDeeds, 'writeNote' | 'typing'>;
  readonly interactionId: string;
  readonly switcher: ReactNode;
  /** Whoever has the conversation sees that one writes. */
  readonly isGuest: boolean;
}

/** A note among the messages: colleagues see it, the customer never does. It looks like no place from which something is sent. */
export function NoteComposer({ stores, deeds, interactionId, switcher, isGuest }: NoteComposerProps) {
  const { t } = useText();
  const text = useStore(stores.inbox, ({ noteTexts }) => noteTexts[interactionId] ?? '');
  const [isBusy, setIsBusy] = useState(false);
  const change = (next: string) => stores.inbox.setState(({ noteTexts }) => ({ noteTexts: { ...noteTexts, [interactionId]: next } }));
  const add = async () => {
    if (text.trim() === '' || isBusy) return;
    setIsBusy(true);
    if (await deeds.writeNote(interactionId, text)) change('');
    setIsBusy(false);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    void add();
  };
  return (
    <div className="composer">
      <div className="composer-box is-note">
        <textarea
          rows={2}
          data-place="composer"
          data-own-keys="Ctrl+Enter"
          className="composer-text"
          aria-label={t('composer.label.note')}
          aria-keyshortcuts="Control+Enter"
          placeholder={t('composer.placeholder.note')}
          maxLength={longestNote}
          value={text}
          onChange={({ target }) => {
            change(target.value);
            if (isGuest) deeds.typing(interactionId);
          }}
          onKeyDown={keyed}
        />
        <CardNumberWarning text={text} />
        <div className="composer-foot">
          {switcher}
          <span className="push" />
          <Button size="small" shortcut="Ctrl+Enter" disabled={text.trim() === '' || isBusy} onClick={() => void add()}>
            {t('composer.addNote')}
          </Button>
        </div>
      </div>
    </div>
  );
}
