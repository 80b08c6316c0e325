import type { GuideFinish, GuideRepository } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { noteInHistory } from '../configuration-writes.ts';
import { isOfHand, noDraft } from '../drafts.ts';
import { caseWrites } from '../record/case-writes.ts';
import { commitmentWrites } from '../record/commitment-writes.ts';

type Asked<Name extends keyof GuideRepository> = Parameters<GuideRepository[Name]>[0];
type Answer<Name extends keyof GuideRepository> = ReturnType<GuideRepository[Name]>;

export const guideWrites = {
  async saveGuideDraft(db: WriteHandle, { guide, basedOn, writingId, at, by }: Asked<'saveDraft'>): Answer<'saveDraft'> {
    const { guideId } = guide;
    const row = await rowOf(db, guideId);
    const there = row && row.draft !== null ? row.revision : null;
    if (there !== basedOn && !isOfHand(row, writingId, by)) return null;
    const revision = (row?.revision ?? 0) + 1;
    const written = { draft: JSON.stringify(guide), draft_at: at, draft_by_id: by.userId, draft_by_name: by.name };
    const draft = { ...written, draft_writing_id: writingId, revision };
    await db
      .insertInto('guide')
      .values({ guide_id: guideId, ...draft, live_version: null })
      .onConflict((conflict) => conflict.column('guide_id').doUpdateSet(draft))
      .execute();
    return { revision };
  },

  async discardGuideDraft(db: WriteHandle, { guideId, draftRevision }: Asked<'discardDraft'>): Answer<'discardDraft'> {
    const done = await db
      .updateTable('guide')
      .set(noDraft)
      .where('guide_id', '=', guideId)
      .where('revision', '=', draftRevision)
      .where('draft', 'is not', null)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  },

  async publishGuide(db: WriteHandle, { guideId, what, why, ...doing }: Asked<'publish'>): Answer<'publish'> {
    const row = await rowOf(db, guideId);
    if (!row) return null;
    const body = 'restores' in what ? await bodyOf(db, guideId, what.restores) : row.revision === what.draftRevision ? row.draft : null;
    if (body === null) return null;
    const last = await db
      .selectFrom('guide_version')
      .select(({ fn }) => fn.max<number | null>('version').as('version'))
      .where('guide_id', '=', guideId)
      .executeTakeFirst();
    const version = (last?.version ?? 0) + 1;
    const { at, by } = doing;
    const restores = 'restores' in what ? what.restores : null;
    await db
      .insertInto('guide_version')
      .values({ guide_id: guideId, version, body, at, by_id: by.userId, by_name: by.name, note: why, restores })
      .execute();
    await db
      .updateTable('guide')
      .set({ live_version: version, ...(restores === null ? noDraft : {}) })
      .where('guide_id', '=', guideId)
      .execute();
    await noteInHistory(db, doing);
    return { version };
  },

  async withdrawGuide(db: WriteHandle, { guideId, ...doing }: Asked<'withdraw'>): Answer<'withdraw'> {
    const done = await db
      .updateTable('guide')
      .set({ live_version: null })
      .where('guide_id', '=', guideId)
      .where('live_version', 'is not', null)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await noteInHistory(db, doing);
    return true;
  },

  async saveGuideRun(db: WriteHandle, { interactionId, run, revision, agentId, at }: Asked<'saveRun'>): Answer<'saveRun'> {
    const stored = await runRow(db, interactionId, run.guideId);
    const body = JSON.stringify(run);
    if (stored && stored.revision === revision && stored.body === body) return { ok: true, savedAt: Number(stored.saved_at) };
    if (stored && stored.finished_at !== null) return { ok: false, why: 'finished' };
    if (stored && stored.revision >= revision) return { ok: false, why: 'newer' };
    const row = { agent_id: agentId, body, revision, saved_at: at };
    await db
      .insertInto('guide_run')
      .values({ interaction_id: interactionId, guide_id: run.guideId, ...row, finished_at: null, case_id: null, case_number: null })
      .onConflict((conflict) => conflict.columns(['interaction_id', 'guide_id']).doUpdateSet(row))
      .execute();
    return { ok: true, savedAt: at };
  },

  /** The case, what follows and the end of the run are one unit of work: none of it is there twice, and none of it alone. */
  async finishGuideRun(db: WriteHandle, finish: GuideFinish): Answer<'finishRun'> {
    const { interactionId, run, agentId, at } = finish;
    const stored = await runRow(db, interactionId, run.guideId);
    if (stored?.finished_at != null && stored.case_id !== null)
      return ok({ at: Number(stored.finished_at), caseId: stored.case_id, caseNumber: stored.case_number ?? '' });
    const written = await writeCase(db, finish);
    if (!written.ok) return written;
    const { caseId, number } = written.value;
    const { contactId, scope, author } = finish;
    for (const [index, { kind, text, dueAt }] of finish.followUps.entries()) {
      const row = { changeId: `${finish.newId}.${index + 1}`, at, author, scope, contactId, dueAt, ownerAgentId: agentId, caseId };
      const made =
        kind === 'promise'
          ? await commitmentWrites.makePromise(db, { ...row, text, interactionId })
          : await commitmentWrites.addTask(db, { ...row, title: text });
      // The case above is there, so whatever stands against this stands against all of it.
      if (!made.ok) throw new Error(`The follow-up of a guide was not taken: ${made.error.message}`);
    }
    const row = {
      ...{ agent_id: agentId, body: JSON.stringify(run), revision: (stored?.revision ?? 0) + 1, saved_at: at },
      ...{ finished_at: at, case_id: caseId, case_number: number },
    };
    await db
      .insertInto('guide_run')
      .values({ interaction_id: interactionId, guide_id: run.guideId, ...row })
      .onConflict((conflict) => conflict.columns(['interaction_id', 'guide_id']).doUpdateSet(row))
      .execute();
    return ok({ at, caseId, caseNumber: number });
  },
};

/** One step into the case that was chosen, as it stands now, or a new case. */
async function writeCase(db: WriteHandle, finish: GuideFinish) {
  const { newId: changeId, at, author, scope, contactId, caseId, text, opens, interactionId, agentId } = finish;
  if (caseId === null)
    return caseWrites.openCase(db, {
      ...{ changeId, at, author, scope, contactId, ...opens, description: text },
      ...{ productId: null, ownerAgentId: agentId, interactionId },
    });
  const now = await db.selectFrom('customer_case').select('revision').where('case_id', '=', caseId).executeTakeFirst();
  return caseWrites.stepCase(db, { changeId, at, author, scope, caseId, basedOn: now?.revision ?? 0, text });
}

const rowOf = (db: WriteHandle, guideId: string) => db.selectFrom('guide').selectAll().where('guide_id', '=', guideId).executeTakeFirst();

const runRow = (db: WriteHandle, interactionId: string, guideId: string) =>
  db.selectFrom('guide_run').selectAll().where('interaction_id', '=', interactionId).where('guide_id', '=', guideId).executeTakeFirst();

async function bodyOf(db: WriteHandle, guideId: string, version: number): Promise<string | null> {
  const row = await db
    .selectFrom('guide_version')
    .select('body')
    .where('guide_id', '=', guideId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.body ?? null;
}
