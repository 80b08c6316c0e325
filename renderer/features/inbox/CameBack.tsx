import { useStore } from 'zustand';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { useMinute } from '../../ui/index.ts';
import { cameBackAt } from './came-back.ts';

/** Of everybody a mail is to go to: whose mail came back the last time. Said before it is sent; whoever knows better sends. */
export function CameBack({ stores, composed, conversationId }: { stores: Stores; composed: Composed; conversationId: string }) {
  const { t, formats } = useText();
  const now = useMinute(useStore(stores.connection, ({ clockOffsetMs }) => clockOffsetMs));
  const thread = useStore(stores.inbox, ({ threads }) => threads[conversationId]);
  return [...composed.to, ...composed.cc, ...composed.bcc].map(({ address }) => {
    const at = cameBackAt(thread, address, now);
    return at === null ? null : (
      <p key={address} className="mail-refs small tone-waiting" role="alert">
        {t('composer.cameBack', { address, date: formats.date(at) })}
      </p>
    );
  });
}
