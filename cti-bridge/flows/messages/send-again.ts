import type { WireError } from '../../../shared/contracts/errors.ts';
import type { MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { MessageFileId, MessageId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { internetIdOf } from './internet-id.ts';
import type { LiveWork } from './live-work.ts';
import { ownFiles } from './own-files.ts';
import { tellMessage } from './tell.ts';
import { messageView } from './views.ts';
import { storeOutgoing } from './write-message.ts';

/**
 * What may have been sent goes once more, as a message of its own: to the very same people and with the very same words, signature and citation as
 * the outbox has them, not made anew. The first is failed from then on. Asked for twice, it goes once.
 */
export async function sendAgain(work: LiveWork, messageId: MessageId, context: MessageContext): Promise<Result<MessageView, WireError>> {
  const { conversations, clock, ids, agents } = context;
  const { agentId, conversation } = work;
  const before = await conversations.readMessage(messageId);
  const entry = await conversations.readOutbox(messageId);
  if (before?.state?.name !== 'mayHaveBeenSent' || agentId === null) return err(known);
  if (!entry) return refuse('What it said is not kept any more. Write it anew.');
  if (entry.channel === 'sms' && (await conversations.isStopped(entry.sourceId, conversation.addressKey ?? entry.to[0]?.address ?? '')))
    return refuse('They asked for no more text messages on this line.');
  const own = await ownFiles(work, entry.fileIds, context);
  if (!own) return refuse('A file of this message is not there. Write it anew.');
  const at = clock.now();
  const againId = ids.next<MessageId>();
  const internetId = entry.internetId === null ? null : internetIdOf(againId, before.mail?.from?.address ?? '');
  const fileIds: readonly MessageFileId[] = own.files.map(({ fileId }) => fileId);
  const undoMs = entry.channel === 'email' ? messageLimits.undo : 0;
  const sent = await storeOutgoing(
    work,
    agentId,
    {
      ...{ messageId: againId, at, agentName: agents.find(agentId)?.name ?? '', clientId: `again:${messageId}`, own },
      ...{ text: before.text, subject: before.subject, mail: before.mail, internetId },
      references: internetId === null ? [] : [{ internetId, digest: '' }],
      outbox: { ...entry, messageId: againId, internetId, fileIds, attempts: 0, nextAt: at + undoMs },
    },
    context,
  );
  const settled = await conversations.changeState(messageId, ['mayHaveBeenSent'], { state: 'failed', why: 'Sent again.' }, clock.now());
  if (settled) tellMessage(work, settled, context);
  return ok(messageView(sent));
}

const refuse = (message: string) => err<WireError>({ code: 'bad_request', message });
const known: WireError = { code: 'conflict', message: 'It is known by now what became of it.' };
