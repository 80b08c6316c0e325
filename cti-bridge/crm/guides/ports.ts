import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Guide, GuideRun, GuideVersion, KeptRun } from '../../../shared/contracts/guides.ts';
import type { CaseFile } from '../../../shared/contracts/record.ts';
import type { Result } from '../../kernel/index.ts';
import type { Author, CustomerScope } from '../customer-store.ts';

/** Who did something to a guide, and when. */
interface Doing {
  readonly at: number;
  readonly by: { readonly userId: string; readonly name: string };
}

/** What goes live or stops being so stands in the history of what administrators change, in the same unit of work. */
export interface NotedGuideDoing extends Doing {
  /** What was done and why, as the history tells it. */
  readonly note: string;
}

interface WhoWhen {
  readonly at: number;
  readonly by: { readonly userId: string | null; readonly name: string };
}

/** A guide as it is kept: with a draft, a version that is live, or both. Neither: withdrawn, and nothing is being changed. */
export interface KeptGuide {
  readonly guideId: string;
  readonly draft: (WhoWhen & { readonly guide: Guide; readonly revision: number }) | null;
  readonly live: (WhoWhen & { readonly guide: Guide; readonly version: number }) | null;
  /** The contents that went live last; null: never. */
  readonly last: Guide | null;
}

/** A run, and whose it is. */
export interface KeptRunOf extends KeptRun {
  readonly agentId: string;
}

/** What the end of a guide writes into the record, all of it in one unit of work. */
export interface GuideFinish {
  readonly interactionId: string;
  readonly run: GuideRun;
  readonly agentId: string;
  readonly author: Author;
  readonly at: number;
  readonly scope: CustomerScope;
  readonly contactId: string;
  /** Of the new rows, so that the same finish twice is one. */
  readonly newId: string;
  /** Null opens one. */
  readonly caseId: string | null;
  readonly opens: { readonly kind: CaseFile['kind']; readonly subject: string; readonly priority: number };
  readonly text: string;
  readonly followUps: readonly { readonly kind: 'task' | 'promise'; readonly text: string; readonly dueAt: number }[];
}

/** Where guides, their versions and their runs are kept. Provided by the store; every method may reject (disk). */
export interface GuideRepository {
  readAll(): Promise<readonly KeptGuide[]>;
  read(guideId: string): Promise<KeptGuide | null>;
  readVersion(guideId: string, version: number): Promise<Guide | null>;
  /** Newest first. */
  versions(guideId: string): Promise<readonly GuideVersion[]>;
  /**
   * `basedOn`: the draft it was made from, null for none. Null: somebody else's draft is there by now. A hand that wrote the draft there last goes
   * on from it, whatever it was told of that; `writingId` null: of no hand.
   */
  saveDraft(
    saving: Doing & { readonly guide: Guide; readonly basedOn: number | null; readonly writingId: string | null },
  ): Promise<{ readonly revision: number } | null>;
  /** False: there is no such draft any more. */
  discardDraft(discarding: { readonly guideId: string; readonly draftRevision: number }): Promise<boolean>;
  /** The draft of that revision, or with `restores` an earlier version, goes live as the next version. Null: the draft was changed since. */
  publish(
    publishing: NotedGuideDoing & {
      readonly guideId: string;
      readonly what: { readonly draftRevision: number } | { readonly restores: number };
      /** Why, as the versions tell it. */
      readonly why: string;
    },
  ): Promise<{ readonly version: number } | null>;
  /** False: it is not live. */
  withdraw(withdrawing: NotedGuideDoing & { readonly guideId: string }): Promise<boolean>;

  /** Of one contact, the one saved last first. */
  runsOf(interactionId: string): Promise<readonly KeptRunOf[]>;
  /** Stored if `revision` is higher than the stored one; the same again is the same action. Resolves when on disk. */
  saveRun(saving: {
    readonly interactionId: string;
    readonly run: GuideRun;
    readonly revision: number;
    readonly agentId: string;
    readonly at: number;
  }): Promise<{ readonly ok: true; readonly savedAt: number } | { readonly ok: false; readonly why: 'newer' | 'finished' }>;
  /** A run that is finished stays as it was finished, and is answered with that. */
  finishRun(finish: GuideFinish): Promise<Result<{ readonly at: number; readonly caseId: string; readonly caseNumber: string }, WireError>>;
}
