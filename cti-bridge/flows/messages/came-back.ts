import { type StoredConversation, sameAddress } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';

/** When a mail to whoever this conversation is with last came back, in whichever conversation with them; null while nothing speaks against writing. */
export async function cameBack({ channel, addressKey }: StoredConversation, context: MessageContext): Promise<number | null> {
  if (channel !== 'email' || addressKey === null) return null;
  const { conversations, configuration, clock } = context;
  const mailboxIds = configuration().mailboxes.map(({ id }) => id);
  return conversations.cameBackAt(mailboxIds, sameAddress(addressKey), clock.now());
}
