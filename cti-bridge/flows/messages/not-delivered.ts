import { asId, type ConversationId, type MessageId } from '../../../shared/ids.ts';
import { arrivalByEmail, arrivalByPhone } from '../../crm/index.ts';
import type { ReadMail, StoredConversation, StoredMessage } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { bringBack } from './hold-work.ts';
import { plainMessage } from './note-event.ts';
import { takeMessage } from './take-message.ts';
import { tellMessage } from './tell.ts';

/** What is said of a message of ours after it was written: an event of its conversation. */
export interface DeliveryNews {
  /** `delayed` is for information: whoever carries it goes on trying. */
  readonly what: 'bounced' | 'delayed' | 'failed' | 'mayHaveBeenSent';
  /** Whom it did not reach; null where that is not said. */
  readonly name: string | null;
  /** In the words of whoever says so. */
  readonly why: string;
  readonly at: number;
  /** Told again under this name it is the same. */
  readonly clientId: string;
  /** Of a mail that says so. */
  readonly mail?: {
    readonly arrivalId: string;
    readonly references: readonly { readonly internetId: string; readonly digest: string }[];
  };
}

/**
 * A message of ours did not arrive, or nobody knows. Whoever has the conversation has it in hand again; where nobody has, what somebody wrote is
 * somebody's work once more: a reply that never came is not over because its writer closed the contact. What no person wrote wakes nobody.
 */
export async function notDelivered(sent: StoredMessage, news: DeliveryNews, context: MessageContext): Promise<void> {
  const { conversations, works, ids } = context;
  const { what, name, why, at, clientId, mail } = news;
  const there = works.ofConversation(sent.conversationId);
  const isSomebodys = what !== 'delayed' && !sent.isAutomatic;
  // How it stands with the message itself they see already.
  const isShown = there !== null && mail === undefined;
  if (isSomebodys && there) bringBack(there, context);
  if (isShown || !(isSomebodys || mail)) return;
  const conversation = there?.conversation ?? (await conversations.readConversation(asId<ConversationId>(sent.conversationId)));
  if (!conversation) return;
  const message = {
    ...{ ...plainMessage, messageId: ids.next<MessageId>(), kind: 'event' as const, at, author: { kind: 'system' as const, name } },
    ...{ text: what, quoted: why, clientId, isAutomatic: true },
  };
  await takeMessage(
    {
      ...{ conversation: { ...conversation, lastAt: at }, message, files: [], partIds: [], locale: conversation.locale },
      references: mail?.references ?? [],
      arrivalId: mail?.arrivalId ?? null,
      arrival: arrivalOf(conversation, context),
      isForNobody: !isSomebodys || there !== null,
    },
    context,
  );
}

/** A mail that says what became of one of ours. False: it is about none that we know, and is a mail like others. */
export async function takeBounce(
  { bounce, internetMessageId }: ReadMail,
  { arrivalId, at, digest }: { readonly arrivalId: string; readonly at: number; readonly digest: string },
  context: MessageContext,
): Promise<boolean> {
  const { conversations, works, clock } = context;
  if (!bounce?.of) return false;
  const sent = await conversations.findByInternetId(bounce.of);
  if (sent?.kind !== 'out') return false;
  const { isPermanent, recipient, why } = bounce;
  if (isPermanent) {
    const words = [recipient, why].flatMap((each) => each || []).join(': ');
    const from = ['sending', 'sent', 'delivered', 'mayHaveBeenSent'] as const;
    const changed = await conversations.changeState(asId<MessageId>(sent.messageId), from, { state: 'failed', why: words }, clock.now());
    if (changed) tellMessage(works.ofConversation(sent.conversationId), changed, context);
  }
  const references = internetMessageId === null ? [] : [{ internetId: internetMessageId, digest }];
  const what = isPermanent ? 'bounced' : 'delayed';
  await notDelivered(sent, { what, name: recipient, why, at, clientId: `mail:${arrivalId}`, mail: { arrivalId, references } }, context);
  return true;
}

function arrivalOf({ channel, address, name }: StoredConversation, { organisation }: MessageContext) {
  if (channel === 'sms') return arrivalByPhone({ number: address, presentedName: name }, organisation);
  return { ...arrivalByEmail(address ?? ''), presentedName: name };
}
