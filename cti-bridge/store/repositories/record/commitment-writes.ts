import type { Note } from '../../../../shared/contracts/contact.ts';
import type { OfferMade, PromiseMade, Task } from '../../../../shared/contracts/record.ts';
import { type Change, type CommitmentRepository, type CustomerScope, standsAgainst } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { cardOfInteraction } from '../contact/card-of-arrival.ts';
import { offersOf, promisesWhere, tasksWhere } from './commitment-reads.ts';
import { isAccountVisible, looking, readGroup } from './group.ts';
import { addToTimeline, noSuchPerson, ofAccount, ofContact, recordChanged, refused } from './seam.ts';
import { inWords } from './timeline-words.ts';

type Asked<Name extends keyof CommitmentRepository> = Parameters<CommitmentRepository[Name]>[0];

export const commitmentWrites = {
  async addRecordNote(db: WriteHandle, note: Asked<'addNote'>): Change<Note> {
    const group = await readGroup(looking(db), note.contactId, note.scope);
    if (!group) return noSuchPerson;
    const contactId = (await cardOfInteraction(db, note.contactId, note.interactionId)) ?? group.headId;
    await db
      .insertInto('note')
      .values({
        note_id: note.changeId,
        ...ofContact(contactId),
        case_id: null,
        interaction_id: note.interactionId,
        author_id: note.author.userId,
        author: note.author.name,
        text: note.text,
        at: note.at,
      })
      .onConflict((conflict) => conflict.column('note_id').doNothing())
      .execute();
    await addToTimeline(db, {
      ...{ entryId: note.changeId, owner: ofContact(contactId), at: note.at, kind: 'note', interactionId: note.interactionId },
      ...{ title: firstLine(note.text), detail: note.text, outcome: note.author.name, subject: { kind: 'note', id: note.changeId } },
    });
    await recordChanged(db, { contactIds: [contactId] }, note.at);
    return ok({ noteId: note.changeId, at: note.at, author: note.author.name, text: note.text });
  },

  async makePromise(db: WriteHandle, promise: Asked<'makePromise'>): Change<PromiseMade> {
    const group = await readGroup(looking(db), promise.contactId, promise.scope);
    if (!group) return noSuchPerson;
    const contactId = (await cardOfInteraction(db, promise.contactId, promise.interactionId)) ?? group.headId;
    if (promise.caseId !== null && !(await isCaseOf(db, promise.caseId, group.contactIds))) return noSuchCase;
    await db
      .insertInto('promise')
      .values({
        promise_id: promise.changeId,
        contact_id: contactId,
        case_id: promise.caseId,
        interaction_id: promise.interactionId,
        text: promise.text,
        due_at: promise.dueAt,
        owner_agent_id: promise.ownerAgentId,
        made_at: promise.at,
        made_by: promise.author.name,
      })
      .onConflict((conflict) => conflict.column('promise_id').doNothing())
      .execute();
    if (promise.caseId !== null)
      await db
        .insertInto('case_step')
        .values({
          ...{ step_id: `${promise.changeId}.0`, case_id: promise.caseId, at: promise.at, kind: 'promise', text: promise.text },
          ...{ author_id: promise.author.userId, author: promise.author.name },
        })
        .onConflict((conflict) => conflict.column('step_id').doNothing())
        .execute();
    await addToTimeline(db, {
      ...{ entryId: promise.changeId, owner: ofContact(contactId), at: promise.at, kind: 'promise', interactionId: promise.interactionId },
      ...{ title: promise.text, detail: null, outcome: promise.author.name, subject: { kind: 'promise', id: promise.changeId } },
    });
    await recordChanged(db, { contactIds: [contactId] }, promise.at);
    return first(await promisesWhere(looking(db), (where) => where('promise.promise_id', '=', promise.changeId)), noSuchPromise);
  },

  /** Once: who kept it first has kept it. */
  async keepPromise(db: WriteHandle, kept: Asked<'keepPromise'>): Change<PromiseMade> {
    const promise = await db.selectFrom('promise').selectAll().where('promise_id', '=', kept.promiseId).executeTakeFirst();
    const group = promise ? await readGroup(looking(db), promise.contact_id, kept.scope) : null;
    if (!promise || !group) return noSuchPromise;
    if (promise.kept_at === null) {
      await db
        .updateTable('promise')
        .set({ kept_at: kept.at, kept_by: kept.author.name })
        .where('promise_id', '=', kept.promiseId)
        .execute();
      await addToTimeline(db, {
        ...{ entryId: `${kept.promiseId}.kept`, owner: ofContact(promise.contact_id), at: kept.at, kind: 'promise' },
        ...{ title: inWords('kept', promise.text, group), detail: null, outcome: kept.author.name },
        subject: { kind: 'promise', id: kept.promiseId },
      });
      await recordChanged(db, { contactIds: [promise.contact_id] }, kept.at);
    }
    return first(await promisesWhere(looking(db), (where) => where('promise.promise_id', '=', kept.promiseId)), noSuchPromise);
  },

  async addTask(db: WriteHandle, task: Asked<'addTask'>): Change<Task> {
    const group = await readGroup(looking(db), task.contactId, task.scope);
    if (!group) return noSuchPerson;
    if (task.caseId !== null && !(await isCaseOf(db, task.caseId, group.contactIds))) return noSuchCase;
    const contactId = group.contactIds.includes(task.contactId) ? task.contactId : group.headId;
    await db
      .insertInto('task')
      .values({
        ...{ task_id: task.changeId, ...ofContact(contactId), case_id: task.caseId, title: task.title, due_at: task.dueAt },
        ...{ owner_agent_id: task.ownerAgentId, made_at: task.at, made_by: task.author.name, done_at: null },
      })
      .onConflict((conflict) => conflict.column('task_id').doNothing())
      .execute();
    await addToTimeline(db, {
      ...{ entryId: task.changeId, owner: ofContact(contactId), at: task.at, kind: 'task' },
      ...{ title: task.title, detail: null, outcome: task.author.name, subject: { kind: 'task', id: task.changeId } },
    });
    await recordChanged(db, { contactIds: [contactId] }, task.at);
    return first(await tasksWhere(looking(db), (where) => where('task.task_id', '=', task.changeId)), noSuchTask);
  },

  async finishTask(db: WriteHandle, finished: Asked<'finishTask'>): Change<Task> {
    const task = await db.selectFrom('task').selectAll().where('task_id', '=', finished.taskId).executeTakeFirst();
    if (!task || !(await isOwnerVisible(db, task, finished.scope))) return noSuchTask;
    if (task.done_at === null) {
      await db.updateTable('task').set({ done_at: finished.at }).where('task_id', '=', finished.taskId).execute();
      const group = task.contact_id === null ? null : await readGroup(looking(db), task.contact_id, finished.scope);
      await addToTimeline(db, {
        ...{ entryId: `${finished.taskId}.done`, at: finished.at, kind: 'task', outcome: finished.author.name, detail: null },
        owner: task.contact_id === null ? ofAccount(task.account_id ?? '') : ofContact(task.contact_id),
        ...{ title: inWords('done', task.title, group), subject: { kind: 'task', id: finished.taskId } },
      });
    }
    return first(await tasksWhere(looking(db), (where) => where('task.task_id', '=', finished.taskId)), noSuchTask);
  },

  async recordOffer(db: WriteHandle, offer: Asked<'recordOffer'>): Change<OfferMade> {
    const group = await readGroup(looking(db), offer.contactId, offer.scope);
    if (!group) return noSuchPerson;
    const made = await offersOf(looking(db), group.contactIds);
    const offerId = offer.offerId ?? offer.changeId;
    const stored = made.find((each) => each.offerId === offerId);
    if (offer.offerId !== null && !stored) return noSuchOffer;
    const obstacle = stored ? null : standsAgainst(offer.name, made);
    if (obstacle) return repeated(obstacle);
    const answered = { answer: offer.answer, answered_at: offer.answer === null ? null : offer.at, remark: offer.remark };
    if (stored) await db.updateTable('offer_made').set(answered).where('offer_id', '=', offerId).execute();
    else {
      const contactId = group.contactIds.includes(offer.contactId) ? offer.contactId : group.headId;
      const row = { offer_id: offerId, contact_id: contactId, name: offer.name, channel: offer.channel };
      await db
        .insertInto('offer_made')
        .values({ ...row, made_at: offer.at, made_by: offer.author.name, ...answered })
        .execute();
      await addToTimeline(db, {
        ...{ entryId: offerId, owner: ofContact(contactId), at: offer.at, kind: 'offer', channel: offer.channel },
        ...{ title: offer.name, detail: offer.remark, outcome: offer.author.name, subject: { kind: 'offer', id: offerId } },
      });
    }
    await recordChanged(db, { contactIds: [group.headId] }, offer.at);
    const now = (await offersOf(looking(db), group.contactIds)).filter((each) => each.offerId === offerId);
    return first(now, noSuchOffer);
  },
};

