import { asId, type MessageFileId } from '../../../shared/ids.ts';
import type { StoredFile } from '../../interactions/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import type { LiveWork } from './live-work.ts';

/** Files of a message that is about to be sent. */
export interface OwnFiles {
  readonly files: readonly StoredFile[];
  /** It is not sent after all, or was before: nothing of the copies stays. */
  undo(): Promise<void>;
}

/**
 * The files that a message names, each its own: one that belongs to an earlier message of the conversation, because it is passed on or sent again,
 * is copied. Null: one is not there, or belongs to somebody else's conversation.
 */
export async function ownFiles(
  { conversation }: LiveWork,
  fileIds: readonly string[],
  { conversations, files: bytes, ids, clock }: Pick<MessageContext, 'conversations' | 'files' | 'ids' | 'clock'>,
): Promise<OwnFiles | null> {
  const files: StoredFile[] = [];
  const copies: MessageFileId[] = [];
  const undo = async () => {
    await Promise.all(copies.map((fileId) => bytes.remove('files', fileId)));
  };
  for (const wanted of fileIds) {
    const file = await conversations.readFile(asId<MessageFileId>(wanted));
    const isOfThis = file?.conversationId === conversation.conversationId;
    const copy = file && isOfThis && file.messageId !== null ? await copied(file) : file;
    if (!copy || !isOfThis) {
      await undo();
      return null;
    }
    files.push(copy);
  }
  return { files, undo };

  async function copied(file: StoredFile): Promise<StoredFile | null> {
    const opened = await bytes.open('files', file.fileId);
    if (!opened) return null;
    const fileId = ids.next<MessageFileId>();
    const written = await bytes.write('files', fileId, opened.content, Math.max(opened.bytes, messageLimits.fileBytes));
    if (written === 'tooLarge') return null;
    copies.push(fileId);
    return { ...file, fileId, messageId: null, at: clock.now() };
  }
}
