import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { highestScore } from '../../../shared/contracts/messages/settings.ts';
import { asId, type ConversationId, type MessageFileId, type MessageId } from '../../../shared/ids.ts';
import { itemOf, positionOf } from '../../acd/index.ts';
import { type Arrival, arrivalByChat, arrivalByEmail, arrivalByPhone, sniffMediaType } from '../../crm/index.ts';
import {
  type ChatHouse,
  type ChatLine,
  type ChatState,
  maskCardNumbers,
  type StoredConversation,
  type StoredFile,
} from '../../interactions/index.ts';
import { abandon, isLeftForNobody } from './abandon.ts';
import { chatLine, isForVisitor } from './chat-line.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { InTurn } from './in-turn.ts';
import { noteEvent, plainMessage } from './note-event.ts';
import { takeMessage } from './take-message.ts';
import { tellMessage } from './tell.ts';
import { wasServed } from './was-served.ts';

type Site = Configuration['chatSites'][number];

const openedLines = 200;

/**
 * The story of a chat. A conversation is the visitor's browser's for good: each time they write after it was closed, a new contact begins in it.
 * What they typed in the form before it says who they are, as far as one believes it.
 */
export function createChatHouse(
  context: MessageContext,
  parts: { readonly newToken: () => string; readonly isOpen: (queueId: string) => boolean },
): ChatHouse {
  const { conversations, ids, clock, configuration, works, visitors, files, digestOf, organisation, desktops, agents, routing } = context;
  const inTurn = new InTurn();
  /** What they typed in the form, and the page they write from, until their first line; of conversations without one yet. */
  const begun = new Map<ConversationId, { readonly conversation: StoredConversation; readonly arrival: Arrival }>();

  const siteOf = (siteId: string) => configuration().chatSites.find(({ id }) => id === siteId);
  const allows = ({ allowedOrigins }: Site, origin: string | null) =>
    allowedOrigins.includes('*') || (origin !== null && allowedOrigins.includes(origin));

  function stateOf(conversationId: ConversationId): ChatState {
    const work = works.ofConversation(conversationId);
    if (!work) return { state: 'waiting', agentName: null, ahead: null, mayRate: false };
    const { agentId } = work;
    if (agentId !== null) return { state: 'withAgent', agentName: agents.find(agentId)?.name ?? null, ahead: null, mayRate: false };
    const item = itemOf(routing.state, work.workItemId);
    const ahead = item ? (positionOf(routing.state, work.workItemId) ?? 1) - 1 : null;
    return { state: 'waiting', agentName: null, ahead, mayRate: false };
  }

  async function conversationOf(conversationId: ConversationId): Promise<{ conversation: StoredConversation; arrival: Arrival } | null> {
    const waiting = begun.get(conversationId);
    if (waiting) return waiting;
    const conversation = works.ofConversation(conversationId)?.conversation ?? (await conversations.readConversation(conversationId));
    if (conversation?.channel !== 'chat') return null;
    return { conversation, arrival: arrivalOf(conversation) };
  }

  /** By what they gave, else by their browser. */
  function arrivalOf({ addressKey, address, name, conversationId }: StoredConversation): Arrival {
    if (address?.includes('@')) return { ...arrivalByEmail(address), presentedName: name };
    if (address?.startsWith('+')) return arrivalByPhone({ number: address, presentedName: name }, organisation);
    return arrivalByChat(addressKey ?? conversationId, name);
  }

  async function add(
    conversationId: ConversationId,
    line: { readonly clientId: string; readonly text: string; readonly files: readonly StoredFile[]; readonly messageId: MessageId },
  ): Promise<ChatLine> {
    const found = await conversationOf(conversationId);
    if (!found) throw new Error('There is no such conversation.');
    const at = clock.now();
    const { message } = await takeMessage(
      {
        conversation: { ...found.conversation, lastAt: at },
        message: {
          ...{ ...plainMessage, messageId: line.messageId, kind: 'in', at, text: line.text, clientId: `visitor:${line.clientId}` },
          author: { kind: 'customer', name: found.conversation.name },
        },
        files: line.files,
        references: [],
        arrivalId: null,
        partIds: [],
        arrival: found.arrival,
        locale: found.conversation.locale,
      },
      context,
    );
    begun.delete(conversationId);
    const told = chatLine(message);
    visitors.tell(conversationId, { kind: 'line', line: told });
    return told;
  }

  return {
    site(siteId, origin) {
      const site = siteOf(siteId);
      if (!site || !allows(site, origin)) return null;
      const { title, welcome, colour, asks, allowedOrigins, queue } = site;
      return { siteId, title, welcome, colour, asks, allowedOrigins, files: site.files, rating: site.rating, isOpen: parts.isOpen(queue) };
    },

    async open({ siteId, token, lastSeq, locale, form, page }) {
      const site = siteOf(siteId);
      if (!site) return null;
      const known = token === null ? null : await conversations.findByToken(digestOf(token));
      if (known && known.sourceId === siteId) {
        const messages = await conversations.readMessagesAfter(known.conversationId, lastSeq, openedLines);
        const isOver = known.lastSeq > 0 && !works.ofConversation(known.conversationId);
        const mayRate = isOver && site.rating && wasServed(await conversations.readMessages(known.conversationId, null, openedLines));
        const lines = messages.filter(isForVisitor).map(chatLine);
        return {
          conversationId: known.conversationId,
          token: null,
          lines,
          state: isOver ? { state: 'closed', agentName: null, ahead: null, mayRate } : stateOf(known.conversationId),
        };
      }
      const fresh = parts.newToken();
      const conversationId = ids.next<ConversationId>();
      const at = clock.now();
      const address = form.email ?? form.phone;
      const conversation: StoredConversation = {
        ...{ conversationId, channel: 'chat', sourceId: siteId, addressKey: conversationId, address, name: form.name, subject: form.topic },
        ...{ contactId: null, locale, startedAt: at, lastAt: at, lastSeq: 0, threadToken: null, tokenDigest: digestOf(fresh) },
        ...{ page: page.url, visitorSeq: 0, agentSeq: 0 },
      };
      begun.set(conversationId, { conversation, arrival: arrivalOf(conversation) });
      if (begun.size > 5_000) begun.delete(begun.keys().next().value as ConversationId);
      return { conversationId, token: fresh, lines: [], state: { state: 'waiting', agentName: null, ahead: null, mayRate: false } };
    },

    write: (conversationId, { clientId, text }) =>
      inTurn.do(conversationId, () => add(conversationId, { clientId, text, files: [], messageId: ids.next<MessageId>() })),

    sendFile: (conversationId, { clientId, name, content }) =>
      inTurn.do(conversationId, async () => {
        const found = await conversationOf(conversationId);
        if (!found || !siteOf(found.conversation.sourceId)?.files) return 'notAllowed' as const;
        const fileId = ids.next<MessageFileId>();
        const written = await files.write('files', fileId, content, messageLimits.chatFileBytes);
        if (written === 'tooLarge') return written;
        const messageId = ids.next<MessageId>();
        const { bytes, digest, head } = written;
        const file = {
          fileId,
          messageId,
          conversationId,
          name,
          mediaType: sniffMediaType(head),
          bytes,
          digest,
          contentId: null,
          pages: null,
        };
        const line = await add(conversationId, { clientId, text: '', files: [{ ...file, at: clock.now() }], messageId });
        // Told again: what stands there has its own.
        if (line.file?.fileId !== fileId) await files.remove('files', fileId);
        return line;
      }),

    async openFile(conversationId, fileId) {
      const file = await conversations.readFile(asId<MessageFileId>(fileId));
      if (!file || file.conversationId !== conversationId || file.messageId === null) return null;
      const opened = await files.open('files', fileId);
      return opened && { name: file.name, mediaType: file.mediaType, ...opened };
    },

    typing(conversationId) {
      const work = works.ofConversation(conversationId);
      for (const agentId of work?.holders ?? [])
        desktops.push(agentId, 'conversation:typing-seen', { interactionId: work?.interactionId ?? '' });
    },

    async read(conversationId, seq) {
      const work = works.ofConversation(conversationId);
      if (work && work.conversation.visitorSeq >= seq) return;
      await conversations.seen(conversationId, 'visitor', seq);
      if (work) work.conversation = { ...work.conversation, visitorSeq: seq };
      for (const message of await conversations.readMessages(conversationId, seq + 1, 20)) {
        if (message.kind !== 'out' || message.state?.name !== 'sent') continue;
        const read = await conversations.changeState(
          asId<MessageId>(message.messageId),
          ['sent'],
          { state: 'read', why: null },
          clock.now(),
        );
        if (read) tellMessage(work, read, context);
      }
    },

    async rate(conversationId, { score, text }) {
      const messages = await conversations.readMessages(conversationId, null, openedLines);
      const interactionId = messages[0]?.interactionId;
      if (!interactionId || !wasServed(messages)) return;
      const at = await context.surveys.rate(interactionId, { score, highest: highestScore, text: maskCardNumbers(text), at: clock.now() });
      await context.recorder.record(interactionId, { type: 'survey:answered', by: 'widget', score, highest: highestScore, ...at });
    },

    leave: (conversationId) =>
      works.inTurn.do(conversationId, async () => {
        const work = works.ofConversation(conversationId);
        if (!work) return;
        const isAbandoned = isLeftForNobody(work, context);
        // What they asked may still want doing: a contact that is answered is its agent's to end, the visitor is done with it.
        if (isAbandoned) await abandon(work, context);
        else await noteEvent(work, 'closedByVisitor', work.conversation.name ?? '', context);
        const mayRate = work.stored.takenAt !== null && (siteOf(work.conversation.sourceId)?.rating ?? false);
        visitors.tell(conversationId, { kind: 'state', state: { state: 'closed', agentName: null, ahead: null, mayRate } });
      }),

    async leaveMessage({ siteId, locale, name, email, text, clientId }) {
      const site = siteOf(siteId);
      if (!site) throw new Error('There is no such site.');
      const conversationId = asId<ConversationId>(digestOf(`${siteId} ${email} ${clientId}`).slice(0, 32));
      await inTurn.do(conversationId, async () => {
        const at = clock.now();
        begun.set(conversationId, {
          conversation: {
            ...{ conversationId, channel: 'chat', sourceId: siteId, addressKey: email.toLowerCase(), address: email, name, subject: null },
            ...{ contactId: null, locale, startedAt: at, lastAt: at, lastSeq: 0, threadToken: null, tokenDigest: null, page: null },
            ...{ visitorSeq: 0, agentSeq: 0 },
          },
          arrival: { ...arrivalByEmail(email), presentedName: name },
        });
        await add(conversationId, { clientId, text, files: [], messageId: ids.next<MessageId>() });
      });
    },

    presenceChanged(conversationId) {
      const work = works.ofConversation(conversationId);
      if (work) context.tellWork(work);
    },
  };
}
