import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Dialog, useMinute } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { MessageList } from './MessageList.tsx';
import './inbox.css';

/** A conversation of any time, to be read: from an entry of a customer's timeline. */
export function ConversationDialog({
  stores,
  deeds,
  conversationId,
}: {
  readonly stores: Stores;
  readonly deeds: InboxDeeds;
  readonly conversationId: string;
}) {
  const { t } = useText();
  const thread = useStore(stores.inbox, (inbox) => inbox.threads[conversationId]);
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const known = thread?.conversation;
  const conversation = known ?? {
    ...{ conversationId, channel: 'chat' as const, source: { id: '', name: { en: '', zh: '' } }, subject: null, contactId: null },
    ...{
      correspondent: { address: null, display: '', name: null },
      locale: 'en' as const,
      startedAt: 0,
      lastSeq: 0,
      visitor: null,
      isStopped: false,
    },
  };
  const name = conversation.correspondent.name ?? conversation.correspondent.display;
  return (
    <Dialog title={known?.subject ?? (name || t('conversation.title'))} isOpen onClose={() => deeds.open(null)} isWide>
      <div className="conversation-dialog">
        <MessageList {...{ stores, deeds, conversation, now }} theirName={name} isReadOnly />
      </div>
    </Dialog>
  );
}
