import type { CallbackOutcome, Change, ScheduledCallbackRepository, StandingCallback } from '../../../crm/index.ts';
import type { PromisedCallback } from '../../../interactions/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { callbackWrites } from '../callback-writes.ts';
import { cardOfInteraction } from '../contact/card-of-arrival.ts';
import { type Group, looking, readGroup } from './group.ts';
import { standingStates, standingWhere } from './scheduled-callback-reads.ts';
import { addToTimeline, noSuchPerson, ofContact, recordChanged, refused } from './seam.ts';
import { inWords, type TimelineWord } from './timeline-words.ts';

type Asked<Name extends keyof ScheduledCallbackRepository> = Parameters<ScheduledCallbackRepository[Name]>[0];
const everybody = { units: null };

export const scheduledCallbackWrites = {
  async agreeCallback(db: WriteHandle, agreed: Asked<'agree'>): Change<{ readonly isNew: boolean; readonly callback: StandingCallback }> {
    const { callback, author, at, scope } = agreed;
    const { callbackId, contactId, numberKey, queueId, text } = callback;
    const group = contactId === null ? null : await readGroup(looking(db), contactId, scope);
    if (contactId !== null && !group) return noSuchPerson;
    const [standing] = await standingWhere(looking(db), { queueId, numberKey, ...(group ? { contactIds: group.contactIds } : {}) });
    // The same id again is the same agreement, performed a second time.
    if (standing) return ok({ isNew: standing.callbackId === callbackId, callback: standing });
    const card = group && contactId !== null ? ((await cardOfInteraction(db, contactId, callback.interactionId)) ?? group.headId) : null;
    await db
      .insertInto('scheduled_callback')
      .values({
        ...{ callback_id: callbackId, contact_id: card, interaction_id: callback.interactionId, state: 'agreed', work_item_id: null },
        ...{ number: callback.number, number_key: numberKey, peer: callback.peer, trunk_id: callback.trunkId, dialled: callback.dialled },
        ...{ locale: callback.locale, queue_id: queueId, agent_id: callback.ownerAgentId, about: text },
        ...{ due_at: callback.at, until_at: callback.until, made_at: callback.madeAt, made_by: callback.madeBy },
      })
      .execute();
    if (group && card !== null) {
      await db
        .insertInto('promise')
        .values({
          ...{ promise_id: callbackId, contact_id: card, case_id: null, interaction_id: callback.interactionId, text },
          ...{ due_at: callback.at, owner_agent_id: callback.ownerAgentId, made_at: at, made_by: author.name },
        })
        .execute();
      await tell(
        db,
        { callbackId, contactId: card, about: text, at, by: author.name, interactionId: callback.interactionId },
        'callbackAgreed',
        group,
      );
    }
    return only(await standingWhere(looking(db), { callbackId }), (made) => ({ isNew: true, callback: made }));
  },

  async moveScheduledCallback(db: WriteHandle, moved: Asked<'move'>): Change<StandingCallback> {
    const { callbackId, scope, to, until, at, author } = moved;
    const [callback] = await standingWhere(looking(db), { callbackId, scope });
    if (!callback) return noSuchCallback;
    if (callback.state !== 'agreed') return refused('conflict', 'Its time has come: it waits for an agent, or is being called.');
    if (callback.at === to && callback.until === until) return ok(callback);
    await db.updateTable('scheduled_callback').set({ due_at: to, until_at: until }).where('callback_id', '=', callbackId).execute();
    await db.updateTable('promise').set({ due_at: to }).where('promise_id', '=', callbackId).execute();
    if (callback.contactId !== null)
      await tell(
        db,
        { callbackId, contactId: callback.contactId, about: callback.text, at, by: author.name, interactionId: null },
        'callbackMoved',
        await readGroup(looking(db), callback.contactId, everybody),
        `${callbackId}.moved.${moved.changeId}`,
      );
    return only(await standingWhere(looking(db), { callbackId }), (now) => now);
  },

  async putScheduledCallbackInLine(db: WriteHandle, callbackId: string, promised: PromisedCallback): Promise<boolean> {
    const begun = await db
      .updateTable('scheduled_callback')
      .set({ state: 'inLine', work_item_id: promised.workItemId })
      .where('callback_id', '=', callbackId)
      .where((where) =>
        where.or([
          // Moved meanwhile: its time has not come.
          where.and([where('state', '=', 'agreed'), where('due_at', '<=', promised.queuedAt)]),
          where.and([where('state', '=', 'inLine'), where('work_item_id', '=', promised.workItemId)]),
        ]),
      )
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) return false;
    await callbackWrites.promiseCallback(db, promised);
    return true;
  },

  async endScheduledCallback(db: WriteHandle, { callbackId, outcome, at, by }: Asked<'end'>): Promise<boolean> {
    const row = await db
      .selectFrom('scheduled_callback')
      .selectAll()
      .where('callback_id', '=', callbackId)
      .where('state', 'in', standingStates)
      .executeTakeFirst();
    if (!row) return false;
    await db
      .updateTable('scheduled_callback')
      .set({ state: outcome, number: null, number_key: null, peer: null, about: null })
      .where('callback_id', '=', callbackId)
      .execute();
    if (row.contact_id === null) return true;
    // Who could not be reached is owed the call still: the promise stays, overdue, with whoever made it.
    if (outcome !== 'notReached')
      await db
        .updateTable('promise')
        .set({ kept_at: at, kept_by: by ?? row.made_by })
        .where('promise_id', '=', callbackId)
        .where('kept_at', 'is', null)
        .execute();
    const about = { callbackId, contactId: row.contact_id, about: row.about ?? '', at, by, interactionId: null };
    await tell(db, about, wordOf[outcome], await readGroup(looking(db), row.contact_id, everybody), `${callbackId}.${outcome}`);
    return true;
  },
};

const wordOf: Readonly<Record<CallbackOutcome, TimelineWord>> = {
  reached: 'callbackReached',
  notReached: 'callbackNotReached',
  calledAgain: 'callbackCalledAgain',
  canceled: 'callbackCanceled',
};

const noSuchCallback = refused('not_found', 'There is no such callback, or it is over.');

interface Told {
  readonly callbackId: string;
  readonly contactId: string;
  readonly about: string;
  readonly at: number;
  readonly by: string | null;
  readonly interactionId: string | null;
}

async function tell(db: WriteHandle, told: Told, what: TimelineWord, group: Group | null, entryId = told.callbackId): Promise<void> {
  await addToTimeline(db, {
    ...{ entryId, owner: ofContact(told.contactId), at: told.at, kind: 'promise', interactionId: told.interactionId },
    ...{ title: inWords(what, told.about, group), detail: null, outcome: told.by, subject: { kind: 'promise', id: told.callbackId } },
  });
  await recordChanged(db, { contactIds: [told.contactId] }, told.at);
}

function only<From, Value>(found: readonly From[], of: (value: From) => Value): Awaited<Change<Value>> {
  const [value] = found;
  return value === undefined ? noSuchCallback : ok(of(value));
}
