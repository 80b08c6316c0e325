import { useStore } from 'zustand';
import type { Stores } from '../../stores/index.ts';
import { BringInDialog } from './BringInDialog.tsx';
import { ConversationDialog } from './ConversationDialog.tsx';
import type { InboxDeeds } from './deeds.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { NewMessageDialog } from './NewMessageDialog.tsx';
import { QuarantineDialog } from './QuarantineDialog.tsx';
import { SnoozeDialog } from './SnoozeDialog.tsx';

/** What opens over the work with conversations, one at a time. */
export function InboxDialogs({ stores, deeds }: { readonly stores: Stores; readonly deeds: InboxDeeds }) {
  const panel = useStore(stores.inbox, (inbox) => inbox.panel);
  const mine = useStore(stores.desk, (desk) => desk.inbox.mine);
  switch (panel?.kind) {
    case 'snooze':
    case 'invite': {
      const work = mine.find(({ interactionId }) => interactionId === panel.interactionId);
      if (!work) return null;
      return panel.kind === 'snooze' ? <SnoozeDialog {...{ stores, deeds, work }} /> : <InviteDialog {...{ deeds, work }} />;
    }
    case 'conversation':
      return <ConversationDialog {...{ stores, deeds }} conversationId={panel.conversationId} />;
    case 'new':
      return <NewMessageDialog {...{ stores, deeds }} begin={panel} />;
    case 'bringIn':
      return <BringInDialog {...{ stores, deeds }} {...(panel.person ? { named: panel.person } : {})} />;
    case 'quarantine':
      return <QuarantineDialog {...{ stores, deeds }} />;
    default:
      return null;
  }
}
