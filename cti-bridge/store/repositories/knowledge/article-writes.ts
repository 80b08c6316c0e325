import type { ArticleDoing, ArticleRepository, KeptArticle } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { noteInHistory } from '../configuration-writes.ts';
import { noDraft } from '../drafts.ts';
import { looking } from '../record/group.ts';
import { readArticle } from './article-reads.ts';

type Saving = Parameters<ArticleRepository['saveDraft']>[0];
type Publishing = Parameters<ArticleRepository['publish']>[0];
type Judging = Parameters<ArticleRepository['judge']>[0];

const notWithdrawn = { withdrawn_at: null, withdrawn_by_id: null, withdrawn_by_name: null } as const;
/** The first number of a house that has none. */
const firstOrdinal = 101;

export const articleWrites = {
  async saveArticleDraft(db: WriteHandle, { number, content, basedOn, writingId, at, by }: Saving): Promise<KeptArticle | null> {
    const draft = {
      ...{ draft: JSON.stringify(content), draft_at: at, draft_by_id: by.userId, draft_by_name: by.name },
      draft_writing_id: writingId,
    };
    const begun = await db
      .selectFrom('article')
      .selectAll()
      .where('draft_writing_id', '=', writingId)
      .where('draft_by_id', '=', by.userId)
      .executeTakeFirst();
    if (number === null && !begun) {
      const last = await db
        .selectFrom('article')
        .select(({ fn }) => fn.max<number | null>('ordinal').as('ordinal'))
        .executeTakeFirst();
      const ordinal = Math.max(firstOrdinal, (last?.ordinal ?? 0) + 1);
      const named = `KB-${ordinal}`;
      await db
        .insertInto('article')
        .values({ number: named, ordinal, revision: 1, ...draft, last_version: null, ...notWithdrawn })
        .execute();
      return now(db, named);
    }
    const row = begun ?? (number === null ? undefined : await rowOf(db, number));
    if (!row || (number !== null && row.number !== number)) return null;
    if (!begun && (row.draft === null ? null : row.revision) !== basedOn) return null;
    await db
      .updateTable('article')
      .set({ ...draft, revision: row.revision + 1 })
      .where('number', '=', row.number)
      .execute();
    return now(db, row.number);
  },

  async discardArticleDraft(
    db: WriteHandle,
    { number, draftRevision }: { readonly number: string; readonly draftRevision: number },
  ): Promise<{ readonly kept: KeptArticle | null } | null> {
    const row = await rowOf(db, number);
    if (!row || row.draft === null || row.revision !== draftRevision) return null;
    const change = row.last_version === null ? { ...noDraft, is_removed: 1 as const } : noDraft;
    await db.updateTable('article').set(change).where('number', '=', number).execute();
    return { kept: await now(db, number) };
  },

  async publishArticle(db: WriteHandle, { number, what, why, at, by }: Publishing): Promise<KeptArticle | null> {
    const row = await rowOf(db, number);
    if (!row) return null;
    const restores = 'restores' in what ? what.restores : null;
    const body = 'restores' in what ? await bodyOf(db, number, what.restores) : row.revision === what.draftRevision ? row.draft : null;
    if (body === null) return null;
    const version = (row.last_version ?? 0) + 1;
    await db
      .insertInto('article_version')
      .values({ number, version, body, at, by_id: by.userId, by_name: by.name, note: why, restores })
      .execute();
    await db
      .updateTable('article')
      .set({ ...noDraft, ...notWithdrawn, last_version: version, is_live: 1 })
      .where('number', '=', number)
      .execute();
    await noteInHistory(db, { at, by, note: `the article ${number}, version ${version}${why === '' ? '' : `: ${why}`}` });
    return now(db, number);
  },

  async withdrawArticle(
    db: WriteHandle,
    { number, why, at, by }: ArticleDoing & { readonly number: string; readonly why: string },
  ): Promise<KeptArticle | null> {
    const row = await rowOf(db, number);
    if (row?.is_live !== 1) return null;
    const withdrawn = { withdrawn_at: at, withdrawn_by_id: by.userId, withdrawn_by_name: by.name };
    await db
      .updateTable('article')
      .set({ is_live: 0, ...withdrawn })
      .where('number', '=', number)
      .execute();
    await noteInHistory(db, { at, by, note: `the article ${number} withdrawn${why === '' ? '' : `: ${why}`}` });
    return now(db, number);
  },

  async judgeArticle(
    db: WriteHandle,
    { number, interactionId, userId, helped, at }: Judging,
  ): Promise<{ readonly helped: number; readonly notHelped: number }> {
    const row = { helped: helped ? 1 : 0, at };
    await db
      .insertInto('article_judgement')
      .values({ number, interaction_id: interactionId, user_id: userId, ...row })
      .onConflict((conflict) => conflict.columns(['number', 'interaction_id', 'user_id']).doUpdateSet(row))
      .execute();
    const kept = await now(db, number);
    return { helped: kept?.helped ?? 0, notHelped: kept?.notHelped ?? 0 };
  },
};

const now = (db: WriteHandle, number: string) => readArticle(looking(db), number);

const rowOf = (db: WriteHandle, number: string) =>
  db.selectFrom('article').selectAll().where('number', '=', number).where('is_removed', '=', 0).executeTakeFirst();

async function bodyOf(db: WriteHandle, number: string, version: number): Promise<string | null> {
  const row = await db
    .selectFrom('article_version')
    .select('body')
    .where('number', '=', number)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.body ?? null;
}
