import type { MessageId } from '../../../shared/ids.ts';
import type { MessageIntake, NewMessage } from '../../interactions/index.ts';
import { chatLine } from './chat-line.ts';
import type { MessageContext } from './context.ts';
import type { LiveWork } from './live-work.ts';
import { tellMessage } from './tell.ts';

/** What a message has that nobody wrote to anybody. */
export const plainMessage: Omit<NewMessage, 'messageId' | 'kind' | 'at' | 'text'> = {
  interactionId: null,
  author: { kind: 'system', name: null },
  agentId: null,
  state: null,
  subject: null,
  quoted: '',
  htmlText: null,
  hasRemoteContent: false,
  mail: null,
  sms: null,
  files: [],
  leftOut: [],
  internetId: null,
  clientId: null,
  isAutomatic: false,
};

export const plainIntake: Omit<MessageIntake, 'conversation' | 'message'> = {
  files: [],
  references: [],
  arrivalId: null,
  partIds: [],
  work: null,
  outbox: null,
  endsDraftOf: null,
  timeline: null,
};

/** Something happened in a conversation: a line of its own in it, for both sides where it is a chat. */
export async function noteEvent(
  work: LiveWork,
  what: 'joined' | 'left' | 'transferred' | 'closed' | 'closedByVisitor',
  name: string,
  context: MessageContext,
): Promise<void> {
  const { clock, ids, conversations, visitors } = context;
  const { message } = await conversations.store({
    ...plainIntake,
    conversation: work.conversation,
    message: {
      ...plainMessage,
      messageId: ids.next<MessageId>(),
      interactionId: work.interactionId,
      kind: 'event',
      at: clock.now(),
      author: { kind: 'system', name: name || null },
      text: what,
    },
  });
  work.conversation = { ...work.conversation, lastSeq: message.seq };
  tellMessage(work, message, context);
  if (work.conversation.channel === 'chat') visitors.tell(work.conversation.conversationId, { kind: 'line', line: chatLine(message) });
}
