import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Composed, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import { type AgentId, asId, type MessageId } from '../../../shared/ids.ts';
import { numberKey } from '../../crm/index.ts';
import {
  maskCardNumbers,
  maskCardNumbersOfHtml,
  type OutboxEntry,
  type StoredFile,
  type StoredMessage,
  type WrittenChannel,
  withMailToken,
} from '../../interactions/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import { chatLine } from './chat-line.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { fillIn } from './fill-in.ts';
import { internetIdOf } from './internet-id.ts';
import type { LiveWork } from './live-work.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { type OwnFiles, ownFiles } from './own-files.ts';
import { mailboxFor } from './sources.ts';
import { tellMessage, tellWork } from './tell.ts';
import { messageView, previewOf } from './views.ts';

const refuse = (message: string): { readonly ok: false; readonly error: WireError } => err({ code: 'bad_request', message });

/**
 * What an agent writes to the customer. On disk, and in the outbox, before the agent is told; the same `clientId` again is the same message. A
 * mail stays takable back for a few seconds.
 */
export async function writeMessage(
  work: LiveWork,
  agentId: AgentId,
  { clientId, composed: typed }: { readonly clientId: string; readonly composed: Composed },
  context: MessageContext,
): Promise<Result<MessageView, WireError>> {
  const { clock, ids, agents } = context;
  const composed = withoutCards(typed, work.conversation.channel);
  if (composed.text.trim() === '' && composed.fileIds.length === 0) return refuse('There is nothing to send.');
  const own = await ownFiles(work, composed.fileIds, context);
  if (!own) return refuse('A file of this message is not there. Attach it again.');
  const messageId = ids.next<MessageId>();
  const at = clock.now();
  const agentName = agents.find(agentId)?.name ?? '';
  const made = await make(work, { messageId, at, agentName, composed, files: own.files }, context);
  if (!made.ok) {
    await own.undo();
    return made;
  }
  const { text } = composed;
  return ok(messageView(await storeOutgoing(work, agentId, { ...made.value, messageId, at, agentName, clientId, text, own }, context)));
}

/** Stored, in the outbox, and told to whoever sees the conversation. What was stored under that `clientId` before is answered as it is. */
export async function storeOutgoing(
  work: LiveWork,
  agentId: AgentId,
  {
    messageId,
    at,
    agentName,
    clientId,
    text,
    subject,
    mail,
    references,
    internetId,
    outbox,
    own,
  }: Made & Pick<Making, 'messageId' | 'at' | 'agentName'> & { readonly clientId: string; readonly text: string; readonly own: OwnFiles },
  context: MessageContext,
): Promise<StoredMessage> {
  const { conversations, wakeOutbox, visitors } = context;
  const { conversation, interactionId } = work;
  const { message, isNew } = await conversations.store({
    ...plainIntake,
    conversation: { ...conversation, lastAt: at },
    message: {
      ...plainMessage,
      messageId,
      interactionId,
      kind: 'out',
      at,
      author: { kind: 'agent', name: agentName },
      agentId,
      state: outbox ? { name: 'queued', why: null, at } : { name: 'sent', why: null, at },
      subject,
      text,
      htmlText: outbox?.html ?? null,
      mail,
      internetId,
      clientId: `agent:${clientId}`,
    },
    files: own.files,
    references,
    work: { ...work.stored, waitsSince: null },
    outbox,
    endsDraftOf: interactionId,
  });
  if (!isNew) {
    await own.undo();
    return message;
  }
  work.conversation = { ...conversation, lastAt: at, lastSeq: message.seq };
  work.stored = { ...work.stored, waitsSince: null };
  work.preview = previewOf(message.text);
  work.unread = 0;
  work.draft = null;
  tellMessage(work, message, context);
  tellWork(work, context);
  if (conversation.channel === 'chat') visitors.tell(conversation.conversationId, { kind: 'line', line: chatLine(message) });
  wakeOutbox();
  return message;
}

/** As of what customers write, of a card number that an agent typed only its end is stored and sent. */
function withoutCards(composed: Composed, channel: WrittenChannel): Composed {
  const { subject, text, html } = composed;
  return {
    ...composed,
    subject: maskCardNumbers(subject),
    text: maskCardNumbers(text, channel === 'sms' ? '*' : '•'),
    html: html && maskCardNumbersOfHtml(html),
  };
}

interface Making {
  readonly messageId: MessageId;
  readonly at: number;
  readonly agentName: string;
  readonly composed: Composed;
  readonly files: readonly StoredFile[];
}

interface Made {
  readonly subject: string | null;
  readonly mail: MessageView['mail'];
  readonly internetId: string | null;
  readonly references: readonly { readonly internetId: string; readonly digest: string }[];
  readonly outbox: OutboxEntry | null;
}

async function make(work: LiveWork, making: Making, context: MessageContext): Promise<Result<Made, WireError>> {
  const { channel } = work.conversation;
  if (channel === 'sms') return makeText(work, making, context);
  if (channel === 'email' || channel === 'document') return makeMail(work, making, context);
  if (making.files.length > 1) return refuse('A chat takes one file at a time.');
  return ok({ subject: null, mail: null, internetId: null, references: [], outbox: null });
}

