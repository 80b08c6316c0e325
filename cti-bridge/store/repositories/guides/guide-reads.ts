import type { Guide, GuideRun, GuideVersion } from '../../../../shared/contracts/guides.ts';
import type { KeptGuide, KeptRunOf } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';

export const guideReads = {
  async readGuides(db: ReadHandle): Promise<readonly KeptGuide[]> {
    return keptGuides(db, null);
  },

  async readGuide(db: ReadHandle, guideId: string): Promise<KeptGuide | null> {
    return (await keptGuides(db, guideId))[0] ?? null;
  },

  async readGuideVersion(db: ReadHandle, guideId: string, version: number): Promise<Guide | null> {
    const row = await db
      .selectFrom('guide_version')
      .select('body')
      .where('guide_id', '=', guideId)
      .where('version', '=', version)
      .executeTakeFirst();
    return row ? (JSON.parse(row.body) as Guide) : null;
  },

  async readGuideVersions(db: ReadHandle, guideId: string): Promise<readonly GuideVersion[]> {
    const rows = await db
      .selectFrom('guide_version')
      .innerJoin('guide', 'guide.guide_id', 'guide_version.guide_id')
      .select(['version', 'at', 'by_id', 'by_name', 'note', 'restores', 'live_version'])
      .where('guide_version.guide_id', '=', guideId)
      .orderBy('version', 'desc')
      .execute();
    return rows.map((row) => ({
      version: row.version,
      at: Number(row.at),
      by: { userId: row.by_id, name: row.by_name },
      note: row.note,
      restores: row.restores,
      isLive: row.version === row.live_version,
    }));
  },

  async readGuideRuns(db: ReadHandle, interactionId: string): Promise<readonly KeptRunOf[]> {
    const rows = await db
      .selectFrom('guide_run')
      .selectAll()
      .where('interaction_id', '=', interactionId)
      .orderBy('saved_at', 'desc')
      .orderBy('guide_id')
      .execute();
    return rows.map((row) => ({
      run: JSON.parse(row.body) as GuideRun,
      revision: row.revision,
      savedAt: Number(row.saved_at),
      agentId: row.agent_id,
      finished:
        row.finished_at === null || row.case_id === null
          ? null
          : { at: Number(row.finished_at), caseId: row.case_id, caseNumber: row.case_number ?? '' },
    }));
  },
};

/** Each with what is live, or where nothing is, with what was live last. */
async function keptGuides(db: ReadHandle, guideId: string | null): Promise<readonly KeptGuide[]> {
  const guides = await db
    .selectFrom('guide')
    .selectAll()
    .$if(guideId !== null, (query) => query.where('guide_id', '=', guideId ?? ''))
    .orderBy('guide_id')
    .execute();
  const versions = await db
    .selectFrom('guide_version')
    .selectAll()
    .$if(guideId !== null, (query) => query.where('guide_id', '=', guideId ?? ''))
    .orderBy('version', 'desc')
    .execute();
  return guides.map((row) => {
    const own = versions.filter((version) => version.guide_id === row.guide_id);
    const live = own.find(({ version }) => version === row.live_version);
    const last = own[0];
    return {
      guideId: row.guide_id,
      draft:
        row.draft === null
          ? null
          : {
              guide: JSON.parse(row.draft) as Guide,
              revision: row.revision,
              at: Number(row.draft_at),
              by: { userId: row.draft_by_id, name: row.draft_by_name ?? '' },
            },
      live: live
        ? {
            guide: JSON.parse(live.body) as Guide,
            version: live.version,
            at: Number(live.at),
            by: { userId: live.by_id, name: live.by_name },
          }
        : null,
      last: last ? (JSON.parse(last.body) as Guide) : null,
    };
  });
}
