import type { OutgoingState } from '../../../../shared/contracts/messages/conversation.ts';
import { asId, type MessageId } from '../../../../shared/ids.ts';
import type { ConversationRepository, DeliveryReceipt } from '../../../interactions/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { toOutbox, waitsBehindAnother } from './message-rows.ts';
import { changeMessageState, readBack } from './message-writes.ts';

type Answer<Name extends keyof ConversationRepository> = ReturnType<ConversationRepository[Name]>;

/**
 * What goes out. Marked as being sent before anybody sends it: whoever is killed in between leaves a message of which nobody knows whether it
 * went, and that is what the next start says of it. What may have been sent stays as it left, should somebody want it sent again.
 */
export const outboxWrites = {
  async claimOutbox(db: WriteHandle, now: number, limit: number): Answer<'claimOutbox'> {
    const due = await db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'queued')
      .where('next_at', '<=', now)
      .where(({ not, val }) => not(waitsBehindAnother(val(now))))
      // In the order in which they were written.
      .orderBy('message_id')
      .limit(limit)
      .execute();
    if (due.length === 0) return [];
    const messageIds = due.map((row) => row.message_id);
    await db
      .updateTable('outbox')
      .set((row) => ({ state: 'sending' as const, attempts: row('attempts', '+', 1) }))
      .where('message_id', 'in', messageIds)
      .execute();
    await db.updateTable('message').set({ state: 'sending', state_at: now }).where('message_id', 'in', messageIds).execute();
    return due.map((row) => ({ ...toOutbox(row), attempts: row.attempts + 1 }));
  },

  async settleOutbox(
    db: WriteHandle,
    messageId: MessageId,
    as: Parameters<ConversationRepository['settleOutbox']>[1],
    at: number,
  ): Answer<'settleOutbox'> {
    if (as.state === 'queued') {
      await db.updateTable('outbox').set({ state: 'queued', next_at: as.nextAt }).where('message_id', '=', messageId).execute();
      return changeMessageState(db, messageId, ['sending'], as, at);
    }
    const entry =
      as.state === 'mayHaveBeenSent'
        ? await db
            .updateTable('outbox')
            .set({ state: 'unsure' })
            .where('message_id', '=', messageId)
            .where('state', '!=', 'unsure')
            .returning('source_id')
            .executeTakeFirst()
        : await db.deleteFrom('outbox').where('message_id', '=', messageId).returning('source_id').executeTakeFirst();
    let part = 0;
    for (const providerKey of entry ? as.providerKeys : []) {
      await db
        .insertInto('provider_message')
        .values({ source_id: entry?.source_id ?? '', provider_key: providerKey, part: part++, message_id: messageId, state: null })
        // A network that gives a name again has forgotten the first.
        .onConflict((conflict) =>
          conflict.columns(['source_id', 'provider_key']).doUpdateSet((row) => ({
            message_id: row.ref('excluded.message_id'),
            part: row.ref('excluded.part'),
            state: null,
          })),
        )
        .execute();
    }
    const changed = await changeMessageState(db, messageId, ['sending', 'queued'], as, at);
    for (const providerKey of entry ? as.providerKeys : []) {
      const early = await db
        .deleteFrom('early_receipt')
        .where('source_id', '=', entry?.source_id ?? '')
        .where('provider_key', '=', providerKey)
        .returningAll()
        .executeTakeFirst();
      if (early) await noteReceipt(db, early.source_id, providerKey, early.state as DeliveryReceipt['state'], early.code, Number(early.at));
    }
    return changed ? readBack(db, messageId) : null;
  },

  async outboxLeftBehind(db: WriteHandle, at: number): Answer<'outboxLeftBehind'> {
    const left = await db.updateTable('outbox').set({ state: 'unsure' }).where('state', '=', 'sending').returning('message_id').execute();
    const changed = [];
    for (const { message_id } of left) {
      const message = await changeMessageState(
        db,
        asId<MessageId>(message_id),
        ['sending'],
        { state: 'mayHaveBeenSent', why: 'The bridge stopped while it was on its way.' },
        at,
      );
      if (message) changed.push(message);
    }
    return changed;
  },

  async changeMessageState(
    db: WriteHandle,
    messageId: MessageId,
    from: readonly OutgoingState[],
    to: { readonly state: OutgoingState; readonly why: string | null },
    at: number,
  ): Answer<'changeState'> {
    const changed = await changeMessageState(db, messageId, from, to, at);
    if (changed && ['withdrawn', 'sent', 'failed'].includes(to.state))
      await db.deleteFrom('outbox').where('message_id', '=', messageId).execute();
    return changed;
  },

  async keepReceipt(db: WriteHandle, { sourceId, state, code, at }: DeliveryReceipt, providerKey: string): Answer<'keepReceipt'> {
    const messageId = await noteReceipt(db, sourceId, providerKey, state, code, at);
    if (messageId !== null) return messageId;
    const early = { state, code, at };
    await db
      .insertInto('early_receipt')
      .values({ source_id: sourceId, provider_key: providerKey, ...early })
      .onConflict((conflict) => conflict.columns(['source_id', 'provider_key']).doUpdateSet(early))
      .execute();
    return null;
  },

  async withoutReceipt(db: WriteHandle, before: number, at: number): Answer<'withoutReceipt'> {
    const rows = await db
      .selectFrom('message')
      .innerJoin('provider_message', 'provider_message.message_id', 'message.message_id')
      .select('message.message_id')
      .distinct()
      .where('message.state', '=', 'sent')
      .where('message.state_at', '<', before)
      .limit(500)
      .execute();
    const changed = [];
    for (const { message_id } of rows) {
      const message = await changeMessageState(db, asId<MessageId>(message_id), ['sent'], { state: 'noReceipt', why: null }, at);
      if (message) changed.push(message);
    }
    return changed;
  },
};

/** A message of several parts is delivered when all are, and failed when one is. The message, or null where nobody knows the name yet. */
async function noteReceipt(
  db: WriteHandle,
  sourceId: string,
  providerKey: string,
  state: DeliveryReceipt['state'],
  code: string | null,
  at: number,
): Promise<MessageId | null> {
  const told = await db
    .updateTable('provider_message')
    .set({ state })
    .where('source_id', '=', sourceId)
    .where('provider_key', '=', providerKey)
    .returning('message_id')
    .executeTakeFirst();
  if (!told) return null;
  const messageId = asId<MessageId>(told.message_id);
  const parts = await db.selectFrom('provider_message').select('state').where('message_id', '=', messageId).execute();
  const failed = parts.some((part) => part.state === 'failed' || part.state === 'expired' || part.state === 'rejected');
  const isDelivered = parts.every((part) => part.state === 'delivered');
  const from: OutgoingState[] = ['sent', 'noReceipt', 'mayHaveBeenSent', 'sending', 'delivered'];
  if (failed) await changeMessageState(db, messageId, from, { state: 'failed', why: code }, at);
  else if (isDelivered)
    await changeMessageState(
      db,
      messageId,
      from.filter((each) => each !== 'delivered'),
      { state: 'delivered', why: null },
      at,
    );
  if (failed || isDelivered) await db.deleteFrom('outbox').where('message_id', '=', messageId).where('state', '=', 'unsure').execute();
  return messageId;
}
