import { comesBackWithinMs } from '../../../../shared/came-back.ts';
import { asId, type ConversationId, type InteractionId, type MessageFileId, type MessageId } from '../../../../shared/ids.ts';
import type { ConversationRepository, RawArrival, WrittenChannel } from '../../../interactions/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { toArrival, toConversation, toFile, toOutbox, toText, toWork, waitsBehindAnother, withFiles } from './message-rows.ts';

type Answer<Name extends keyof ConversationRepository> = ReturnType<ConversationRepository[Name]>;

export const messageReads = {
  async isKnownArrival(db: ReadHandle, channel: RawArrival['channel'], sourceId: string, onceKey: string): Promise<boolean> {
    const row = await db
      .selectFrom('arrival')
      .select('arrival_id')
      .where('channel', '=', channel)
      .where('source_id', '=', sourceId)
      .where('once_key', '=', onceKey)
      .executeTakeFirst();
    return row !== undefined;
  },

  async readNewArrivals(db: ReadHandle, limit: number): Answer<'readNewArrivals'> {
    const rows = await db.selectFrom('arrival').selectAll().where('state', '=', 'new').orderBy('arrival_id').limit(limit).execute();
    return rows.map(toArrival);
  },

  async readQuarantine(db: ReadHandle): Answer<'readQuarantine'> {
    const rows = await db
      .selectFrom('arrival')
      .selectAll()
      .where('state', '=', 'quarantined')
      .orderBy('arrival_id', 'desc')
      .limit(200)
      .execute();
    return rows.map((row) => ({ ...toArrival(row), why: row.why ?? 'broken', text: row.body ?? '' }));
  },

  async readNewTexts(db: ReadHandle): Answer<'readNewTexts'> {
    const rows = await db.selectFrom('text_part').selectAll().where('message_id', 'is', null).orderBy('part_id').limit(10_000).execute();
    return rows.map(toText);
  },

  async readTakenTexts(db: ReadHandle, limit: number): Answer<'readTakenTexts'> {
    const rows = await db
      .selectFrom('text_part')
      .selectAll()
      .where('message_id', 'is not', null)
      .where('message_id', '<>', '')
      .orderBy('part_id', 'desc')
      .limit(limit)
      .execute();
    return rows.reverse().map((row) => ({ ...toText(row), messageId: asId<MessageId>(row.message_id ?? '') }));
  },

  /** Which of these have a row. */
  async knownArrivals(db: ReadHandle, ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('arrival')
      .select('arrival_id')
      .where('arrival_id', 'in', [...ids])
      .execute();
    return rows.map((row) => row.arrival_id);
  },

  async knownMessageFiles(db: ReadHandle, ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('message_file')
      .select('file_id')
      .where('file_id', 'in', [...ids])
      .execute();
    return rows.map((row) => row.file_id);
  },

  async readMark(db: ReadHandle, mailboxId: string): Answer<'readMark'> {
    const row = await db.selectFrom('mailbox_mark').selectAll().where('mailbox_id', '=', mailboxId).executeTakeFirst();
    return row ? { uidValidity: row.uid_validity, lastUid: Number(row.last_uid) } : null;
  },

  async readConversation(db: ReadHandle, conversationId: ConversationId): Answer<'readConversation'> {
    const row = await db.selectFrom('conversation').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
    return row ? toConversation(row) : null;
  },

  async findByToken(db: ReadHandle, tokenDigest: string): Answer<'findByToken'> {
    const row = await db.selectFrom('conversation').selectAll().where('token_digest', '=', tokenDigest).executeTakeFirst();
    return row ? toConversation(row) : null;
  },

  async findByThreadToken(db: ReadHandle, threadToken: string): Answer<'findByThreadToken'> {
    const row = await db
      .selectFrom('conversation')
      .selectAll()
      .where('thread_token', '=', threadToken)
      .orderBy('last_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? toConversation(row) : null;
  },

  async findByReferences(db: ReadHandle, internetIds: readonly string[]): Answer<'findByReferences'> {
    if (internetIds.length === 0) return [];
    const rows = await db
      .selectFrom('mail_reference')
      .innerJoin('conversation', 'conversation.conversation_id', 'mail_reference.conversation_id')
      .selectAll('conversation')
      .select(['mail_reference.internet_id', 'mail_reference.digest'])
      .where('mail_reference.internet_id', 'in', internetIds.slice(0, 100))
      .orderBy('conversation.last_at', 'desc')
      .limit(100)
      .execute();
    return rows.map((row) => ({ ...toConversation(row), internetId: row.internet_id, digest: row.digest }));
  },

  async findByAddress(db: ReadHandle, channel: WrittenChannel, sourceId: string, addressKey: string): Answer<'findByAddress'> {
    const row = await db
      .selectFrom('conversation')
      .selectAll()
      .where('channel', '=', channel)
      .where('source_id', '=', sourceId)
      .where('address_key', '=', addressKey)
      .orderBy('last_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? toConversation(row) : null;
  },

  async readMessages(db: ReadHandle, conversationId: ConversationId, beforeSeq: number | null, limit: number): Answer<'readMessages'> {
    const rows = await db
      .selectFrom('message')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .$if(beforeSeq !== null, (query) => query.where('seq', '<', beforeSeq ?? 0))
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return withFiles(db, rows);
  },

  async readMessagesAfter(db: ReadHandle, conversationId: ConversationId, afterSeq: number, limit: number): Answer<'readMessagesAfter'> {
    const rows = await db
      .selectFrom('message')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return withFiles(db, rows);
  },

  async readMessage(db: ReadHandle, messageId: MessageId): Answer<'readMessage'> {
    const rows = await db.selectFrom('message').selectAll().where('message_id', '=', messageId).execute();
    return (await withFiles(db, rows))[0] ?? null;
  },

  async findByInternetId(db: ReadHandle, internetId: string): Answer<'findByInternetId'> {
    const rows = await db.selectFrom('message').selectAll().where('internet_id', '=', internetId).orderBy('at').limit(1).execute();
    return (await withFiles(db, rows))[0] ?? null;
  },

  async readMessageFile(db: ReadHandle, fileId: MessageFileId): Answer<'readFile'> {
    const row = await db.selectFrom('message_file').selectAll().where('file_id', '=', fileId).executeTakeFirst();
    return row ? toFile(row) : null;
  },

  async readWorks(db: ReadHandle): Answer<'readWorks'> {
    const rows = await db.selectFrom('written_work').selectAll().orderBy('queued_at').execute();
    return rows.map(toWork);
  },

  async findWorkOf(db: ReadHandle, conversationId: ConversationId): Answer<'findWorkOf'> {
    const row = await db.selectFrom('written_work').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
    return row ? toWork(row) : null;
  },

  async readMessageDraft(db: ReadHandle, interactionId: InteractionId): Answer<'readDraft'> {
    const row = await db.selectFrom('message_draft').selectAll().where('interaction_id', '=', interactionId).executeTakeFirst();
    if (!row) return null;
    const { agent_id, composed, revision, saved_at } = row;
    return { interactionId, agentId: agent_id as never, composed: JSON.parse(composed), revision, savedAt: Number(saved_at) };
  },

  async readOutbox(db: ReadHandle, messageId: MessageId): Answer<'readOutbox'> {
    const row = await db.selectFrom('outbox').selectAll().where('message_id', '=', messageId).executeTakeFirst();
    return row ? toOutbox(row) : null;
  },

  async nextOutboxAt(db: ReadHandle): Answer<'nextOutboxAt'> {
    const row = await db
      .selectFrom('outbox')
      .select('next_at')
      .where('state', '=', 'queued')
      .where(({ not, ref }) => not(waitsBehindAnother(ref('outbox.next_at'))))
      .orderBy('next_at')
      .limit(1)
      .executeTakeFirst();
    return row ? Number(row.next_at) : null;
  },

  async cameBackAt(db: ReadHandle, mailboxIds: readonly string[], addressKey: string, now: number): Answer<'cameBackAt'> {
    if (mailboxIds.length === 0) return null;
    const messages = db
      .selectFrom('conversation')
      .innerJoin('message', 'message.conversation_id', 'conversation.conversation_id')
      .where('conversation.channel', '=', 'email')
      .where('conversation.source_id', 'in', [...mailboxIds])
      .where('conversation.address_key', '=', addressKey)
      .orderBy('message.at', 'desc')
      .limit(1)
      .select('message.at');
    const bounce = await messages
      .where('message.kind', '=', 'event')
      .where('message.body', '=', 'bounced')
      .where((is) => is.or([is('message.author_name', 'is', null), is(is.fn<string>('lower', ['message.author_name']), '=', addressKey)]))
      .executeTakeFirst();
    if (!bounce) return null;
    const sign = await messages
      .where('message.at', '>', bounce.at)
      .where((is) =>
        is.or([
          is('message.kind', '=', 'in'),
          is.and([is('message.kind', '=', 'out'), is('message.state', '=', 'sent'), is('message.state_at', '<', now - comesBackWithinMs)]),
        ]),
      )
      .executeTakeFirst();
    return sign ? null : Number(bounce.at);
  },

  async isStopped(db: ReadHandle, lineId: string, addressKey: string): Promise<boolean> {
    const row = await db
      .selectFrom('sms_stop')
      .select('at')
      .where('line_id', '=', lineId)
      .where('address_key', '=', addressKey)
      .executeTakeFirst();
    return row !== undefined;
  },

  async readIncomingSince(db: ReadHandle, since: number, limit: number): Answer<'readIncomingSince'> {
    const rows = await db
      .selectFrom('message')
      .innerJoin('conversation', 'conversation.conversation_id', 'message.conversation_id')
      .leftJoin('person', 'person.contact_id', 'conversation.contact_id')
      .select(['message.at', 'conversation.channel', 'conversation.source_id', 'conversation.address', 'message.subject', 'message.body'])
      .select('person.tier')
      .where('message.kind', '=', 'in')
      .where('message.at', '>=', since)
      .orderBy('message.at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      at: Number(row.at),
      channel: row.channel as WrittenChannel,
      sourceId: row.source_id,
      from: row.address ?? '',
      subject: row.subject ?? '',
      text: row.body,
      tier: row.tier as Awaited<Answer<'readIncomingSince'>>[number]['tier'],
    }));
  },
};
