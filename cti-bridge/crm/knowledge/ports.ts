import type { ArticleContent, ArticleVersion } from '../../../shared/contracts/knowledge.ts';

export interface ArticleDoing {
  readonly at: number;
  readonly by: { readonly userId: string; readonly name: string };
}

/** Done by somebody; what came with the demo is nobody's. */
export interface ArticleDone {
  readonly at: number;
  readonly by: { readonly userId: string | null; readonly name: string };
}

/** An article as the store keeps it. One that is neither live nor has a draft was withdrawn. */
export interface KeptArticle {
  readonly number: string;
  readonly draft: (ArticleDone & { readonly content: ArticleContent; readonly revision: number }) | null;
  /** The version that was published last, live or withdrawn since; null: none ever. */
  readonly last: (ArticleDone & { readonly content: ArticleContent; readonly version: number }) | null;
  readonly isLive: boolean;
  /** When it was taken back, and by whom; null while it is live or was never. */
  readonly withdrawn: ArticleDone | null;
  readonly helped: number;
  readonly notHelped: number;
}

/** Articles with their drafts and every version that ever went live. Provided by the store. */
export interface ArticleRepository {
  readAll(): Promise<readonly KeptArticle[]>;
  versions(number: string): Promise<readonly ArticleVersion[]>;
  readVersion(number: string, version: number): Promise<ArticleContent | null>;
  /** `number` null: a new one, under the next number, unless `writingId` has begun it. Null: another hand saved a draft since. */
  saveDraft(
    saving: ArticleDoing & {
      readonly number: string | null;
      readonly content: ArticleContent;
      readonly basedOn: number | null;
      readonly writingId: string;
    },
  ): Promise<KeptArticle | null>;
  /** `kept` null: it had never gone live and is gone. */
  discardDraft(discarding: {
    readonly number: string;
    readonly draftRevision: number;
  }): Promise<{ readonly kept: KeptArticle | null } | null>;
  /** Null: the draft is another by now, or there is no such version. */
  publish(
    publishing: ArticleDoing & {
      readonly number: string;
      readonly what: { readonly draftRevision: number } | { readonly restores: number };
      readonly why: string;
    },
  ): Promise<KeptArticle | null>;
  /** Null: it is not live. */
  withdraw(withdrawing: ArticleDoing & { readonly number: string; readonly why: string }): Promise<KeptArticle | null>;
  /** What one person says of it for one contact; said again it takes the place of what was said before. */
  judge(judging: {
    readonly number: string;
    readonly interactionId: string;
    readonly userId: string;
    readonly helped: boolean;
    readonly at: number;
  }): Promise<{ readonly helped: number; readonly notHelped: number }>;
}
