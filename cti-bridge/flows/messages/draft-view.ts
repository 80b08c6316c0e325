import type { MessageDraft } from '../../../shared/contracts/messages/conversation.ts';
import { asId, type MessageFileId } from '../../../shared/ids.ts';
import type { StoredDraft } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';

/** A stored draft as desktops show it: with the names of its files, as far as they are still there. */
export async function draftView(
  { interactionId, composed, revision, savedAt }: Omit<StoredDraft, 'agentId'>,
  { conversations }: Pick<MessageContext, 'conversations'>,
): Promise<MessageDraft> {
  const kept = await Promise.all(composed.fileIds.map((fileId) => conversations.readFile(asId<MessageFileId>(fileId))));
  const files = kept.flatMap((file) => {
    if (!file) return [];
    const { fileId, name, mediaType, bytes, contentId, pages } = file;
    return { fileId, name, mediaType, bytes, contentId, pages };
  });
  return { interactionId, composed, files, revision, savedAt };
}
