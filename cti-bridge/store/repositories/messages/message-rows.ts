import { type Expression, type Selectable, sql } from 'kysely';
import type { MessageFile } from '../../../../shared/contracts/messages/conversation.ts';
import { asId } from '../../../../shared/ids.ts';
import type {
  KeptArrival,
  KeptText,
  NewMessage,
  OutboxEntry,
  StoredConversation,
  StoredFile,
  StoredMessage,
  StoredWork,
} from '../../../interactions/index.ts';
import type { ReadHandle, Schema, WriteHandle } from '../../schema.ts';

/** Rows of written contacts, to and from what the ports speak of. */

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
const numberOrNull = (value: number | null) => (value === null ? null : Number(value));

export function toArrival(row: Row<'arrival'>): KeptArrival {
  return {
    arrivalId: row.arrival_id,
    channel: row.channel as KeptArrival['channel'],
    sourceId: row.source_id,
    onceKey: row.once_key,
    receivedAt: Number(row.received_at),
    envelope: JSON.parse(row.envelope),
    bytes: Number(row.bytes),
    digest: row.digest,
  };
}

export function toText(row: Row<'text_part'>): KeptText {
  const { reference, total, part_index: index } = row;
  return {
    partId: row.part_id,
    sourceId: row.source_id,
    onceKey: row.once_key,
    receivedAt: Number(row.received_at),
    from: row.sender,
    to: row.recipient,
    text: row.body,
    part: reference === null || total === null || index === null ? null : { reference, total, index },
  };
}

export function toConversation(row: Row<'conversation'>): StoredConversation {
  return {
    conversationId: asId(row.conversation_id),
    channel: row.channel as StoredConversation['channel'],
    sourceId: row.source_id,
    addressKey: row.address_key,
    address: row.address,
    name: row.name,
    subject: row.subject,
    contactId: row.contact_id === null ? null : asId(row.contact_id),
    locale: row.locale === 'zh' ? 'zh' : 'en',
    startedAt: Number(row.started_at),
    lastAt: Number(row.last_at),
    lastSeq: row.last_seq,
    threadToken: row.thread_token,
    tokenDigest: row.token_digest,
    page: row.page,
    visitorSeq: row.visitor_seq,
    agentSeq: row.agent_seq,
  };
}

export function conversationRow(one: StoredConversation): Omit<Row<'conversation'>, 'last_seq' | 'visitor_seq' | 'agent_seq'> {
  return {
    conversation_id: one.conversationId,
    contact_id: one.contactId,
    channel: one.channel,
    source_id: one.sourceId,
    address_key: one.addressKey,
    address: one.address,
    name: one.name,
    subject: one.subject,
    locale: one.locale,
    started_at: one.startedAt,
    last_at: one.lastAt,
    thread_token: one.threadToken,
    token_digest: one.tokenDigest,
    page: one.page,
  };
}

export function messageRow(conversationId: string, seq: number, message: NewMessage): Row<'message'> {
  return {
    message_id: message.messageId,
    conversation_id: conversationId,
    interaction_id: message.interactionId,
    seq,
    kind: message.kind,
    at: message.at,
    author_kind: message.author.kind,
    author_name: message.author.name,
    agent_id: message.agentId,
    state: message.state?.name ?? null,
    state_why: message.state?.why ?? null,
    state_at: message.state?.at ?? null,
    subject: message.subject,
    body: message.text,
    quoted: message.quoted,
    html: message.htmlText,
    has_remote: message.hasRemoteContent ? 1 : 0,
    mail: message.mail === null ? null : JSON.stringify(message.mail),
    sms: message.sms === null ? null : JSON.stringify(message.sms),
    left_out: JSON.stringify(message.leftOut),
    internet_id: message.internetId,
    client_id: message.clientId,
    is_automatic: message.isAutomatic ? 1 : 0,
  };
}

function toMessage(row: Row<'message'>, files: readonly MessageFile[]): StoredMessage {
  return {
    messageId: row.message_id,
    conversationId: row.conversation_id,
    interactionId: row.interaction_id === null ? null : asId(row.interaction_id),
    seq: row.seq,
    kind: row.kind as StoredMessage['kind'],
    at: Number(row.at),
    author: { kind: row.author_kind as StoredMessage['author']['kind'], name: row.author_name },
    agentId: row.agent_id === null ? null : asId(row.agent_id),
    state:
      row.state === null
        ? null
        : { name: row.state as NonNullable<StoredMessage['state']>['name'], why: row.state_why, at: Number(row.state_at) },
    subject: row.subject,
    text: row.body,
    quoted: row.quoted,
    html: row.html === null ? null : { hasRemoteContent: row.has_remote === 1 },
    htmlText: row.html,
    mail: row.mail === null ? null : JSON.parse(row.mail),
    sms: row.sms === null ? null : JSON.parse(row.sms),
    files: [...files],
    leftOut: JSON.parse(row.left_out),
    internetId: row.internet_id,
    clientId: row.client_id,
    isAutomatic: row.is_automatic === 1,
  };
}

