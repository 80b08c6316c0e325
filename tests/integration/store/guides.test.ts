import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guideReads } from '../../../cti-bridge/store/repositories/guides/guide-reads.ts';
import { guideWrites } from '../../../cti-bridge/store/repositories/guides/guide-writes.ts';
import { privacyReads } from '../../../cti-bridge/store/repositories/privacy/privacy-reads.ts';
import { privacyWrites } from '../../../cti-bridge/store/repositories/privacy/privacy-writes.ts';
import { caseReads } from '../../../cti-bridge/store/repositories/record/case-reads.ts';
import type { GuideRun } from '../../../shared/contracts/guides.ts';
import { startRun } from '../../../shared/guide-steps.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';
import { billing } from '../../unit/shared/guides/guides.ts';

const everybody = { units: null };
const at = 1_794_960_000_000;
const dana = { userId: 'dana', name: 'Dana' };
const doing = { at, by: dana, note: 'guide billing published' };
const run: GuideRun = { ...startRun(billing, 1, {}), answers: { verified: 'yes' } };

describe.each(databases)('guides, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    for (const contact_id of ['wang', 'gone']) {
      const names = { contact_id, head_id: contact_id, name: contact_id, name_key: contact_id, locale: 'zh', tier: 'gold' } as const;
      const consent = { allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0 };
      await db
        .insertInto('person')
        .values({ ...names, ...consent, org_unit_id: null })
        .execute();
      await db
        .insertInto('interaction')
        .values({ interaction_id: `of-${contact_id}`, contact_id, number_received: '138', dialled: '95', received_at: at })
        .execute();
    }
  });
  afterAll(() => database.close());

  it('keeps drafts by their revision, and versions for good', async () => {
    const { db } = database;
    expect(await guideWrites.saveGuideDraft(db, { guide: billing, basedOn: null, writingId: null, at, by: dana })).toEqual({ revision: 1 });
    expect(await guideWrites.saveGuideDraft(db, { guide: billing, basedOn: null, writingId: null, at, by: dana })).toBe(null);
    const publishing = { guideId: 'billing', why: 'first', ...doing };
    expect(await guideWrites.publishGuide(db, { ...publishing, what: { draftRevision: 7 } })).toBe(null);
    expect(await guideWrites.publishGuide(db, { ...publishing, what: { draftRevision: 1 } })).toEqual({ version: 1 });
    expect(await guideReads.readGuide(database.reads, 'billing')).toMatchObject({ draft: null, live: { version: 1, guide: billing } });
    // Its revisions go on counting, whatever became of the draft.
    expect(await guideWrites.saveGuideDraft(db, { guide: billing, basedOn: null, writingId: null, at, by: dana })).toEqual({ revision: 2 });
    expect(await guideWrites.publishGuide(db, { ...publishing, what: { restores: 1 } })).toEqual({ version: 2 });
    expect(await guideReads.readGuide(database.reads, 'billing')).toMatchObject({ draft: { revision: 2 }, live: { version: 2 } });
    expect(
      (await guideReads.readGuideVersions(database.reads, 'billing')).map(({ version, restores, isLive }) => [version, restores, isLive]),
    ).toEqual([
      [2, 1, true],
      [1, null, false],
    ]);
    expect(await guideWrites.withdrawGuide(db, { guideId: 'billing', ...doing })).toBe(true);
    expect(await guideWrites.withdrawGuide(db, { guideId: 'billing', ...doing })).toBe(false);
    expect(await guideReads.readGuide(database.reads, 'billing')).toMatchObject({ live: null, last: billing });
    expect(await guideReads.readGuideVersion(database.reads, 'billing', 1)).toEqual(billing);
    await expect(db.deleteFrom('guide_version').execute()).rejects.toThrow(/append-only/);
  });

  it('go on from what the same hand saved where it was not told of it, and from what nobody else did', async () => {
    const guide = { ...billing, guideId: 'hand' };
    const save = (basedOn: number | null, writingId: string, by = dana) =>
      guideWrites.saveGuideDraft(database.db, { guide, basedOn, writingId, at, by });
    const lin = { userId: 'lin', name: 'Lin' };
    expect(await save(null, 'h1')).toEqual({ revision: 1 });
    expect(await save(null, 'h1')).toEqual({ revision: 2 });
    expect(await save(1, 'h2')).toBe(null);
    expect(await save(1, 'h1', lin)).toBe(null);
    expect(await save(2, 'h2', lin)).toEqual({ revision: 3 });
    expect(await save(2, 'h1')).toBe(null);
    expect(await guideWrites.discardGuideDraft(database.db, { guideId: 'hand', draftRevision: 3 })).toBe(true);
    expect(await save(3, 'h2', lin)).toBe(null);
  });

  it('stores where somebody is by revision, the same again being one action', async () => {
    const { db } = database;
    const saving = { interactionId: 'of-wang', run, revision: 3, agentId: 'ana', at };
    expect(await guideWrites.saveGuideRun(db, saving)).toEqual({ ok: true, savedAt: at });
    expect(await guideWrites.saveGuideRun(db, { ...saving, at: at + 5 })).toEqual({ ok: true, savedAt: at });
    expect(await guideWrites.saveGuideRun(db, { ...saving, revision: 2 })).toEqual({ ok: false, why: 'newer' });
    expect(await guideReads.readGuideRuns(database.reads, 'of-wang')).toEqual([
      { run, revision: 3, savedAt: at, agentId: 'ana', finished: null },
    ]);
  });

  it('writes a case, what follows and the end of the run as one, and only once', async () => {
    const { db } = database;
    const finish = (contactId: string, newId: string, caseId: string | null = null) => ({
      ...{ interactionId: `of-${contactId}`, run, agentId: 'ana', at: at + 10, scope: everybody, contactId, newId, caseId },
      author: { userId: 'ana', name: 'Ana', source: 'screen' },
      opens: { kind: 'complaint' as const, subject: 'The bill', priority: 0 },
      text: 'Billing complaint\namount: £12.00',
      followUps: [{ kind: 'promise' as const, text: 'Call back', dueAt: at + 99 }],
    });
    const first = await guideWrites.finishGuideRun(db, finish('wang', 'new-1'));
    expect(first).toMatchObject({ ok: true, value: { caseId: 'new-1' } });
    expect(await guideWrites.finishGuideRun(db, finish('wang', 'new-2'))).toEqual(first);
    expect(await guideWrites.saveGuideRun(db, { interactionId: 'of-wang', run, revision: 9, agentId: 'ana', at })).toMatchObject({
      ok: false,
    });
    const cases = await db.selectFrom('customer_case').select(['case_id', 'subject', 'description']).execute();
    expect(cases).toEqual([{ case_id: 'new-1', subject: 'The bill', description: 'Billing complaint\namount: £12.00' }]);
    expect(await db.selectFrom('promise').select(['text', 'case_id']).execute()).toEqual([{ text: 'Call back', case_id: 'new-1' }]);

    const file = await caseReads.readCase(database.reads, 'new-1', everybody);
    expect(file?.steps.map(({ kind }) => kind)).toContain('promise');
    // Somebody else's case takes nothing, and then nothing is finished.
    expect(
      await guideWrites.finishGuideRun(db, { ...finish('gone', 'new-3'), scope: { units: ['nowhere'] }, caseId: 'none' }),
    ).toMatchObject({
      ok: false,
    });
    expect(await guideReads.readGuideRuns(database.reads, 'of-gone')).toEqual([]);
    expect(await guideWrites.finishGuideRun(db, finish('gone', 'new-4'))).toMatchObject({ ok: true });
  });

  it('shows whoever asks what is kept of them, and goes with them', async () => {
    const dossier = await privacyReads.dossier(database.reads, 'gone', everybody);
    expect(dossier?.tables.guide_run).toHaveLength(1);
    const author = { userId: 'adam', name: 'Adam', source: 'screen' };
    const erasure = { entryId: 'e', author, at, scope: everybody, contactId: 'gone', confirmName: 'gone', reason: 'asked' };
    expect(await database.db.transaction().execute((db) => privacyWrites.erase(db, erasure))).toMatchObject({ ok: true });
    expect(await guideReads.readGuideRuns(database.reads, 'of-gone')).toEqual([]);
    expect(await guideReads.readGuideRuns(database.reads, 'of-wang')).toHaveLength(1);
  });
});
