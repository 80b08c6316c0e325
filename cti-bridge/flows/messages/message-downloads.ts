import type { WireError } from '../../../shared/contracts/errors.ts';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { asId, type ContactId, type ConversationId, type MessageFileId, type MessageId } from '../../../shared/ids.ts';
import { agentOf } from '../../acd/index.ts';
import { sniffMediaType } from '../../crm/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { quarantineOf } from './quarantine.ts';

interface Opened {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Files and bytes of messages, in and out. Called by `api/http/messages.ts`. */
export interface MessageDownloads {
  /** A file for a message that this agent is writing. */
  add(
    asker: Asker,
    file: { readonly interactionId: string; readonly fileName: string; readonly content: AsyncIterable<Uint8Array> },
  ): Promise<Result<MessageFile, WireError>>;
  openFile(asker: Asker, fileId: string): Promise<Result<Opened, WireError>>;
  /** Whether it is there, and theirs to see. */
  mayOpen(asker: Asker, fileId: string): Promise<Result<Pick<Opened, 'name' | 'mediaType'>, WireError>>;
  /** Its own form, sanitised. */
  html(asker: Asker, messageId: string): Promise<Result<string, WireError>>;
  /** As it came in, byte for byte: a mail with its head, or a document. It lasts as long as the message. */
  raw(asker: Asker, messageId: string): Promise<Result<Opened, WireError>>;
  /** What could not be read, byte for byte. */
  openArrival(asker: Asker, arrivalId: string): Promise<Result<Opened, WireError>>;
}

const notFound: WireError = { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' };

export function createMessageDownloads(
  context: MessageContext,
  mayRead: (asker: Asker, contactId: ContactId) => Promise<boolean>,
): MessageDownloads {
  const { works, conversations, files, routing, ids, clock } = context;

  async function isReadable(asker: Asker, conversationId: string): Promise<boolean> {
    const work = works.ofConversation(conversationId);
    const { agentId } = asker;
    if (work && agentId !== null) {
      if (work.holders.includes(agentId)) return true;
      if ([...work.offers.values()].some(({ reservation }) => reservation.agentId === agentId)) return true;
      const isMember = agentOf(routing.state, agentId)?.memberships.some(({ queueId }) => queueId === work.stored.queueId);
      if (work.stored.state === 'queued' && isMember) return true;
    }
    const conversation = await conversations.readConversation(asId<ConversationId>(conversationId));
    return conversation?.contactId != null && mayRead(asker, conversation.contactId);
  }

  return {
    async add(asker, { interactionId, fileName, content }) {
      const work = works.findOwn(asker.agentId, interactionId);
      if (!work) return err(notFound);
      const fileId = ids.next<MessageFileId>();
      const written = await files.write('files', fileId, content, messageLimits.fileBytes);
      if (written === 'tooLarge') return err({ code: 'too_large', message: 'This file is larger than 25 MB.' });
      const { bytes, digest, head } = written;
      const mediaType = sniffMediaType(head);
      const name = fileName.slice(0, 255);
      const { conversationId } = work.conversation;
      try {
        await conversations.addFile({
          fileId,
          messageId: null,
          conversationId,
          name,
          mediaType,
          bytes,
          digest,
          contentId: null,
          pages: null,
          at: clock.now(),
        });
      } catch (error) {
        await files.remove('files', fileId);
        throw error;
      }
      return ok({ fileId, name, mediaType, bytes, contentId: null, pages: null });
    },
    async mayOpen(asker, fileId) {
      const file = await conversations.readFile(asId<MessageFileId>(fileId));
      return file && (await isReadable(asker, file.conversationId)) ? ok({ name: file.name, mediaType: file.mediaType }) : err(notFound);
    },
    async openFile(asker, fileId) {
      const file = await conversations.readFile(asId<MessageFileId>(fileId));
      if (!file || !(await isReadable(asker, file.conversationId))) return err(notFound);
      const opened = await files.open('files', fileId);
      return opened ? ok({ name: file.name, mediaType: file.mediaType, ...opened }) : err(notFound);
    },
    async html(asker, messageId) {
      const message = await conversations.readMessage(asId<MessageId>(messageId));
      if (message?.htmlText == null || !(await isReadable(asker, message.conversationId))) return err(notFound);
      return ok(message.htmlText);
    },
    async raw(asker, messageId) {
      const message = await conversations.readMessage(asId<MessageId>(messageId));
      const arrived = /^(mail|document):(.+)$/.exec(message?.clientId ?? '');
      if (!message || !arrived?.[2] || !(await isReadable(asker, message.conversationId))) return err(notFound);
      const opened = await files.open('arrivals', arrived[2]);
      if (!opened) return err(notFound);
      const [file] = message.files;
      const name = arrived[1] === 'document' && file ? file.name : `${arrived[2]}.eml`;
      return ok({ name, mediaType: 'application/octet-stream', ...opened });
    },
    async openArrival(asker, arrivalId) {
      const isTheirs = (await quarantineOf(asker, context)).some((each) => each.arrivalId === arrivalId);
      if (!isTheirs) return err(notFound);
      const opened = await files.open('arrivals', arrivalId);
      return opened ? ok({ name: `${arrivalId}.eml`, mediaType: 'application/octet-stream', ...opened }) : err(notFound);
    },
  };
}
