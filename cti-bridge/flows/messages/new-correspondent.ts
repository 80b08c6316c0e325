import type { ConversationId, MessageId } from '../../../shared/ids.ts';
import { type MailAddress, sameAddress } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { tellMessage } from './tell.ts';

/** Whoever is told of them in so many messages before is no stranger. */
const lookedAt = 200;

/**
 * Somebody writes into a conversation who neither wrote nor was written to in it: a colleague, or whoever got hold of a mail of it. Its agent is
 * told, once of each, before they tell them what is another's.
 */
export async function noteNewCorrespondent(
  { address, name }: MailAddress,
  { conversationId, messageId, at }: { readonly conversationId: ConversationId; readonly messageId: MessageId; readonly at: number },
  context: MessageContext,
): Promise<void> {
  const { conversations, works, ids } = context;
  const key = sameAddress(address);
  const before = await conversations.readMessages(conversationId, null, lookedAt);
  const people = before
    .filter((each) => each.messageId !== messageId)
    .flatMap(({ mail }) => (mail ? [mail.from, ...mail.to, ...mail.cc, ...mail.replyTo] : []));
  if (people.some((each) => each && sameAddress(each.address) === key)) return;
  const work = works.ofConversation(conversationId);
  const conversation = work?.conversation ?? (await conversations.readConversation(conversationId));
  if (!conversation) return;
  const { message, isNew } = await conversations.store({
    ...plainIntake,
    conversation,
    message: {
      ...{ ...plainMessage, messageId: ids.next<MessageId>(), interactionId: work?.interactionId ?? null, kind: 'event', at },
      ...{ author: { kind: 'system', name: name ? `${name} <${address}>` : address }, text: 'newCorrespondent' },
      clientId: `newCorrespondent:${key}`,
    },
  });
  if (!isNew) return;
  if (work) work.conversation = { ...work.conversation, lastSeq: message.seq };
  tellMessage(work, message, context);
}
