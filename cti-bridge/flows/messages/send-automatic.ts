import type { MessageId } from '../../../shared/ids.ts';
import { answerAddress, type ReadMail, type StoredConversation, withMailToken } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { internetIdOf } from './internet-id.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { tellMessage } from './tell.ts';

/** What nobody writes and we send: the word that we have their mail, the answer to STOP. */

export async function sendAutomaticText(conversation: StoredConversation, text: string, context: MessageContext): Promise<void> {
  const { clock, ids, conversations, works, wakeOutbox } = context;
  const messageId = ids.next<MessageId>();
  const at = clock.now();
  const { message } = await conversations.store({
    ...plainIntake,
    conversation,
    message: { ...plainMessage, messageId, kind: 'out', at, state: { name: 'queued', why: null, at }, text, isAutomatic: true },
    outbox: {
      ...{ messageId, channel: 'sms', sourceId: conversation.sourceId, cc: [], bcc: [], subject: '', text, html: null },
      to: [{ address: conversation.addressKey ?? '', name: null }],
      ...{ internetId: null, inReplyTo: null, references: [], fileIds: [], isAutomatic: true, attempts: 0, nextAt: at },
    },
  });
  tellMessage(works.ofConversation(conversation.conversationId), message, context);
  wakeOutbox();
}

export async function sendAutomaticMail(
  conversation: StoredConversation,
  about: ReadMail,
  words: { readonly subject: string; readonly text: string },
  context: MessageContext,
): Promise<void> {
  const { clock, ids, conversations, works, wakeOutbox, configuration } = context;
  const mailbox = configuration().mailboxes.find(({ id }) => id === conversation.sourceId);
  const to = answerAddress(about);
  if (!mailbox || !to) return;
  const messageId = ids.next<MessageId>();
  const at = clock.now();
  const internetId = internetIdOf(messageId, mailbox.address);
  const subject = withMailToken(words.subject, conversation.conversationId);
  const from = { address: mailbox.address, name: mailbox.sender[conversation.locale] };
  const { message } = await conversations.store({
    ...plainIntake,
    conversation,
    message: {
      ...{ ...plainMessage, messageId, kind: 'out', at, state: { name: 'queued', why: null, at }, subject, text: words.text },
      ...{ mail: { from, to: [to], cc: [], replyTo: [] }, internetId, isAutomatic: true },
    },
    references: [{ internetId, digest: '' }],
    outbox: {
      ...{
        messageId,
        channel: 'email',
        sourceId: mailbox.id,
        to: [to],
        cc: [],
        bcc: [],
        subject,
        text: words.text,
        html: null,
        internetId,
      },
      ...{ inReplyTo: about.internetMessageId, references: [...about.references, about.internetMessageId].flatMap((id) => id ?? []) },
      ...{ fileIds: [], isAutomatic: true, attempts: 0, nextAt: at },
    },
  });
  tellMessage(works.ofConversation(conversation.conversationId), message, context);
  wakeOutbox();
}