/** With their files, in the order of the rows. */
export async function withFiles(db: ReadHandle | WriteHandle, rows: readonly Row<'message'>[]): Promise<readonly StoredMessage[]> {
  if (rows.length === 0) return [];
  const files = await db
    .selectFrom('message_file')
    .selectAll()
    .where(
      'message_id',
      'in',
      rows.map((row) => row.message_id),
    )
    .orderBy('position')
    .execute();
  return rows.map((row) =>
    toMessage(
      row,
      files.flatMap((file) => (file.message_id === row.message_id ? fileView(toFile(file)) : [])),
    ),
  );
}

export function fileView({ fileId, name, mediaType, bytes, contentId, pages }: StoredFile): MessageFile {
  return { fileId, name, mediaType, bytes, contentId, pages };
}

export function toFile(row: Row<'message_file'>): StoredFile {
  return {
    fileId: asId(row.file_id),
    messageId: row.message_id === null ? null : asId(row.message_id),
    conversationId: asId(row.conversation_id),
    name: row.name,
    mediaType: row.media_type,
    bytes: Number(row.bytes),
    digest: row.digest,
    contentId: row.content_id,
    pages: row.pages,
    at: Number(row.at),
  };
}

export function fileRow(file: StoredFile, position: number): Row<'message_file'> {
  return {
    file_id: file.fileId,
    message_id: file.messageId,
    conversation_id: file.conversationId,
    name: file.name,
    media_type: file.mediaType,
    bytes: file.bytes,
    digest: file.digest,
    content_id: file.contentId,
    pages: file.pages,
    at: file.at,
    position,
  };
}

export function toWork(row: Row<'written_work'>): StoredWork {
  return {
    interactionId: asId(row.interaction_id),
    workItemId: asId(row.work_item_id),
    conversationId: asId(row.conversation_id),
    queueId: asId(row.queue_id),
    priority: row.priority,
    needs: row.needs,
    tier: row.tier as StoredWork['tier'],
    state: row.state as StoredWork['state'],
    agentId: row.agent_id === null ? null : asId(row.agent_id),
    reservationId: row.reservation_id === null ? null : asId(row.reservation_id),
    queuedAt: Number(row.queued_at),
    takenAt: numberOrNull(row.taken_at),
    answerBy: numberOrNull(row.answer_by),
    waitsSince: numberOrNull(row.waits_since),
    snoozedUntil: numberOrNull(row.snoozed_until),
    guestIds: JSON.parse(row.guests),
    transfer: row.transfer === null ? null : JSON.parse(row.transfer),
    handledMs: Number(row.handled_ms),
  };
}

export function workRow(work: StoredWork): Row<'written_work'> {
  return {
    interaction_id: work.interactionId,
    work_item_id: work.workItemId,
    conversation_id: work.conversationId,
    queue_id: work.queueId,
    priority: work.priority,
    needs: work.needs,
    tier: work.tier,
    state: work.state,
    agent_id: work.agentId,
    reservation_id: work.reservationId,
    queued_at: work.queuedAt,
    taken_at: work.takenAt,
    answer_by: work.answerBy,
    waits_since: work.waitsSince,
    snoozed_until: work.snoozedUntil,
    guests: JSON.stringify(work.guestIds),
    transfer: work.transfer === null ? null : JSON.stringify(work.transfer),
    handled_ms: work.handledMs,
  };
}

export function toOutbox(row: Row<'outbox'>): OutboxEntry {
  const { to, cc, bcc } = JSON.parse(row.recipients) as Pick<OutboxEntry, 'to' | 'cc' | 'bcc'>;
  return {
    messageId: asId(row.message_id),
    channel: row.channel as OutboxEntry['channel'],
    sourceId: row.source_id,
    to,
    cc,
    bcc,
    subject: row.subject,
    text: row.body,
    html: row.html,
    internetId: row.internet_id,
    inReplyTo: row.in_reply_to,
    references: JSON.parse(row.refs),
    fileIds: JSON.parse(row.file_ids),
    isAutomatic: row.is_automatic === 1,
    attempts: row.attempts,
    nextAt: Number(row.next_at),
  };
}

export function outboxRow(entry: OutboxEntry): Row<'outbox'> {
  const { to, cc, bcc } = entry;
  return {
    message_id: entry.messageId,
    channel: entry.channel,
    source_id: entry.sourceId,
    recipients: JSON.stringify({ to, cc, bcc }),
    subject: entry.subject,
    body: entry.text,
    html: entry.html,
    internet_id: entry.internetId,
    in_reply_to: entry.inReplyTo,
    refs: JSON.stringify(entry.references),
    file_ids: JSON.stringify(entry.fileIds),
    is_automatic: entry.isAutomatic ? 1 : 0,
    attempts: entry.attempts,
    next_at: entry.nextAt,
    state: 'queued',
  };
}

/**
 * Of a row of the outbox: one to the same people that was written before it waits for a time after `at`. What goes to somebody goes in the order
 * in which it was written, also where the first could not leave for hours.
 */
export const waitsBehindAnother = (at: Expression<number>) =>
  sql<boolean>`exists (select 1 from outbox as earlier where earlier.state = 'queued' and earlier.next_at > ${at}
    and earlier.source_id = outbox.source_id and earlier.recipients = outbox.recipients and earlier.message_id < outbox.message_id)`;