async function makeText(
  work: LiveWork,
  { messageId, at, composed, files }: Making,
  context: MessageContext,
): Promise<Result<Made, WireError>> {
  const { conversations, organisation } = context;
  const { addressKey, sourceId } = work.conversation;
  const to = numberKey(addressKey, organisation);
  if (files.length > 0) return refuse('A text message takes no files.');
  if (to === null) return refuse('This is no number that can be written to.');
  if (await conversations.isStopped(sourceId, addressKey ?? to)) return refuse('They asked for no more text messages on this line.');
  return ok({
    ...{ subject: null, mail: null, internetId: null, references: [] },
    outbox: {
      ...{ messageId, channel: 'sms', sourceId, to: [{ address: to, name: null }], cc: [], bcc: [], subject: '', text: composed.text },
      ...{ html: null, internetId: null, inReplyTo: null, references: [], fileIds: [], isAutomatic: false, attempts: 0, nextAt: at },
    },
  });
}

async function makeMail(
  work: LiveWork,
  { messageId, at, agentName, composed, files }: Making,
  context: MessageContext,
): Promise<Result<Made, WireError>> {
  const { conversations, configuration, sanitise } = context;
  const { sourceId, conversationId, locale } = work.conversation;
  const { mailboxes } = configuration();
  const mailbox = mailboxFor(sourceId, mailboxes);
  if (!mailbox) return refuse('There is no mailbox to send it from.');
  if (composed.to.length + composed.cc.length + composed.bcc.length === 0) return refuse('A mail needs somebody to go to.');
  const wrong = [...composed.to, ...composed.cc, ...composed.bcc].find(({ address }) => !isAddress.test(address));
  if (wrong) return refuse(`"${wrong.address.slice(0, 100)}" is no e-mail address.`);
  const read = composed.about === null ? null : await conversations.readMessage(asId<MessageId>(composed.about));
  const isOfThis = read?.conversationId === conversationId;
  const about = isOfThis ? read : null;
  const answered = about !== null && composed.kind !== 'new' && composed.kind !== 'forward' ? about.internetId : null;
  const chain = await earlierIds(work, context);
  const internetId = internetIdOf(messageId, mailbox.address);
  const subject = withMailToken(composed.subject.replaceAll(/[\r\n]+/g, ' '), conversationId);
  const from = { address: mailbox.address, name: `${agentName} · ${mailbox.sender[locale]}` };
  const below = belowTheWords(fillIn(mailbox.signature[locale], locale, { agentName }, context), composed.kind === 'new' ? null : about);
  const html = composed.html === null ? null : await sanitise(`${composed.html}${below.html}`);
  return ok({
    subject,
    mail: { from, to: composed.to, cc: composed.cc, replyTo: [] },
    internetId,
    references: [{ internetId, digest: '' }],
    outbox: {
      ...{ messageId, channel: 'email', sourceId: mailbox.id, to: composed.to, cc: composed.cc, bcc: composed.bcc, subject },
      ...{ text: `${composed.text}${below.text}`, html, internetId, inReplyTo: answered, references: answered === null ? [] : chain },
      ...{ fileIds: files.map(({ fileId }) => fileId), isAutomatic: false, attempts: 0, nextAt: at + messageLimits.undo },
    },
  });
}

/**
 * Under what the agent wrote: the signature of the mailbox, and the mail that it answers or passes on. In HTML that is a `blockquote` that says it
 * is a citation, which programs fold.
 */
function belowTheWords(signature: string, about: StoredMessage | null): { readonly text: string; readonly html: string } {
  const signed = signature.trim() === '' ? '' : `-- \n${signature}`;
  const above = { text: signed === '' ? '' : `\n\n${signed}`, html: signed === '' ? '' : `<br><div>${htmlOf(signed)}</div>` };
  if (!about) return above;
  const who = about.mail?.from?.address ?? about.author.name ?? '';
  const head = `${who}, ${new Date(about.at).toISOString().slice(0, 16).replace('T', ' ')} UTC:`;
  const words = [about.text, about.quoted].filter((part) => part !== '').join('\n\n');
  const marked = words.split('\n').map((line) => `> ${line}`);
  return {
    text: `${above.text}\n\n${head}\n${marked.join('\n')}`,
    html: `${above.html}<br><div>${htmlOf(head)}</div><blockquote type="cite">${htmlOf(words)}</blockquote>`,
  };
}

function htmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}

/** The mails before it, oldest first, as many as programs carry (RFC 5322 3.6.4). */
async function earlierIds({ conversation }: LiveWork, { conversations }: MessageContext): Promise<readonly string[]> {
  const messages = await conversations.readMessages(conversation.conversationId, null, 30);
  return messages.flatMap(({ internetId }) => internetId ?? []).reverse();
}

const isAddress = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;
