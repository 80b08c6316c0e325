import type { OutgoingState } from '../../../../shared/contracts/messages/conversation.ts';
import type { ContactId, ConversationId, InteractionId, MessageId } from '../../../../shared/ids.ts';
import type {
  ConversationRepository,
  KeptArrival,
  KeptText,
  MailboxMark,
  MessageIntake,
  StoredConversation,
  StoredDraft,
  StoredFile,
  StoredMessage,
  StoredWork,
} from '../../../interactions/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { conversationRow, fileRow, messageRow, outboxRow, withFiles, workRow } from './message-rows.ts';

type Answer<Name extends keyof ConversationRepository> = ReturnType<ConversationRepository[Name]>;

export const messageWrites = {
  async keepArrival(db: WriteHandle, arrival: KeptArrival): Answer<'keepArrival'> {
    const kept = await db
      .insertInto('arrival')
      .values({
        arrival_id: arrival.arrivalId,
        channel: arrival.channel,
        source_id: arrival.sourceId,
        once_key: arrival.onceKey,
        received_at: arrival.receivedAt,
        envelope: JSON.stringify(arrival.envelope),
        bytes: arrival.bytes,
        digest: arrival.digest,
        state: 'new',
      })
      .onConflict((conflict) => conflict.columns(['channel', 'source_id', 'once_key']).doNothing())
      .executeTakeFirst();
    return kept.numInsertedOrUpdatedRows === 1n ? 'kept' : 'known';
  },

  async settleArrival(db: WriteHandle, arrivalId: string, as: Parameters<ConversationRepository['settleArrival']>[1]): Promise<void> {
    const { why, text } = as.state === 'quarantined' ? as : { why: null, text: null };
    const message_id = as.state === 'discarded' ? (as.messageId ?? null) : null;
    await db
      .updateTable('arrival')
      .set({ state: as.state, why, body: text, message_id })
      .where('arrival_id', '=', arrivalId)
      .where('state', '<>', 'taken')
      .execute();
  },

  async keepText(db: WriteHandle, text: KeptText): Answer<'keepText'> {
    const kept = await db
      .insertInto('text_part')
      .values({
        part_id: text.partId,
        source_id: text.sourceId,
        once_key: text.onceKey,
        received_at: text.receivedAt,
        sender: text.from,
        recipient: text.to,
        body: text.text,
        reference: text.part?.reference ?? null,
        total: text.part?.total ?? null,
        part_index: text.part?.index ?? null,
      })
      .onConflict((conflict) => conflict.columns(['source_id', 'once_key']).doNothing())
      .executeTakeFirst();
    return kept.numInsertedOrUpdatedRows === 1n ? 'kept' : 'known';
  },

  async settleTextCopies(db: WriteHandle, partIds: readonly string[]): Promise<void> {
    // Its key stays known, nobody takes it for a part of another; whose it was and what it says stand in the message alone.
    await db
      .updateTable('text_part')
      .set({ message_id: '', sender: '', body: '' })
      .where('part_id', 'in', [...partIds])
      .where('message_id', 'is', null)
      .execute();
  },

  async writeMark(db: WriteHandle, mailboxId: string, { uidValidity, lastUid }: MailboxMark): Promise<void> {
    const mark = { uid_validity: uidValidity, last_uid: lastUid };
    await db
      .insertInto('mailbox_mark')
      .values({ mailbox_id: mailboxId, ...mark })
      .onConflict((conflict) => conflict.column('mailbox_id').doUpdateSet(mark))
      .execute();
  },

  /** One unit of work. The next number of the conversation is given here, where there is one writer. */
  async storeMessage(db: WriteHandle, intake: MessageIntake): Answer<'store'> {
    const { conversation, message, arrivalId, partIds, partTexts, work, outbox, endsDraftOf } = intake;
    const { conversationId } = conversation;
    if (message.clientId !== null) {
      const before = await db
        .selectFrom('message')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('client_id', '=', message.clientId)
        .execute();
      const [known] = await withFiles(db, before);
      if (known) return { message: known, isNew: false };
    }
    const row = conversationRow(conversation);
    const { conversation_id: _id, started_at: _started, token_digest: _token, thread_token: _thread, ...changes } = row;
    const { last_seq: seq } = await db
      .insertInto('conversation')
      .values({ ...row, last_seq: 1, visitor_seq: conversation.visitorSeq, agent_seq: conversation.agentSeq })
      .onConflict((conflict) =>
        conflict.column('conversation_id').doUpdateSet((now) => ({ ...changes, last_seq: now('conversation.last_seq', '+', 1) })),
      )
      .returning('last_seq')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('message')
      .values(messageRow(conversationId, seq, message))
      .execute();
    let position = 0;
    for (const file of intake.files) {
      const values = fileRow({ ...file, messageId: message.messageId as MessageId }, position++);
      await db
        .insertInto('message_file')
        .values(values)
        .onConflict((conflict) => conflict.column('file_id').doUpdateSet({ message_id: values.message_id, position: values.position }))
        .execute();
    }
    for (const { internetId, digest } of intake.references) {
      await db
        .insertInto('mail_reference')
        .values({ internet_id: internetId, digest, conversation_id: conversationId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (arrivalId !== null)
      await db
        .updateTable('arrival')
        .set({ state: 'taken', message_id: message.messageId, why: null, body: null })
        .where('arrival_id', '=', arrivalId)
        .execute();
    if (partIds.length > 0)
      await db
        .updateTable('text_part')
        .set({ message_id: message.messageId })
        .where('part_id', 'in', [...partIds])
        .execute();
    for (const [at, body] of (partTexts ?? []).entries())
      await db
        .updateTable('text_part')
        .set({ body })
        .where('part_id', '=', partIds[at] ?? '')
        .where('body', '<>', body)
        .execute();
    if (work) await messageWrites.saveWork(db, work);
    if (intake.timeline && work) await beginTimeline(db, intake, work.interactionId);
    if (outbox) await db.insertInto('outbox').values(outboxRow(outbox)).execute();
    if (endsDraftOf !== null) await db.deleteFrom('message_draft').where('interaction_id', '=', endsDraftOf).execute();
    const stored = await readBack(db, message.messageId as MessageId);
    if (!stored) throw new Error(`message ${message.messageId} was not stored`);
    return { message: stored, isNew: true };
  },

  async beginConversation(db: WriteHandle, conversation: StoredConversation, work: StoredWork): Promise<void> {
    const { visitorSeq: visitor_seq, agentSeq: agent_seq } = conversation;
    await db
      .insertInto('conversation')
      .values({ ...conversationRow(conversation), last_seq: 0, visitor_seq, agent_seq })
      .onConflict((conflict) => conflict.column('conversation_id').doNothing())
      .execute();
    await messageWrites.saveWork(db, work);
  },

  async linkConversation(db: WriteHandle, conversationId: ConversationId, contactId: ContactId): Promise<void> {
    await db.updateTable('conversation').set({ contact_id: contactId }).where('conversation_id', '=', conversationId).execute();
  },

  async seenUpTo(db: WriteHandle, conversationId: ConversationId, by: 'visitor' | 'agent', seq: number): Promise<void> {
    const column = by === 'visitor' ? 'visitor_seq' : 'agent_seq';
    await db
      .updateTable('conversation')
      .set({ [column]: seq })
      .where('conversation_id', '=', conversationId)
      .where(column, '<', seq)
      .execute();
  },

  async addMessageFile(db: WriteHandle, file: StoredFile): Promise<void> {
    await db.insertInto('message_file').values(fileRow(file, 0)).execute();
  },

  async saveWork(db: WriteHandle, work: StoredWork): Promise<void> {
    const { interaction_id, ...changes } = workRow(work);
    await db
      .insertInto('written_work')
      .values({ interaction_id, ...changes })
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(changes))
      .execute();
  },

  async endWork(db: WriteHandle, interactionId: InteractionId): Promise<void> {
    await db.deleteFrom('written_work').where('interaction_id', '=', interactionId).execute();
    await db.deleteFrom('message_draft').where('interaction_id', '=', interactionId).execute();
  },

  async endClosedWorks(db: WriteHandle): Promise<number> {
    const closed = await db
      .deleteFrom('written_work')
      .where('interaction_id', 'in', (from) =>
        from
          .selectFrom('written_work as work')
          .innerJoin('interaction', 'interaction.interaction_id', 'work.interaction_id')
          .leftJoin('interaction_progress as progress', 'progress.interaction_id', 'work.interaction_id')
          .select('work.interaction_id')
          .where((is) => is.or([is('interaction.completed_at', 'is not', null), is('progress.ended_at', 'is not', null)])),
      )
      .returning('interaction_id')
      .execute();
    for (const { interaction_id } of closed) await db.deleteFrom('message_draft').where('interaction_id', '=', interaction_id).execute();
    return closed.length;
  },

  async saveMessageDraft(db: WriteHandle, draft: StoredDraft): Answer<'saveDraft'> {
    const composed = JSON.stringify(draft.composed);
    const stored = await db.selectFrom('message_draft').selectAll().where('interaction_id', '=', draft.interactionId).executeTakeFirst();
    if (stored && stored.revision === draft.revision && stored.composed === composed) return { ok: true, savedAt: Number(stored.saved_at) };
    if (stored && stored.revision >= draft.revision) return { ok: false, storedRevision: stored.revision };
    const changes = { agent_id: draft.agentId, composed, revision: draft.revision, saved_at: draft.savedAt };
    await db
      .insertInto('message_draft')
      .values({ interaction_id: draft.interactionId, ...changes })
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(changes))
      .execute();
    return { ok: true, savedAt: draft.savedAt };
  },

  async mayAutoReply(db: WriteHandle, sourceId: string, addressKey: string, since: number, at: number): Promise<boolean> {
    const sent = await db
      .insertInto('auto_reply')
      .values({ source_id: sourceId, address_key: addressKey, at })
      .onConflict((conflict) => conflict.columns(['source_id', 'address_key']).doUpdateSet({ at }).where('auto_reply.at', '<', since))
      .executeTakeFirst();
    return sent.numInsertedOrUpdatedRows === 1n;
  },

  async setStopped(db: WriteHandle, lineId: string, addressKey: string, isStopped: boolean, at: number): Promise<void> {
    if (isStopped)
      await db
        .insertInto('sms_stop')
        .values({ line_id: lineId, address_key: addressKey, at })
        .onConflict((conflict) => conflict.columns(['line_id', 'address_key']).doNothing())
        .execute();
    else await db.deleteFrom('sms_stop').where('line_id', '=', lineId).where('address_key', '=', addressKey).execute();
  },
};

/** The contact is on the timeline from its first message on; its end adds the outcome. */
async function beginTimeline(
  db: WriteHandle,
  { conversation, message, timeline }: MessageIntake,
  interactionId: InteractionId,
): Promise<void> {
  if (!timeline) return;
  await db
    .insertInto('timeline_entry')
    .values({
      entry_id: interactionId,
      contact_id: timeline.contactId,
      at: message.at,
      kind: conversation.channel,
      title: timeline.title,
      detail: timeline.detail,
      outcome: null,
      interaction_id: interactionId,
      subject_kind: 'conversation',
      subject_id: conversation.conversationId,
    })
    .onConflict((conflict) => conflict.column('entry_id').doNothing())
    .execute();
}

export async function readBack(db: WriteHandle, messageId: MessageId): Promise<StoredMessage | null> {
  const rows = await db.selectFrom('message').selectAll().where('message_id', '=', messageId).execute();
  return (await withFiles(db, rows))[0] ?? null;
}

/** Only what is still in one of these states; null otherwise. */
export async function changeMessageState(
  db: WriteHandle,
  messageId: MessageId,
  from: readonly OutgoingState[],
  to: { readonly state: OutgoingState; readonly why: string | null },
  at: number,
): Promise<StoredMessage | null> {
  const changed = await db
    .updateTable('message')
    .set({ state: to.state, state_why: to.why, state_at: at })
    .where('message_id', '=', messageId)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n ? readBack(db, messageId) : null;
}
