import type { ChatLine, StoredMessage } from '../../interactions/index.ts';

/** A message as the visitor of a chat sees it. Notes are not theirs to see: never hand one in. */
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
