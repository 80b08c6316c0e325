import type { OutgoingFile, OutgoingMail } from '../../cti-bridge/interactions/index.ts';
import type { MessageFileId, MessageId } from '../../shared/ids.ts';

/** A mail to one customer. */
export function anOutgoingMail(changed: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: 'message-1' as MessageId,
    mailboxId: 'service',
    internetMessageId: '<one@shop.example>',
    from: { address: 'service@shop.example', name: 'Shop service' },
    to: [{ address: 'mei@customer.example', name: '陈美' }],
    cc: [],
    bcc: [],
    subject: 'Your order',
    inReplyTo: null,
    references: [],
    text: 'It is on its way.',
    html: null,
    files: [],
    isAutomatic: false,
    ...changed,
  };
}

export function anOutgoingFile(content: Uint8Array, changed: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    fileId: 'file-1' as MessageFileId,
    name: 'file.bin',
    mediaType: 'application/octet-stream',
    bytes: content.length,
    contentId: null,
    async *open() {
      yield content;
    },
    ...changed,
  };
}