const noSuchCase = refused('not_found', 'This person has no such case.');
const noSuchPromise = refused('not_found', 'There is no such promise, or it is not among those you may see.');
const noSuchTask = refused('not_found', 'There is no such task, or it is not among those you may see.');
const noSuchOffer = refused('not_found', 'No such offer was made to this person.');

function repeated({ channel, answer }: OfferMade) {
  return refused(
    'conflict',
    answer === null
      ? `This was offered already (${channel}) and is not answered yet.`
      : `This was offered already (${channel}) and answered: ${answer}.`,
  );
}

function first<Value>(values: readonly Value[], otherwise: Awaited<Change<Value>>): Awaited<Change<Value>> {
  const [value] = values;
  return value === undefined ? otherwise : ok(value);
}

const firstLine = (text: string) => (text.trim().split('\n')[0] ?? '').slice(0, 120);

async function isCaseOf(db: WriteHandle, caseId: string, contactIds: readonly string[]): Promise<boolean> {
  const found = await db.selectFrom('customer_case').select('contact_id').where('case_id', '=', caseId).executeTakeFirst();
  return found !== undefined && contactIds.includes(found.contact_id);
}

async function isOwnerVisible(
  db: WriteHandle,
  { contact_id, account_id }: { readonly contact_id: string | null; readonly account_id: string | null },
  scope: CustomerScope,
): Promise<boolean> {
  if (contact_id !== null) return (await readGroup(looking(db), contact_id, scope)) !== null;
  return account_id !== null && isAccountVisible(looking(db), account_id, scope);
}
