import { type AccountRepository, type Change, type OfAccount, yearOfNext } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { Schema, WriteHandle } from '../../schema.ts';
import { addToTimeline, type FieldChange, isKept, keepChanges, ofAccount, recordChanged, refused } from '../record/seam.ts';
import { changeable, linksOf, raiseRevision } from './account-writes.ts';

type Visit = Parameters<AccountRepository['setVisit']>[0];
type AnniversarySetting = Parameters<AccountRepository['setAnniversary']>[0];
type GiftAdded = Parameters<AccountRepository['addGift']>[0];

const notTheirPerson = refused('not_found', 'They are not among the people of this company.');

/** The key-account file: visits, days to remember, gifts. */
export const accountFileWrites = {
  async setVisit(db: WriteHandle, visit: Visit): Change<null> {
    if (await isKept(db, visit.changeId)) return ok(null);
    const person = await mayChange(db, visit);
    if (!person.ok) return person;
    const { accountId, at, state, opinion, mood, author } = visit;
    const visitId = visit.visitId ?? visit.changeId;
    const before = await db
      .selectFrom('visit')
      .selectAll()
      .where('visit_id', '=', visitId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (visit.visitId !== null && !before) return refused('not_found', 'There is no such visit.');
    const wanted = { contact_id: person.value, at: visit.visitAt, purpose: visit.purpose.trim(), state, opinion, mood };
    await db
      .insertInto('visit')
      .values({ visit_id: visitId, account_id: accountId, visitor: author.name, agent_id: visit.agentId, ...wanted })
      .onConflict((conflict) => conflict.column('visit_id').doUpdateSet(wanted))
      .execute();
    // A visit is on the timeline when it was made, as it was last described.
    const entryId = `visit:${visitId}`;
    await db.deleteFrom('timeline_entry').where('entry_id', '=', entryId).execute();
    if (state === 'done')
      await addToTimeline(db, {
        ...{ entryId, owner: ofAccount(accountId), at: visit.visitAt, kind: 'visit', title: wanted.purpose, detail: opinion },
        ...{ outcome: before?.visitor ?? author.name, subject: { kind: 'visit', id: visitId } },
      });
    await kept(db, visit, 'visit', visitId, before, wanted);
    await recordChanged(db, { accountIds: [accountId] }, at);
    return ok(null);
  },

  async setAnniversary(db: WriteHandle, setting: AnniversarySetting): Change<null> {
    if (await isKept(db, setting.changeId)) return ok(null);
    const person = await mayChange(db, setting);
    if (!person.ok) return person;
    const { accountId, at, kind, day, year, plan, done } = setting;
    const id = setting.anniversaryId ?? setting.changeId;
    const before = await db
      .selectFrom('anniversary')
      .selectAll()
      .where('anniversary_id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (setting.anniversaryId !== null && !before) return refused('not_found', 'There is no such day to remember.');
    const wanted = {
      contact_id: person.value,
      kind,
      label: setting.label.trim(),
      day,
      year,
      plan,
      done_for: done ? yearOfNext(day, at) : null,
    };
    await db
      .insertInto('anniversary')
      .values({ anniversary_id: id, account_id: accountId, ...wanted })
      .onConflict((conflict) => conflict.column('anniversary_id').doUpdateSet(wanted))
      .execute();
    await kept(db, setting, 'anniversary', id, before, wanted);
    return ok(null);
  },

  async addGift(db: WriteHandle, gift: GiftAdded): Change<null> {
    if (await isKept(db, gift.changeId)) return ok(null);
    const person = await mayChange(db, gift);
    if (!person.ok) return person;
    const { accountId, changeId, occasion, amount, currency, author } = gift;
    const what = gift.what.trim();
    const wanted = { contact_id: person.value, at: gift.givenAt, what, occasion, amount, currency: amount === null ? null : currency };
    await db
      .insertInto('gift')
      .values({ gift_id: changeId, account_id: accountId, given_by: author.name, ...wanted })
      .execute();
    await addToTimeline(db, {
      ...{ entryId: `gift:${changeId}`, owner: ofAccount(accountId), at: gift.givenAt, kind: 'gift', title: what, detail: occasion },
      ...{ outcome: author.name, subject: { kind: 'gift', id: changeId } },
    });
    await kept(db, gift, 'gift', changeId, undefined, wanted);
    return ok(null);
  },
};

/** Whether the file may be written, and the card of the person it is about: one of the company's own, or nobody. */
async function mayChange(db: WriteHandle, wanted: OfAccount & { readonly contactId: string | null }) {
  const found = await changeable(db, wanted);
  if (!found.ok) return found;
  if (wanted.contactId === null) return ok(null);
  const links = await linksOf(db, wanted.accountId, wanted.contactId);
  const link = links.find((each) => each.contact_id === wanted.contactId) ?? links[0];
  return link ? ok(link.contact_id) : notTheirPerson;
}

async function kept<Row extends object>(
  db: WriteHandle,
  made: OfAccount,
  subjectKind: keyof Schema,
  subjectId: string,
  before: Row | undefined,
  after: Partial<Row>,
): Promise<void> {
  const changes = Object.entries(after).flatMap(([field, value]): FieldChange[] => {
    const stood = before ? (Reflect.get(before, field) ?? null) : null;
    return stood === (value ?? null) ? [] : [{ field, before: stood, after: value }];
  });
  if (changes.length === 0) return;
  await raiseRevision(db, made.accountId, made.at);
  await keepChanges(db, { ...made, owner: ofAccount(made.accountId), subjectKind, subjectId }, changes);
}
