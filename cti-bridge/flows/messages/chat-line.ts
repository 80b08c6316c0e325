import type { ChatLine, StoredMessage } from '../../interactions/index.ts';

/** A message as the visitor of a chat sees it. Hand in only what is for them: `isForVisitor`. */
export function chatLine({ seq, messageId, kind, author, text, at, files, state }: StoredMessage): ChatLine {
  const [file] = files;
  return {
    seq,
    messageId,
    by: kind === 'in' ? 'visitor' : kind === 'out' ? 'agent' : 'system',
    name: author.name,
    text: state?.name === 'withdrawn' ? '' : text,
    at,
    file: file ? { fileId: file.fileId, name: file.name, mediaType: file.mediaType, bytes: file.bytes } : null,
  };
}

const ofCalls = /^(?:called|notReached|callOver|talked \d+)$/;

/** What colleagues write for each other, and that we called, is not the visitor's to see. */
export function isForVisitor({ kind, text }: Pick<StoredMessage, 'kind' | 'text'>): boolean {
  return kind !== 'note' && !(kind === 'event' && ofCalls.test(text));
}
