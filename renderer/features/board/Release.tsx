import { useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';

/** Whoever holds a contact lets go. Asked first only where a customer is in a conversation. */
export function Release(props: {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly interactionId: string;
  readonly isConversation: boolean;
  /** Then nobody is cut off. */
  readonly isWritten: boolean;
  readonly agent: string;
  readonly queue: string;
}) {
  const { stores, deeds, interactionId, isConversation, isWritten, agent, queue } = props;
  const { t } = useText();
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('floor'));
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size="small" disabled={isBusy} onClick={() => (isConversation ? setIsAsking(true) : deeds.release(interactionId))}>
        {t('board.release')}
      </Button>
      <Dialog
        title={t(isWritten ? 'board.release.titleWritten' : 'board.release.title', { agent })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('board.cancel')}</Button>
            <Button
              kind="end"
              onClick={() => {
                setIsAsking(false);
                deeds.release(interactionId);
              }}
            >
              {t('board.release.confirm')}
            </Button>
          </>
        }
      >
        <p className="dialog-body">{t(isWritten ? 'board.release.textWritten' : 'board.release.text', { agent, queue })}</p>
      </Dialog>
    </>
  );
}
