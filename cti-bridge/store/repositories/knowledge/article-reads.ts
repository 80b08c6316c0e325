import type { ArticleContent, ArticleVersion } from '../../../../shared/contracts/knowledge.ts';
import type { KeptArticle } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';

export const articleReads = {
  async readArticles(db: ReadHandle): Promise<readonly KeptArticle[]> {
    const rows = await kept(db).orderBy('article.ordinal').execute();
    const counts = await judgements(db).execute();
    return rows.map((row) => toKept(row, counts));
  },

  async readArticleVersions(db: ReadHandle, number: string): Promise<readonly ArticleVersion[]> {
    const rows = await db
      .selectFrom('article_version')
      .innerJoin('article', 'article.number', 'article_version.number')
      .select(['version', 'at', 'by_id', 'by_name', 'note', 'restores', 'last_version', 'is_live'])
      .where('article_version.number', '=', number)
      .orderBy('version', 'desc')
      .execute();
    return rows.map((row) => ({
      version: row.version,
      at: Number(row.at),
      by: { userId: row.by_id, name: row.by_name },
      note: row.note,
      restores: row.restores,
      isLive: row.is_live === 1 && row.version === row.last_version,
    }));
  },

  async readArticleVersion(db: ReadHandle, number: string, version: number): Promise<ArticleContent | null> {
    const row = await db
      .selectFrom('article_version')
      .select('body')
      .where('number', '=', number)
      .where('version', '=', version)
      .executeTakeFirst();
    return row ? (JSON.parse(row.body) as ArticleContent) : null;
  },
};

/** One as it is now, within the unit of work that changed it. Null: it is gone. */
export async function readArticle(db: ReadHandle, number: string): Promise<KeptArticle | null> {
  const row = await kept(db).where('article.number', '=', number).executeTakeFirst();
  return row ? toKept(row, await judgements(db).where('number', '=', number).execute()) : null;
}

const kept = (db: ReadHandle) =>
  db
    .selectFrom('article')
    .leftJoin('article_version', (join) =>
      join.onRef('article_version.number', '=', 'article.number').onRef('article_version.version', '=', 'article.last_version'),
    )
    .selectAll('article')
    .select(['article_version.body', 'article_version.at', 'article_version.by_id', 'article_version.by_name'])
    .where('article.is_removed', '=', 0);

const judgements = (db: ReadHandle) =>
  db
    .selectFrom('article_judgement')
    .select(({ fn }) => ['number', 'helped', fn.countAll<number | string>().as('count')])
    .groupBy(['number', 'helped']);

type KeptRow = Omit<Schema['article'], 'is_removed' | 'is_live' | 'ordinal'> & {
  readonly is_live: 0 | 1;
  readonly body: string | null;
  readonly at: number | null;
  readonly by_id: string | null;
  readonly by_name: string | null;
};

function toKept(
  row: KeptRow,
  counts: readonly { readonly number: string; readonly helped: number; readonly count: number | string }[],
): KeptArticle {
  const count = (helped: 0 | 1) => Number(counts.find((each) => each.number === row.number && each.helped === helped)?.count ?? 0);
  return {
    number: row.number,
    draft:
      row.draft === null
        ? null
        : {
            content: JSON.parse(row.draft) as ArticleContent,
            revision: row.revision,
            at: Number(row.draft_at),
            by: { userId: row.draft_by_id, name: row.draft_by_name ?? '' },
          },
    last:
      row.body === null || row.last_version === null
        ? null
        : {
            content: JSON.parse(row.body) as ArticleContent,
            version: row.last_version,
            at: Number(row.at),
            by: { userId: row.by_id, name: row.by_name ?? '' },
          },
    isLive: row.is_live === 1,
    withdrawn:
      row.withdrawn_at === null
        ? null
        : { at: Number(row.withdrawn_at), by: { userId: row.withdrawn_by_id, name: row.withdrawn_by_name ?? '' } },
    helped: count(1),
    notHelped: count(0),
  };
}
